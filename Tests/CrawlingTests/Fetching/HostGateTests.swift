import Crawling
import Synchronization
import Testing

@Suite struct `The gate to hosts` {
  private func limits(_ concurrency: Int, perHost: Int, delay: Duration = .zero) -> HostLimits {
    var limits = HostLimits()
    (limits.concurrency, limits.perHost, limits.delay) = (concurrency, perHost, delay)
    return limits
  }

  /// What goes on at once, and the most of it so far.
  private final class Counter: Sendable {
    private let state = Mutex((now: 0, most: 0, times: [ContinuousClock.Instant]()))
    var most: Int { state.withLock { $0.most } }
    var times: [ContinuousClock.Instant] { state.withLock { $0.times } }

    func work() async {
      state.withLock { state in
        state.now += 1
        state.most = max(state.most, state.now)
        state.times.append(.now)
      }
      for _ in 0..<20 { await Task.yield() }
      state.withLock { $0.now -= 1 }
    }
  }

  private final class Flag: Sendable {
    private let state = Mutex(false)
    var isSet: Bool { state.withLock { $0 } }
    func set() { state.withLock { $0 = true } }
  }

  private func crowd(_ count: Int, at hosts: [String], through gate: HostGate, _ counters: [Counter]) async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
      for number in 0..<count {
        group.addTask {
          let index = number % hosts.count
          try await gate.withTurn(at: hosts[index]) { await counters[index].work() }
        }
      }
      try await group.waitForAll()
    }
  }

  @Test func `at one host there are never more at once than it takes`() async throws {
    let gate = HostGate(limits(64, perHost: 3))
    let counters = [Counter(), Counter()]
    try await crowd(200, at: ["a", "b"], through: gate, counters)
    #expect(counters.map(\.times.count) == [100, 100])
    #expect(counters.allSatisfy { $0.most <= 3 })
  }

  @Test func `over all hosts there are never more at once than there are places`() async throws {
    let gate = HostGate(limits(2, perHost: 8))
    let counter = Counter()
    let hosts = (0..<10).map { "host\($0)" }
    try await crowd(100, at: hosts, through: gate, Array(repeating: counter, count: 10))
    #expect(counter.times.count == 100 && counter.most <= 2)
  }

  @Test func `two requests to one host begin no sooner than the delay apart`() async throws {
    let gate = HostGate(limits(8, perHost: 4, delay: .milliseconds(20)))
    let counter = Counter()
    try await crowd(6, at: ["a"], through: gate, [counter])
    let times = counter.times.sorted()
    for (earlier, later) in zip(times, times.dropFirst()) { #expect(later - earlier >= .milliseconds(20)) }
  }

  @Test func `a host may ask for a longer delay, and one's own has none`() async throws {
    var limits = limits(8, perHost: 1, delay: .milliseconds(1))
    limits.ownSites = ["ada.example"]
    limits.perOwnHost = 5
    let gate = HostGate(limits)
    let slow = Counter()
    for _ in 0..<3 { try await gate.withTurn(at: "b.example", delay: .milliseconds(15)) { await slow.work() } }
    for (earlier, later) in zip(slow.times, slow.times.dropFirst()) { #expect(later - earlier >= .milliseconds(15)) }
    // Five at once: each waits for the others.
    let rendezvous = Counter()
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<5 {
        group.addTask {
          try await gate.withTurn(at: "www.ada.example", delay: .seconds(3600)) {
            await rendezvous.work()
            while rendezvous.times.count < 5 { await Task.yield() }
          }
        }
      }
      try await group.waitForAll()
    }
    #expect(rendezvous.times.count == 5)
  }

  @Test(arguments: [
    ("ada.example", true), ("www.ada.example", true), ("ADA.example", true), ("blog.ada.example", false),
    ("a.b.bob.example", true), ("bob.example", true), ("notbob.example", false), ("carol.example", true),
    ("ada.example:8080", true), ("[::1]:80", false),
  ])
  func `a site is one's own with and without www, and with subdomains if that is said`(host: String, isOwn: Bool) {
    var limits = HostLimits()
    limits.ownSites = ["ada.example", "*.bob.example", "www.carol.example"]
    #expect(limits.isOwn(host) == isOwn)
  }

  @Test func `who waits for a host takes no place from another host`() async throws {
    let gate = HostGate(limits(2, perHost: 1))
    let isOver = Flag()
    try await withThrowingTaskGroup(of: Void.self) { group in
      // The first of these stays until the other host was reached; the others wait for it.
      for _ in 0..<10 {
        group.addTask {
          try await gate.withTurn(at: "busy") { while !isOver.isSet { await Task.yield() } }
        }
      }
      group.addTask {
        try await gate.withTurn(at: "free") { isOver.set() }
      }
      try await group.waitForAll()
    }
    #expect(isOver.isSet)
  }

  @Test func `a host that wants a long pause is not waited for, by anybody`() async throws {
    let gate = HostGate(limits(2, perHost: 1))
    gate.pause("a", for: .seconds(7200), .asked)
    gate.pause("a", for: .seconds(1), .unreachable)
    let error = await #expect(throws: HostGate.Paused.self) {
      try await gate.withTurn(at: "a") { Issue.record("it was asked") }
    }
    #expect(error?.reason == .asked && (error?.remaining ?? .zero) > .seconds(7000))
    try await gate.withTurn(at: "b") {}
  }

  @Test func `a task that is cancelled while it waits takes nothing with it`() async throws {
    let gate = HostGate(limits(1, perHost: 1, delay: .seconds(3600)))
    try await gate.withTurn(at: "a") {}
    let waiting = (0..<3).map { _ in Task { try await gate.withTurn(at: "a") { Issue.record("too early") } } }
    for task in waiting { task.cancel() }
    for task in waiting { await #expect(throws: CancellationError.self) { try await task.value } }
    try await gate.withTurn(at: "b") {}
  }
}
