import Foundation
import TestSupport
import Testing

/// Passages that say the same, from the sources to what searches show.
@Suite struct DuplicatesTests {
  private static let harbour =
    "The harbour master keeps the tide tables in a drawer, under the charts that nobody has opened since the new buoys "
    + "were laid, and reads them aloud every morning before the first pilot leaves, so that whoever is late knows how "
    + "much water there is over the bar and how long it will stay there."
  private static let bread =
    "A loaf of rye bread keeps a week when it is wrapped in linen and stands on its cut side, away from the stove and "
    + "from the window, and tastes best on the third day, when the crust has given some of its bitterness to the crumb "
    + "and the caraway has gone the other way, as my grandmother used to say when we asked for the new one."

  private func filled() async throws -> SampleRun {
    let folder = try TemporaryFolder()
    for (name, text) in [
      ("first", Self.harbour), ("same", Self.harbour), ("other", Self.bread),
      ("nearly", Self.bread.replacing("used to say", with: "always said")),
    ] {
      try folder.write(text + "\n", to: "\(name).md")
    }
    let sample = try SampleRun(sources: [folder.url.path])
    let etl = try await sample.twin("etl")
    #expect(etl.status == 0, "\(etl)")
    return sample
  }

  private func hits(_ result: CommandResult) throws -> [[String: Any]] {
    #expect(result.status == 0, "\(result)")
    return try result.output.split(separator: "\n").map {
      try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
    }
  }

  @Test func `they are linked and counted by the run that loads them, and left out of hits unless asked for`()
    async throws
  {
    let sample = try await filled()
    let features = try await sample.twin("features")
    #expect(features.status == 0, "\(features)")
    #expect(features.output.contains("duplicates: 1 exact, 1 near; searches leave them out"), "\(features)")

    let statistics = try #require(
      try (try await sample.twin("vectors", "stats", "--json")).json() as? [String: Any])
    let collections = try #require(statistics["collections"] as? [[String: Any]])
    let chunks = try #require(collections.first { $0["name"] as? String == "embedded_articles" })
    #expect(chunks["duplicates"] as? Int == 2 && chunks["unlinked"] as? Int == 0 && chunks["count"] as? Int == 4)
    let stats = try await sample.twin("vectors")
    let lines = stats.output.split(separator: "\n").map(String.init)
    let header = try #require(lines.first { $0.contains("DUPLICATES") }, "\(stats)")
    let row = try #require(lines.first { $0.hasPrefix("embedded_articles") }, "\(stats)")
    let column = try #require(header.range(of: "DUPLICATES"))
    let offset = header.distance(from: header.startIndex, to: column.lowerBound)
    #expect(row.dropFirst(offset).prefix("DUPLICATES".count).contains("2"), "\(stats)")

    for mode in ["keyword", "dense", "hybrid"] {
      let arguments = ["harbour tide tables, rye bread", "--mode", mode, "--json", "--limit", "9"]
      let once = try hits(try await twin(["search"] + arguments + ["--config", sample.config]))
      #expect(once.count == 2 && once.allSatisfy { $0["duplicate_of"] == nil }, "\(mode): \(once)")
      let all = try hits(try await twin(["search"] + arguments + ["--duplicates", "--config", sample.config]))
      #expect(all.count == 4, "\(mode): \(all)")
      let shown = Set(once.compactMap { $0["id"] as? String })
      let originals = all.compactMap { $0["duplicate_of"] as? String }
      #expect(originals.count == 2 && Set(originals) == shown, "\(mode): \(all)")
      for word in ["harbour", "bread"] {
        #expect(once.count { ($0["text"] as? String)?.contains(word) == true } == 1, "\(mode): \(once)")
      }
    }
  }

  @Test func `the summary for machines has them, and a run without changes compares nothing`() async throws {
    let sample = try await filled()
    func duplicates(_ result: CommandResult) throws -> [String: Int] {
      #expect(result.status == 0, "\(result)")
      let summary = try #require(try result.json() as? [String: Any])
      let artifacts = try #require(summary["artifacts"] as? [[String: Any]])
      let features = try #require(artifacts.first { $0["name"] as? String == "featureSummary" })
      return try #require((features["metadata"] as? [String: Any])?["duplicates"] as? [String: Int], "\(result)")
    }
    #expect(
      try duplicates(try await sample.twin("features", "--json")) == ["checked": 4, "exact": 1, "near": 1])
    #expect(
      try duplicates(try await sample.twin("features", "--json")) == ["checked": 0, "exact": 0, "near": 0])
  }
}
