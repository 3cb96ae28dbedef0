import Dataflow
import Foundation
import Synchronization
import Testing

@Suite struct PolicyTests {
  private struct Unlucky: Error, CustomStringConvertible {
    let description = "unlucky"
  }

  private let quick = Retry(attempts: 3, delay: .milliseconds(1))

  @Test func `a step is tried again until it goes well, and the record says how often`() async throws {
    let tries = Mutex(0)
    let graph = Graph([
      StepNode<Void>("flaky", policy: StepPolicy(retry: quick)) { _, _ in
        guard
          tries.withLock({
            $0 += 1; return $0
          }) == 3
        else { throw Unlucky() }
        return 5
      }
    ])
    let run = try await graph.run(["flaky"])
    #expect(try run.value(of: "flaky") == 5)
    #expect(run.record.steps.first?.retries == 2)
    #expect(run.record.status == .succeeded)
  }

  @Test func `an item that fails every time is put aside with its tries`() async throws {
    let graph = Graph([
      StepNode<Void>(
        "items", needs: [Need("numbers", [Int].self)], produces: ValueType([Int].self),
        fan: .each("numbers", [Int].self, producing: Int.self), policy: StepPolicy(retry: quick),
        body: .suspending { _, arguments in
          let number = try arguments.value(0, as: Int.self)
          guard number != 2 else { throw Unlucky() }
          return number
        })
    ])
    let run = try await graph.run(["items"], inputs: ["numbers": [1, 2, 3]])
    #expect(try run.value(of: "items") == [1, 3])
    #expect(run.record.failures == [Failure(step: "items", item: "2", error: "unlucky", attempts: 3)])
  }

  @Test func `work that takes too long is stopped`() async throws {
    let graph = Graph([
      StepNode<Void>("endless", policy: StepPolicy(timeout: .milliseconds(20))) { _, _ in
        try await Task.sleep(for: .seconds(3600))
        return 1
      }
    ])
    let run = try await graph.run(["endless"])
    #expect(run.record.status == .failed)
    #expect(run.record.failures.first?.error.contains("took longer than the 0.02 s") == true)
  }

  @Test(arguments: [(FailureLimit.count(1), false), (.count(2), true), (.fraction(0.4), false), (.fraction(0.5), true)])
  func `more failed items than a step allows fail the step`(limit: FailureLimit, isEnough: Bool) async throws {
    let graph = Graph([
      StepNode<Void>(
        "items", needs: [Need("numbers", [Int].self)], produces: ValueType([Int].self),
        fan: .each("numbers", [Int].self, producing: Int.self), policy: StepPolicy(maximumFailures: limit),
        body: .plain { _, arguments in
          let number = try arguments.value(0, as: Int.self)
          guard number > 2 else { throw Unlucky() }
          return number
        }),
      StepNode<Void>("count", needs: [Need("items", [Int].self)]) { _, arguments in
        try arguments.value(0, as: [Int].self).count
      },
    ])
    let run = try await graph.run(["count"], inputs: ["numbers": [1, 2, 3, 4]])
    #expect(run.record.status == (isEnough ? .partial : .failed))
    #expect(run.record.failures.count(where: { $0.item != nil }) == 2)
  }

  @Test func `too many failures in a run decide its status`() async throws {
    let graph = Graph([
      StepNode<Void>(
        "items", needs: [Need("numbers", [Int].self)], produces: ValueType([Int].self),
        fan: .each("numbers", [Int].self, producing: Int.self),
        body: .plain { _, arguments in
          let number = try arguments.value(0, as: Int.self)
          guard number > 1 else { throw Unlucky() }
          return number
        })
    ])
    func status(_ limit: FailureLimit) async throws -> RunStatus {
      try await graph.run(
        ["items"], inputs: ["numbers": [1, 2, 3, 4]], options: RunOptions(maximumFailures: limit)
      ).record.status
    }
    #expect(try await status(.count(1)) == .partial)
    #expect(try await status(.count(0)) == .failed)
    #expect(try await status(.fraction(0.25)) == .partial)
    #expect(try await status(.fraction(0.2)) == .failed)
  }

  @Test func `all failed checks are reported together, and those that warn let the product pass`() async throws {
    let checks: [Check] = [
      Check("not empty") { (list: [Int]) in
        if list.isEmpty { throw CheckFailure("there is nothing") }
      },
      Check("sorted") { (list: [Int]) in
        if list.sorted() != list { throw CheckFailure("out of order") }
      },
      Check("short", .warn) { (list: [Int]) in
        if list.count > 2 { throw CheckFailure("\(list.count) elements") }
      },
      Check("positive") { (list: [Int]) in
        if list.contains(where: { $0 < 0 }) { throw CheckFailure("a negative number") }
      },
    ]
    let graph = Graph([
      StepNode<Void>("list", needs: [Need("numbers", [Int].self)], checks: checks) { _, arguments in
        try arguments.value(0, as: [Int].self)
      }
    ])
    let bad = try await graph.run(["list"], inputs: ["numbers": [3, -1, 2]])
    #expect(bad.record.status == .failed)
    #expect(
      bad.record.failures.map(\.error) == [
        "what step 'list' made does not meet its checks: sorted: out of order; positive: a negative number"
      ])
    let good = try await graph.run(["list"], inputs: ["numbers": [1, 2, 3]])
    #expect(try good.value(of: "list") == [1, 2, 3])
    #expect(good.record.steps.first?.warnings == ["short: 3 elements"])
  }

  @Test func `an item that does not meet a check is put aside`() async throws {
    let graph = Graph([
      StepNode<Void>(
        "halves", needs: [Need("numbers", [Int].self)], produces: ValueType([Int].self),
        fan: .each("numbers", [Int].self, producing: Int.self),
        checks: [.item("small") { (half: Int) in if half > 4 { throw CheckFailure("\(half) is too much") } }],
        body: .plain { _, arguments in try arguments.value(0, as: Int.self) / 2 })
    ])
    let run = try await graph.run(["halves"], inputs: ["numbers": [2, 10, 4]])
    #expect(try run.value(of: "halves") == [1, 2])
    #expect(run.record.failures.map(\.item) == ["10"])
    #expect(run.record.failures.first?.error.contains("small: 5 is too much") == true)
  }

  @Test func `what steps use adds up over the run`() async throws {
    let graph = Graph([
      StepNode<Void>(
        "items", needs: [Need("numbers", [Int].self)], produces: ValueType([Int].self),
        fan: .each("numbers", [Int].self, producing: Int.self),
        body: .plain { _, arguments in
          StepContext.current.use("tokens", 10)
          return try arguments.value(0, as: Int.self)
        }),
      StepNode<Void>("count", needs: [Need("items", [Int].self)]) { _, _ in
        StepContext.current.use("tokens", 0.5)
        StepContext.current.warn("as an example")
        return 1
      },
    ])
    let record = try await graph.run(["count"], inputs: ["numbers": [1, 2, 3]]).record
    #expect(record.usage == ["tokens": 30.5])
    #expect(record.steps.map(\.usage) == [["tokens": 30], ["tokens": 0.5]])
    #expect(record.steps.last?.warnings == ["as an example"])
  }

  @Test func `what a failed step noted is kept`() async throws {
    let graph = Graph([
      StepNode<Void>("bad") { _, _ -> Int in
        StepContext.current.record("pages", 7)
        throw Unlucky()
      }
    ])
    let record = try await graph.run(["bad"]).record
    #expect(record.steps.first?.metadata == ["pages": 7])
  }
}
