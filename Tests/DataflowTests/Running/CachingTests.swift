import Dataflow
import Foundation
import Synchronization
import TestSupport
import Testing

@Suite struct CachingTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  /// What ran, by step.
  private final class Calls: Sendable {
    private let counts = Mutex<[String: Int]>([:])
    func note(_ step: String) { counts.withLock { $0[step, default: 0] += 1 } }
    func taken() -> [String: Int] {
      counts.withLock { counts in
        defer { counts = [:] }
        return counts
      }
    }
  }

  private struct Handle: Sendable {}
  private struct Version: Sendable, Fingerprinted { let fingerprint: String }

  private let calls = Calls()

  private func options(
    _ behaviour: CacheBehaviour? = nil, scope: String = "", only: [String: Set<String>] = [:]
  ) -> RunOptions {
    RunOptions(
      pipeline: "words", store: RunStore(folder.url.appending(path: "runs")),
      cache: ResultCache(folder.url.appending(path: "cache")), scope: scope, cacheBehaviour: behaviour, onlyItems: only)
  }

  private func lengths(_ version: String = "1", failing: String = "none") -> Graph {
    let calls = calls
    return Graph([
      StepNode<Void>(
        "words", needs: [Need("lines", [String].self)], produces: ValueType([String].self),
        fan: .flat("lines", [String].self, producing: String.self), code: .named("1"),
        body: .plain { _, arguments in
          calls.note("words")
          let line = try arguments.value(0, as: String.self)
          if line == failing { throw CheckFailure("no") }
          return line.split(separator: " ").map(String.init)
        }),
      StepNode<Void>(
        "lengths", needs: [Need("words", [String].self), Need("extra", Int.self, default: 0)],
        produces: ValueType([Int].self), fan: .each("words", [String].self, producing: Int.self), code: .named(version),
        body: .suspending { _, arguments in
          calls.note("lengths")
          return try arguments.value(0, as: String.self).count + arguments.value(1, as: Int.self)
        }),
      StepNode<Void>("total", needs: [Need("lengths", [Int].self)], code: .named("1")) { _, arguments in
        calls.note("total")
        return try arguments.value(0, as: [Int].self).reduce(0, +)
      },
    ])
  }

  private func total(
    _ graph: Graph, _ lines: [String], extra: Int? = nil, _ options: RunOptions? = nil
  ) async throws -> (total: Int, calls: [String: Int], record: RunRecord) {
    var inputs: [String: any Sendable] = ["lines": lines]
    inputs["extra"] = extra
    let run = try await graph.run(["total"], inputs: inputs, options: options ?? self.options())
    return (try run.value(of: "total"), calls.taken(), run.record)
  }

  @Test func `what was made by the same code from the same data is not made again`() async throws {
    let lines = ["a bc", "def", "a"]
    let first = try await total(lengths(), lines)
    #expect(first.total == 7)
    // The word that occurs twice is one item of work only once its result is there.
    #expect(first.calls["words"] == 3)
    #expect(first.record.status == .succeeded)
    let second = try await total(lengths(), lines)
    #expect(second.total == 7)
    #expect(second.calls == [:])
    #expect(second.record.status == .unchanged)
    #expect(second.record.steps.map(\.status) == [.cached, .cached, .cached])
    #expect(second.record.steps.map(\.items.cached) == [3, 4, 1])
    #expect(second.record.artifacts.map(\.sha256) == first.record.artifacts.map(\.sha256))
    #expect(second.record.artifacts.map(\.version) == [1, 1, 1])
  }

  @Test func `only what changed is made again`() async throws {
    _ = try await total(lengths(), ["a bc", "def"])
    let grown = try await total(lengths(), ["a bc", "new", "def"])
    #expect(grown.total == 9)
    #expect(grown.calls == ["words": 1, "lengths": 1, "total": 1])
    let other = try await total(lengths("2"), ["a bc", "new", "def"])
    // Other code that makes the same leaves what is below it alone.
    #expect(other.calls == ["lengths": 4])
    let parameter = try await total(lengths("2"), ["a bc", "new", "def"], extra: 1)
    #expect(parameter.total == 13)
    #expect(parameter.calls == ["lengths": 4, "total": 1])
    let before = try await total(lengths(), ["a bc", "def"])
    #expect(before.calls == [:])
  }

  @Test func `an item that failed is tried again, and nothing else`() async throws {
    let lines = ["a", "bad", "bc"]
    let first = try await total(lengths(failing: "bad"), lines)
    #expect(first.total == 3)
    #expect(first.record.status == .partial)
    let second = try await total(lengths(), lines)
    #expect(second.total == 6)
    #expect(second.calls == ["words": 1, "lengths": 1, "total": 1])
  }

  @Test func `a run may make everything anew, keep nothing, or trust what it reads outside`() async throws {
    _ = try await total(lengths(), ["a bc"])
    let anew = try await total(lengths(), ["a bc"], options(.recompute))
    #expect(anew.calls == ["words": 1, "lengths": 2, "total": 1])
    let disabled = try await total(lengths("3"), ["a bc"], options(.disable))
    #expect(disabled.calls == ["words": 1, "lengths": 2, "total": 1])
    let again = try await total(lengths("3"), ["a bc"])
    #expect(again.calls == ["lengths": 2])
  }

  @Test func `steps say for themselves how the cache is used`() async throws {
    let calls = calls
    let log = Mutex(0)
    func graph() -> Graph {
      Graph([
        StepNode<Void>("read", policy: StepPolicy(cache: .recompute), code: .named("1")) { _, _ in
          calls.note("read")
          return 5
        },
        StepNode<Void>("label", policy: StepPolicy(cache: .ignore), code: .named("1")) { _, _ in
          calls.note("label")
          return "x"
        },
        StepNode<Void>(
          "made", needs: [Need("read", Int.self), Need("label", String.self), Need("log", Int.self)], code: .named("1")
        ) { _, arguments in
          calls.note("made")
          return try arguments.value(0, as: Int.self) * 2
        },
        StepNode<Void>(
          "sent", needs: [Need("made", Int.self)], policy: StepPolicy(cache: .disable), code: .named("1")
        ) { _, arguments in
          calls.note("sent")
          return try arguments.value(0, as: Int.self)
        },
      ])
    }
    for expected in [["read": 1, "label": 1, "made": 1, "sent": 1], ["read": 1, "sent": 1]] {
      let run = try await graph().run(["sent"], inputs: ["log": 1], options: options())
      #expect(try run.value(of: "sent") == 10)
      #expect(calls.taken() == expected)
    }
    log.withLock { $0 += 1 }
    let ignored = try await graph().run(
      ["sent"], inputs: ["log": 1], overrides: ["label": "other"], options: options())
    #expect(ignored.record.steps.first { $0.name == "made" }?.status == .computed)
  }

  @Test func `a resource takes part, and one that nobody knows keeps a step from being cached`() async throws {
    let calls = calls
    func graph(_ resource: some Sendable, cache: CacheBehaviour? = nil) -> Graph {
      let step = StepNode<Void>(
        "step", produces: ValueType(Int.self), policy: StepPolicy(cache: cache), code: .named("1"),
        body: .plain { _, _ in
          calls.note("step")
          return 1
        })
      return Graph([step.bound(to: (), module: "P", resources: [Resource("tool", resource)])])
    }
    func ran(_ graph: Graph) async throws -> (Int, StepRecord?) {
      let record = try await graph.run(["step"], options: options()).record
      return (calls.taken()["step"] ?? 0, record.steps.first)
    }
    #expect(try await ran(graph(Version(fingerprint: "a"))).0 == 1)
    #expect(try await ran(graph(Version(fingerprint: "a"))).0 == 0)
    #expect(try await ran(graph(Version(fingerprint: "b"))).0 == 1)
    #expect(try await ran(graph(Handle())).0 == 1)
    let (count, record) = try await ran(graph(Handle()))
    #expect(count == 1)
    #expect(record?.uncached?.contains("'tool'") == true)
    #expect(try await ran(graph(Handle(), cache: .default)).0 == 1)
    #expect(try await ran(graph(Handle(), cache: .default)).0 == 0)
  }

  @Test func `variants of one step do not take each other's results`() async throws {
    let graph = Graph(
      ["fast", "exact"].map { mode in
        StepNode<Void>(
          "result", produces: ValueType(String.self), variant: Variant("mode", mode), code: .named("1"),
          body: .plain { _, _ in mode })
      })
    for mode in ["fast", "exact", "fast"] {
      let run = try await graph.run(["result"], inputs: ["mode": mode], options: options())
      #expect(try run.value(of: "result") == mode)
    }
  }

  @Test func `a run that only reads what it knows is unchanged`() async throws {
    let graph = Graph([
      StepNode<Void>("read", policy: StepPolicy(cache: .recompute), code: .named("1")) { _, _ in [1, 2] },
      StepNode<Void>("sum", needs: [Need("read", [Int].self)], code: .named("1")) { _, arguments in
        try arguments.value(0, as: [Int].self).reduce(0, +)
      },
    ])
    #expect(try await graph.run(["sum"], options: options()).record.status == .succeeded)
    #expect(try await graph.run(["sum"], options: options()).record.status == .unchanged)
  }

  @Test func `what a step put aside is tried again by the next run`() async throws {
    let tries = Mutex<Int>.Box()
    let graph = Graph([
      StepNode<Void>("looped", code: .named("1")) { _, _ in
        if tries.value.withLock({
          $0 += 1; return $0
        }) == 1 {
          StepContext.current.quarantine(item: "x", reason: "down")
          return [1]
        }
        return [1, 2]
      }
    ])
    #expect(try await graph.run(["looped"], options: options()).value(of: "looped") == [1])
    #expect(try await graph.run(["looped"], options: options()).value(of: "looped") == [1, 2])
  }

  @Test func `a whole list beside its items takes part in their keys`() async throws {
    let graph = Graph([
      StepNode<Void>(
        "ranks", needs: [Need("numbers", [Int].self), Need("numbers", [Int].self)], produces: ValueType([Int].self),
        fan: .each("numbers", [Int].self, producing: Int.self), code: .named("1"),
        body: .plain { _, arguments in
          let number = try arguments.value(0, as: Int.self)
          return try arguments.value(1, as: [Int].self).count { $0 < number }
        })
    ])
    func ranks(_ numbers: [Int]) async throws -> [Int] {
      try await graph.run(["ranks"], inputs: ["numbers": numbers], options: options()).value(of: "ranks")
    }
    #expect(try await ranks([5, 9]) == [0, 1])
    #expect(try await ranks([5, 9, 1]) == [1, 2, 0])
  }

  @Test func `a run over some items takes only those, and nothing counts as gone`() async throws {
    let lines = ["a bc", "def", "ghij"]
    _ = try await total(lengths(), lines)
    let some = try await total(lengths(), lines, options(only: ["words": ["def"]]))
    #expect(some.total == 3)
    #expect(some.record.steps.first?.items.in == 1)
  }

  @Test func `the record keeps what a product was made from`() async throws {
    let record = try await total(lengths(), ["a bc"], extra: 2).record
    let key = try #require(record.steps.first { $0.name == "lengths" }?.key)
    #expect(key.code == "named:1")
    #expect(key.inputs.keys.sorted() == ["extra"])
    #expect(key.products["words"] == record.artifacts.first { $0.name == "words" }?.sha256)
    #expect(record.artifacts.last?.inputs.keys.sorted() == ["lengths"])
  }

  @Test func `a value that the cache has lost is made again`() async throws {
    _ = try await total(lengths(), ["a bc", "def"])
    let cache = folder.url.appending(path: "cache")
    let files = FileManager.default.enumerator(at: cache, includingPropertiesForKeys: nil)?.allObjects ?? []
    for case let file as URL in files where file.pathExtension == "pack" {
      try FileManager.default.removeItem(at: file)
    }
    let again = try await total(lengths("2"), ["a bc", "def"])
    #expect(again.total == 6)
  }
}
