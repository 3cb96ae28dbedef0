import Concurrency
import Synchronization

/// A model that is asked no more than ``ModelLimits`` and its server allow.
///
/// Requests and tokens flow through buckets of a minute's worth. What a server says is left lowers them, and after a 429
/// nobody asks until the pause is over that it names: all who share this value wait together.
public final class LimitedModel: StreamingLanguageModel {
  /// The model's name.
  public let name: String
  private let model: any LanguageModel
  private let limits: ModelLimits
  private let clock: ModelClock
  private let window: AsyncSemaphore
  private let state: Mutex<State>

  private struct State {
    var requests: TokenBucket?
    var tokens: TokenBucket?
    /// Until when nothing is asked.
    var pausedUntil = 0.0
  }

  /// Limits a model.
  public init(_ model: any LanguageModel, limits: ModelLimits = ModelLimits(), clock: ModelClock = .system) {
    name = model.name
    self.model = model
    self.limits = limits
    self.clock = clock
    window = AsyncSemaphore(limits.concurrency)
    let now = clock.now()
    state = Mutex(
      State(
        requests: limits.requestsPerMinute.map { TokenBucket(perMinute: $0, now: now) },
        tokens: limits.tokensPerMinute.map { TokenBucket(perMinute: $0, now: now) }))
  }

  /// Generates one reply, when it is its turn.
  /// - Throws: ``LanguageModelError``; `CancellationError`.
  public func generate(_ request: GenerationRequest, telling: TextListener?) async throws -> GenerationReply {
    try await window.withPlace {
      let estimate = request.estimatedTokens
      try await waitForTurn(estimate)
      do {
        let reply = try await model.generate(request, telling: telling)
        settle(estimate: estimate, actual: reply.usage.map { Double($0.prompt + $0.completion) }, reply.limits)
        return reply
      } catch let error as LanguageModelError {
        if case .rateLimited = error { pause(error.advice?.pause) }
        settle(estimate: estimate, actual: nil, error.advice?.limits)
        throw error
      }
    }
  }

  /// The model's digest.
  public func digest() async throws -> String { try await model.digest() }

  private func waitForTurn(_ tokens: Double) async throws {
    var wait = state.withLock { state in
      let now = clock.now()
      let turns = [state.requests?.take(1, now: now), state.tokens?.take(tokens, now: now)]
      return max(turns.compactMap(\.self).max() ?? 0, state.pausedUntil - now)
    }
    do {
      while wait > 0 {
        try await clock.sleep(wait)
        // Somebody else may have been refused meanwhile.
        wait = state.withLock { $0.pausedUntil - clock.now() }
      }
    } catch {
      state.withLock { state in
        state.requests?.giveBack(1, now: clock.now())
        state.tokens?.giveBack(tokens, now: clock.now())
      }
      throw error
    }
  }

  /// The longest pause, in seconds; whoever waits for more is better told so.
  private static let longestPause = 3600.0

  private func pause(_ asked: Double?) {
    let pause = min(asked ?? limits.pauseAfterRefusal, Self.longestPause)
    state.withLock { state in
      state.pausedUntil = max(state.pausedUntil, clock.now() + pause)
    }
  }

  /// Corrects the estimate, and takes over what the server says.
  private func settle(estimate: Double, actual: Double?, _ told: RateLimits?) {
    state.withLock { state in
      let now = clock.now()
      if let actual { state.tokens?.giveBack(estimate - actual, now: now) }
      guard let told else { return }
      if let left = told.requests {
        state.requests?.lower(to: left, now: now)
        if left < 1 { state.pausedUntil = max(state.pausedUntil, now + (told.requestsReset ?? 0)) }
      }
      if let left = told.tokens {
        state.tokens?.lower(to: left, now: now)
        if left < 1 { state.pausedUntil = max(state.pausedUntil, now + (told.tokensReset ?? 0)) }
      }
    }
  }
}

extension GenerationRequest {
  /// About how many tokens it costs at most: four bytes each for the prompt, as English has, and all that the reply may
  /// have, which is how servers count in advance.
  var estimatedTokens: Double {
    let bytes = messages.reduce(0) { $0 + $1.content.utf8.count }
    return Double(bytes / 4 + messages.count * 4 + sampling.maximumTokens)
  }
}
