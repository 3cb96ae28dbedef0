/// When a request is sent again, and after how long a pause.
package struct RetryPolicy: Sendable {
  /// How often it is sent at most.
  let maximumAttempts: Int
  /// The pause before the second attempt, in seconds.
  let base: Double
  /// The longest pause of our own choice, in seconds.
  let cap: Double
  /// Whether sending twice does no harm.
  let isIdempotent: Bool

  /// Makes a policy; see the properties.
  package init(maximumAttempts: Int, base: Double, cap: Double, isIdempotent: Bool) {
    self.maximumAttempts = maximumAttempts
    self.base = base
    self.cap = cap
    self.isIdempotent = isIdempotent
  }

  /// A name that has no address rarely gets one a second later: one more try is for resolvers that hiccup.
  private static let maximumLookups = 2

  /// Whether a response asks for another attempt.
  ///
  /// Requests that are not idempotent are sent again only when the status says that the server did not process this one:
  /// 425 (RFC 8470), 429 (RFC 6585), and 503 with `Retry-After`.
  package func isRetried(_ head: HTTPResponseHead, after attempt: Int) -> Bool {
    guard attempt < maximumAttempts else { return false }
    switch head.status {
    case 425, 429: return true
    case 503: return isIdempotent || head.headers["Retry-After"] != nil
    case 408, 500, 502, 504: return isIdempotent
    default: return false
    }
  }

  /// Whether a failure is worth another attempt.
  func isRetried(_ failure: TransferFailure, after attempt: Int) -> Bool {
    guard failure.isTransient, isIdempotent || failure.neverSent else { return false }
    if case .nameNotResolved = failure.error { return attempt < min(maximumAttempts, Self.maximumLookups) }
    return attempt < maximumAttempts
  }

  /// The pause after an attempt, in seconds.
  ///
  /// It doubles with each attempt up to the cap, and half of it is random ("equal jitter", AWS Architecture Blog,
  /// "Exponential Backoff And Jitter"), so that clients that failed together do not come back together. What the server
  /// asks for is the least it gets.
  /// - Parameters:
  ///   - attempt: how often the request was sent, from 1.
  ///   - retryAfter: what the server asked for, in seconds.
  ///   - random: from 0 to 1.
  package func delay(after attempt: Int, retryAfter: Double?, random: Double) -> Double {
    let ceiling = attempt > 30 ? cap : min(cap, base * Double(1 << (attempt - 1)))
    return max(ceiling / 2 + ceiling / 2 * random, retryAfter ?? 0)
  }
}
