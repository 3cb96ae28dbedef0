import Concurrency
import Synchronization

/// Values that are found out by their first use and then kept, one at a time. What failed is tried again by the next use.
final class OnceEach<Value: Sendable>: Sendable {
  private let values = Mutex<[String: Value]>([:])
  private let gate = AsyncSemaphore(1)

  init() {}

  /// The value of a name; `find` is called by the first use, and the others wait for it.
  ///
  /// - Throws: what `find` throws; `CancellationError`.
  func value(_ name: String, _ find: () async throws -> Value) async throws -> Value {
    if let value = values.withLock({ $0[name] }) { return value }
    try await gate.enter()
    defer { gate.leave() }
    if let value = values.withLock({ $0[name] }) { return value }
    let value = try await find()
    values.withLock { $0[name] = value }
    return value
  }
}
