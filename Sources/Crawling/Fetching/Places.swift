import Synchronization

/// A number of places; who finds none free waits without a thread, in the order of coming.
final class Places: Sendable {
  private struct State {
    var free: Int
    var waiting: [(id: Int, continuation: CheckedContinuation<Bool, Never>)] = []
    var nextID = 0
    /// Waits that were cancelled before they began.
    var cancelled: Set<Int> = []
  }

  private let state: Mutex<State>

  /// - Parameter count: at least one place there is.
  init(_ count: Int) {
    state = Mutex(State(free: max(1, count)))
  }

  /// Does something in a place.
  ///
  /// - Throws: `CancellationError` if the task is cancelled while it waits; what `work` throws.
  nonisolated(nonsending) func withPlace<Value>(
    _ work: nonisolated(nonsending) () async throws -> Value
  ) async throws -> Value {
    try await take()
    defer { give() }
    return try await work()
  }

  /// Takes a place, which must be given back.
  ///
  /// - Throws: `CancellationError`.
  func take() async throws {
    let id: Int? = state.withLock { state in
      if state.free > 0 {
        state.free -= 1
        return nil
      }
      state.nextID += 1
      return state.nextID
    }
    guard let id else { return }
    guard await wait(id) else { throw CancellationError() }
  }

  /// Gives a place back: to the first who waits, if anybody does.
  func give() {
    let next: CheckedContinuation<Bool, Never>? = state.withLock { state in
      guard !state.waiting.isEmpty else {
        state.free += 1
        return nil
      }
      return state.waiting.removeFirst().continuation
    }
    next?.resume(returning: true)
  }

  /// False if the task is cancelled first.
  private func wait(_ id: Int) async -> Bool {
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let isOver: Bool? = state.withLock { state in
          if state.cancelled.remove(id) != nil { return false }
          if state.free > 0 {
            state.free -= 1
            return true
          }
          state.waiting.append((id, continuation))
          return nil
        }
        if let isOver { continuation.resume(returning: isOver) }
      }
    } onCancel: {
      let continuation: CheckedContinuation<Bool, Never>? = state.withLock { state in
        guard let index = state.waiting.firstIndex(where: { $0.id == id }) else {
          state.cancelled.insert(id)
          return nil
        }
        return state.waiting.remove(at: index).continuation
      }
      continuation?.resume(returning: false)
    }
  }
}
