public import Domain
import Foundation

/// Reads the data export that LinkedIn gives its members: the posts of `Shares.csv` and the articles of `Articles/`.
///
/// The export is a zip or the folder that it was unpacked to; its files may be one folder down. Everything else in it
/// (messages, connections, comments, reactions) is private or not the member's writing, and is never opened.
public struct LinkedInExportCrawler: Crawler {
  private let pages: PageReader

  /// Makes the crawler.
  public init() {
    self.init(pages: .extractor)
  }

  package init(pages: PageReader) {
    self.pages = pages
  }

  /// Reads the export. A post's visibility becomes a tag (`visibility:public`); a repost without own words is skipped.
  ///
  /// - Throws: ``CrawlError`` if it is no LinkedIn export or cannot be read, what the sink throws, or
  ///   `CancellationError`.
  public func crawl(
    _ source: CrawlSource, author: User, context: CrawlContext, into sink: any CrawlSink
  ) async throws -> Coverage {
    let path: String
    switch try SourceLocation(source.location) {
    case .web(let address): throw CrawlError.linkedInPage(link: address.redacted)
    case .named:
      throw CrawlError.unsupportedSource(
        source: source.redactedLocation, reason: "a LinkedIn export is named by its path")
    case .path(let named): path = URL(fileURLWithPath: named).standardizedFileURL.path
    }
    let limits = context.limits
    let files = try await context.gate.withLocalTurn {
      try await offPool { try ExportFiles.read(at: path, limits: limits, where: Self.isWanted) }
    }
    guard !files.contents.isEmpty || !files.refused.isEmpty else {
      throw CrawlError.unsupportedExport(path: path, found: foundInstead(files.names))
    }
    let reader = LinkedInExportReader(
      pages: pages, author: author, source: source, path: path, date: context.date)
    for event in reader.events(of: files) { try await sink.take(event) }
    return .complete
  }

  private static func isWanted(_ name: String) -> Bool {
    SharesFile.isName(fileName(name)) || LinkedInExportReader.isArticle(name)
  }

  /// What the archive seems to be, and what to do about it.
  private func foundInstead(_ names: [String]) -> String {
    let bases = Set(names.map { fileName($0).lowercased() })
    let hasPosts = names.contains { $0.contains("posts/") && $0.hasSuffix(".html") }
    if bases.contains("profile.csv") || bases.contains("connections.csv") {
      return """
        it is a LinkedIn export without posts (no Shares.csv); LinkedIn sends them in the larger archive, up to a day \
        after the first one
        """
    }
    if bases.contains("posts.csv") {
      return "it is a Substack export, which is not read yet; name the links of the articles in `sources`"
    }
    if hasPosts { return "it is a Medium export, which is not read yet; name the links of the articles in `sources`" }
    if names.isEmpty { return "it holds no files" }
    return
      "it is no LinkedIn export: it holds no Shares.csv but \(oneLine(names.sorted().prefix(3).joined(separator: ", ")))"
  }
}
