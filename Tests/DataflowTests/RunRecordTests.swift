import Dataflow
import Foundation
import TestSupport
import Testing

@Suite struct RunRecordTests {
  struct Chunk: Codable, Sendable {
    var text: String
    var id: Int
  }
  struct Opaque: Codable, Sendable {
    init() {}
    init(from decoder: any Decoder) throws {}
    func encode(to encoder: any Encoder) throws { throw Silent.noSuchThing(code: 1) }
  }
  enum Silent: Error { case noSuchThing(code: Int) }

  let folder: TemporaryFolder
  let store: RunStore

  init() throws {
    folder = try TemporaryFolder()
    store = RunStore(folder.url.appending(path: "runs"))
  }

  func options(_ pipeline: String = "features") -> RunOptions {
    RunOptions(
      pipeline: pipeline, store: store, configuration: ["chunking": ["size": 256, "strategy": "markdown"]],
      environment: ["twin": "0.1.0"])
  }

  func graph(_ chunks: [Chunk] = [Chunk(text: "a", id: 1)]) -> Graph {
    Graph([
      StepNode<Void>("chunks", needs: [Need("authors", [String].self)]) { _, _ in chunks },
      StepNode<Void>("opaque") { _, _ in Opaque() },
      StepNode<Void>("bad") { _, _ -> Int? in throw Silent.noSuchThing(code: 7) },
    ])
  }

  func file(_ name: String) throws -> Data {
    try Data(contentsOf: store.folder.appending(path: name))
  }

  @Test func `a record on disk fits the published schema and reads back as it was`() async throws {
    let schema = try JSONSchema("run.schema.json")
    let graph = graph()
    for names in [["chunks", "opaque"], ["chunks", "bad"]] {
      let run = try await graph.run(names, inputs: ["authors": ["Ada"]], options: options())
      let id = run.record.runID
      #expect(try schema.problems(in: file("\(id)/run.json")) == [])
      #expect(try schema.problems(in: run.record.json()) == [])
      let read = try store.load(id)
      // As JSON: what is below a millisecond is not kept of times.
      #expect(try read.json() == run.record.json())
      let artifact = try JSONDecoder().decode(JSONValue.self, from: file("\(id)/artifacts/chunks.json"))
      #expect(artifact["name"] == "chunks")
      #expect(artifact["run_id"]?.string == id)
    }
  }

  @Test func `the schema refuses what is not a record`() throws {
    let schema = try JSONSchema("run.schema.json")
    let problems = try schema.problems(in: Data(#"{"run_id": "x", "status": "fine", "steps": [{"name": 1}]}"#.utf8))
    #expect(problems.contains("$.pipeline: missing"))
    #expect(problems.contains { $0.hasPrefix("$.status: not among") })
    #expect(problems.contains("$.steps[0].items: missing"))
    #expect(problems.contains { $0.hasPrefix("$.steps[0].name: not of type") })
  }

  @Test func `a record says what ran, on what, and what came of it`() async throws {
    let before = Date()
    let run = try await graph().run(
      ["chunks", "opaque"], inputs: ["authors": ["Ada"]], options: options())
    let record = run.record
    #expect(record.pipeline == "features")
    #expect(record.status == .succeeded)
    #expect(record.inputs == ["authors": ["Ada"]])
    #expect(record.configuration == ["chunking": ["size": 256, "strategy": "markdown"]])
    #expect(record.environment["twin"] == "0.1.0")
    #expect(record.environment["os"]?.isEmpty == false)
    #expect(record.started >= before.addingTimeInterval(-0.001))
    #expect(try #require(record.ended) >= record.started)
    let chunks = try #require(record.artifacts.first { $0.name == "chunks" })
    // sha256 of [{"id":1,"text":"a"}]
    #expect(chunks.bytes == #"[{"id":1,"text":"a"}]"#.utf8.count)
    #expect(chunks.sha256 == "3d156891e14d20c2e390a896744e57d69751a209cc187e572afe2b187503d278")
    #expect(chunks.type == "[Chunk]")
    #expect(chunks.count == 1)
    #expect(chunks.uri?.hasSuffix("/runs/\(record.runID)/artifacts/chunks.json") == true)
    let opaque = try #require(record.artifacts.first { $0.name == "opaque" })
    #expect(opaque.sha256 == nil)
    #expect(opaque.count == nil)
  }

  @Test func `a failing step leaves a record with what it said, without a dump`() async throws {
    let run = try await graph().run(["bad"], options: options())
    #expect(try store.load(run.record.runID).failures == [Failure(step: "bad", item: nil, error: "no such thing")])
    #expect(run.record.status == .failed)
  }

  @Test func `a run that is killed leaves a readable record, and the next one runs`() async throws {
    let path = store.folder.path
    await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
      let store = RunStore(URL(fileURLWithPath: path))
      let graph = Graph([
        StepNode<Void>("last") { _, _ in
          kill(getpid(), SIGKILL)
          return 1
        }
      ])
      _ = try await graph.run(["last"], options: RunOptions(pipeline: "features", store: store))
    }
    let record = try #require(store.list().runs.first)
    #expect(record.status == .interrupted)
    #expect(record.requested == ["last"])
    #expect(try JSONSchema("run.schema.json").problems(in: file("\(record.runID)/run.json")) == [])
    let next = try await graph().run(["opaque"], options: options())
    #expect(store.list().runs.map(\.status) == [.succeeded, .interrupted])
    #expect(next.record.runID > record.runID)
  }

  @Test func `the version of an artifact grows when its bytes change`() async throws {
    func version(_ text: String, _ pipeline: String = "features") async throws -> (Int, String) {
      let graph = graph([Chunk(text: text, id: 1)])
      let run = try await graph.run(["chunks"], inputs: ["authors": ["Ada"]], options: options(pipeline))
      let artifact = try #require(run.record.artifacts.first)
      return (artifact.version, artifact.id)
    }
    let first = try await version("a")
    #expect(first.0 == 1)
    #expect(try await version("a") == first)
    #expect(try await version("b").0 == 2)
    #expect(try await version("b", "other").0 == 1)
    #expect(try await version("a") == (3, first.1))
  }

  @Test func `a run whose steps counted no work is unchanged, one that deleted is not`() async throws {
    func status(cached: Int, deleted: Int) async throws -> RunStatus {
      let graph = Graph([
        StepNode<Void>("loaded") { _, _ in
          StepContext.current.count(cached: cached, deleted: deleted)
          return cached
        },
        StepNode<Void>("statistics", needs: [Need("loaded", Int.self)]) { _, _ in "some" },
      ])
      return try await graph.run(["statistics"], options: options()).record.status
    }
    #expect(try await status(cached: 3, deleted: 0) == .unchanged)
    #expect(try await status(cached: 0, deleted: 0) == .unchanged)
    #expect(try await status(cached: 3, deleted: 1) == .succeeded)
  }

  @Test func `a long input is recorded by its digest`() async throws {
    let authors = Array(repeating: String(repeating: "x", count: 100), count: 1000)
    let run = try await graph().run(["chunks"], inputs: ["authors": authors], options: options())
    #expect(run.record.inputs["authors"]?["count"] == 1000)
    #expect(run.record.inputs["authors"]?["sha256"]?.string?.count == 64)
  }
}
