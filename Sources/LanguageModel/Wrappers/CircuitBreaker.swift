import Synchronization

/// A model that is left alone for a while after it has failed several times in a row, so that others are asked instead and
/// a server that starts is not kept from it.
///
/// When the time is over one request is let through: if it succeeds all are again, and if not the time begins anew. A bad
/// request or a bad reply is no failure of the server's.
public final class CircuitBreaker: StreamingLanguageModel {
  /// The model's name.
  public let name: String
  private let model: any LanguageModel
  private let threshold: Int
  private let rest: Double
  private let clock: ModelClock
  private let state = Mutex(State.closed(failures: 0))

  private enum State {
    case closed(failures: Int)
    case open(until: Double, reason: String)
    /// One request is being tried.
    case trying(reason: String)
  }

  /// Makes a model that is left alone when it fails.
  ///
  /// - Parameters:
  ///   - threshold: how many requests in a row must fail.
  ///   - rest: for how many seconds it is left alone then.
  public init(
    _ model: any LanguageModel, threshold: Int = 5, rest: Double = 60, clock: ModelClock = .system
  ) {
    name = model.name
    self.model = model
    self.threshold = max(1, threshold)
    self.rest = rest
    self.clock = clock
  }

  /// Generates one reply, unless the model is left alone.
  /// - Throws: ``LanguageModelError/leftAlone(model:seconds:reason:)``, and what the model throws.
  public func generate(_ request: GenerationRequest, telling: TextListener?) async throws -> GenerationReply {
    let isTrial = try enter()
    do {
      let reply = try await model.generate(request, telling: telling)
      state.withLock { $0 = .closed(failures: 0) }
      return reply
    } catch let error as LanguageModelError where error.isAboutServer {
      noteFailure(error)
      throw error
    } catch {
      // Cancelled, or the server answered, if only to refuse: a trial that says nothing leaves the next one to say it.
      let answered = (error as? LanguageModelError) != nil
      state.withLock { state in
        if answered { state = .closed(failures: 0) } else if isTrial { state = .open(until: 0, reason: "cancelled") }
      }
      throw error
    }
  }

  /// The model's digest.
  public func digest() async throws -> String { try await model.digest() }

  /// Whether this request is the one that is tried.
  private func enter() throws -> Bool {
    try state.withLock { state in
      switch state {
      case .closed: return false
      case .open(let until, let reason):
        let left = until - clock.now()
        guard left <= 0 else { throw LanguageModelError.leftAlone(model: name, seconds: left, reason: reason) }
        state = .trying(reason: reason)
        return true
      case .trying(let reason):
        throw LanguageModelError.leftAlone(model: name, seconds: rest, reason: reason)
      }
    }
  }

  private func noteFailure(_ error: LanguageModelError) {
    state.withLock { state in
      let failures: Int
      switch state {
      case .closed(let before): failures = before + 1
      case .trying: failures = threshold
      // One that began before the others failed tells nothing new.
      case .open: return
      }
      state =
        failures >= threshold
        ? .open(until: clock.now() + rest, reason: error.description) : .closed(failures: failures)
    }
  }
}
