import Synchronization

/// What is opened by its first use and then kept: whoever comes while it is being opened waits for the same.
///
/// An opening that fails fails for all who wait for it, and is tried again by the next use. Who is cancelled stops
/// waiting at once; the opening itself is cancelled when nobody waits for it any more, and what it gave all the same is
/// kept.
final class OpenedOnce<Value: Sendable>: Sendable {
  private typealias Waiter = CheckedContinuation<Value, any Error>

  private struct State {
    var value: Value?
    /// The opening that is under way; there is never a second one.
    var opening: Task<Void, Never>?
    /// Whether everybody who waited for it has gone.
    var isAbandoned = false
    var waiting: [Int: Waiter] = [:]
    var lastNumber = 0
  }

  private let open: @Sendable () async throws -> Value
  private let state = Mutex(State())

  /// Nothing is opened yet.
  init(_ open: @escaping @Sendable () async throws -> Value) {
    self.open = open
  }

  /// What was opened; the first use opens it.
  ///
  /// - Throws: what the opening throws, and `CancellationError`.
  func value() async throws -> Value {
    let (value, number) = state.withLock { state in
      state.lastNumber += 1
      return (state.value, state.lastNumber)
    }
    if let value { return value }
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { wait(as: number, $0) }
    } onCancel: {
      leave(number)
    }
  }

  /// How many wait for the opening that is under way.
  var waiterCount: Int { state.withLock { $0.waiting.count } }

  private func wait(as number: Int, _ waiter: Waiter) {
    let outcome: Result<Value, any Error>? = state.withLock { state in
      if let value = state.value { return .success(value) }
      // Who was cancelled before has called `leave` in vain; who is cancelled from here on is found there.
      if Task.isCancelled { return .failure(CancellationError()) }
      state.waiting[number] = waiter
      if state.opening == nil { state.opening = start() }
      return nil
    }
    if let outcome { waiter.resume(with: outcome) }
  }

  private func leave(_ number: Int) {
    let (waiter, abandoned) = state.withLock { state -> (Waiter?, Task<Void, Never>?) in
      guard let waiter = state.waiting.removeValue(forKey: number) else { return (nil, nil) }
      state.isAbandoned = state.waiting.isEmpty
      return (waiter, state.isAbandoned ? state.opening : nil)
    }
    abandoned?.cancel()
    waiter?.resume(throwing: CancellationError())
  }

  /// Starts an opening, which is nobody's child: the first to wait for it may be cancelled while others wait.
  private func start() -> Task<Void, Never> {
    Task.detached { [self] in
      do {
        let value = try await open()
        end(.success(value))
      } catch {
        end(.failure(error))
      }
    }
  }

  private func end(_ result: Result<Value, any Error>) {
    let waiters = state.withLock { state -> [Waiter] in
      let wasAbandoned = state.isAbandoned
      state.isAbandoned = false
      state.opening = nil
      if case .success(let value) = result {
        state.value = value
      } else if wasAbandoned, !state.waiting.isEmpty {
        // It failed because it was cancelled, and somebody has come since.
        state.opening = start()
        return []
      }
      defer { state.waiting = [:] }
      return Array(state.waiting.values)
    }
    for waiter in waiters { waiter.resume(with: result) }
  }
}
