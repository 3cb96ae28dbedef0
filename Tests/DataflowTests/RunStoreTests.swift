import Dataflow
import Foundation
import TestSupport
import Testing

@Suite struct RunStoreTests {
  let folder: TemporaryFolder
  let store: RunStore

  init() throws {
    folder = try TemporaryFolder()
    store = RunStore(folder.url)
  }

  func runOnce() async throws -> RunRecord {
    try await Graph([StepNode<Void>("a") { _, _ in 1 }])
      .run(["a"], options: RunOptions(pipeline: "p", store: store)).record
  }

  @Test func `runs are listed with the newest first`() async throws {
    var ids: [String] = []
    for _ in 0..<5 { ids.append(try await runOnce().runID) }
    #expect(store.list().runs.map(\.runID) == ids.reversed())
    #expect(store.list().unreadable.isEmpty)
  }

  @Test func `a run is found by the beginning of its id`() async throws {
    let first = try await runOnce().runID
    #expect(try store.load(String(first.prefix(13))).runID == first)
    let second = try await runOnce().runID
    #expect(try store.load(first.uppercased()).runID == first)
    #expect(throws: DataflowError.ambiguousRun(prefix: "0", candidates: [second, first])) { try store.load("0") }
    #expect(throws: DataflowError.unknownRun(id: "zzz", folder: store.folder.path)) { try store.load("zzz") }
    #expect(throws: DataflowError.unknownRun(id: "", folder: store.folder.path)) { try store.load("") }
  }

  @Test func `torn and foreign folders are reported and hide nothing`() async throws {
    let id = try await runOnce().runID
    try folder.write(#"{"run_id": "0198", "pipe"#, to: "0198/run.json")
    try folder.write("", to: "empty/run.json")
    try folder.write("mine", to: "photos/cat.txt")
    try folder.write("x", to: "notes.txt")
    try folder.write(
      String(decoding: store.load(id).json(), as: UTF8.self)
        .replacingOccurrences(of: #""schema_version":2"#, with: #""schema_version":99"#), to: "future/run.json")
    let (runs, unreadable) = store.list()
    #expect(runs.map(\.runID) == [id])
    #expect(Set(unreadable.map(\.name)) == ["0198", "empty", "photos", "future"])
    #expect(unreadable.first { $0.name == "future" }?.reason.contains("newer than this program") == true)
    let next = try await runOnce()
    #expect(next.status == .succeeded)
  }

  @Test func `a torn artifact of an earlier run is passed over`() async throws {
    let first = try await runOnce()
    let second = try await runOnce()
    try folder.write("{", to: "\(second.runID)/artifacts/a.json")
    #expect(try await runOnce().artifacts.map(\.version) == first.artifacts.map(\.version))
  }

  @Test func `no temporary file is left behind`() async throws {
    _ = try await runOnce()
    let files = try #require(FileManager.default.enumerator(atPath: store.folder.path)).compactMap { $0 as? String }
    #expect(files.contains { $0.hasSuffix("run.json") })
    #expect(!files.contains { $0.hasSuffix(".tmp") })
  }

  @Test func `a store that cannot be written ends the run before it begins, and says why`() async throws {
    let file = try folder.write("a file", to: "file")
    let store = RunStore(URL(fileURLWithPath: file).appending(path: "runs"))
    let graph = Graph([
      StepNode<Void>("a") { _, _ -> Int in
        Issue.record("the step ran")
        return 1
      }
    ])
    do {
      _ = try await graph.run(["a"], options: RunOptions(pipeline: "p", store: store))
      Issue.record("nothing was thrown")
    } catch DataflowError.recordFailed(let path, _) {
      #expect(path.contains("/file/runs/"))
    }
  }

  @Test func `a step's name never leads out of its run's folder`() async throws {
    let name = "../../évasion/a b"
    let graph = Graph([StepNode<Void>(name) { _, _ in 1 }])
    let run = try await graph.run([name], options: RunOptions(pipeline: "p", store: store))
    let files = try FileManager.default.contentsOfDirectory(
      atPath: store.folder.appending(path: "\(run.record.runID)/artifacts").path)
    #expect(files == ["%2E%2E%2F%2E%2E%2F%C3%A9vasion%2Fa%20b.json"])
  }
}
