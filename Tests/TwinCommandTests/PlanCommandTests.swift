import Foundation
import TestSupport
import Testing

/// `twin plan` and `--dry-run`, which change nothing.
@Suite struct PlanCommandTests {
  @Test func `a plan says in words what a run would do, and does nothing`() async throws {
    let notes = try TemporaryFolder()
    for name in ["one", "two", "three"] {
      try notes.write("# Note \(name)\n\nThis is what I think about number \(name), at length.\n", to: "\(name).md")
    }
    let sample = try SampleRun(sources: [notes.url.path])
    #expect(try await sample.twin("run").status == 0)
    func runs() async throws -> Int {
      try #require(try await sample.twin("runs", "list", "--json").json() as? [Any]).count
    }
    let before = try await runs()
    let unchanged = try await sample.twin("plan", "features")
    #expect(unchanged.status == 0, "\(unchanged)")
    #expect(unchanged.output.hasPrefix("features: nothing would be done"), "\(unchanged)")

    try notes.write("# Note two\n\nI changed my mind about number two.\n", to: "two.md")
    try FileManager.default.removeItem(atPath: notes.path("three.md"))
    #expect(try await sample.twin("etl").status == 0)
    let dry = try await sample.twin("features", "--dry-run")
    #expect(dry.status == 0, "\(dry)")
    #expect(dry.output.contains("1 document would be"), "\(dry)")
    #expect(dry.output.contains("1 would be deleted"), "\(dry)")
    #expect(try await runs() == before + 1)
    let hits = try await sample.twin("search", "number three", "--mode", "keyword", "--json")
    #expect(hits.output.contains("three.md"), "\(hits)")
    #expect(try await sample.twin("features").status == 0)
    let after = try await sample.twin("plan", "features")
    #expect(after.output.hasPrefix("features: nothing would be done"), "\(after)")
  }

  @Test func `the JSON has each step with its action`() async throws {
    let sample = try SampleRun(sources: [packageRoot.appending(path: "data/sample/notes").path])
    #expect(try await sample.twin("etl").status == 0)
    let plan = try #require(try await sample.twin("plan", "features", "--json").json() as? [String: Any])
    #expect(plan["pipeline"] as? String == "features")
    let steps = try #require(plan["steps"] as? [[String: Any]])
    let actions = ["reads", "cached", "run", "act", "unknown"]
    #expect(!steps.isEmpty && steps.allSatisfy { actions.contains($0["action"] as? String ?? "") })
    let anew = try #require(
      try await sample.twin("features", "--no-cache", "--dry-run", "--json").json() as? [String: Any])
    let reasons = try #require(anew["steps"] as? [[String: Any]]).filter { $0["action"] as? String == "run" }
      .map { $0["reason"] as? String }
    #expect(!reasons.isEmpty && reasons.allSatisfy { $0 == "the cache is not used" }, "\(reasons)")
    let all = try await sample.twin("run", "--dry-run", "--json")
    #expect((try all.json() as? [Any])?.count == 3, "\(all)")
    let wrong = try await sample.twin("plan", "dataste")
    #expect(wrong.status == 2 && wrong.error.contains("did you mean `dataset`"), "\(wrong)")
  }
}
