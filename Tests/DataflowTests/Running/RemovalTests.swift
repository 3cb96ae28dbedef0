import Dataflow
import Foundation
import Synchronization
import TestSupport
import Testing

/// What steps that delete are told, and what steps that report failures are.
@Suite struct RemovalTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  private struct Down: Error {}

  private func options(scope: String = "") -> RunOptions {
    RunOptions(
      pipeline: "words", store: RunStore(folder.url.appending(path: "runs")),
      cache: ResultCache(folder.url.appending(path: "cache")), scope: scope)
  }

  @Test func `what vanished or changed is reported to who deletes it, until it is deleted`() async throws {
    let deleted = Mutex<[[String]]>([])
    func graph(isDown: Bool = false) -> Graph {
      Graph([
        StepNode<Void>(
          "chunks", needs: [Need("documents", [String].self)], produces: ValueType([String].self),
          fan: .flat("documents", [String].self, producing: String.self), code: .named("1"),
          body: .plain { _, arguments in
            let text = try arguments.value(0, as: String.self)
            if text.hasPrefix("bad") { throw Down() }
            return text.split(separator: " ").map(String.init)
          }),
        StepNode<Void>(
          "sink", needs: [.removed("chunks", of: String.self)], policy: StepPolicy(cache: .disable), code: .named("1")
        ) { _, arguments in
          if isDown { throw Down() }
          let gone = try arguments.value(0, as: [String].self)
          deleted.withLock { $0.append(gone.sorted()) }
          return gone.count
        },
      ])
    }
    func execute(_ documents: [String], isDown: Bool = false, scope: String = "") async throws -> RunRecord {
      try await graph(isDown: isDown).run(["sink"], inputs: ["documents": documents], options: options(scope: scope))
        .record
    }
    func last() -> [String]? { deleted.withLock { $0.last } }
    _ = try await execute(["a b", "c d", "b e"])
    #expect(last() == [])
    let second = try await execute(["a b", "b x"])
    // Not "b", which another document still has.
    #expect(last() == ["c", "d", "e"])
    #expect(second.steps.first { $0.name == "chunks" }?.items.deleted == 2)
    _ = try await execute(["a b"], isDown: true)
    _ = try await execute(["a b"])
    #expect(last() == ["x"])
    _ = try await execute(["a b"])
    #expect(last() == [])
    // Another scope has another memory.
    _ = try await execute(["z"], scope: "other")
    #expect(last() == [])
    _ = try await execute([])
    #expect(last() == ["a", "b"])
  }

  @Test func `an item that failed this time is not gone`() async throws {
    let isBroken = Mutex(false)
    let deleted = Mutex<[String]>([])
    let graph = Graph([
      StepNode<Void>(
        "upper", needs: [Need("names", [String].self)], produces: ValueType([String].self),
        fan: .each("names", [String].self, producing: String.self), policy: StepPolicy(cache: .recompute),
        code: .named("1"),
        body: .plain { _, arguments in
          let name = try arguments.value(0, as: String.self)
          if name == "b", isBroken.withLock({ $0 }) { throw CheckFailure("down") }
          return name.uppercased()
        }),
      StepNode<Void>("sink", needs: [.removed("upper", of: String.self)], policy: StepPolicy(cache: .disable)) {
        _, arguments in
        let gone = try arguments.value(0, as: [String].self)
        deleted.withLock { $0 += gone }
        return gone.count
      },
    ])
    for (names, broken) in [(["a", "b", "c"], false), (["a", "b"], true), (["a", "b"], false), (["a"], false)] {
      isBroken.withLock { $0 = broken }
      _ = try await graph.run(["sink"], inputs: ["names": names], options: options())
    }
    #expect(deleted.withLock { $0 } == ["C", "B"])
  }

  @Test func `what is missing because something above failed is not gone`() async throws {
    let isDown = Mutex<Int>.Box()
    let deleted = Mutex<[Int]>.List()
    let graph = Graph([
      StepNode<Void>(
        "pages", needs: [Need("links", [Int].self)], produces: ValueType([Int].self),
        fan: .each("links", [Int].self, producing: Int.self), policy: StepPolicy(cache: .recompute), code: .named("1"),
        body: .plain { _, arguments in
          let link = try arguments.value(0, as: Int.self)
          if link == 2, isDown.value.withLock({ $0 }) == 1 { throw Down() }
          return link
        }),
      StepNode<Void>("unique", needs: [Need("pages", [Int].self)], code: .named("1")) { _, arguments in
        Array(Set(try arguments.value(0, as: [Int].self))).sorted()
      },
      StepNode<Void>(
        "chunks", needs: [Need("unique", [Int].self)], produces: ValueType([Int].self),
        fan: .each("unique", [Int].self, producing: Int.self), code: .named("1"),
        body: .plain { _, arguments in try arguments.value(0, as: Int.self) * 10 }),
      StepNode<Void>("sink", needs: [.removed("chunks", of: Int.self)], policy: StepPolicy(cache: .disable)) {
        _, arguments in
        let gone = try arguments.value(0, as: [Int].self)
        deleted.value.withLock { $0 += gone }
        return gone.count
      },
    ])
    for (links, down) in [([1, 2, 3], 0), ([1, 2, 3], 1), ([1, 2, 3], 0), ([1, 2], 0)] {
      isDown.value.withLock { $0 = down }
      _ = try await graph.run(["sink"], inputs: ["links": links], options: options())
    }
    #expect(deleted.value.withLock { $0 } == [30])
  }

  @Test func `items without names of their own are not taken for others when one fails`() async throws {
    let isDown = Mutex<Int>.Box()
    let deleted = Mutex<[Int]>.List()
    let graph = Graph([
      StepNode<Void>(
        "sums", needs: [Need("rows", [[Int]].self)], produces: ValueType([Int].self),
        fan: .each("rows", [[Int]].self, producing: Int.self), policy: StepPolicy(cache: .recompute),
        code: .named("1"),
        body: .plain { _, arguments in
          let row = try arguments.value(0, as: [Int].self)
          if row == [3], isDown.value.withLock({ $0 }) == 1 { throw Down() }
          return row.reduce(0, +)
        }),
      StepNode<Void>("sink", needs: [.removed("sums", of: Int.self)], policy: StepPolicy(cache: .disable)) {
        _, arguments in
        let gone = try arguments.value(0, as: [Int].self)
        deleted.value.withLock { $0 += gone }
        return gone.count
      },
    ])
    for (rows, down) in [([[1], [2], [3]], 0), ([[9], [2], [3]], 1), ([[9], [2], [3]], 0)] {
      isDown.value.withLock { $0 = down }
      _ = try await graph.run(["sink"], inputs: ["rows": rows], options: options())
    }
    #expect(deleted.value.withLock { $0 } == [1])
  }

  @Test func `a report of failures is made again when the failures change`() async throws {
    let isDown = Mutex<Int>.Box()
    let graph = Graph([
      StepNode<Void>(
        "even", needs: [Need("numbers", [Int].self)], produces: ValueType([Int].self),
        fan: .each("numbers", [Int].self, producing: Int.self), code: .named("1"),
        body: .plain { _, arguments in
          let number = try arguments.value(0, as: Int.self)
          if number % 2 == 1 { throw CheckFailure(isDown.value.withLock { $0 } == 1 ? "down" : "odd") }
          return number
        }),
      StepNode<Void>("report", needs: [.results("even", of: Int.self)], code: .named("1")) { _, arguments in
        try arguments.value(0, as: [ItemResult<Int>].self).compactMap { result -> String? in
          if case .failed(let failure) = result { "\(failure.item ?? ""): \(failure.error)" } else { nil }
        }
      },
    ])
    func report(_ numbers: [Int]) async throws -> [String] {
      try await graph.run(["report"], inputs: ["numbers": numbers], options: options()).value(of: "report")
    }
    #expect(try await report([2, 4]) == [])
    #expect(try await report([2, 3, 4]) == ["3: odd"])
    isDown.value.withLock { $0 = 1 }
    #expect(try await report([2, 3, 4]) == ["3: down"])
    #expect(try await report([2, 4]) == [])
  }

  @Test func `every removal is reported, also when the list was the same once`() async throws {
    let graph = Graph([
      StepNode<Void>(
        "made", needs: [Need("names", [String].self)], produces: ValueType([String].self),
        fan: .each("names", [String].self, producing: String.self), code: .named("1"),
        body: .plain { _, arguments in try arguments.value(0, as: String.self) }),
      StepNode<Void>("gone", needs: [.removed("made", of: String.self)], code: .named("1")) { _, arguments in
        try arguments.value(0, as: [String].self)
      },
    ])
    var gone: [[String]] = []
    for names in [["a", "b", "c"], ["a", "b"], ["a", "b", "d"], ["a", "b"]] {
      gone.append(try await graph.run(["gone"], inputs: ["names": names], options: options()).value(of: "gone"))
    }
    #expect(gone == [[], ["c"], [], ["d"]])
  }
}
