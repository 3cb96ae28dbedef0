import Domain
import Foundation
import HTTP

/// One address on its way: the requests for it, those of its redirects, and those that are sent again.
///
/// The client is asked for single requests only, so that each goes through the gate, and a host that is in trouble is
/// left alone by all who would ask it, not only by the one who found out.
struct WebExchange {
  let context: CrawlContext
  let sink: any CrawlSink
  let accept: String
  let limit: Int?
  /// What is known of the address, if it may be asked whether that still holds.
  let known: FetchState?
  /// The interface that the address belongs to, if it is no page.
  let interface: WebInterface?
  /// How often the address was tried so far.
  private(set) var attempts = 0
  /// How long the last response asked to wait, in seconds; nil if it asked for nothing.
  private(set) var asked: Double?
  /// The seconds that requests and the pauses between them took; waiting for one's turn is not among them.
  private var spent = 0.0

  init(
    context: CrawlContext, sink: any CrawlSink, accept: String, limit: Int?, known: FetchState?,
    interface: WebInterface? = nil
  ) {
    self.context = context
    self.sink = sink
    self.accept = accept
    self.limit = limit
    self.known = known
    self.interface = interface
  }

  /// Asks for an address, and follows where it leads.
  ///
  /// - Returns: the last response, of whatever status; nil if a host does not allow it.
  /// - Throws: `HTTPError`; ``CrawlError`` if it leads to a link that is not followed; ``HostGate/Paused``;
  ///   `CancellationError`.
  mutating func follow(_ address: WebAddress) async throws -> HTTPResponse? {
    var hop = address
    for _ in 0...context.http.configuration.maximumRedirects {
      let permission = try await permission(for: hop)
      guard permission.isAllowed else { return nil }
      let response = try await send(hop, delay: permission.delay)
      guard isRedirect(response.status), let location = response.headers["Location"] else { return response }
      hop = try WebAddress(redirectTarget(location, from: hop.text))
    }
    throw HTTPError.tooManyRedirects(url: address.redacted, limit: context.http.configuration.maximumRedirects)
  }

  private func permission(for hop: WebAddress) async throws -> RobotsPermission {
    let interface = interfaceAsked(at: hop)
    if context.gate.limits.isOwn(hop.authority) || interface?.asksRobots == false {
      return RobotsPermission(isAllowed: true, delay: interface?.delay)
    }
    var permission = try await context.robots.permission(for: hop.text)
    permission.delay = [permission.delay, interface?.delay].compactMap(\.self).max()
    return permission
  }

  /// Asks for one address until there is an answer to keep.
  private mutating func send(_ hop: WebAddress, delay: Duration?) async throws -> HTTPResponse {
    let configuration = context.http.configuration
    let policy = RetryPolicy(
      maximumAttempts: configuration.maximumAttempts, base: configuration.backoffBase, cap: configuration.backoffCap,
      isIdempotent: true)
    let request = request(for: hop)
    attempts = max(attempts, 1)
    while true {
      let result = try await result(of: request, at: hop.authority, delay: delay)
      let pause: Double
      switch result {
      case .success(let response):
        asked = interfaceAsked(at: hop)?.pause(response.head, Date()) ?? retryAfter(response)
        pause = policy.delay(after: attempts, retryAfter: asked, random: .random(in: 0...1))
        let isRetried = policy.isRetried(response.head, after: attempts)
        if isRetried || asked != nil && isRest(response.status, at: hop) { rest(hop.authority, pause, .asked) }
        guard isRetried, spent + pause < configuration.totalTimeout else { return response }
      case .failure(let error):
        pause = policy.delay(after: attempts, retryAfter: nil, random: .random(in: 0...1))
        guard isRetried(error), spent + pause < configuration.totalTimeout else {
          if error.isUnreachableHost { rest(hop.authority, Self.unreachablePause, .unreachable) }
          throw error
        }
        rest(hop.authority, pause, .unreachable)
      }
      spent += pause
      attempts += 1
    }
  }

  /// Whether what a response asked for is meant for all who would ask the host.
  private func isRest(_ status: Int, at hop: WebAddress) -> Bool {
    [429, 503].contains(status) || interfaceAsked(at: hop) != nil
  }

  /// The interface, if an address is its: a redirect may lead elsewhere.
  private func interfaceAsked(at hop: WebAddress) -> WebInterface? {
    interface.flatMap { $0.origin == hop.origin ? $0 : nil }
  }

  /// Longer than a host is waited for: what else would be asked of it fails at once.
  private static let unreachablePause = 3600.0

  private func isRetried(_ error: HTTPError) -> Bool {
    // A name that has no address rarely gets one a second later.
    if case .nameNotResolved = error { return attempts < min(2, context.http.configuration.maximumAttempts) }
    return error.isTransient && attempts < context.http.configuration.maximumAttempts
  }

  private func rest(_ host: String, _ seconds: Double, _ reason: HostGate.Paused.Reason) {
    context.gate.pause(host, for: .seconds(min(seconds, 86_400)), reason)
  }

  private mutating func result(
    of request: HTTPRequest, at host: String, delay: Duration?
  ) async throws -> Result<HTTPResponse, HTTPError> {
    let http = context.http
    let (result, seconds) = try await context.gate.withTurn(at: host, delay: delay) {
      let start = ContinuousClock.now
      let result: Result<HTTPResponse, HTTPError>
      do {
        result = .success(try await http.send(request))
      } catch let error as HTTPError {
        result = .failure(error)
      }
      return (result, (ContinuousClock.now - start) / .seconds(1))
    }
    spent += seconds
    let response = try? result.get()
    try await sink.take(
      .requested(CrawlRequest(host: host, status: response?.status ?? 0, bytes: response?.body.count ?? 0)))
    return result
  }

  private func request(for hop: WebAddress) -> HTTPRequest {
    // What is known is known of the address that answered.
    let isKnown = known.map { $0.finalURL == hop.redacted } ?? false
    let validator = HTTPValidator(entityTag: known?.entityTag, lastModified: known?.lastModified)
    var headers: HTTPHeaders = ["Accept": accept]
    for field in interfaceAsked(at: hop)?.headers.fields ?? [] { headers[field.name] = field.value }
    return HTTPRequest(
      .get, hop.text, headers: headers, trust: .content, maximumBodyBytes: limit, maximumAttempts: 1,
      followsRedirects: false, validator: isKnown ? validator : nil)
  }
}

extension HTTPError {
  /// Whether nothing else can be had from the host either.
  fileprivate var isUnreachableHost: Bool {
    switch self {
    case .nameNotResolved, .notConnected: true
    default: false
    }
  }
}
