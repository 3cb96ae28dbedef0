import Synchronization

/// Lets some tasks at a time go on; the others wait without a thread, in the order in which they came.
final class Semaphore: Sendable {
  private struct State {
    var free: Int
    var waiting: [(id: Int, continuation: CheckedContinuation<Bool, Never>)] = []
    var nextID = 0
    /// Waits that were cancelled before they began.
    var cancelled: Set<Int> = []
  }

  private let state: Mutex<State>

  init(_ count: Int) {
    state = Mutex(State(free: max(1, count)))
  }

  /// Does something in one of the places.
  ///
  /// - Throws: `CancellationError` if the task is cancelled while it waits; what `work` throws.
  nonisolated(nonsending) func withPlace<Value>(
    _ work: nonisolated(nonsending) () async throws -> Value
  ) async throws -> Value {
    guard await enter() else { throw CancellationError() }
    defer { leave() }
    return try await work()
  }

  /// False if the task was cancelled first.
  private func enter() async -> Bool {
    let id: Int? = state.withLock { state in
      if state.free > 0 {
        state.free -= 1
        return nil
      }
      state.nextID += 1
      return state.nextID
    }
    guard let id else { return true }
    return await withTaskCancellationHandler {
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
      let continuation = state.withLock { state in
        guard let index = state.waiting.firstIndex(where: { $0.id == id }) else {
          state.cancelled.insert(id)
          return nil as CheckedContinuation<Bool, Never>?
        }
        return state.waiting.remove(at: index).continuation
      }
      continuation?.resume(returning: false)
    }
  }

  private func leave() {
    let next = state.withLock { state in
      guard !state.waiting.isEmpty else {
        state.free += 1
        return nil as CheckedContinuation<Bool, Never>?
      }
      return state.waiting.removeFirst().continuation
    }
    next?.resume(returning: true)
  }
}
