import Dispatch

/// Runs blocking file work away from Swift's cooperative threads, of which there may be only two.
///
/// The queue's width needs no bound of its own: each crawl waits for the one piece of work it has there.
func offPool<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
  try Task.checkCancellation()
  return try await withCheckedThrowingContinuation { continuation in
    fileQueue.async { continuation.resume(with: Result(catching: work)) }
  }
}

private let fileQueue = DispatchQueue(label: "twin.crawling.files", attributes: .concurrent)
