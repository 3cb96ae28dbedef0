public import Domain
import HTTP

/// The way of crawlers to the web: it asks only for what may have changed, when it is due and the host allows it, and
/// goes through the gate with every request, redirects included.
///
/// What it learns it remembers. Of a page that it brings, whoever asked for it says what it gave. ``visit(_:accept:limit:documents:)``
/// does all of that for addresses that give documents; with ``fetch(_:accept:limit:)`` one does it oneself:
///
/// ```swift
/// let web = WebFetcher(source, producers: ["mine/1"], context: context, sink: sink)
/// switch try await web.fetch("https://ada.example/papers.json") {
/// case .page(let response, let state):
///   for document in documents(in: response) { try await sink.take(.document(document)) }
///   try await web.remember(state, links: documents(in: response).map(\.link))
/// case .unchanged(let state): for link in state.links { try await sink.take(.unchanged(link: link)) }
/// …
/// }
/// ```
public struct WebFetcher: Sendable {
  let context: CrawlContext
  /// The digest of what is fetched for the source.
  let digest: String
  let source: CrawlSource
  /// What makes documents of what is fetched.
  let producers: [String]
  let sink: any CrawlSink

  /// Makes a fetcher for one source.
  ///
  /// - Parameters:
  ///   - producers: the names and versions of what makes documents of what is fetched. With another version, everything
  ///     is fetched again, whether or not it has changed.
  ///   - sink: who is told of requests.
  public init(_ source: CrawlSource, producers: [String], context: CrawlContext, sink: any CrawlSink) {
    self.source = source
    self.producers = producers
    self.context = context
    self.sink = sink
    digest = source.digest(producers: producers)
  }

  /// Asks for an address, unless a failure is too recent.
  ///
  /// - Parameters:
  ///   - url: an `http:` or `https:` URL.
  ///   - accept: the value of the `Accept` field.
  ///   - limit: the most bytes of the decoded body; nil for the client's default.
  /// - Throws: ``CrawlError/invalidLink(link:reason:)``, `CancellationError`, or what memory and sink throw.
  public func fetch(_ url: String, accept: String = "*/*", limit: Int? = nil) async throws -> Fetched {
    try await fetch(WebAddress(url), accept: accept, limit: limit)
  }

  /// - Parameter interface: what the address belongs to, if it is no page.
  func fetch(
    _ address: WebAddress, accept: String, limit: Int? = nil, interface: WebInterface? = nil
  ) async throws -> Fetched {
    let previous = try await context.memory.fetchState(of: address.redacted)
    if let notDue = notDue(address, previous) { return notDue }
    let usable = try await isUsable(previous) ? previous : nil
    var exchange = WebExchange(
      context: context, sink: sink, accept: accept, limit: limit, known: usable, interface: interface)
    do {
      guard let response = try await exchange.follow(address) else {
        return .skipped(Skip(item: address.redacted, reason: "robots.txt of its host does not allow it"))
      }
      var answer = response
      answer.attempts = exchange.attempts
      return try await fetched(address, answer, asked: exchange.asked, previous: previous, usable: usable)
    } catch let error as HTTPError {
      let isRemembered = error.isTransient
      return try await failed(
        address, error.description, status: 0, attempts: exchange.attempts, previous, isRemembered: isRemembered)
    } catch let paused as HostGate.Paused {
      return .failed(
        FetchFailure(failure: paused.failure(of: address, at: context.date), status: 0, previous: previous))
    } catch let unknown as RobotsUnknown {
      // That is the host's trouble, and no reason to try the address less often.
      return try await failed(
        address, unknown.description, status: 0, attempts: unknown.attempts, previous, isRemembered: false)
    } catch is CrawlError {
      return try await failed(
        address, "it redirects to a link that is not followed", status: 0, attempts: exchange.attempts, previous,
        isRemembered: false)
    }
  }

  /// Keeps what a page gave.
  ///
  /// - Parameter links: the links of its documents, which the sink has been given before; of a list, the addresses that
  ///   it names.
  public func remember(_ state: FetchState, links: [String]) async throws {
    try await remember(state, links: links, result: nil, failures: 0)
  }

  /// Keeps that a page gave no document, which is no cause for concern, and why, as a phrase. A document that it gave
  /// before stays.
  public func remember(_ state: FetchState, noDocumentBecause reason: String) async throws {
    try await remember(state, links: state.links, result: reason, failures: 0)
  }

  /// Keeps that a page was not to be made a document of, though it should have been.
  ///
  /// - Parameters:
  ///   - message: why, as a sentence.
  ///   - attempts: how often it was asked for.
  /// - Returns: what to report.
  public func remember(_ state: FetchState, failure message: String, attempts: Int) async throws -> CrawlFailure {
    let state = try await remember(state, links: state.links, result: message, failures: state.failures + 1)
    return CrawlFailure(item: state.url, message: message, attempts: attempts, nextTry: state.nextTry)
  }

  @discardableResult
  private func remember(
    _ state: FetchState, links: [String], result: String?, failures: Int
  ) async throws -> FetchState {
    var state = state
    state.links = links
    state.result = result
    state.failures = failures
    state.nextTry = nextTry(after: failures, at: context.date)
    try await context.memory.remember(state)
    return state
  }

  // MARK: What is known

  /// What an address gave, if it still would give that unless it has changed; nil if it must be asked for.
  func usableState(of address: WebAddress) async throws -> FetchState? {
    let state = try await context.memory.fetchState(of: address.redacted)
    return try await isUsable(state) ? state : nil
  }

  private func notDue(_ address: WebAddress, _ previous: FetchState?) -> Fetched? {
    guard let previous, let due = previous.nextTry, due > context.date, previous.digest == digest,
      !context.ignoresNextTry
    else { return nil }
    let failure = CrawlFailure(
      item: address.redacted, message: previous.result ?? "it failed before", attempts: 0, nextTry: due)
    return .failed(FetchFailure(failure: failure, status: previous.status, previous: previous))
  }

  /// Whether an answer that the address has not changed would do: what it gave then is still what it would give, and is
  /// still stored.
  private func isUsable(_ state: FetchState?) async throws -> Bool {
    guard let state, state.digest == digest, state.failures == 0, (200..<300).contains(state.status) else {
      return false
    }
    guard state.use == .page else { return true }
    for link in state.links {
      guard let document = try await context.memory.document(link), document.crawl.goneSince == nil else {
        return false
      }
    }
    return state.result != nil || !state.links.isEmpty
  }

  /// The documents that a page gave which is no longer there.
  private func linksOfGone(_ address: WebAddress, _ previous: FetchState?) async throws -> [String] {
    if let previous { return previous.use == .page ? previous.links : [] }
    // Those of a time when no states were kept.
    let canonical = canonicalLink(of: address)
    return try await context.memory.known().filter { link, document in
      link == canonical || (document.crawl.requestedURL ?? document.crawl.url) == address.redacted
    }.map(\.key).sorted()
  }

  // MARK: Answers

  private func fetched(
    _ address: WebAddress, _ response: HTTPResponse, asked: Double?, previous: FetchState?, usable: FetchState?
  ) async throws -> Fetched {
    if response.isNotModified, let usable { return .unchanged(usable) }
    if [404, 410].contains(response.status) {
      let links = try await linksOfGone(address, previous)
      if !links.isEmpty { return try await gone(address, response, links) }
    }
    guard response.isSuccess else {
      return try await failed(
        address, advice(onStatus: response.status), status: response.status, attempts: response.attempts, previous,
        isRemembered: true, retryAfter: asked)
    }
    let state = state(of: address, response, previous)
    guard let usable, usable.bodyHash == state.bodyHash, usable.finalURL == state.finalURL else {
      return .page(response, state)
    }
    var same = usable
    (same.entityTag, same.lastModified, same.status) = (state.entityTag, state.lastModified, state.status)
    try await context.memory.remember(same)
    return .unchanged(same)
  }

  private func state(of address: WebAddress, _ response: HTTPResponse, _ previous: FetchState?) -> FetchState {
    FetchState(
      url: address.redacted, use: .page, finalURL: (try? WebAddress(response.url))?.redacted,
      status: response.status, fetchedAt: context.date, entityTag: response.validator?.entityTag,
      lastModified: response.validator?.lastModified, bodyHash: ContentHash(of: response.body), digest: digest,
      links: previous?.use == .page ? previous?.links ?? [] : [], failures: previous?.failures ?? 0)
  }

  private func gone(_ address: WebAddress, _ response: HTTPResponse, _ links: [String]) async throws -> Fetched {
    try await context.memory.remember(
      FetchState(
        url: address.redacted, finalURL: (try? WebAddress(response.url))?.redacted, status: response.status,
        fetchedAt: context.date, digest: digest, links: links))
    return .gone(links: links, why: "its server says that there is no such page (HTTP \(response.status))")
  }

  private func failed(
    _ address: WebAddress, _ message: String, status: Int, attempts: Int, _ previous: FetchState?, isRemembered: Bool,
    retryAfter: Double? = nil
  ) async throws -> Fetched {
    var failure = CrawlFailure(item: address.redacted, message: message, attempts: attempts)
    if isRemembered {
      var state = previous ?? FetchState(url: address.redacted, fetchedAt: context.date, digest: digest)
      state.failures += 1
      (state.status, state.result, state.digest) = (status, message, digest)
      state.fetchedAt = context.date
      state.nextTry = nextTry(after: state.failures, at: context.date, retryAfter: retryAfter)
      try await context.memory.remember(state)
      failure.nextTry = state.nextTry
    }
    return .failed(FetchFailure(failure: failure, status: status, previous: previous))
  }
}
