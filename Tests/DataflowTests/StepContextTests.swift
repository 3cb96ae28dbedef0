import Dataflow
import Testing

@Suite struct StepContextTests {
  @Test func `outside a run the context does nothing`() {
    StepContext.current.record("key", 1)
    StepContext.current.count(computed: 1)
    StepContext.current.quarantine(item: "a", error: Broken(description: "b"))
    StepContext.current.progress(completed: 1)
    #expect(!StepContext.current.isRecording)
  }

  @Test func `what a step says of itself is in the record of its artifact`() async throws {
    struct Quality: Codable { var mean: Double }
    let graph = Graph([
      StepNode<Void>("documents") { _, _ in
        let context = StepContext.current
        context.record("quality", Quality(mean: 0.5))
        context.record("by_platform", ["github": 2])
        context.record("lost", Double.nan)
        context.record(uri: "sqlite:data/twin.sqlite")
        context.count(computed: 1, cached: 7, deleted: 1)
        context.count(computed: 1)
        context.quarantine(item: "https://ada.dev/1", error: Broken(description: "it timed out"), attempts: 3)
        return ["a", "b"]
      },
      StepNode<Void>("silent", needs: [Need("documents", [String].self)]) { _, _ in 1 },
    ])
    let run = try await graph.run(["documents", "silent"])
    let artifact = try #require(run.record.artifacts.first)
    #expect(
      artifact.metadata == [
        "quality": ["mean": 0.5], "by_platform": ["github": 2], "lost": "nan",
      ])
    #expect(artifact.uri == "sqlite:data/twin.sqlite")
    #expect(run.record.steps[0].items == ItemCounts(in: 0, out: 2, computed: 2, cached: 7, deleted: 1, failed: 1))
    #expect(run.record.steps[1].items == ItemCounts(in: 2, out: 1, computed: 1))
    #expect(
      run.record.failures == [
        Failure(step: "documents", item: "https://ada.dev/1", error: "it timed out", attempts: 3)
      ])
    #expect(run.record.artifacts[1].metadata.isEmpty)
  }

  @Test func `the tasks of a fan-out speak for their step`() async throws {
    let graph = Graph([
      StepNode<Void>(
        "each", needs: [Need("numbers", [Int].self)], produces: ValueType([Int].self),
        fan: .each("numbers", [Int].self, producing: Int.self),
        body: .suspending { _, arguments in
          StepContext.current.count(computed: 1)
          return try arguments.value(0, as: Int.self)
        })
    ])
    let run = try await graph.run(["each"], inputs: ["numbers": Array(0..<100)])
    #expect(run.record.steps[0].items == ItemCounts(in: 100, out: 100, computed: 100))
  }
}
