import Foundation
import TestSupport
import Testing

/// The three commands on the sample author, with the embedded stores and no server.
@Suite struct MainJobTests {
  @Test func `etl, features, dataset and search go end to end, and a second run changes nothing`() async throws {
    let sample = try SampleRun()
    let etl = try await sample.twin("etl", "--json")
    #expect(etl.status == 0, "\(etl)")
    let summary = try #require(try etl.json() as? [String: Any])
    #expect(summary["status"] as? String == "succeeded")
    #expect(summary["pipeline"] as? String == "etl")
    #expect((summary["failures"] as? [Any])?.isEmpty == true)

    let features = try await sample.twin("features")
    #expect(features.status == 0, "\(features)")
    let dataset = try await sample.twin("dataset")
    #expect(dataset.status == 0, "\(dataset)")

    let search = try await sample.twin("search", "what happens when a job runs twice?", "--json", "--limit", "3")
    #expect(search.status == 0, "\(search)")
    let hits = search.output.split(separator: "\n")
    #expect(hits.count == 3)
    for key in ["id", "score", "text", "category", "author", "link", "document_id", "start", "end"] {
      #expect(hits.allSatisfy { $0.contains("\"\(key)\":") }, "\(key)")
    }

    for command in ["etl", "features", "dataset"] {
      let again = try await sample.twin(command, "--json")
      #expect(again.status == 0, "\(again)")
      #expect(again.output.contains("\"status\" : \"unchanged\""), "\(again)")
      let silent = try await sample.twin(command)
      #expect(silent.output.isEmpty && silent.error.isEmpty, "\(silent)")
    }
  }

  @Test func `the pairs are the author's own words, apart by document, and lead back to their place`() async throws {
    let sample = try SampleRun()
    let run = try await sample.twin("run")
    #expect(run.status == 0, "\(run)")
    let train = try sample.lines("datasets/instruction/alpaca.train.jsonl")
    let test = try sample.lines("datasets/instruction/alpaca.test.jsonl")
    #expect(train.count > 20)
    #expect(!test.isEmpty)
    let provenance = try sample.lines("datasets/instruction/provenance.jsonl")
    #expect(provenance.count == train.count + test.count)
    var splits: [String: Set<String>] = [:]
    for line in provenance {
      let row = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
      let split = try #require(row["split"] as? String)
      splits[try #require(row["document_id"] as? String), default: []].insert(split)
    }
    #expect(splits.values.allSatisfy { $0.count == 1 })
    #expect(Set(splits.values.flatMap { $0 }) == ["train", "test"])
  }

  @Test func `only what changed is done again, and what is gone is deleted`() async throws {
    let notes = try TemporaryFolder()
    for name in ["one", "two", "three"] {
      try notes.write(
        "# Note \(name)\n\nThis is what I think about number \(name), at some length.\n", to: "\(name).md")
    }
    let sample = try SampleRun(sources: [notes.url.path])
    #expect(try await sample.twin("run").status == 0)
    try notes.write("# Note two\n\nI changed my mind about number two.\n", to: "two.md")
    try FileManager.default.removeItem(atPath: notes.path("three.md"))

    let etl = try #require(try await sample.twin("etl", "--json").json() as? [String: Any])
    #expect(try counts(etl, "crawledSources") == ["computed": 1, "cached": 1, "deleted": 1])
    let features = try #require(try await sample.twin("features", "--json").json() as? [String: Any])
    #expect(try counts(features, "loadedDocuments")["computed"] == 1)
    #expect(try counts(features, "documentChanges") == ["computed": 1, "cached": 1, "deleted": 0])
    let hits = try await sample.twin("search", "number three", "--mode", "keyword", "--json")
    #expect(!hits.output.contains("three.md"), "\(hits)")
    let changed = try await sample.twin("search", "changed my mind", "--mode", "keyword", "--json", "--limit", "1")
    #expect(changed.output.contains("two.md"), "\(changed)")
  }

  @Test func `a stored document that cannot be read is set aside, and its features stay`() async throws {
    let sample = try SampleRun(sources: [packageRoot.appending(path: "data/sample/notes").path])
    #expect(try await sample.twin("run").status == 0)
    let damage = try await run(
      testPython,
      [
        "-c",
        """
        import json, sqlite3, sys
        database = sqlite3.connect(sys.argv[1])
        name, text = database.execute("select rowid, document from articles where document like '%cron%'").fetchone()
        document = json.loads(text)
        document["content"] = 7
        database.execute("update articles set document = ? where rowid = ?", (json.dumps(document), name))
        database.commit()
        """, sample.folder.path("data/twin.sqlite"),
      ])
    try #require(damage.status == 0, "\(damage)")
    let features = try await sample.twin("features")
    #expect(features.status == 3, "\(features)")
    #expect(features.output.contains("content"), "\(features)")
    let hits = try await sample.twin("search", "spread the minutes of cron", "--mode", "keyword", "--json")
    #expect(hits.output.contains("cron-habits.md"), "\(hits)")
  }

  private func counts(_ summary: [String: Any], _ step: String) throws -> [String: Int] {
    let steps = try #require(summary["steps"] as? [[String: Any]])
    let items = try #require(steps.first { $0["name"] as? String == step }?["items"] as? [String: Int])
    return items.filter { ["computed", "cached", "deleted"].contains($0.key) }
  }
}
