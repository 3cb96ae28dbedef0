import Domain
import HTTP

/// Visits pages of one source, and tells the sink what became of each.
struct PageVisitor: Sendable {
  let pages: PageReader
  let author: User
  let source: CrawlSource
  let context: CrawlContext
  let sink: any CrawlSink
  let web: WebFetcher

  private static let accepted =
    "text/html, application/xhtml+xml, text/markdown, text/plain;q=0.9, application/pdf;q=0.8, */*;q=0.1"

  /// A feed that was found where a page might have been.
  enum FoundFeed: Sendable {
    /// It may announce something new.
    case new(Feed, FetchState, at: WebAddress)
    /// It announces what it announced before: the addresses of its state.
    case unchanged(FetchState)
  }

  /// Visits a page.
  ///
  /// - Returns: the feed, if it is one, of which the sink has not been told yet.
  /// - Throws: `CancellationError`, or what memory and sink throw.
  func visit(_ address: WebAddress) async throws -> FoundFeed? {
    try await report(fetch(address), at: address)
  }

  func fetch(_ address: WebAddress) async throws -> Fetched {
    try await web.fetch(address, accept: Self.accepted)
  }

  /// Tells the sink what became of a page.
  func report(_ fetched: Fetched, at address: WebAddress) async throws -> FoundFeed? {
    switch fetched {
    case .page(let response, let state): return try await read(response, state, at: address)
    case .unchanged(let state) where state.use == .feed: return .unchanged(state)
    case .unchanged(let state):
      if let reason = state.result {
        try await sink.take(.skipped(Skip(item: address.redacted, reason: reason)))
      } else {
        for link in state.links { try await sink.take(.unchanged(link: link)) }
      }
    case .gone(let links, let why):
      for link in links { try await sink.take(.gone(link: link, why: why)) }
    case .skipped(let skip): try await sink.take(.skipped(skip))
    case .failed(let failure): try await sink.take(.failed(failure.failure))
    }
    return nil
  }

  private func read(_ response: HTTPResponse, _ state: FetchState, at address: WebAddress) async throws -> FoundFeed? {
    let reader = ResponseReader(
      pages: pages, response: response, state: state, author: author, source: source, context: context)
    switch try await reader.read() {
    case .document(let document):
      try await sink.take(.document(document))
      for link in state.links where link != document.link {
        try await sink.take(.gone(link: link, why: "its page is the document \(document.link) now"))
      }
      try await web.remember(state, links: [document.link])
    case .skip(let reason):
      try await sink.take(.skipped(Skip(item: address.redacted, reason: reason)))
      try await web.remember(state, noDocumentBecause: reason)
    case .failure(let message):
      try await sink.take(.failed(web.remember(state, failure: message, attempts: response.attempts)))
    case .feed(let feed): return .new(feed, state, at: address)
    }
    return nil
  }
}
