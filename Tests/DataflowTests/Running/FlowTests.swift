import Dataflow
import Foundation
import Synchronization
import TestSupport
import Testing

@Suite struct FlowTests {
  private struct Odd: Error, CustomStringConvertible {
    let description = "odd"
  }

  private func stream(_ count: Int) -> StepNode<Void> {
    StepNode<Void>(
      "numbers", produces: ValueType([Int].self), stream: StreamType(Int.self),
      body: .plain { _, _ in ItemStream((0..<count).lazy.map { $0 }) })
  }

  private func each(
    _ name: String, _ need: String, concurrency: Int? = nil, policy: StepPolicy = StepPolicy(),
    _ work: @escaping @Sendable (Int) throws -> Int
  ) -> StepNode<Void> {
    StepNode<Void>(
      name, needs: [Need(need, [Int].self)], produces: ValueType([Int].self),
      fan: .each(need, [Int].self, producing: Int.self), concurrency: concurrency, policy: policy,
      body: .plain { _, arguments in try work(arguments.value(0)) })
  }

  private func total(_ need: String, _ name: String = "total") -> StepNode<Void> {
    StepNode<Void>(name, needs: [Need(need, [Int].self)]) { _, arguments in
      try arguments.value(0, as: [Int].self).reduce(0, +)
    }
  }

  @Test func `items of a stream flow through several steps in order`() async throws {
    let graph = Graph([stream(10_000), each("doubled", "numbers") { $0 * 2 }, each("more", "doubled") { $0 + 1 }])
    let more = try await graph.value(of: "more", as: [Int].self)
    #expect(more == (0..<10_000).map { $0 * 2 + 1 })
  }

  @Test func `a stream never runs far ahead of the slowest of its items`() async throws {
    let ahead = Mutex((given: 0, done: 0, most: 0))
    let source = StepNode<Void>(
      "numbers", produces: ValueType([Int].self), stream: StreamType(Int.self),
      body: .plain { _, _ in
        ItemStream<Int>(unfolding: {
          ahead.withLock { ahead -> Int? in
            guard ahead.given < 50_000 else { return nil }
            ahead.given += 1
            ahead.most = max(ahead.most, ahead.given - ahead.done)
            return ahead.given
          }
        })
      })
    let graph = Graph([
      source,
      each("done", "numbers") { number in
        ahead.withLock { $0.done += 1 }
        return number
      },
      StepNode<Void>(
        "sum", needs: [Need("done", [Int].self)], produces: ValueType([Completion].self),
        fan: .each("done", [Int].self, producing: Completion.self), body: .plain { _, _ in Completion() }),
    ])
    let run = try await graph.run(["sum"])
    #expect(run.record.steps.map(\.items.out) == [50_000, 50_000, 50_000])
    let cores = ProcessInfo.processInfo.activeProcessorCount
    #expect(ahead.withLock { $0.most } <= 64 * (cores * 4 + 1))
  }

  @Test func `a stream that fails takes with it what came of its items`() async throws {
    let source = StepNode<Void>(
      "numbers", produces: ValueType([Int].self), stream: StreamType(Int.self),
      body: .plain { _, _ in
        ItemStream(
          AsyncThrowingStream<Int, any Error> { continuation in
            continuation.yield(1)
            continuation.finish(throwing: Odd())
          })
      })
    let run = try await Graph([source, each("kept", "numbers") { $0 }, total("kept")]).run(["total"])
    #expect(run.record.status == .failed)
    #expect(run.record.steps.map(\.status) == [.failed, .skipped, .skipped])
    #expect(run.record.failures.map(\.error) == ["odd"])
  }

  @Test func `several steps collect one fan-out, and one of them feeds another`() async throws {
    let graph = Graph([
      StepNode<Void>("numbers") { _, _ in Array(1...100) },
      each("squares", "numbers") { $0 * $0 },
      total("squares", "sum"),
      StepNode<Void>("largest", needs: [Need("squares", [Int].self)]) { _, arguments in
        try arguments.value(0, as: [Int].self).max() ?? 0
      },
      // Needs the whole of the squares beside each of them: the items wait for the sum.
      StepNode<Void>(
        "parts", needs: [Need("squares", [Int].self), Need("sum", Int.self)], produces: ValueType([Int].self),
        fan: .each("squares", [Int].self, producing: Int.self),
        body: .plain { _, arguments in try arguments.value(1, as: Int.self) - arguments.value(0, as: Int.self) }),
    ])
    let run = try await graph.run(["sum", "largest", "parts"])
    let squares = (1...100).map { $0 * $0 }
    #expect(try run.value(of: "sum") == squares.reduce(0, +))
    #expect(try run.value(of: "largest") == 10_000)
    #expect(try run.value(of: "parts") == squares.map { 338_350 - $0 })
  }

  @Test func `a step fans out over the lists in a list`() async throws {
    let nested = Fan.nested(
      [[Int]].self, .each("rows", [Int].self, producing: String.self), producing: [String].self)
    let graph = Graph([
      StepNode<Void>("rows") { _, _ in [[1, 2], [], [3]] },
      StepNode<Void>(
        "cells", needs: [Need("rows", [[Int]].self)], produces: ValueType([[String]].self), fan: nested,
        body: .plain { _, arguments in "\(try arguments.value(0, as: Int.self))!" }),
    ])
    #expect(try await graph.value(of: "cells") == [["1!", "2!"], [], ["3!"]])
  }

  @Test func `an item of an inner list that fails is left out of its list`() async throws {
    let nested = Fan.nested([[Int]].self, .each("rows", [Int].self, producing: Int.self), producing: [Int].self)
    let graph = Graph([
      StepNode<Void>("rows") { _, _ in [[1, 2], [4]] },
      StepNode<Void>(
        "cells", needs: [Need("rows", [[Int]].self)], produces: ValueType([[Int]].self), fan: nested,
        body: .plain { _, arguments in
          let number = try arguments.value(0, as: Int.self)
          guard number % 2 == 0 else { throw Odd() }
          return number
        }),
    ])
    let run = try await graph.run(["cells"])
    #expect(try run.value(of: "cells") == [[2], [4]])
    #expect(run.record.status == .partial)
    #expect(run.record.failures.map(\.item) == ["item 1 of 2, 1"])
  }

  @Test func `what became of every item is there for who asks, in order`() async throws {
    let graph = Graph([
      StepNode<Void>("numbers") { _, _ in [2, 3, 4, 5] },
      each("even", "numbers") { number in
        guard number % 2 == 0 else { throw Odd() }
        return number
      },
      each("halves", "even") { $0 / 2 },
      StepNode<Void>("report", needs: [.results("halves", of: Int.self)]) { _, arguments -> [String] in
        try arguments.value(0, as: [ItemResult<Int>].self).map { result in
          switch result {
          case .value(let value): "\(value)"
          case .failed(let failure): "\(failure.item ?? "") failed in \(failure.step)"
          }
        }
      },
    ])
    let run = try await graph.run(["report"])
    #expect(try run.value(of: "report") == ["1", "3 failed in even", "2", "5 failed in even"])
  }

  @Test func `a flat step's elements flow on, and empty lists leave nothing`() async throws {
    let words = StepNode<Void>(
      "words", needs: [Need("lines", [String].self)], produces: ValueType([String].self),
      fan: .flat("lines", [String].self, producing: String.self),
      body: .plain { _, arguments in
        try arguments.value(0, as: String.self).split(separator: " ").map(String.init)
      })
    let lengths = StepNode<Void>(
      "lengths", needs: [Need("words", [String].self)], produces: ValueType([Int].self),
      fan: .each("words", [String].self, producing: Int.self),
      body: .suspending { _, arguments in try arguments.value(0, as: String.self).count })
    let graph = Graph([words, lengths])
    #expect(try await graph.value(of: "lengths", inputs: ["lines": ["a bc", "", "def"]]) == [1, 2, 3])
    #expect(try await graph.value(of: "lengths", inputs: ["lines": [String]()]) == [Int]())
    let record = try await graph.run(["lengths"], inputs: ["lines": ["a bc", "", "def"]]).record
    #expect(record.steps.map(\.items.in) == [3, 3])
    #expect(record.steps.map(\.items.out) == [3, 3])
  }

  @Test func `a step that misses something does not hold up others that take the same items`() async throws {
    let graph = Graph([
      StepNode<Void>("numbers") { _, _ in [1, 2] },
      StepNode<Void>("broken") { _, _ -> Int in throw Odd() },
      each("good", "numbers") { $0 + 1 },
      StepNode<Void>(
        "bad", needs: [Need("numbers", [Int].self), Need("broken", Int.self)], produces: ValueType([Int].self),
        fan: .each("numbers", [Int].self, producing: Int.self),
        body: .plain { _, arguments in try arguments.value(0, as: Int.self) }),
      each("worse", "bad") { $0 },
    ])
    let run = try await graph.run(["good", "worse"])
    #expect(try run.value(of: "good") == [2, 3])
    #expect(
      Dictionary(uniqueKeysWithValues: run.record.steps.map { ($0.name, $0.status) }) == [
        "numbers": .computed, "broken": .failed, "good": .computed, "bad": .skipped, "worse": .skipped,
      ])
  }

  @Test func `an override takes the place of a fan-out, and what needs it fans out over the value`() async throws {
    let graph = Graph([
      StepNode<Void>("numbers") { _, _ -> [Int] in throw Odd() },
      each("doubled", "numbers") { $0 * 2 },
      each("more", "doubled") { $0 + 1 },
      total("more"),
    ])
    let run = try await graph.run(["total", "more"], overrides: ["doubled": [10, 20]])
    #expect(try run.value(of: "more") == [11, 21])
    #expect(try run.value(of: "total") == 32)
    #expect(run.record.steps.map(\.name).sorted() == ["more", "total"])
  }

  @Test(arguments: [1, 3]) func `no more calls go on at once than a step allows`(limit: Int) async throws {
    let calls = Mutex((now: 0, most: 0))
    let graph = Graph([
      stream(40),
      StepNode<Void>(
        "slow", needs: [Need("numbers", [Int].self)], produces: ValueType([Int].self),
        fan: .each("numbers", [Int].self, producing: Int.self), concurrency: limit,
        body: .suspending { _, arguments in
          calls.withLock {
            $0.now += 1
            $0.most = max($0.most, $0.now)
          }
          await Task.yield()
          calls.withLock { $0.now -= 1 }
          return try arguments.value(0, as: Int.self)
        }),
      each("after", "slow") { $0 },
    ])
    #expect(try await graph.value(of: "after") == Array(0..<40))
    #expect(calls.withLock { $0.most } <= limit)
  }

  @Test func `random trees of steps give what plain loops give`() async throws {
    var generator = SeededGenerator(seed: 7)
    for _ in 0..<60 {
      var steps: [StepNode<Void>] = []
      var expected: [String: [Int]] = ["source": Array(0..<Int.random(in: 0...300, using: &generator))]
      var names = ["source"]
      for index in 0..<Int.random(in: 1...8, using: &generator) {
        let need = names[Int.random(in: 0..<names.count, using: &generator)]
        let name = "s\(index)"
        let list = expected[need] ?? []
        let number = Int.random(in: 1...9, using: &generator)
        switch Int.random(in: 0..<4, using: &generator) {
        case 0:
          steps.append(each(name, need) { $0 + number })
          expected[name] = list.map { $0 + number }
        case 1:
          steps.append(
            StepNode<Void>(
              name, needs: [Need(need, [Int].self)], produces: ValueType([Int].self),
              fan: .flat(need, [Int].self, producing: Int.self),
              body: .plain { _, arguments in
                Array(repeating: try arguments.value(0, as: Int.self), count: number % 3)
              }))
          expected[name] = list.flatMap { Array(repeating: $0, count: number % 3) }
        case 2:
          steps.append(
            each(name, need) { item in
              guard item % number != 0 else { throw Odd() }
              return item
            })
          expected[name] = list.filter { $0 % number != 0 }
        default:
          steps.append(
            StepNode<Void>(name, needs: [Need(need, [Int].self)]) { _, arguments in
              try arguments.value(0, as: [Int].self).reversed() as [Int]
            })
          expected[name] = list.reversed()
        }
        names.append(name)
      }
      let wanted = names.dropFirst().filter { _ in Bool.random(using: &generator) } + [names[names.count - 1]]
      let run = try await Graph(steps).run(
        Array(Set(wanted)), inputs: ["source": expected["source"] ?? []].filter { _ in true })
      for name in wanted { #expect(try run.value(of: name, as: [Int].self) == expected[name]) }
    }
  }
}
