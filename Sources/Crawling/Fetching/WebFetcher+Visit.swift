public import Domain
public import HTTP

extension WebFetcher {
  /// Fetches an address, makes documents of what it answers, and tells the sink and the memory all that there is to tell:
  /// what most crawlers of one's own need.
  ///
  /// An address that is as it was gives what it gave; one that is gone takes its documents along; one that is refused, or
  /// not due, is reported.
  ///
  /// ```swift
  /// try await WebFetcher(source, producers: ["mine/1"], context: context, sink: sink).visit(source.location) {
  ///   response, record in
  ///   [RawDocument(category: .articles, link: response.url, platform: "mine", author: author, text: response.text, crawl: record)]
  /// }
  /// ```
  /// - Parameters:
  ///   - url: an `http:` or `https:` URL.
  ///   - accept: the value of the `Accept` field.
  ///   - limit: the most bytes of the decoded body; nil for the client's default.
  ///   - documents: makes the documents, each with a link of its own, from an answer of success and what is to be recorded
  ///     of it. What it throws is a failure of the address.
  /// - Throws: ``CrawlError/invalidLink(link:reason:)``, `CancellationError`, or what memory and sink throw.
  public func visit(
    _ url: String, accept: String = "*/*", limit: Int? = nil,
    documents: (_ response: HTTPResponse, _ record: CrawlRecord) throws -> [RawDocument]
  ) async throws {
    switch try await fetch(url, accept: accept, limit: limit) {
    case .page(let response, let state): try await keep(response, state, documents)
    case .unchanged(let state):
      if let reason = state.result { try await sink.take(.skipped(Skip(item: state.url, reason: reason))) }
      for link in state.links { try await sink.take(.unchanged(link: link)) }
    case .gone(let links, let why): for link in links { try await sink.take(.gone(link: link, why: why)) }
    case .skipped(let skip): try await sink.take(.skipped(skip))
    case .failed(let failure): try await sink.take(.failed(failure.failure))
    }
  }

  private func keep(
    _ response: HTTPResponse, _ state: FetchState, _ documents: (HTTPResponse, CrawlRecord) throws -> [RawDocument]
  ) async throws {
    let made: [RawDocument]
    do {
      made = try documents(response, record(of: response, state))
    } catch let error as CancellationError {
      throw error
    } catch {
      let failure = try await remember(state, failure: "\(error)", attempts: response.attempts)
      return try await sink.take(.failed(failure))
    }
    for document in made { try await sink.take(.document(document)) }
    let links = made.map(\.link)
    for link in state.links where !links.contains(link) {
      try await sink.take(.gone(link: link, why: "\(state.url) does not have it any more"))
    }
    if links.isEmpty {
      var state = state
      state.links = []
      let reason = "it holds no documents"
      try await sink.take(.skipped(Skip(item: state.url, reason: reason)))
      try await remember(state, noDocumentBecause: reason)
    } else {
      try await remember(state, links: links)
    }
  }

  private func record(of response: HTTPResponse, _ state: FetchState) -> CrawlRecord {
    CrawlRecord(
      source: source.redactedLocation, requestedURL: state.url, url: state.finalURL, fetchedAt: context.date,
      status: response.status, entityTag: state.entityTag, lastModified: state.lastModified,
      bodyHash: state.bodyHash, producer: producers.first)
  }
}
