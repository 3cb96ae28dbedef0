import Synchronization
import Testing

@testable import Concurrency

@Suite struct SemaphoreTests {
  /// What tasks have seen of each other.
  private struct Record {
    var inside = 0
    var most = 0
    var order: [Int] = []
  }

  @Test(arguments: [1, 3]) func `no more are inside than there are places, and all come in`(places: Int) async throws {
    let semaphore = Semaphore(places)
    let record = Mutex(Record())
    await withThrowingTaskGroup { group in
      for _ in 0..<50 {
        group.addTask {
          try await semaphore.withPlace {
            record.withLock {
              $0.inside += 1
              $0.most = max($0.most, $0.inside)
            }
            await Task.yield()
            record.withLock { $0.inside -= 1 }
          }
        }
      }
    }
    let most = record.withLock { $0.most }
    #expect(most <= places && most > 0 && record.withLock { $0.inside } == 0)
  }

  @Test func `who waits comes in in the order of coming`() async throws {
    let semaphore = Semaphore(1)
    let record = Mutex(Record())
    try await semaphore.enter()
    var tasks: [Task<Void, any Error>] = []
    for number in 0..<5 {
      tasks.append(
        Task { try await semaphore.withPlace { record.withLock { $0.order.append(number) } } })
      while semaphore.waitingCount <= number { await Task.yield() }
    }
    semaphore.leave()
    for task in tasks { try await task.value }
    #expect(record.withLock { $0.order } == [0, 1, 2, 3, 4])
  }

  @Test func `a place is given back by work that fails, and not taken by a task that is cancelled`() async throws {
    let semaphore = Semaphore(1)
    await #expect(throws: CancellationError.self) {
      try await semaphore.withPlace { throw CancellationError() }
    }
    try await semaphore.enter()
    let cancelled = Task { try await semaphore.enter() }
    let patient = Task { try await semaphore.withPlace { true } }
    while semaphore.waitingCount < 2 { await Task.yield() }
    cancelled.cancel()
    await #expect(throws: CancellationError.self) { try await cancelled.value }
    #expect(semaphore.waitingCount == 1)
    semaphore.leave()
    #expect(try await patient.value)
  }

  @Test func `a task that was cancelled before does not wait`() async throws {
    let semaphore = Semaphore(1)
    try await semaphore.enter()
    let task = Task {
      while !Task.isCancelled { await Task.yield() }
      try await semaphore.enter()
    }
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
    semaphore.leave()
    try await semaphore.withPlace {}
  }
}
