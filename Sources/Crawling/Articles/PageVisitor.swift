import Domain
import HTTP

/// Visits pages of one source, and tells the sink what became of each.
struct PageVisitor: Sendable {
  let pages: PageReader
  let author: User
  let source: CrawlSource
  let options: ArticleOptions
  let context: CrawlContext
  let sink: any CrawlSink
  let web: WebFetcher

  private static let accepted =
    "text/html, application/xhtml+xml, text/markdown, text/plain;q=0.9, application/pdf;q=0.8, */*;q=0.1"

  /// What names pages, where a page might have been. The sink has not been told of it yet, and nothing is remembered.
  enum Found: Sendable {
    /// A feed; nil if it is as it was, so that it announces the addresses of its state.
    case feed(Feed?, FetchState, at: WebAddress)
    /// A sitemap; nil if it is as it was.
    case sitemap(Sitemap?, FetchState, at: WebAddress)
    /// A home page, whose state has the addresses that its articles may be found by, and why it is none itself.
    case home(FetchState)
  }

  /// Asks for an address. What may be a sitemap may be longer than a page.
  func fetch(_ address: WebAddress) async throws -> Fetched {
    let mayBeList = ["xml", "gz", "txt", "json", "rss", "atom"].contains(fileSuffix(address.path))
    return try await web.fetch(
      address, accept: Self.accepted, limit: mayBeList ? context.limits.sitemap.fileBytes : nil)
  }

  /// Tells the sink what became of a page.
  ///
  /// - Parameters:
  ///   - isSource: whether the user named the page, so that it may lead to others.
  ///   - instead: what is taken if the page is no article, though its list says so.
  /// - Returns: what it is, if it is a list of pages.
  /// - Throws: `CancellationError`, or what memory and sink throw.
  func report(
    _ fetched: Fetched, at address: WebAddress, isSource: Bool = false, instead: () -> RawDocument? = { nil }
  ) async throws -> Found? {
    switch fetched {
    case .page(let response, let state):
      return try await read(response, state, at: address, isSource: isSource, instead: instead)
    case .unchanged(let state):
      switch state.use {
      case .feed: return .feed(nil, state, at: address)
      case .sitemap: return .sitemap(nil, state, at: address)
      case .listing: return .home(state)
      case .page, .robots: try await reportUnchanged(state, at: address)
      }
    case .gone(let links, let why):
      for link in links { try await sink.take(.gone(link: link, why: why)) }
    case .skipped(let skip): try await sink.take(.skipped(skip))
    case .failed(let failure): try await sink.take(.failed(failure.failure))
    }
    return nil
  }

  private func reportUnchanged(_ state: FetchState, at address: WebAddress) async throws {
    if let reason = state.result {
      try await sink.take(.skipped(Skip(item: address.redacted, reason: reason)))
    } else {
      for link in state.links { try await sink.take(.unchanged(link: link)) }
    }
  }

  private func read(
    _ response: HTTPResponse, _ state: FetchState, at address: WebAddress, isSource: Bool,
    instead: () -> RawDocument?
  ) async throws -> Found? {
    let reader = ResponseReader(
      pages: pages, response: response, state: state, author: author, source: source, context: context,
      mayLead: isSource && options.discovers)
    switch try await reader.read() {
    case .document(let document): try await keep(document, state)
    case .skip(let reason):
      if let document = instead() { return try await keepInstead(document, state) }
      try await sink.take(.skipped(Skip(item: address.redacted, reason: reason)))
      try await web.remember(state, noDocumentBecause: reason)
    case .failure(let message):
      if let document = instead() { return try await keepInstead(document, state) }
      try await sink.take(.failed(web.remember(state, failure: message, attempts: response.attempts)))
    case .feed(let feed): return .feed(feed, state, at: address)
    case .sitemap(let sitemap): return .sitemap(sitemap, state, at: address)
    case .home(let links, let reason):
      var state = state
      (state.use, state.links, state.result) = (.listing, links, reason)
      return .home(state)
    }
    return nil
  }

  private func keepInstead(_ document: RawDocument, _ state: FetchState) async throws -> Found? {
    try await keep(document, state)
    return nil
  }

  /// Hands over the document of a page, and remembers it.
  func keep(_ document: RawDocument, _ state: FetchState) async throws {
    try await sink.take(.document(document))
    for link in state.links where link != document.link {
      try await sink.take(.gone(link: link, why: "its page is the document \(document.link) now"))
    }
    try await web.remember(state, links: [document.link])
  }
}
