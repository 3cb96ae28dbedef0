import Dataflow
import Foundation
import TestSupport
import Testing

/// Real records of real runs against the published schemas, as two implementations of JSON Schema judge them.
@Suite struct PublishedSchemaTests {
  let folder: TemporaryFolder
  let store: RunStore
  let quarantine: Quarantine

  init() throws {
    folder = try TemporaryFolder()
    store = RunStore(folder.url.appending(path: "runs"))
    quarantine = Quarantine(store.folder.appending(path: ".quarantine"), scope: "/configs/twin.yaml")
  }

  /// A run in which steps note, fail as a whole, put an item aside, and are left out.
  func runOnce() async throws -> RunRecord {
    let graph = Graph([
      StepNode<Void>("chunks", needs: [Need("authors", [String].self)]) { _, _ in
        StepContext.current.record("tokens", ["mean": 1.5])
        StepContext.current.quarantine(item: "https://ada.dev/1", reason: "it is gone", attempts: 2)
        return ["a", "b"]
      },
      StepNode<Void>("bad") { _, _ -> Int in throw Broken(description: "no such thing") },
      StepNode<Void>("after", needs: [Need("bad", Int.self)]) { _, _ in 1 },
    ])
    let options = RunOptions(
      pipeline: "features", store: store, quarantine: quarantine, configuration: ["size": 256],
      environment: ["twin": "0.1.0"])
    return try await graph.run(["chunks", "after"], inputs: ["authors": ["Ada"]], options: options).record
  }

  func files(_ suffix: String) throws -> [String] {
    try #require(FileManager.default.enumerator(atPath: store.folder.path)).compactMap { $0 as? String }
      .filter { $0.hasSuffix(suffix) }.map { store.folder.appending(path: $0).path }
  }

  @Test func `all that is written fits the schemas`() async throws {
    let record = try await runOnce()
    let kinds = [
      ("run.schema.json", try files("/run.json")), ("artifact.schema.json", try files("artifacts/chunks.json")),
      ("quarantine-entry.schema.json", quarantine.list().map { path(of: $0) }),
    ]
    #expect(kinds.map(\.1.count) == [1, 1, 2])
    let schemas = packageRoot.appending(path: "docs/schemas").path
    for (name, files) in kinds {
      let schema = try JSONSchema(name)
      for file in files {
        #expect(try schema.problems(in: Data(contentsOf: URL(fileURLWithPath: file))) == [], "\(file)")
      }
      let validator = packageRoot.appending(path: "Tests/Peers/schema_validator.py").path
      let judged = try await run(testPython, [validator, schemas, name] + files)
      #expect(judged.status == 0, "\(judged)")
    }
    #expect(record.status == .failed)
  }

  @Test func `both implementations refuse what does not fit`() async throws {
    _ = try await runOnce()
    let good = try String(contentsOfFile: #require(files("/run.json").first), encoding: .utf8)
    let bad = good.replacingOccurrences(of: #""status" : "failed""#, with: #""status" : "fine""#)
      .replacingOccurrences(of: #""version" : 1"#, with: #""version" : 0"#)
    let file = try folder.write(bad, to: "bad.json")
    let problems = try JSONSchema("run.schema.json").problems(in: Data(bad.utf8))
    #expect(problems.contains { $0.hasPrefix("$.status: not among") })
    #expect(problems.contains("$.artifacts[0].version: below 1.0"))
    let judged = try await run(
      testPython,
      [
        packageRoot.appending(path: "Tests/Peers/schema_validator.py").path,
        packageRoot.appending(path: "docs/schemas").path, "run.schema.json", file,
      ])
    #expect(judged.status == 1)
    #expect(judged.output.contains("$.status: 'fine' is not one of"), "\(judged)")
    #expect(judged.output.contains("$.artifacts[0].version: 0 is less than"), "\(judged)")
  }

  @Test func `a record with every field fits, and reads back as it was`() throws {
    let runs = try RecordedRuns()
    let step = step(
      "chunks", "cached",
      [
        "started": "2026-01-02T03:04:05.000Z", "ended": "2026-01-02T03:04:05.100Z", "needs": ["documents", "size"],
        "fan": "documents", "cache": "recompute", "uncached": "it reads the clock", "code": "source:a1b2",
        "key": key(inputs: ["size": "ab"], products: ["documents": "cd"], resources: ["cleaner": "ef"]),
        "warnings": ["short"], "retries": 2, "usage": ["tokens": 12.5], "metadata": ["mean": ["of": [1, .null]]],
      ])
    let artifact = artifact(
      "chunks", inputs: ["documents": "b"],
      ["created": "2026-01-02T03:04:05.100Z", "code": "source:a1b2", "key": key(), "stored": true, "itemized": true])
    let failure: JSONValue = [
      "step": "chunks", "item": "a", "parent": "b", "error": "it is gone", "attempts": 1,
    ]
    let run = try runs.add(
      1, steps: [step], artifacts: [artifact], ["failures": [failure], "usage": ["tokens": 12.5], "warnings": ["full"]])
    let json = try run.json()
    #expect(try JSONSchema("run.schema.json").problems(in: json) == [])
    let file = runs.store.folder.appending(path: "\(runs.id(1))/run.json")
    let written = try JSONDecoder().decode(JSONValue.self, from: Data(contentsOf: file))
    #expect(try JSONDecoder().decode(JSONValue.self, from: json) == written)
    #expect(run.failures.first?.parent == "b")
  }

  private func path(of entry: QuarantineEntry) -> String {
    quarantine.folder.appending(path: "\(entry.pipeline)/\(entry.id).json").path
  }
}
