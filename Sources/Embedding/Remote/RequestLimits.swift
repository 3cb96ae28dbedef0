import Concurrency
import Synchronization

/// Lets requests go on as fast as a user allows.
final class RequestLimits: Sendable {
  private struct Buckets {
    var requests: TokenBucket?
    var tokens: TokenBucket?
  }

  private let buckets: Mutex<Buckets>
  private let start = ContinuousClock.now

  init(_ configuration: RemoteEmbeddingConfiguration) {
    buckets = Mutex(
      Buckets(
        requests: configuration.requestsPerMinute.map { TokenBucket(perMinute: $0, now: 0) },
        tokens: configuration.tokensPerMinute.map { TokenBucket(perMinute: $0, now: 0) }))
  }

  func wait(tokens: Int) async throws {
    let seconds = buckets.withLock { buckets in
      let now = start.duration(to: .now) / .seconds(1)
      return max(
        buckets.requests?.take(1, now: now) ?? 0, buckets.tokens?.take(Double(tokens), now: now) ?? 0)
    }
    if seconds > 0 { try await Task.sleep(for: .seconds(seconds)) }
  }
}
