import Synchronization

/// Lets some tasks at a time go on; the others wait without a thread, in the order in which they came.
package final class AsyncSemaphore: Sendable {
  private struct State {
    var free: Int
    var waiting: [(id: Int, continuation: CheckedContinuation<Bool, Never>)] = []
    var nextID = 0
    /// Waits that were cancelled before they began.
    var cancelled: Set<Int> = []
  }

  private let state: Mutex<State>

  /// - Parameter count: how many places there are: one at least.
  package init(_ count: Int) {
    state = Mutex(State(free: max(1, count)))
  }

  /// Does something in one of the places.
  ///
  /// - Throws: `CancellationError` if the task is cancelled while it waits; what `work` throws.
  package nonisolated(nonsending) func withPlace<Value>(
    _ work: nonisolated(nonsending) () async throws -> Value
  ) async throws -> Value {
    try await enter()
    defer { leave() }
    return try await work()
  }

  /// Takes a place, which ``leave()`` gives back.
  ///
  /// - Throws: `CancellationError` if the task is cancelled while it waits.
  package func enter() async throws {
    let id: Int? = state.withLock { state in
      if state.free > 0 {
        state.free -= 1
        return nil
      }
      state.nextID += 1
      return state.nextID
    }
    guard let id else { return }
    let hasPlace = await wait(id)
    // A task that is cancelled after its turn has come leaves a mark that nobody waits for.
    state.withLock { _ = $0.cancelled.remove(id) }
    if !hasPlace { throw CancellationError() }
  }

  /// Gives a place back: to the first who waits, if anybody does.
  package func leave() {
    let next: CheckedContinuation<Bool, Never>? = state.withLock { state in
      guard !state.waiting.isEmpty else {
        state.free += 1
        return nil
      }
      return state.waiting.removeFirst().continuation
    }
    next?.resume(returning: true)
  }

  /// How many wait.
  package var waitingCount: Int { state.withLock(\.waiting.count) }

  /// False if the task is cancelled first.
  private func wait(_ id: Int) async -> Bool {
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let isOver: Bool? = state.withLock { state in
          if state.cancelled.remove(id) != nil { return false }
          // A place may have become free since it was looked for.
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
