import Synchronization
import Testing

@testable import Pipelines

/// What is opened by its first use, however many come at once.
@Suite struct OpenedOnceTests {
  /// What is opened; two of them are told apart.
  private final class Thing: Sendable {}

  private struct Refusal: Error {}

  @Test func `a thousand first uses at once open once`() async throws {
    let (opened, started) = (Counter(), Counter())
    let everybodyCame = Gate()
    let once = OpenedOnce {
      opened.next()
      await everybodyCame.wait()
      return Thing()
    }
    let things = try await withThrowingTaskGroup(of: Thing.self) { group in
      for _ in 0..<1000 {
        group.addTask {
          if started.next() == 1000 { everybodyCame.open() }
          return try await once.value()
        }
      }
      return try await group.reduce(into: [Thing]()) { $0.append($1) }
    }
    #expect(things.count == 1000 && Set(things.map(ObjectIdentifier.init)).count == 1)
    #expect(opened.count == 1)
    #expect(try await once.value() === things[0])
    #expect(opened.count == 1)
  }

  @Test func `a failure reaches all who wait, and the next use tries again`() async throws {
    let opened = Counter()
    let gate = Gate()
    let once = OpenedOnce {
      let count = opened.next()
      await gate.wait()
      if count == 1 { throw Refusal() }
      return Thing()
    }
    let tasks = (0..<20).map { _ in Task { try await once.value() } }
    await once.waits(for: 20)
    gate.open()
    for task in tasks { await #expect(throws: Refusal.self) { try await task.value } }
    let thing = try await once.value()
    #expect(try await once.value() === thing)
    #expect(opened.count == 2)
  }

  @Test func `who is cancelled leaves at once, and the others wait on`() async throws {
    let opened = Counter()
    let gate = Gate()
    let once = OpenedOnce {
      opened.next()
      await gate.wait()
      try Task.checkCancellation()
      return Thing()
    }
    let first = Task { try await once.value() }
    await once.waits(for: 1)
    let others = (0..<20).map { _ in Task { try await once.value() } }
    await once.waits(for: 21)
    first.cancel()
    // The gate is still shut.
    await #expect(throws: CancellationError.self) { try await first.value }
    gate.open()
    for other in others { _ = try await other.value }
    #expect(opened.count == 1)
  }

  @Test func `an opening that nobody waits for is cancelled, and who comes then gets one of their own`() async throws {
    let (opened, cancelled) = (Counter(), Counter())
    let gate = Gate()
    let once = OpenedOnce {
      guard opened.next() == 1 else { return Thing() }
      await withTaskCancellationHandler {
        await gate.wait()
      } onCancel: {
        cancelled.next()
      }
      try Task.checkCancellation()
      return Thing()
    }
    let tasks = (0..<5).map { _ in Task { try await once.value() } }
    await once.waits(for: 5)
    for task in tasks { task.cancel() }
    for task in tasks { await #expect(throws: CancellationError.self) { try await task.value } }
    #expect(cancelled.count == 1)
    // The cancelled opening has not ended yet.
    let next = Task { try await once.value() }
    await once.waits(for: 1)
    gate.open()
    let thing = try await next.value
    #expect(try await once.value() === thing)
    #expect(opened.count == 2)
  }

  @Test func `what an opening gives that nobody waited for is kept`() async throws {
    let opened = Counter()
    let (gate, ended) = (Gate(), Gate())
    let once = OpenedOnce {
      opened.next()
      await gate.wait()
      defer { ended.open() }
      return Thing()
    }
    let only = Task { try await once.value() }
    await once.waits(for: 1)
    only.cancel()
    await #expect(throws: CancellationError.self) { try await only.value }
    gate.open()
    await ended.wait()
    _ = try await once.value()
    #expect(opened.count == 1)
  }

  @Test func `who was cancelled before asking opens nothing`() async throws {
    let opened = Counter()
    let once = OpenedOnce {
      opened.next()
      return Thing()
    }
    let asked = Task {
      while !Task.isCancelled { await Task.yield() }
      return try await once.value()
    }
    asked.cancel()
    await #expect(throws: CancellationError.self) { try await asked.value }
    #expect(opened.count == 0)
  }
}

extension OpenedOnce {
  /// Returns when so many wait.
  fileprivate func waits(for count: Int) async {
    while waiterCount != count { await Task.yield() }
  }
}

/// Where tasks wait until it is opened, cancelled ones too.
private final class Gate: Sendable {
  private struct State {
    var isOpen = false
    var waiting: [CheckedContinuation<Void, Never>] = []
  }

  private let state = Mutex(State())

  func wait() async {
    await withCheckedContinuation { continuation in
      let isOpen = state.withLock { state in
        if !state.isOpen { state.waiting.append(continuation) }
        return state.isOpen
      }
      if isOpen { continuation.resume() }
    }
  }

  func open() {
    let waiting = state.withLock { state in
      defer { state.waiting = [] }
      state.isOpen = true
      return state.waiting
    }
    for continuation in waiting { continuation.resume() }
  }
}
