public import Domain

/// Turns a source into documents.
public protocol Crawler: Sendable {
  /// Fetches a source.
  ///
  /// A problem of one item becomes a ``Skip`` or a ``CrawlFailure``. The source's tags and category are left to the
  /// ``Dispatcher``, which adds them to every document.
  /// - Throws: ``CrawlError`` when nothing of the source can be read, or `CancellationError`.
  func crawl(_ source: CrawlSource, author: User, context: CrawlContext) async throws -> CrawlOutcome
}
