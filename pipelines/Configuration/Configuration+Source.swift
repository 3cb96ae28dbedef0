import Foundation

extension Configuration {
  /// The source that a user names beside a configuration, with the options and the author that the configuration has for
  /// it, if it names the same source.
  ///
  /// - Parameters:
  ///   - text: a URL, or a path relative to `folder`.
  ///   - folder: an absolute path.
  /// - Returns: the source, and whose it is, if the configuration says so: the author of that source, or of all.
  public func source(_ text: String, in folder: String) -> (source: CrawlSource, author: String?) {
    let base = URL(fileURLWithPath: folder, isDirectory: true)
    let location = sourceLocation(text) { path in
      URL(fileURLWithPath: (path as NSString).expandingTildeInPath, relativeTo: base).standardizedFileURL.path
    }
    for author in authors {
      if let source = author.sources.first(where: { $0.location == location }) {
        return (CrawlSource(source), author.name)
      }
    }
    return (CrawlSource(location), authors.count == 1 ? authors.first?.name : nil)
  }
}
