public import Domain

/// Fetches one web page and keeps its article as Markdown; or the articles that a feed, a sitemap, a home page, or a
/// publication of Medium or Substack names.
///
/// Pages in Markdown, plain text and PDF are taken as well, and feeds and sitemaps that were saved as files. What was
/// crawled before is asked for only if it has changed (`If-None-Match`, `If-Modified-Since`; RFC 9110, section 13.1).
public struct ArticleCrawler: Crawler {
  private let pages: PageReader

  /// Makes the crawler.
  public init() {
    self.init(pages: .extractor)
  }

  package init(pages: PageReader) {
    self.pages = pages
  }

  /// `discover`, `only_author`, `include`, `exclude`.
  public var options: [SourceOption] { ArticleOptions.keys + PDFOptions.options }

  /// Fetches the page; whatever is wrong with it is a failure of that one item.
  ///
  /// - Throws: ``CrawlError`` for a link that is not to be fetched at all, or a file that cannot be read; what memory and
  ///   sink throw, or `CancellationError`.
  public func crawl(
    _ source: CrawlSource, author: User, context: CrawlContext, into sink: any CrawlSink
  ) async throws -> Coverage {
    let producers = [Producer.page, Producer.text, Producer.pdf, Producer.feed, Producer.substack]
    let visitor = PageVisitor(
      pages: pages, author: author, source: source, options: ArticleOptions(source), context: context, sink: sink,
      web: WebFetcher(source, producers: producers, context: context, sink: sink))
    switch try SourceLocation(source.location) {
    case .web(let address):
      guard !address.isLinkedIn else { throw CrawlError.linkedInPage(link: address.redacted) }
      try await SourceVisitor(visitor: visitor).visit(address)
      return .partial
    case .path(let path):
      return try await SavedList(path: path, visitor: visitor, digest: source.digest(producers: producers)).visit()
    case .named:
      throw CrawlError.unsupportedSource(
        source: source.redactedLocation, reason: "the article crawler reads URLs, and feeds and sitemaps by their paths"
      )
    }
  }
}
