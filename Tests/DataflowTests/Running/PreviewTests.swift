import Dataflow
import Foundation
import Synchronization
import TestSupport
import Testing

@Suite struct PreviewTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  private var options: RunOptions {
    RunOptions(pipeline: "letters", cache: ResultCache(folder.url.appending(path: "cache")))
  }

  /// Reads words, measures them, writes the sum somewhere.
  private func graph(_ words: [String], acted: Mutex<Int>.Box = .init()) -> Graph {
    Graph([
      StepNode<Void>("words", policy: StepPolicy(cache: .recompute), code: .named("1")) { _, _ in
        StepContext.current.record("words", words.count)
        return words
      },
      StepNode<Void>(
        "lengths", needs: [Need("words", [String].self)], produces: ValueType([Int].self),
        fan: .each("words", [String].self, producing: Int.self), code: .named("1"),
        body: .plain { _, arguments in try arguments.value(0, as: String.self).count }),
      StepNode<Void>("sum", needs: [Need("lengths", [Int].self)], code: .named("1")) { _, arguments in
        try arguments.value(0, as: [Int].self).reduce(0, +)
      },
      StepNode<Void>("sent", needs: [Need("sum", Int.self)], policy: StepPolicy(cache: .disable)) { _, arguments in
        acted.value.withLock { $0 += 1 }
        return try arguments.value(0, as: Int.self)
      },
    ])
  }

  @Test func `a preview reads, looks up and does nothing else`() async throws {
    let acted = Mutex<Int>.Box()
    let first = try await graph(["a", "bc"], acted: acted).preview(["sent"], options: options)
    #expect(first.steps.map(\.action) == [.reads, .run, .unknown, .unknown])
    #expect(first.steps[0].metadata == ["words": 2])
    #expect(first.steps[1].items.computed == 2)
    #expect(first.steps[2].reason == "it needs lengths")
    #expect(!FileManager.default.fileExists(atPath: folder.path("cache")))
    _ = try await graph(["a", "bc"]).run(["sent"], options: options)

    let unchanged = try await graph(["a", "bc"], acted: acted).preview(["sent"], options: options)
    #expect(unchanged.steps.map(\.action) == [.reads, .cached, .cached, .act])
    let grown = try await graph(["a", "bc", "new"], acted: acted).preview(["sent"], options: options)
    #expect(grown.steps.map(\.action) == [.reads, .run, .unknown, .unknown])
    #expect((grown.steps[1].items.cached, grown.steps[1].items.computed) == (2, 1))
    #expect(acted.value.withLock { $0 } == 0)
  }

  @Test func `the reason for a step to run says whether the cache was asked`() async throws {
    func reason(_ options: RunOptions) async throws -> String? {
      let preview = try await graph(["a", "bc"]).preview(["sent"], options: options)
      #expect(preview.steps.map(\.action) == [.reads, .run, .unknown, .unknown])
      return preview.steps[1].reason
    }
    #expect(try await reason(options) == "the cache has no result of this code and this data")
    _ = try await graph(["a", "bc"]).run(["sent"], options: options)
    #expect(try await reason(RunOptions(pipeline: "letters")) == "the cache is not used")
    for behaviour in [CacheBehaviour.recompute, .disable] {
      var anew = options
      anew.cacheBehaviour = behaviour
      #expect(try await reason(anew) == "the cache is not used")
    }
  }

  @Test func `one step runs from JSON, and nothing else does`() async throws {
    let graph = graph([])
    let arguments = try graph.arguments(of: "sum", json: ["lengths": Data("[4, 5]".utf8)])
    let run = try await graph.run(["sum"], inputs: arguments.inputs, overrides: arguments.overrides)
    #expect(try run.json(of: "sum") == Data("9".utf8))
    #expect(run.record.steps.map(\.name) == ["sum"])
  }

  @Test func `what is wrong with a step's JSON is said`() throws {
    let graph = graph([])
    func problem(_ step: String, _ json: [String: String]) -> String {
      do {
        _ = try graph.arguments(of: step, json: json.mapValues { Data($0.utf8) })
        return ""
      } catch {
        return "\(error)"
      }
    }
    #expect(problem("smu", [:]).contains("there is no step 'smu'; did you mean 'sum'?"))
    #expect(problem("sum", ["length": "[]"]).contains("no step needs the input 'length'; did you mean 'lengths'?"))
    #expect(problem("sum", [:]).contains("step 'sum' needs the input 'lengths', which was not given"))
    #expect(problem("sum", ["lengths": "[1, \"x\"]"]).contains("cannot read 'lengths' for step 'sum'"))
    #expect(problem("sum", ["lengths": "[1, \"x\"]"]).contains("[Int]"))
  }
}

extension Mutex where Value == Int {
  /// A number that closures share.
  final class Box: Sendable {
    let value = Mutex<Int>(0)
  }
}
