import Dispatch

/// Where files are written: `fsync` blocks, and must not block the threads that steps run on.
private let recordsQueue = DispatchQueue(label: "dataflow.records")

func onRecordsQueue<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
  try await withCheckedThrowingContinuation { continuation in
    recordsQueue.async { continuation.resume(with: Result { try work() }) }
  }
}
