import Dataflow
import Foundation
import TestSupport
import Testing

/// What the engine records, seen through what looks back at it.
@Suite struct RealRunTests {
  let folder: TemporaryFolder
  let store: RunStore

  init() throws {
    folder = try TemporaryFolder()
    store = RunStore(folder.url.appending(path: "runs"))
  }

  func run(code: String = "1", size: Int = 2, words: [String] = ["a", "b"]) async throws -> RunRecord {
    let graph = Graph([
      StepNode<Void>("words", code: .named("1")) { _, _ in words },
      StepNode<Void>(
        "chunks", needs: [Need("words", [String].self), Need("size", Int.self)], code: .named(code)
      ) { _, arguments in
        StepContext.current.record("size", try arguments.value(1, as: Int.self))
        return try arguments.value(0, as: [String].self).map { String(repeating: $0, count: size) }
      },
    ])
    let options = RunOptions(
      pipeline: "p", store: store, cache: ResultCache(folder.url.appending(path: "cache")),
      policies: ["words": StepPolicy(cache: .recompute)], configuration: ["size": .integer(size)])
    return try await graph.run(["chunks"], inputs: ["size": size], options: options).record
  }

  func reasons(_ step: String, _ run: RunRecord) throws -> [String] {
    try store.explain(step, in: run).reasons.map(\.description)
  }

  @Test func `why a step ran follows from what the engine records`() async throws {
    let first = try await run()
    #expect(try store.explain("chunks", in: first).reasons.map(\.kind) == [.firstRun])
    let second = try await run()
    #expect(try reasons("chunks", second) == ["cached: same key as run \(first.runID)"])
    #expect(try reasons("words", second).first?.hasPrefix("never cached: ") == true)
    #expect(try await reasons("chunks", run(code: "2")) == ["code changed: named:1 -> named:2"])
    #expect(try await reasons("chunks", run(code: "2", size: 3)) == ["input 'size' changed: 2 -> 3"])
    let product = try await store.explain("chunks", in: run(code: "2", size: 3, words: ["c"])).reasons
    #expect(product.map(\.name) == ["words"] && product.map(\.kind) == [.product], "\(product)")
    try FileManager.default.removeItem(at: folder.url.appending(path: "cache"))
    let lost = try await run(code: "2", size: 3, words: ["c"])
    #expect(try store.explain("chunks", in: lost).reasons.map(\.kind) == [.missing])
  }

  @Test func `two runs are compared by what the engine records, and products lead back`() async throws {
    let (first, second) = (try await run(), try await run(size: 3))
    let comparison = RunComparison(first, second)
    #expect(comparison.configuration.map(\.description) == ["size: 2 -> 3"])
    #expect(comparison.inputs.map(\.description) == ["size: 2 -> 3"])
    #expect(comparison.metadata.map(\.description) == ["chunks.size: 2 -> 3"])
    #expect(comparison.artifacts.map(\.path) == ["chunks.bytes", "chunks.sha256", "chunks.version"])
    #expect(comparison.code.isEmpty)
    let chunks = try store.artifact(named: "chunks@1")
    #expect(chunks.runID == first.runID)
    #expect(store.producers(of: chunks).map(\.name) == ["words"])
    let schema = try JSONSchema("run.schema.json")
    for run in [first, second] { #expect(try schema.problems(in: run.json()) == []) }
  }
}
