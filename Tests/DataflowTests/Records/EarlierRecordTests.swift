import Dataflow
import Foundation
import TestSupport
import Testing

@Suite struct EarlierRecordTests {
  /// A record as the first version of the shape had it.
  static let first = """
    {"artifacts": [{"bytes": 22, "count": 1, "id": "3d156891-e14d-40c2-a390-a896744e57d6", "metadata": {"mean": 1.5},
      "name": "chunks", "pipeline": "features", "run_id": "01990000-0001-7000-8000-000000000000",
      "sha256": "3d156891e14d20c2e390a896744e57d69751a209cc187e572afe2b187503d278", "type": "[Chunk]",
      "uri": "file:///runs/chunks.json", "version": 3}],
     "configuration": {"chunking": {"size": 256}}, "ended": "2026-01-02T03:04:06.500Z",
     "environment": {"os": "Linux", "swift": "6.3"},
     "failures": [{"attempts": 2, "error": "gone", "item": null, "step": "crawl"}],
     "inputs": {"authors": ["Ada"]}, "pipeline": "features", "requested": ["chunks"],
     "run_id": "01990000-0001-7000-8000-000000000000", "schema_version": 1, "seconds": 1.5,
     "started": "2026-01-02T03:04:05.000Z", "status": "partial",
     "steps": [{"items": {"cached": 0, "computed": 1, "deleted": 0, "failed": 0, "in": 1, "out": 1}, "name": "chunks",
      "seconds": 0.2, "status": "computed"}]}
    """

  @Test func `records of the first version are read, with nothing in the fields that they lack`() throws {
    let folder = try TemporaryFolder()
    try folder.write(Self.first, to: "01990000-0001-7000-8000-000000000000/run.json")
    let run = try RunStore(folder.url).load("01990000")
    #expect(run.schemaVersion == 1)
    #expect(run.status == .partial)
    #expect(run.failures == [Failure(step: "crawl", item: nil, error: "gone", attempts: 2)])
    #expect(run.usage.isEmpty && run.warnings.isEmpty)
    let step = try #require(run.steps.first)
    #expect(step.items == ItemCounts(in: 1, out: 1, computed: 1))
    #expect(step.needs.isEmpty && step.metadata.isEmpty && step.usage.isEmpty && step.warnings.isEmpty)
    #expect(step.key == nil && step.code == nil && step.started == nil && step.retries == 0)
    let artifact = try #require(run.artifacts.first)
    #expect(artifact.version == 3)
    #expect(artifact.metadata == ["mean": 1.5])
    #expect(artifact.inputs.isEmpty && !artifact.isStored && !artifact.isItemized && artifact.created == nil)
  }

  @Test func `words that JSON writers use for numbers stay words`() throws {
    let runs = try RecordedRuns()
    let run = try runs.add(1, ["configuration": ["name": "nan", "other": "infinity"], "usage": ["tokens": "nan"]])
    #expect(run.configuration == ["name": "nan", "other": "infinity"])
    #expect(run.usage["tokens"]?.isNaN == true)
  }
}
