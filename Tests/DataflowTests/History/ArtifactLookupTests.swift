import Dataflow
import Foundation
import TestSupport
import Testing

@Suite struct ArtifactLookupTests {
  let runs: RecordedRuns

  init() throws {
    runs = try RecordedRuns()
    try runs.add(
      1, artifacts: [artifact("documents", letter: "1"), artifact("chunks", letter: "2", inputs: ["documents": "1"])])
    try runs.add(
      2, artifacts: [artifact("documents", letter: "1"), artifact("chunks", letter: "2", inputs: ["documents": "1"])])
    try runs.add(
      3,
      artifacts: [
        artifact("chunks", version: 2, letter: "3", inputs: ["documents": "1"]),
        artifact("points", letter: "4", inputs: ["chunks": "3", "documents": "1"]),
      ])
    try runs.add(4, pipeline: "etl", artifacts: [artifact("report", letter: "5"), artifact("points", letter: "6")])
  }

  func label(_ artifact: ArtifactRecord) -> String { "\(artifact.name)@\(artifact.version)" }

  @Test func `each version is listed once, as the newest run has it`() throws {
    #expect(runs.store.artifacts(name: "chunks").map(label) == ["chunks@2", "chunks@1"])
    #expect(runs.store.artifacts(name: "chunks").map(\.runID) == [runs.id(3), runs.id(2)])
    #expect(
      runs.store.artifacts(pipeline: "features").map(label) == ["chunks@2", "points@1", "chunks@1", "documents@1"])
    #expect(runs.store.artifacts(pipeline: "other").isEmpty)
  }

  @Test func `an artifact is found by name, by version and by the beginning of its id`() throws {
    func find(_ text: String) throws -> String { label(try runs.store.artifact(named: text)) }
    #expect(try find("chunks") == "chunks@2")
    #expect(try find("chunks@1") == "chunks@1")
    #expect(try find("2222") == "chunks@1")
    #expect(try find(artifactID("3").uppercased()) == "chunks@2")
    #expect(try runs.store.artifact(named: "points", pipeline: "etl").runID == runs.id(4))
  }

  @Test func `what fits several or none is an error that helps`() throws {
    try runs.add(5, artifacts: [artifact("other", letter: "2", ["id": "22223333-0000-4000-8000-000000000000"])])
    func problem(_ text: String) -> String {
      do {
        return "found \(label(try runs.store.artifact(named: text)))"
      } catch {
        return "\(error)"
      }
    }
    #expect(problem("points").hasPrefix("'points' fits 2 artifacts: that of pipeline etl, that of pipeline features;"))
    #expect(problem("2222").hasPrefix("'2222' fits 2 artifacts: 22222222-2222-4222-8222-222222222222, 22223333-"))
    #expect(problem("chunk").hasSuffix("did you mean 'chunks'?"))
    #expect(problem("chunks@9").hasPrefix("there is no artifact 'chunks@9' in "))
    #expect(problem("").hasPrefix("there is no artifact ''"))
  }

  @Test func `an artifact leads back to all that it was made from`() throws {
    let points = try runs.store.artifact(named: "points", pipeline: "features")
    #expect(runs.store.producers(of: points).map(label) == ["chunks@2", "documents@1"])
    #expect(runs.store.producers(of: try runs.store.artifact(named: "documents")).isEmpty)
    try FileManager.default.removeItem(at: runs.store.folder.appending(path: runs.id(2)))
    try FileManager.default.removeItem(at: runs.store.folder.appending(path: runs.id(1)))
    #expect(runs.store.producers(of: points).map(label) == ["chunks@2"])
  }

  @Test func `records that lead in a circle end`() throws {
    try runs.add(
      6, artifacts: [artifact("a", letter: "7", inputs: ["b": "8"]), artifact("b", letter: "8", inputs: ["a": "7"])])
    #expect(runs.store.producers(of: try runs.store.artifact(named: "a")).map(label) == ["b@1"])
  }

  @Test func `a torn artifact is passed over`() throws {
    try runs.folder.write("{", to: "runs/\(runs.id(3))/artifacts/chunks.json")
    #expect(try label(runs.store.artifact(named: "chunks")) == "chunks@1")
  }
}
