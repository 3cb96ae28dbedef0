import Dispatch
import Foundation

/// Runs reads and writes that may wait, on a thread that is none of Swift's cooperative ones.
func offPool<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
  try await withCheckedThrowingContinuation { continuation in
    streamQueue.async { continuation.resume(with: Result(catching: work)) }
  }
}

private let streamQueue = DispatchQueue(label: "twin.command.streams", attributes: .concurrent)

/// The system's words for an error number.
func systemMessage(_ number: Int32) -> String { String(cString: strerror(number)) }
