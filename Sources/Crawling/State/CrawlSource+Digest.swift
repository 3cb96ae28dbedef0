import Domain

extension CrawlSource {
  /// What decides what becomes of the contents of a source, beside the contents: who reads it, and its own settings.
  ///
  /// Whatever an earlier crawl left with another digest is no reason to leave something out.
  /// - Parameter producers: the names and versions of what reads the source.
  public func digest(producers: [String]) -> String {
    let settings = options.sorted { $0.key < $1.key }.flatMap { [$0.key, "\($0.value.count)"] + $0.value }
    let parts = [crawler?.rawValue ?? "", category?.rawValue ?? "", "\(tags.count)"] + tags + settings
    return ContentHash(ofParts: parts + ["producers"] + producers.sorted()).hexadecimal
  }
}
