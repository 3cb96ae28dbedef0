import Dataflow
import Foundation
import Synchronization
import TestSupport
import Testing

@Suite struct OpenLineageTests {
  struct Event: Decodable {
    var state: String
    var run: String
    var job: String
    var parent: String
    var error: String
    var inputs: [String]
    var outputs: [String]
    var versions: [String]
    var rows: [Int?]
  }

  let folder: TemporaryFolder
  let file: URL

  init() throws {
    folder = try TemporaryFolder()
    file = folder.url.appending(path: "lineage/events.ndjson")
  }

  func options() throws -> RunOptions {
    let lines = try LineageFile(file)
    let observer = OpenLineageObserver(namespace: "tests", version: "1.2", sink: lines.append)
    return RunOptions(
      pipeline: "features", store: RunStore(folder.url.appending(path: "runs")), observer: observer)
  }

  /// The events of the file, as the official client's classes understand them.
  func events() async throws -> [Event] {
    let reader = packageRoot.appending(path: "Tests/Peers/lineage_reader.py").path
    let result = try await run(testPython, [reader, file.path])
    try #require(result.status == 0, "\(result)")
    return try JSONDecoder().decode([Event].self, from: Data(result.output.utf8))
  }

  let graph = Graph([
    StepNode<Void>("documents", needs: [Need("authors", [String].self)]) { _, _ in ["a", "b", "c"] },
    StepNode<Void>("chunks", needs: [Need("documents", [String].self)]) { _, arguments in
      try arguments.value(0, as: [String].self).map { $0 + $0 }
    },
    StepNode<Void>("bad", needs: [Need("documents", [String].self)]) { _, _ -> Int in
      throw Broken(description: "no such \"thing\"\n")
    },
    StepNode<Void>("after", needs: [Need("bad", Int.self)]) { _, _ in 1 },
  ])

  @Test func `a run and its steps begin and end, with what they took and made`() async throws {
    let run = try await graph.run(["chunks"], inputs: ["authors": ["Ada"]], options: options()).record
    let events = try await events()
    #expect(
      events.map { "\($0.state) \($0.job)" } == [
        "START features", "START features.documents", "COMPLETE features.documents", "START features.chunks",
        "COMPLETE features.chunks", "OTHER features.documents", "OTHER features.chunks", "COMPLETE features",
      ])
    #expect(events.filter { $0.job == "features" }.allSatisfy { $0.run == run.runID && $0.parent.isEmpty })
    #expect(events.filter { $0.job != "features" }.allSatisfy { $0.run != run.runID && $0.parent == run.runID })
    #expect(events[4].outputs == ["features.chunks"] && events[4].rows == [3])
    let chunks = try #require(run.artifacts.first { $0.name == "chunks" }?.sha256)
    #expect(events[6].versions == [chunks] && events[6].rows == [3])
    #expect(events[7].outputs == ["features.chunks"] && events[7].versions == [chunks])
  }

  @Test func `a failed step fails with its error, and what needs it never begins`() async throws {
    _ = try await graph.run(["after"], inputs: ["authors": ["Ada"]], options: options())
    let events = try await events()
    #expect(!events.contains { $0.job == "features.after" })
    let bad = try #require(events.first { $0.job == "features.bad" && $0.state == "FAIL" })
    #expect(bad.error == "no such \"thing\"\n")
    #expect(bad.outputs.isEmpty)
    #expect(events.last?.state == "FAIL")
    #expect(events.last?.error == "step 'bad': no such \"thing\"\n")
  }

  @Test func `a run that is cancelled is aborted`() async throws {
    let graph = Graph([StepNode<Void>("stops") { _, _ -> Int in throw CancellationError() }])
    await #expect(throws: CancellationError.self) { try await graph.run(["stops"], options: options()) }
    #expect(try await events().map(\.state) == ["START", "START", "ABORT", "ABORT"])
  }

  @Test func `runs append to one file, and each has its own ids`() async throws {
    for _ in 0..<2 { _ = try await graph.run(["documents"], inputs: ["authors": ["Ada"]], options: options()) }
    let events = try await events()
    #expect(events.count == 10)
    #expect(Set(events.map(\.run)).count == 4)
  }

  @Test func `inputs are the products among the needs, and a cached step has begun, too`() throws {
    let runs = try RecordedRuns()
    let record = try runs.add(1, steps: [step("chunks", "cached", ["needs": ["documents", "size"]])])
    let lines = Mutex<[JSONValue]>([])
    let observer = OpenLineageObserver(namespace: "tests", version: "1") { data in
      let event = try? JSONDecoder().decode(JSONValue.self, from: data)
      lines.withLock { $0.append(event ?? .null) }
    }
    observer.observe(.runStarted(id: record.runID, pipeline: "features", steps: ["documents", "chunks"]))
    observer.observe(.stepEnded(record.steps[0]))
    observer.observe(.stepEnded(try runs.add(2, steps: [step("documents", "skipped")]).steps[0]))
    let events = lines.withLock { $0 }
    #expect(events.map { $0["eventType"] } == ["START", "START", "COMPLETE"])
    #expect(events.last?["inputs"]?.array?.map { $0["name"] } == ["features.documents"])
    #expect(events.last?["job"]?["namespace"] == "tests")
  }

  @Test func `a file that cannot be written ends no run, and says why`() async throws {
    #expect(throws: DataflowError.self) { try LineageFile(URL(fileURLWithPath: "/dev/null/events")) }
    let full = try LineageFile(URL(fileURLWithPath: "/dev/full"))
    #expect(full.problem == nil)
    let options = RunOptions(
      pipeline: "features",
      observer: OpenLineageObserver(namespace: "tests", version: "1", sink: { full.append($0) }))
    let run = try await graph.run(["documents"], inputs: ["authors": ["Ada"]], options: options)
    #expect(run.record.status == .succeeded)
    #expect(full.problem?.contains("no space left on device") == true)
  }
}
