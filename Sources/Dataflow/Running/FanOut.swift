import Foundation

/// Runs the body of a step once for each item, some at a time, and keeps the order.
///
/// An item whose body throws is put aside and left out. Bodies that never suspend are given to tasks in batches,
/// since a task costs about as much as a thousand tiny calls.
struct FanOut {
  let step: StepNode<Void>
  let fan: Fan
  let argument: Int
  let recorder: StepRecorder
  /// How many items run at once at most; nil for as many as there are cores.
  let concurrency: Int?

  private static let largestBatch = 64

  /// - Throws: `CancellationError` if the run or an item is cancelled.
  func run(_ items: [any Sendable], _ arguments: Arguments) async throws -> [any Sendable] {
    var results = [(any Sendable)?](repeating: nil, count: items.count)
    let window = max(1, concurrency ?? ProcessInfo.processInfo.activeProcessorCount)
    let size = batchSize(of: items.count, window: window)
    var next = 0
    var completed = 0
    try await withThrowingTaskGroup(of: (Int, [(any Sendable)?]).self) { group in
      func addBatch() {
        guard next < items.count else { return }
        let range = next..<min(next + size, items.count)
        next = range.upperBound
        group.addTask { (range.lowerBound, try await batch(items, range, arguments)) }
      }
      for _ in 0..<window { addBatch() }
      while let (start, batch) = try await group.next() {
        for (offset, result) in batch.enumerated() { results[start + offset] = result }
        completed += batch.count
        recorder.progress(completed: completed, total: items.count)
        addBatch()
      }
    }
    return results.compactMap { $0 }
  }

  private func batchSize(of count: Int, window: Int) -> Int {
    guard case .plain = step.body else { return 1 }
    // At least four batches for each place in the window, so that uneven items still use all of them.
    return max(1, min(Self.largestBatch, count / (window * 4)))
  }

  private func batch(
    _ items: [any Sendable], _ range: Range<Int>, _ arguments: Arguments
  ) async throws -> [(any Sendable)?] {
    var arguments = arguments
    var results: [(any Sendable)?] = []
    for index in range {
      try Task.checkCancellation()
      arguments.values[argument] = items[index]
      do {
        switch step.body {
        case .plain(let work): results.append(try work((), arguments))
        case .suspending(let work): results.append(try await work((), arguments))
        }
        if !recorder.quarantined.isEmpty {
          recorder.succeed(item: itemName(of: items[index], at: index, of: items.count))
        }
      } catch let error as CancellationError {
        throw error
      } catch {
        try Task.checkCancellation()
        let name = itemName(of: items[index], at: index, of: items.count)
        recorder.quarantine(item: name, reason: errorText(error), attempts: 1)
        results.append(nil)
      }
    }
    return results
  }
}
