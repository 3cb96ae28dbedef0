import Synchronization
import Testing

@testable import Concurrency

@Suite struct AsyncSemaphoreTests {
  /// What tasks have seen of each other.
  private final class Record: Sendable {
    private let state = Mutex((inside: 0, most: 0, order: [Int]()))

    func comeIn() {
      state.withLock {
        $0.inside += 1
        $0.most = max($0.most, $0.inside)
      }
    }
    func goOut() { state.withLock { $0.inside -= 1 } }
    func note(_ number: Int) { state.withLock { $0.order.append(number) } }
    var most: Int { state.withLock { $0.most } }
    var inside: Int { state.withLock { $0.inside } }
    var order: [Int] { state.withLock { $0.order } }
  }

  @Test(arguments: [1, 3]) func `no more are inside than there are places, and all come in`(places: Int) async throws {
    let semaphore = AsyncSemaphore(places)
    let record = Record()
    try await withThrowingTaskGroup { group in
      for number in 0..<50 {
        group.addTask {
          try await semaphore.withPlace {
            record.comeIn()
            await Task.yield()
            record.note(number)
            record.goOut()
          }
        }
      }
      try await group.waitForAll()
    }
    #expect(record.most <= places && record.most > 0 && record.inside == 0)
    #expect(record.order.sorted() == Array(0..<50))
  }

  @Test func `who waits comes in in the order of coming`() async throws {
    let semaphore = AsyncSemaphore(1)
    let record = Record()
    try await semaphore.enter()
    var tasks: [Task<Void, any Error>] = []
    for number in 0..<5 {
      tasks.append(Task { try await semaphore.withPlace { record.note(number) } })
      while semaphore.waitingCount <= number { await Task.yield() }
    }
    semaphore.leave()
    for task in tasks { try await task.value }
    #expect(record.order == [0, 1, 2, 3, 4])
  }

  @Test func `a place is given back by work that fails`() async throws {
    struct Failure: Error {}
    let semaphore = AsyncSemaphore(1)
    for _ in 0..<2 {
      do {
        try await semaphore.withPlace { throw Failure() }
        Issue.record("the work's error was swallowed")
      } catch is Failure {}
    }
  }

  @Test func `a task that is cancelled while it waits takes no place`() async throws {
    let semaphore = AsyncSemaphore(1)
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
    let semaphore = AsyncSemaphore(1)
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
