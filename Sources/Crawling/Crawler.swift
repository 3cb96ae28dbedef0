public import Domain

/// Turns a source into documents.
public protocol Crawler: Sendable {
  /// The keys of a source's long form that it understands, besides those that all sources have; none by default. Their
  /// values are in ``CrawlSource/options``.
  var options: [SourceOption] { get }

  /// Fetches a source, and gives what it finds to a sink as it comes.
  ///
  /// A problem of one item becomes a ``Skip`` or a ``CrawlFailure``. The source's tags and category are left to the
  /// ``Dispatcher``, which adds them to every document.
  /// - Returns: how much of the source was seen.
  /// - Throws: ``CrawlError`` when nothing of the source can be read, what the sink throws, or `CancellationError`.
  func crawl(
    _ source: CrawlSource, author: User, context: CrawlContext, into sink: any CrawlSink
  ) async throws -> Coverage
}

extension Crawler {
  /// None.
  public var options: [SourceOption] { [] }

  /// Fetches a source, and collects what it gives.
  ///
  /// - Throws: as ``crawl(_:author:context:into:)``.
  public func crawl(_ source: CrawlSource, author: User, context: CrawlContext) async throws -> CrawlOutcome {
    let sink = CollectingSink()
    let coverage = try await crawl(source, author: author, context: context, into: sink)
    return CrawlOutcome(await sink.events, coverage: coverage)
  }
}
