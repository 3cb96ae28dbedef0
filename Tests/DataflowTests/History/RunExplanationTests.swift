import Dataflow
import Foundation
import TestSupport
import Testing

@Suite struct RunExplanationTests {
  let runs: RecordedRuns

  init() throws { runs = try RecordedRuns() }

  /// Why `chunks` ran in the second of two runs, which have it with these fields.
  func reasons(
    _ before: [String: JSONValue], _ after: [String: JSONValue], status: String = "computed",
    inputs: (before: JSONValue, after: JSONValue) = ([:], [:]), failures: JSONValue = []
  ) throws -> [ExplanationReason] {
    try runs.add(
      1, steps: [step("chunks", "computed", before)], ["inputs": inputs.before, "failures": failures])
    let run = try runs.add(2, steps: [step("chunks", status, after)], ["inputs": inputs.after])
    return try runs.store.explain("chunks", in: run).reasons
  }

  @Test func `what changed is named with both its values`() throws {
    let reasons = try reasons(
      [
        "key": key(
          code: "source:a1b2c3d4e5f6", inputs: ["size": "11", "gone": "22"], products: ["documents": "cafecafe0011"],
          resources: ["cleaner": "3333"])
      ],
      [
        "key": key(
          code: "source:c3d4e5f6a1b2", inputs: ["size": "12", "more": "22"], products: ["documents": "beefbeef0011"],
          resources: ["cleaner": "4444"])
      ], inputs: (["size": 256], ["size": 512]))
    #expect(
      reasons.map(\.description) == [
        "code changed: source:a1b2c3d4… -> source:c3d4e5f6…",
        "input 'gone' is gone", "input 'more' is new", "input 'size' changed: 256 -> 512",
        "product 'documents' changed (sha cafecafe… -> beefbeef…)", "resource 'cleaner' changed (3333 -> 4444)",
      ])
    #expect(reasons.map(\.kind) == [.code, .input, .input, .input, .product, .resource])
    #expect(reasons[3].name == "size" && reasons[3].before == "11" && reasons[3].after == "12")
  }

  @Test func `items that are new, changed or gone are counted`() throws {
    let reasons = try reasons(
      ["key": key(products: ["documents": "aa"]), "fan": "documents"],
      [
        "key": key(products: ["documents": "bb"]), "fan": "documents",
        "items": items(in: 900, computed: 3, cached: 897, deleted: 1),
      ])
    #expect(
      reasons.map(\.description) == [
        "product 'documents' changed (sha aa -> bb)", "3 of 900 items were new or changed",
        "1 item of earlier runs is gone",
      ])
  }

  @Test func `the same key leads to the run that had it`() throws {
    let cached = try reasons(["key": key()], ["key": key()], status: "cached")
    #expect(cached.map(\.description) == ["cached: same key as run \(runs.id(1))"])
    let older = try reasons(["key": key(code: "named:1")], ["key": key(code: "named:2")], status: "cached")
    #expect(older.map(\.description) == ["cached: an earlier run had made it from the same"])
  }

  @Test func `the same key but computed means that the result was missing`() throws {
    let reasons = try reasons(["key": key()], ["key": key()])
    #expect(reasons.map(\.kind) == [.missing])
    #expect(reasons[0].description.contains("nothing changed since run \(runs.id(1))"))
  }

  @Test func `a failure of the last time is a reason`() throws {
    let failure: JSONValue = ["step": "chunks", "item": "https://a", "error": "it is gone", "attempts": 1]
    let reasons = try reasons(["key": key()], ["key": key()], failures: [failure])
    #expect(reasons.map(\.description) == ["an item of it failed in run \(runs.id(1)): it is gone"])
  }

  @Test(
    arguments: [
      (["uncached": "it reads the clock"], "never cached: it reads the clock"),
      (["cache": "recompute"], "never cached: it was to be made anew"),
      (["cache": "disable"], "never cached: its cache is disabled"),
    ] as [([String: JSONValue], String)])
  func `a step that is never cached needs no other reason`(_ fields: [String: JSONValue], _ text: String) throws {
    let reasons = try reasons(["key": key(code: "named:1")], fields.merging(["key": key(code: "named:2")]) { $1 })
    #expect(reasons.map(\.description) == [text])
  }

  @Test func `records without keys do not pretend to know`() throws {
    #expect(try reasons([:], [:]).map(\.kind) == [.unknown])
    #expect(try reasons(["code": "named:1"], ["code": "named:2"]).map(\.kind) == [.code])
  }

  @Test func `runs of other pipelines, and those that left the step out, are no earlier runs`() throws {
    try runs.add(1, pipeline: "etl", steps: [step("chunks")])
    try runs.add(2, steps: [step("chunks", "skipped")])
    try runs.add(3, steps: [step("documents")])
    let run = try runs.add(4, steps: [step("chunks")])
    try runs.add(5, steps: [step("chunks")])
    #expect(runs.store.previous(of: run, running: "chunks") == nil)
    let explanation = try runs.store.explain("chunks", in: run)
    #expect(explanation.reasons.map(\.kind) == [.firstRun])
    #expect(explanation.description.hasPrefix("step 'chunks' ran in run \(runs.id(4)):\n  first run"))
    let next = try runs.add(6, steps: [step("chunks")])
    #expect(runs.store.previous(of: next, running: "chunks")?.runID == runs.id(5))
  }

  @Test func `a step that was left out names what it needs`() throws {
    let steps = [
      step("documents", "failed"), step("chunks", "skipped", ["needs": ["documents"]]),
      step("points", "skipped", ["needs": ["chunks"]]), step("other", "skipped"),
    ]
    let run = try runs.add(1, steps: steps)
    func text(_ step: String) throws -> [String] {
      try RunExplanation(step, in: run, against: nil).reasons.map(\.description)
    }
    #expect(try text("chunks") == ["it needs 'documents', which failed"])
    #expect(try text("points") == ["it needs 'chunks', which did not run either"])
    #expect(try text("other") == ["the run ended before its turn"])
  }

  @Test func `an unknown step is an error with the nearest name, and an explanation is JSON`() throws {
    let run = try runs.add(1, steps: [step("chunks")])
    let error = #expect(throws: DataflowError.self) { try runs.store.explain("chunk", in: run) }
    #expect(
      error?.description == "there is no step 'chunk' in run \(runs.id(1)); did you mean 'chunks'?")
    let explanation = try runs.store.explain("chunks", in: run)
    let data = try JSONEncoder().encode(explanation)
    #expect(try JSONDecoder().decode(RunExplanation.self, from: data) == explanation)
    #expect(try JSONDecoder().decode(JSONValue.self, from: data)["reasons"]?.array?[0]["kind"] == "first_run")
  }
}
