import Foundation
public import Logging

/// The product's one HTTP client: libcurl's multi interface on a thread of its own.
///
/// It keeps connections open between requests, so a program needs one client, not one for each request. Cookies are
/// never kept. The limits are those of its ``HTTPClientConfiguration``.
public final class HTTPClient: Sendable {
  /// The limits.
  public let configuration: HTTPClientConfiguration
  private let logger: Logger
  private let thread: TransferThread

  /// Makes a client; its thread starts with the first request and ends with the client.
  ///
  /// - Parameter logger: where attempts that are repeated are told, at the debug level.
  public init(
    configuration: HTTPClientConfiguration = HTTPClientConfiguration(), logger: Logger = Logger(label: "twin.http")
  ) {
    self.configuration = configuration
    self.logger = logger
    thread = TransferThread(configuration: configuration)
  }

  /// Sends a request and collects the body, retrying as the configuration says.
  ///
  /// A response of any status is returned; only an exchange that failed throws. When the task is cancelled the transfer
  /// ends at once.
  /// - Throws: ``HTTPError``, or `CancellationError`.
  public func send(_ request: HTTPRequest) async throws -> HTTPResponse {
    let (head, transfer) = try await deliver(request, until: .end)
    let body = thread.takeBytes(of: transfer)
    return HTTPResponse(
      status: head.status, headers: head.headers, body: body, url: head.url, attempts: head.attempts)
  }

  /// Sends a request and returns when the header section is there, with the body to be read as it comes.
  ///
  /// What is retried is retried before this returns; a body that breaks off throws to its reader. The total time limit
  /// includes the reading.
  /// - Throws: ``HTTPError``, or `CancellationError`.
  public func stream(_ request: HTTPRequest) async throws -> (head: HTTPResponseHead, body: HTTPBody) {
    let (head, transfer) = try await deliver(request, until: .head)
    return (head, HTTPBody(transfer, on: thread))
  }

  /// Sends until there is a response to keep, or no attempt or time is left.
  private func deliver(
    _ request: HTTPRequest, until milestone: TransferState.Milestone
  ) async throws -> (head: HTTPResponseHead, transfer: Transfer) {
    try check(request.headers, of: request)
    let deadline = Deadline(seconds: request.totalTimeout ?? configuration.totalTimeout)
    let policy = retryPolicy(for: request)
    var attempt = 1
    while true {
      let pause: Double
      do {
        let delivery = try await follow(request, attempt: attempt, deadline: deadline, until: milestone)
        let mayRepeat = request.isIdempotent || delivery.redirects == 0
        guard mayRepeat, policy.isRetried(delivery.head, after: attempt) else { return delivery.kept }
        pause = self.pause(after: attempt, head: delivery.head, policy)
        if pause >= deadline.secondsLeft { return delivery.kept }
        thread.cancel(delivery.transfer)
        note("status \(delivery.head.status)", request, attempt, pause)
      } catch let failure as TransferFailure {
        pause = self.pause(after: attempt, head: nil, policy)
        guard policy.isRetried(failure, after: attempt), pause < deadline.secondsLeft else { throw failure.error }
        note("\(failure.error)", request, attempt, pause)
      }
      try await Task.sleep(for: .seconds(pause))
      attempt += 1
    }
  }

  /// Sends once, and follows the redirects.
  private func follow(
    _ request: HTTPRequest, attempt: Int, deadline: Deadline, until milestone: TransferState.Milestone
  ) async throws -> Delivery {
    var hop = try Hop(request, allowsPrivateAddresses: configuration.allowsPrivateAddresses)
    var redirects = 0
    while true {
      let transfer = Transfer(exchange(hop, request, deadline, streams: milestone == .head))
      let (status, headers) = try await exchange(transfer, until: milestone, isFirst: redirects == 0)
      guard request.followsRedirects, RedirectPolicy.isRedirect(status), let location = headers["Location"] else {
        let head = HTTPResponseHead(status: status, headers: headers, url: hop.url.text, attempts: attempt)
        return Delivery(head: head, transfer: transfer, redirects: redirects)
      }
      thread.cancel(transfer)
      guard redirects < configuration.maximumRedirects else {
        throw HTTPError.tooManyRedirects(url: redactedURL(request.url), limit: configuration.maximumRedirects)
      }
      redirects += 1
      let policy = RedirectPolicy(allowsPrivateAddresses: configuration.allowsPrivateAddresses)
      hop = try policy.next(after: hop, status: status, location: location)
    }
  }

  private func exchange(
    _ transfer: Transfer, until milestone: TransferState.Milestone, isFirst: Bool
  ) async throws -> (status: Int, headers: HTTPHeaders) {
    do {
      try await thread.start(transfer, until: milestone)
      return try transfer.head(at: milestone)
    } catch var failure as TransferFailure {
      // After a redirect the server has seen the request, whatever became of this part.
      failure.neverSent = failure.neverSent && isFirst
      throw failure
    }
  }

  private func exchange(_ hop: Hop, _ request: HTTPRequest, _ deadline: Deadline, streams: Bool) -> Exchange {
    let stall = request.stallTimeout ?? (request.trust == .content ? configuration.stallTimeout : nil)
    return Exchange(
      hop: hop, timeout: deadline.secondsLeft, stallTimeout: stall,
      // What the user configured may think between two bytes for as long as it likes.
      minimumSpeed: request.trust == .content ? max(1, configuration.minimumSpeed) : 1,
      maximumHeaderBytes: configuration.maximumHeaderBytes,
      maximumBodyBytes: request.maximumBodyBytes ?? configuration.maximumBodyBytes,
      expansionFloor: configuration.expansionFloor, maximumExpansion: configuration.maximumExpansion,
      bufferSize: streams ? HTTPBody.bufferSize : .max)
  }

  private func retryPolicy(for request: HTTPRequest) -> RetryPolicy {
    RetryPolicy(
      maximumAttempts: request.maximumAttempts ?? configuration.maximumAttempts, base: configuration.backoffBase,
      cap: configuration.backoffCap, isIdempotent: request.isIdempotent)
  }

  private func pause(after attempt: Int, head: HTTPResponseHead?, _ policy: RetryPolicy) -> Double {
    let asked = head?.headers["Retry-After"].flatMap { retryAfterSeconds($0, now: Date()) }
    return policy.delay(after: attempt, retryAfter: asked, random: .random(in: 0...1))
  }

  private func note(_ reason: String, _ request: HTTPRequest, _ attempt: Int, _ pause: Double) {
    logger.debug(
      "repeating a request",
      metadata: [
        "url": "\(redactedURL(request.url))", "attempt": "\(attempt)", "reason": "\(reason)", "pause": "\(pause)",
      ])
  }

  private func check(_ headers: HTTPHeaders, of request: HTTPRequest) throws {
    for field in headers.fields where !field.isWellFormed {
      throw HTTPError.invalidHeader(url: redactedURL(request.url), name: field.name)
    }
  }
}

/// A response whose header section, at least, is there.
private struct Delivery {
  let head: HTTPResponseHead
  let transfer: Transfer
  let redirects: Int

  var kept: (head: HTTPResponseHead, transfer: Transfer) { (head, transfer) }
}

/// When an exchange must be over.
private struct Deadline {
  private let end: ContinuousClock.Instant

  init(seconds: Double) { end = .now + .seconds(max(0, min(seconds, 1e6))) }

  var secondsLeft: Double { max(0, (end - .now) / .seconds(1)) }
}
