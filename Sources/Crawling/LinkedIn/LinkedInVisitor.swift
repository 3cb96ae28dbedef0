import Domain
import HTTP

/// Visits one public post or article on LinkedIn, as far as LinkedIn shows it to everybody.
struct LinkedInVisitor: Sendable {
  let pages: PageReader
  let author: User
  let source: CrawlSource
  let context: CrawlContext
  let sink: any CrawlSink

  /// Whether an address is one of those that are visited at all.
  static func isVisited(_ address: WebAddress) -> Bool {
    address.isHost(in: "linkedin.com") && (LinkedInPostName(address) != nil || isArticle(address))
  }

  private static func isArticle(_ address: WebAddress) -> Bool {
    address.path.hasPrefix("/pulse/") && address.path.utf8.count > 7
  }

  /// Visits a page and tells the sink what became of it.
  ///
  /// - Throws: ``CrawlError/linkedInPage(link:)`` for a page that is neither a post nor an article, what memory and sink
  ///   throw, or `CancellationError`.
  func visit(_ address: WebAddress) async throws {
    guard Self.isVisited(address) else { throw CrawlError.linkedInPage(link: address.redacted) }
    let web = WebFetcher(source, producers: [Producer.linkedIn, Producer.page], context: context, sink: sink)
    switch try await web.fetch(address, accept: "text/html", limit: nil) {
    case .page(let response, let state): try await read(response, state, at: address, by: web)
    case .unchanged(let state):
      if let reason = state.result { try await sink.take(.skipped(Skip(item: address.redacted, reason: reason))) }
      for link in state.links where state.result == nil { try await sink.take(.unchanged(link: link)) }
    case .gone(let links, let why):
      for link in links { try await sink.take(.gone(link: link, why: why)) }
    case .skipped(var skip):
      skip.reason += "; save the page from a browser and name the file, or use LinkedIn's data export"
      try await sink.take(.skipped(skip))
    case .failed(var failure):
      // LinkedIn's own code for those that it does not want.
      if [401, 403, 429, 999].contains(failure.status) {
        failure.failure.message = CrawlError.linkedInPage(link: address.redacted).description
      }
      try await sink.take(.failed(failure.failure))
    }
  }

  private func read(
    _ response: HTTPResponse, _ state: FetchState, at address: WebAddress, by web: WebFetcher
  ) async throws {
    switch result(response, state, at: address) {
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
    }
  }

  private func result(_ response: HTTPResponse, _ state: FetchState, at address: WebAddress) -> NoteReader.Result {
    guard let final = try? WebAddress(response.url), Self.isVisited(final) else {
      // The way to the login.
      return .failure(CrawlError.linkedInPage(link: address.redacted).description)
    }
    let record = CrawlRecord(
      source: source.redactedLocation, requestedURL: state.url, url: final.redacted, fetchedAt: context.date,
      status: response.status, entityTag: state.entityTag, lastModified: state.lastModified, bodyHash: state.bodyHash,
      producer: Producer.linkedIn)
    let type = response.headers["Content-Type"]
    if LinkedInPostName(final) != nil {
      guard let page = LinkedInPage(response.body, contentType: type, address: final) else {
        return .failure(CrawlError.linkedInPage(link: address.redacted).description)
      }
      if let document = page.document(author: author, crawl: record) { return .document(document) }
      return page.shared == nil
        ? .failure(CrawlError.linkedInPage(link: address.redacted).description) : .skip("a repost without own words")
    }
    return article(response.body, type, at: final, record)
  }

  private func article(
    _ body: [UInt8], _ type: String?, at final: WebAddress, _ record: CrawlRecord
  ) -> NoteReader.Result {
    do {
      let page = try pages.read(body, type, final.redacted)
      if let problem = page.problem {
        let advice = problem.advice(isSaved: false)
        return problem.isFailure ? .failure(advice) : .skip(advice)
      }
      return .document(
        page.document(link: canonicalLink(of: final), platform: final.platform, author: author, crawl: record))
    } catch {
      return .failure("the page cannot be read: \(error)")
    }
  }
}
