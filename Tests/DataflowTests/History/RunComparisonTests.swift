import Dataflow
import Foundation
import TestSupport
import Testing

@Suite struct RunComparisonTests {
  let runs: RecordedRuns

  init() throws { runs = try RecordedRuns() }

  @Test func `runs that differ in their times and processes only do not differ`() throws {
    let steps = [step("chunks")]
    let first = try runs.add(1, steps: steps, ["environment": ["os": "Linux", "process": "1"]])
    let second = try runs.add(
      2, steps: [step("chunks", "computed", ["seconds": 9])],
      ["environment": ["os": "Linux", "process": "2"], "seconds": 10])
    let comparison = RunComparison(first, second)
    #expect(comparison.isEmpty)
    #expect(comparison.steps == [ValueChange(path: "chunks.seconds", before: 1, after: 9)])
    #expect(comparison.description.hasSuffix("run\n  seconds: 2 -> 10\nsteps\n  chunks.seconds: 1 -> 9"))
    #expect(RunComparison(first, first).description.hasSuffix("nothing differs"))
  }

  @Test func `each part of a run is compared by its paths`() throws {
    let first = try runs.add(
      1, steps: [step("chunks", "computed", ["code": "source:aa", "usage": ["tokens": 10], "metadata": ["mean": 1]])],
      artifacts: [artifact("chunks", letter: "a", ["count": 4])],
      [
        "configuration": ["chunking": ["size": 256, "overlap": 32], "sources": ["b"], "old": true],
        "inputs": ["authors": ["Ada"]], "usage": ["tokens": 10],
        "failures": [failure("crawl", "https://a"), failure("crawl", "https://b")],
      ])
    let second = try runs.add(
      2,
      steps: [
        step("chunks", "cached", ["code": "source:bb", "usage": ["tokens": 5], "metadata": ["mean": 2]]),
        step("points", "computed", ["code": "source:cc"]),
      ],
      artifacts: [artifact("chunks", version: 2, letter: "b", ["count": 5])],
      [
        "status": "partial", "configuration": ["chunking": ["size": 512, "overlap": 32], "sources": ["a", "b"]],
        "inputs": ["authors": ["Bob"]], "usage": ["tokens": 5],
        "environment": ["os": "Linux", "swift": "6.4"],
        "failures": [failure("crawl", "https://b"), failure("load", nil)],
      ])
    let comparison = RunComparison(first, second)
    #expect(!comparison.isEmpty)
    #expect(comparison.run.map(\.path) == ["status"])
    #expect(
      comparison.configuration == [
        ValueChange(path: "chunking.size", before: 256, after: 512),
        ValueChange(path: "old", before: true, after: nil),
        ValueChange(path: "sources[]", before: nil, after: "a"),
      ])
    #expect(comparison.inputs == [ValueChange(path: "authors[0]", before: "Ada", after: "Bob")])
    #expect(
      comparison.code == [
        ValueChange(path: "chunks", before: "source:aa", after: "source:bb"),
        ValueChange(path: "points", before: nil, after: "source:cc"),
      ])
    #expect(comparison.environment.map(\.description) == ["swift: 6.3 -> 6.4"])
    #expect(comparison.steps.map(\.path) == ["chunks.status", "chunks.usage.tokens", "points"])
    #expect(comparison.artifacts.map(\.path) == ["chunks.count", "chunks.sha256", "chunks.version"])
    #expect(comparison.metadata == [ValueChange(path: "chunks.mean", before: 1, after: 2)])
    #expect(comparison.usage == [ValueChange(path: "tokens", before: 10, after: 5)])
    #expect(comparison.newFailures.map(\.step) == ["load"])
    #expect(comparison.goneFailures.map(\.item) == ["https://a"])
    let text = comparison.description
    #expect(text.contains("configuration\n  chunking.size: 256 -> 512\n  old: true is gone\n  sources[]: a is new\n"))
    #expect(text.hasSuffix("failures\n  new: load: it is gone\n  gone: crawl https://a: it is gone"))
  }

  @Test func `a comparison is JSON that reads back as it was`() throws {
    let first = try runs.add(1, ["configuration": ["a": .null, "c": [1, 2]]])
    let second = try runs.add(2, ["configuration": ["a": 1, "b": .null, "c": [1]]])
    let comparison = RunComparison(first, second)
    #expect(comparison.configuration.map(\.description) == ["a: null -> 1", "b: null is new", "c[]: 2 is gone"])
    let data = try JSONEncoder().encode(comparison)
    #expect(try JSONDecoder().decode(RunComparison.self, from: data) == comparison)
    let json = try JSONDecoder().decode(JSONValue.self, from: data)
    #expect(json["new_failures"] == [])
  }

  @Test func `a run of the first version is compared by what its artifacts noted`() throws {
    let first = try runs.add(
      1, steps: [step("chunks")], artifacts: [artifact("chunks", ["metadata": ["mean": 1]])], ["schema_version": 1])
    let second = try runs.add(
      2, steps: [step("chunks", "computed", ["metadata": ["mean": 1]])],
      artifacts: [artifact("chunks", ["metadata": ["mean": 1]])])
    #expect(RunComparison(first, second).isEmpty)
  }

  private func failure(_ step: String, _ item: String?) -> JSONValue {
    ["step": .string(step), "item": item.map { .string($0) } ?? .null, "error": "it is gone", "attempts": 1]
  }
}
