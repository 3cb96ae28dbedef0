import Foundation
import TestSupport
import Testing

/// `twin vectors`, on sound stores, damaged ones, and those that a killed process left.
@Suite struct VectorsCommandTests {
  private static let notes = packageRoot.appending(path: "data/sample/notes").path

  /// A configuration whose store has the sample notes.
  private func filled() async throws -> SampleRun {
    let sample = try SampleRun(sources: [Self.notes])
    #expect(try await sample.twin("etl").status == 0)
    let features = try await sample.twin("features")
    #expect(features.status == 0, "\(features)")
    return sample
  }

  /// The same with many short articles, so that there is time to kill what works on them.
  private func filledWithMany(_ count: Int) async throws -> SampleRun {
    let sample = try SampleRun(sources: [Self.notes])
    let rows = (1...count).map { number in
      let id = String(repeating: "0", count: 12 - String(number).count) + String(number)
      return #"{"_id":"0e6f0b5f-6c3e-4bd4-9b1a-\#(id)","content":{"Content":"Text \#(number) of many."},"#
        + #""platform":"x","link":"https://ada.example/\#(number)","#
        + #""author_id":"eff74089-0271-4319-8543-745c087f4f61","author_full_name":"Ada Example"}"#
    }
    let path = try sample.folder.write(rows.joined(separator: "\n"), to: "articles.jsonl")
    #expect(try await sample.twin("warehouse", "import", path).status == 0)
    let features = try await sample.twin("features")
    #expect(features.status == 0, "\(features)")
    return sample
  }

  /// Changes a store behind twin's back.
  private func execute(_ sql: String, in sample: SampleRun) async throws {
    let script = "import sqlite3, sys\nwith sqlite3.connect(sys.argv[1]) as database: database.execute(sys.argv[2])"
    let result = try await run(testPython, ["-c", script, sample.folder.path("data/twin.sqlite"), sql])
    #expect(result.status == 0, "\(result)")
  }

  private func object(_ result: CommandResult) throws -> [String: Any] {
    try #require(try result.json() as? [String: Any], "\(result)")
  }

  /// Kills a command after some time.
  private func kill(_ arguments: [String], after milliseconds: Int) async throws {
    let process = try ChildProcess(
      twinExecutable, arguments, environment: bareEnvironment, error: FileHandle.nullDevice)
    try await Task.sleep(for: .milliseconds(milliseconds))
    process.send(SIGKILL)
    process.wait()
  }

  @Test func `twins that share a store have a prefix each`() async throws {
    let sample = try await filled()
    let prefix = "vectors.prefix=other_"
    let before = try await sample.twin("vectors", "stats", "--set", prefix)
    #expect(before.status == 0 && before.output.contains("empty"), "\(before)")
    #expect(try await sample.twin("features", "--set", prefix).status == 0)
    let after = try await sample.twin("vectors", "stats", "--set", prefix)
    #expect(after.output.contains("other_embedded_articles"), "\(after)")
    #expect(try await sample.twin("vectors", "drop", "--yes", "--set", prefix).status == 0)
    let own = try await sample.twin("vectors", "stats")
    #expect(own.output.contains("Ada Example 3") && !own.output.contains("other_"), "\(own)")
    let wrong = try await sample.twin("vectors", "stats", "--set", "vectors.prefix=a b")
    #expect(wrong.status == 2, "\(wrong)")
  }

  @Test func `stats counts what is there`() async throws {
    let sample = try await filled()
    let stats = try await sample.twin("vectors", "stats")
    #expect(stats.status == 0 && stats.output.contains("embedded_articles"), "\(stats)")
    #expect(stats.output.contains("hash, 384") && stats.output.contains("Ada Example 3"), "\(stats)")
    let statistics = try object(try await sample.twin("vectors", "--json"))
    let collections = try #require(statistics["collections"] as? [[String: Any]])
    #expect(collections.count == 6)
    let cleaned = try #require(collections.first { $0["name"] as? String == "cleaned_articles" })
    #expect(cleaned["kind"] as? String == "cleaned" && cleaned["count"] as? Int == 3)
    #expect(cleaned["incomplete"] as? Int == 0)
  }

  @Test func `a store that is not there is neither made nor looked into`() async throws {
    let sample = try SampleRun(sources: [Self.notes])
    for command in ["stats", "verify", "drop", "migrate"] {
      let result = try await sample.twin("vectors", command)
      #expect(result.status == 1 && result.error.contains("there is no vector store at"), "\(result)")
    }
    #expect(!FileManager.default.fileExists(atPath: sample.folder.path("data/twin.sqlite")))
  }

  @Test func `verify finds what is wrong, and mends it together with the next run`() async throws {
    let sample = try await filled()
    let sound = try await sample.twin("vectors", "verify")
    #expect(sound.status == 0 && sound.output.contains(": sound (3 documents"), "\(sound)")
    #expect(sound.output.contains("has the same documents"), "\(sound)")

    try await execute(
      "DELETE FROM vector_documents WHERE id = (SELECT min(id) FROM vector_documents)", in: sample)
    try await execute(
      """
      DELETE FROM vector_chunks WHERE source IN (
        SELECT key FROM vector_sources WHERE document_id = (SELECT max(id) FROM vector_documents))
      """, in: sample)
    let found = try await sample.twin("vectors", "verify", "--json")
    let store = try #require(try object(found)["store"] as? [String: Any])
    #expect(found.status == 1 && store["mended"] as? Bool == false, "\(found)")
    #expect((store["chunks_without_document"] as? [String])?.isEmpty == false)
    #expect((store["documents_without_chunks"] as? [String])?.count == 1)
    let warehouse = try #require(try object(found)["warehouse"] as? [String: Any])
    #expect((warehouse["missing"] as? [String: Any])?["count"] as? Int == 1)

    let mended = try await sample.twin("vectors", "verify", "--mend")
    #expect(mended.status == 3 && mended.output.contains("makes them again"), "\(mended)")
    let left = try await sample.twin("vectors", "verify")
    #expect(left.status == 3 && left.output.contains("1 interrupted documents"), "\(left)")
    #expect(try await sample.twin("features").status == 0)
    let after = try await sample.twin("vectors", "verify")
    #expect(after.status == 0 && after.output.contains(": sound (3 documents"), "\(after)")
  }

  @Test func `verify needs no warehouse`() async throws {
    let sample = try await filled()
    let result = try await sample.twin("vectors", "verify", "--set", "warehouse=sqlite:gone.sqlite")
    #expect(result.status == 0 && result.output.contains("not compared with the warehouse"), "\(result)")
    #expect(!FileManager.default.fileExists(atPath: sample.folder.path("gone.sqlite")))
  }

  @Test func `a copy needs no configuration, and is verified`() async throws {
    let sample = try await filled()
    let (from, to) = (sample.folder.path("data/twin.sqlite"), sample.folder.path("copy.sqlite"))
    let arguments = ["vectors", "copy", "--from", "sqlite:\(from)", "--to", "sqlite:\(to)"]
    let copied = try await twin(arguments + ["--json"])
    #expect(copied.status == 0, "\(copied)")
    let categories = try #require(try object(copied)["categories"] as? [[String: Any]])
    #expect(categories.count == 3)
    for category in categories {
      for kind in ["documents", "chunks"] {
        let verification = try #require(category[kind] as? [String: Any])
        #expect(verification["source_sha256"] as? String == verification["target_sha256"] as? String)
      }
      #expect(category["largest_vector_difference"] as? Double == 0)
    }
    let again = try await twin(arguments)
    #expect(again.status == 0 && again.output.contains("the same"), "\(again)")
    let itself = try await twin(["vectors", "copy", "--from", "sqlite:\(from)", "--to", "sqlite:\(from)"])
    #expect(itself.status == 2, "\(itself)")
    let missing = try await twin(["vectors", "copy", "--from", "sqlite:\(from)x", "--to", "sqlite:\(to)"])
    #expect(missing.status == 1 && !FileManager.default.fileExists(atPath: from + "x"), "\(missing)")
    let unknown = try await twin(["vectors", "copy", "--from", "milvus:x", "--to", "sqlite:\(to)"])
    #expect(unknown.status == 2, "\(unknown)")
    let keyless = try await twin(
      [
        "vectors", "copy", "--from", "sqlite:\(from)", "--to", "http://127.0.0.1:1", "--to-key-variable",
        "NOBODY_SETS_THIS",
      ])
    #expect(keyless.status == 2 && keyless.error.contains("NOBODY_SETS_THIS"), "\(keyless)")
    // The copy is a store like any other.
    let verified = try await sample.twin("vectors", "verify", "--set", "vectors=sqlite:\(to)")
    #expect(verified.status == 0 && verified.output.contains("has the same documents"), "\(verified)")
    #expect(try await sample.twin("features", "--set", "vectors=sqlite:\(to)", "--json").status == 0)
  }

  @Test func `a copy that is killed is completed by the next one`() async throws {
    let sample = try await filledWithMany(1500)
    let (from, to) = (sample.folder.path("data/twin.sqlite"), sample.folder.path("copy.sqlite"))
    let arguments = ["vectors", "copy", "--from", "sqlite:\(from)", "--to", "sqlite:\(to)"]
    for delay in [60, 120, 200, 300] { try await kill(arguments, after: delay) }
    let copied = try await twin(arguments + ["--json"])
    #expect(copied.status == 0, "\(copied)")
    let verified = try await sample.twin("vectors", "verify", "--set", "vectors=sqlite:\(to)")
    #expect(verified.status == 0 && verified.output.contains("sound (1500 documents, 1500 chunks)"), "\(verified)")
  }

  @Test func `a migration that is killed leaves searches as they were, and goes on`() async throws {
    let sample = try await filledWithMany(1500)
    let unneeded = try await sample.twin("vectors", "migrate", "-v")
    #expect(unneeded.status == 0 && unneeded.output.contains("nothing to do"), "\(unneeded)")
    // As if another model had made the vectors.
    try await execute("UPDATE vector_spaces SET model_name = 'older', model_digest = 'older'", in: sample)
    let arguments = ["vectors", "migrate", "--config", sample.config]
    for delay in [150, 300, 450] {
      try await kill(arguments, after: delay)
      let found = try await sample.twin("search", "text of many", "--mode", "keyword", "--json")
      #expect(found.status == 0 && found.output.split(separator: "\n").count == 5, "\(delay): \(found)")
    }
    let stats = try await sample.twin("vectors", "stats")
    let migrated = try await sample.twin("vectors", "migrate")
    #expect(migrated.status == 0, "\(migrated)")
    #expect(migrated.output.contains("no longer those of older") || !stats.output.contains("older"), "\(migrated)")
    let verified = try await sample.twin("vectors", "verify")
    #expect(verified.status == 0 && verified.output.contains("sound (1500 documents, 1500 chunks)"), "\(verified)")
    let search = try await sample.twin("search", "text of many", "--json")
    #expect(search.status == 0 && search.output.split(separator: "\n").count == 5, "\(search)")
    let quiet = try await sample.twin("vectors", "migrate")
    #expect(quiet.status == 0 && quiet.output.isEmpty && quiet.error.isEmpty, "\(quiet)")
  }

  @Test func `a change of the model under way is shown, and given up alone`() async throws {
    let sample = try await filled()
    try await execute("UPDATE vector_spaces SET model_name = 'older', model_digest = 'older'", in: sample)
    // It stops where it stores what it made.
    try await execute(
      "CREATE TRIGGER stopped BEFORE INSERT ON vector_chunks BEGIN SELECT RAISE(ABORT, 'out of order'); END",
      in: sample)
    let stopped = try await sample.twin("vectors", "migrate")
    #expect(stopped.status == 3 && stopped.output.contains("out of order"), "\(stopped)")
    try await execute("DROP TRIGGER stopped", in: sample)
    let statistics = try object(try await sample.twin("vectors", "stats", "--json"))
    #expect(statistics["pending"] != nil, "\(statistics)")
    let stats = try await sample.twin("vectors", "stats")
    #expect(stats.output.contains("being changed to hash"), "\(stats)")
    let dropped = try await sample.twin("vectors", "drop", "--pending", "--yes")
    #expect(dropped.status == 0 && dropped.output.contains("the change to hash"), "\(dropped)")
    let none = try await sample.twin("vectors", "drop", "--pending")
    #expect(none.status == 0 && none.output.contains("no change of the model"), "\(none)")
    let after = try await sample.twin("vectors", "stats")
    #expect(after.output.contains("older, 384") && after.output.contains("Ada Example 3"), "\(after)")
  }

  @Test func `drop asks first, and drops what it says`() async throws {
    let sample = try await filled()
    let unasked = try await sample.twin("vectors", "drop")
    #expect(unasked.status == 2 && unasked.error.contains("--yes"), "\(unasked)")
    #expect(try await sample.twin("vectors", "drop", "--pending", "--category", "posts").status == 2)
    let articles = try await sample.twin("vectors", "drop", "--category", "articles", "--yes")
    #expect(articles.status == 0 && articles.output.contains("cleaned_articles"), "\(articles)")
    let stats = try object(try await sample.twin("vectors", "stats", "--json"))
    let collections = try #require(stats["collections"] as? [[String: Any]])
    #expect(collections.count == 6 && collections.allSatisfy { $0["count"] as? Int == 0 })
    #expect(try await sample.twin("features").output.contains("3 embedded"))
    let all = try await sample.twin("vectors", "drop", "--yes", "--json")
    #expect(try object(all)["collections"] != nil)
    let nothing = try await sample.twin("vectors", "drop")
    #expect(nothing.status == 0 && nothing.output.contains("nothing is there"), "\(nothing)")
    #expect(try await sample.twin("vectors").output.contains("empty"))
  }

  @Test(arguments: [["stats"], ["verify"], ["copy"], ["drop"], ["migrate"]])
  func `every command explains itself with an example`(command: [String]) async throws {
    let help = try await twin(["vectors"] + command + ["--help"])
    #expect(help.status == 0 && help.output.contains("EXAMPLE"), "\(help)")
  }
}
