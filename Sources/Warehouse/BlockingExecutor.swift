import Foundation

/// Threads for calls that block (libmongoc, files), so that they never hold one of the cooperative pool's.
///
/// No call that runs here waits for another one of the same executor, so it cannot run dry, however few its threads are.
struct BlockingExecutor: Sendable {
  private let queue: OperationQueue

  init(label: String, threads: Int) {
    queue = OperationQueue()
    queue.name = label
    queue.maxConcurrentOperationCount = threads
  }

  /// Runs `body` on a thread of its own and waits without blocking.
  func run<Value: Sendable>(_ body: @Sendable @escaping () throws -> Value) async throws -> Value {
    try Task.checkCancellation()
    return try await withCheckedThrowingContinuation { continuation in
      queue.addOperation { continuation.resume(with: Result(catching: body)) }
    }
  }

  /// Runs `body` when a thread is free, for what nobody waits for: giving back what C libraries hold.
  func release(_ body: @Sendable @escaping () -> Void) {
    queue.addOperation(body)
  }
}
