public import Domain

/// Fetches one web page and keeps its article as Markdown, or the articles of a feed (RSS or Atom).
///
/// Pages in Markdown, plain text and PDF are taken as well. A page that was crawled before is asked for only if it has
/// changed (`If-None-Match`, `If-Modified-Since`; RFC 9110, section 13.1); for an article of a feed,
/// ``CrawlContext/previous`` is asked by the article's own link.
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
  /// - Throws: ``CrawlError`` for a link that is not to be fetched at all, or `CancellationError`.
  public func crawl(_ source: CrawlSource, author: User, context: CrawlContext) async throws -> CrawlOutcome {
    guard case .web(let address) = try SourceLocation(source.location) else {
      throw CrawlError.unsupportedSource(
        source: source.redactedLocation, reason: "the article crawler reads URLs, not paths")
    }
    guard !address.isLinkedIn else { throw CrawlError.linkedInPage(link: address.redacted) }
    let fetcher = PageFetcher(pages: pages, author: author, source: source, context: context)
    switch try await fetcher.fetch(address, previousKey: source.redactedLocation) {
    case .document(let document): return CrawlOutcome(documents: [document])
    case .unchanged: return .unchanged
    case .feed(let feed): return try await FeedReader(fetcher: fetcher).outcome(of: feed, at: address)
    case .failure(let failure, _): return CrawlOutcome(failures: [failure])
    }
  }
}
