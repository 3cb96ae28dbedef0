import Dispatch
import Foundation
import Synchronization

/// Runs long computations on a thread of its own, so that they never hold those of Swift's cooperative pool.
///
/// One computation runs at a time and may use every core; others wait in line, holding no thread. All begin on the same
/// thread, which is what keeps those of OpenMP awake between two products (``OneDNN/withThreads(_:_:)``).
struct ComputeQueue: Sendable {
  /// Says to a computation that nobody waits for it any more.
  final class Cancellation: Sendable {
    private let flag = Atomic(false)

    /// Whether the task that asked was cancelled.
    var isCancelled: Bool { flag.load(ordering: .relaxed) }

    fileprivate func cancel() { flag.store(true, ordering: .relaxed) }
  }

  /// How many cores there are.
  static var coreCount: Int { ProcessInfo.processInfo.activeProcessorCount }

  private let thread = ComputeThread()

  /// Runs `body` when its turn comes.
  ///
  /// - Throws: what `body` throws.
  func run<Value: Sendable>(_ body: @escaping @Sendable (Cancellation) throws -> Value) async throws -> Value {
    let cancellation = Cancellation()
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        thread.run { continuation.resume(with: Result { try body(cancellation) }) }
      }
    } onCancel: {
      cancellation.cancel()
    }
  }

  /// Computes one value per number from 0 up to `count` on all cores, each core taking the next number when it is free.
  ///
  /// - Throws: `CancellationError` if `cancellation` comes before all are computed.
  static func map<Value: Sendable>(
    _ count: Int, _ cancellation: Cancellation, _ transform: @Sendable (Int) -> Value
  ) throws -> [Value] {
    let next = Atomic(0)
    let values = Mutex([Value?](repeating: nil, count: count))
    let workers = min(count, coreCount)
    DispatchQueue.concurrentPerform(iterations: workers) { _ in
      while !cancellation.isCancelled {
        let number = next.add(1, ordering: .relaxed).oldValue
        guard number < count else { return }
        let value = transform(number)
        values.withLock { $0[number] = value }
      }
    }
    let computed = values.withLock { $0.compactMap(\.self) }
    guard computed.count == count, !cancellation.isCancelled else { throw CancellationError() }
    return computed
  }
}
