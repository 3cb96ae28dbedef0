public import Domain

/// Fetches one web page and keeps its article as Markdown, or the articles of a feed (RSS or Atom).
///
/// Pages in Markdown, plain text and PDF are taken as well. What was crawled before is asked for only if it has changed
/// (`If-None-Match`, `If-Modified-Since`; RFC 9110, section 13.1).
public struct ArticleCrawler: Crawler {
  private let pages: PageReader

  /// Makes the crawler.
  public init() {
    self.init(pages: .extractor)
  }

  package init(pages: PageReader) {
    self.pages = pages
  }

  /// Fetches the page; whatever is wrong with it is a failure of that one item.
  ///
  /// - Throws: ``CrawlError`` for a link that is not to be fetched at all, what memory and sink throw, or
  ///   `CancellationError`.
  public func crawl(
    _ source: CrawlSource, author: User, context: CrawlContext, into sink: any CrawlSink
  ) async throws -> Coverage {
    guard case .web(let address) = try SourceLocation(source.location) else {
      throw CrawlError.unsupportedSource(
        source: source.redactedLocation, reason: "the article crawler reads URLs, not paths")
    }
    guard !address.isLinkedIn else { throw CrawlError.linkedInPage(link: address.redacted) }
    let producers = [Producer.page, Producer.text, Producer.pdf, Producer.feed]
    let visitor = PageVisitor(
      pages: pages, author: author, source: source, context: context, sink: sink,
      web: WebFetcher(source, producers: producers, context: context, sink: sink))
    if let feed = try await visitor.visit(address) { try await FeedVisitor(visitor: visitor).visit(feed) }
    return .partial
  }
}
