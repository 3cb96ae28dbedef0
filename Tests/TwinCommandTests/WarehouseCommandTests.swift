import Foundation
import TestSupport
import Testing

/// `twin warehouse`, on files that are good, bad and large.
@Suite struct WarehouseCommandTests {
  private func row(_ number: Int) -> String {
    let id = String(repeating: "0", count: 12 - String(number).count) + String(number)
    return #"{"_id":"0e6f0b5f-6c3e-4bd4-9b1a-\#(id)","content":{"Content":"Text \#(number)."},"platform":"x","#
      + #""link":"https://ada.example/\#(number)","author_id":"eff74089-0271-4319-8543-745c087f4f61","#
      + #""author_full_name":"Ada Example"}"#
  }

  private func reports(_ result: CommandResult) throws -> [[String: Any]] {
    try #require(try result.json() as? [[String: Any]], "\(result)")
  }

  @Test func `an import that is killed goes on where it stopped`() async throws {
    let sample = try SampleRun()
    let count = 8000
    let path = try sample.folder.write(
      (1...count).map { $0 == 7 ? "{torn" : row($0) }.joined(separator: "\n"), to: "articles.jsonl")
    let process = try ChildProcess(
      twinExecutable, ["warehouse", "import", path, "--config", sample.config], environment: bareEnvironment,
      error: FileHandle.nullDevice)
    let state = sample.folder.path("data/runs/.imports")
    while !(try files(in: state).contains { $0.hasSuffix(".json") && $0.contains("checkpoints/") }) {
      try await Task.sleep(for: .milliseconds(5))
    }
    process.send(SIGKILL)
    #expect(process.wait() == -SIGKILL)

    let second = try await sample.twin("warehouse", "import", path, "--json", "--progress", "none")
    #expect(second.status == 3, "\(second)")
    let report = try #require(try reports(second).first)
    let before = try #require(report["resumed_after"] as? Int)
    #expect(before > 0 && before < count, "\(before)")
    #expect(report["failed"] as? Int == 1)
    // Rows of the batch that the kill came into are there already.
    let (inserted, unchanged) = (report["inserted"] as? Int ?? 0, report["unchanged"] as? Int ?? 0)
    #expect(inserted + unchanged == count - 1 && unchanged < before + 1000)
    #expect(try files(in: state).allSatisfy { !$0.contains("checkpoints/") })
    let list = try await sample.twin("quarantine", "list")
    #expect(list.output.contains("articles.jsonl:7"), "\(list)")

    let third = try await sample.twin("warehouse", "import", path, "--json", "--progress", "none")
    #expect(try reports(third).first?["unchanged"] as? Int == count - 1)
    #expect(try reports(third).first?["resumed_after"] as? Int == 0)
  }

  @Test func `a bad row is shown, and tried again with its file`() async throws {
    let sample = try SampleRun()
    let path = try sample.folder.write(row(1) + "\n{\"no\": \"document\"}\n", to: "articles.jsonl")
    let imported = try await sample.twin("warehouse", "import", path)
    #expect(imported.status == 3 && imported.error.contains("articles.jsonl, line 2: "), "\(imported)")
    let list = try await sample.twin("quarantine", "list", "--pipeline", "warehouse.import", "--json")
    let entries = try #require(try list.json() as? [[String: Any]])
    #expect(entries.map { $0["item"] as? String } == ["\(path):2"])
    let id = try #require(entries.first?["id"] as? String)
    let shown = try await sample.twin("quarantine", "show", id)
    #expect(shown.output.contains(#"{"no": "document"}"#), "\(shown)")
    let retried = try await sample.twin("quarantine", "retry", id)
    #expect(retried.status == 3 && retried.output.contains("tried 2 times"), "\(retried)")
    let runs = try await sample.twin("runs", "list")
    #expect(runs.output.contains("warehouse.import"), "\(runs)")
    try sample.folder.write(row(1) + "\n" + row(2) + "\n", to: "articles.jsonl")
    #expect(try await sample.twin("warehouse", "import", path).status == 0)
    #expect(try await sample.twin("quarantine", "list").output == "nothing is in quarantine\n")
    let wrong = try await sample.twin("quarantine", "list", "--pipeline", "etll")
    #expect(wrong.status == 2 && wrong.error.contains("did you mean `etl`"), "\(wrong)")
  }

  @Test func `standard input is imported`() async throws {
    let sample = try SampleRun()
    let result = try await twin(
      ["warehouse", "import", "-", "--collection", "articles", "--config", sample.config],
      input: row(1) + "\n" + row(2) + "\n")
    #expect(result.status == 0 && result.output.contains("2 new"), "\(result)")
    #expect(try await sample.twin("warehouse", "import", "-").status == 2)
    #expect(try await sample.twin("warehouse", "import").status == 2)
  }

  @Test func `a file that cannot be imported has the right exit code`() async throws {
    let sample = try SampleRun()
    let odd = try sample.folder.write("[]", to: "dump.json")
    #expect(try await sample.twin("warehouse", "import", odd).status == 2)
    #expect(try await sample.twin("warehouse", "import", odd, "--collection", "artikles").status == 2)
    let missing = try await sample.twin("warehouse", "import", sample.folder.path("users.json"))
    #expect(missing.status == 1 && missing.error.contains("cannot read"), "\(missing)")
  }

  @Test func `an export writes what is asked for, and a killed one leaves nothing half`() async throws {
    let sample = try SampleRun()
    let path = try sample.folder.write((1...3000).map(row).joined(separator: "\n"), to: "articles.jsonl")
    #expect(try await sample.twin("warehouse", "import", path).status == 0)
    let output = sample.folder.path("backup")
    for delay in [20, 60, 120] {
      let process = try ChildProcess(
        twinExecutable, ["warehouse", "export", "--output", output, "--config", sample.config],
        environment: bareEnvironment, error: FileHandle.nullDevice)
      try await Task.sleep(for: .milliseconds(delay))
      process.send(SIGKILL)
      process.wait()
      for name in (try? FileManager.default.contentsOfDirectory(atPath: output)) ?? [] where name.hasSuffix(".jsonl") {
        let text = try String(contentsOfFile: "\(output)/\(name)", encoding: .utf8)
        #expect(
          text.split(separator: "\n").count == (["articles.jsonl": 3000, "users.jsonl": 1][name] ?? 0), "\(name)")
      }
    }
    let result = try await sample.twin(
      "warehouse", "export", "--output", output, "--collection", "users", "--format", "canonical", "--json")
    #expect(result.status == 0, "\(result)")
    #expect(try reports(result).map { $0["collection"] as? String } == ["users"])
    let unknown = try await sample.twin("warehouse", "export", "--output", output, "--collection", "user")
    #expect(unknown.status == 2 && unknown.error.contains("did you mean users"), "\(unknown)")
    #expect(try await sample.twin("warehouse", "export", "--output", output, "--format", "bson").status == 2)
  }

  @Test func `a collection that cannot be taken is named, and the exit code says so`() async throws {
    let sample = try SampleRun()
    #expect(try await sample.twin("etl").status == 0)
    let database = sample.folder.path("data/twin.sqlite")
    let made = try await run(
      testPython,
      [
        "-c",
        """
        import sqlite3, sys
        with sqlite3.connect(sys.argv[1]) as database:
          database.execute('CREATE TABLE "my coll" (id TEXT NOT NULL PRIMARY KEY, document TEXT NOT NULL)')
        """, database,
      ])
    #expect(made.status == 0, "\(made)")
    let exported = try await sample.twin("warehouse", "export", "--output", sample.folder.path("backup"))
    #expect(exported.status == 3 && exported.error.contains("my coll is not exported"), "\(exported)")
    #expect(FileManager.default.fileExists(atPath: sample.folder.path("backup/articles.jsonl")))
    let copied = try await twin([
      "warehouse", "copy", "--from", "sqlite:\(database)", "--to", "sqlite:\(sample.folder.path("copy.sqlite"))",
    ])
    #expect(copied.status == 3 && copied.error.contains("my coll is not copied"), "\(copied)")
    #expect(copied.output.contains("articles"), "\(copied)")
  }

  @Test func `an import that changes nothing is quiet off a terminal`() async throws {
    let sample = try SampleRun()
    let path = try sample.folder.write(row(1) + "\n", to: "articles.jsonl")
    #expect(try await sample.twin("warehouse", "import", path).output.contains("1 new"))
    let again = try await sample.twin("warehouse", "import", path)
    #expect(again.status == 0 && again.output.isEmpty && again.error.isEmpty, "\(again)")
    #expect(try await sample.twin("warehouse", "import", path, "-v").output.contains("1 unchanged"))
    #expect(try reports(try await sample.twin("warehouse", "import", path, "--json")).first?["unchanged"] as? Int == 1)
    let misspelt = try sample.folder.write(row(1) + "\n", to: "artcles.jsonl")
    let refused = try await sample.twin("warehouse", "import", misspelt)
    #expect(refused.status == 2 && refused.error.contains("did you mean articles"), "\(refused)")
  }

  @Test func `a misspelt source makes no file and replaces none`() async throws {
    let sample = try SampleRun()
    let path = try sample.folder.write(row(1) + "\n", to: "articles.jsonl")
    #expect(try await sample.twin("warehouse", "import", path).status == 0)
    let backup = sample.folder.path("backup")
    #expect(try await sample.twin("warehouse", "export", "--output", backup).status == 0)
    let misspelt = "warehouse=sqlite:\(sample.folder.path("typo.sqlite"))"
    for command in [["export", "--output", backup], ["stats"]] {
      let result = try await twin(["warehouse"] + command + ["--set", misspelt, "--config", sample.config])
      #expect(result.status == 1 && result.error.contains("typo.sqlite: there is no such file"), "\(result)")
    }
    #expect(!FileManager.default.fileExists(atPath: sample.folder.path("typo.sqlite")))
    #expect(try String(contentsOfFile: "\(backup)/articles.jsonl", encoding: .utf8).contains("Text 1."))
  }

  @Test func `no import can stand in the way of the vectors in the same file`() async throws {
    let sample = try SampleRun(sources: [])
    let path = try sample.folder.write(#"{"_id":"1"}"#, to: "v.jsonl")
    let refused = try await sample.twin("warehouse", "import", path, "--collection", "vector_chunks")
    #expect(refused.status == 2 && refused.error.contains("vector_"), "\(refused)")
    let articles = try sample.folder.write(row(1) + "\n", to: "articles.jsonl")
    #expect(try await sample.twin("warehouse", "import", articles).status == 0)
    #expect(try await sample.twin("features").status == 0)
    let tables = try await run(
      testPython,
      [
        "-c",
        """
        import sqlite3, sys
        with sqlite3.connect(sys.argv[1]) as database:
          for (name,) in database.execute("select name from sqlite_schema where type = 'table'"): print(name)
        """, sample.folder.path("data/twin.sqlite"),
      ])
    let names = tables.output.split(separator: "\n").map(String.init)
    #expect(names.contains("vector_chunks"), "\(tables)")
    let own: Set = ["users", "posts", "articles", "repositories"]
    for name in names where !own.contains(name) {
      let result = try await sample.twin("warehouse", "import", path, "--collection", "\(name)_too")
      #expect(result.status == 2, "\(name) is not among the reserved names: \(result)")
    }
  }

  @Test func `a document that cannot be read is named, and the exit code says so`() async throws {
    let sample = try SampleRun()
    let rows = try sample.folder.write(#"{"_id":"1","v":1}"# + "\n" + #"{"_id":"2","v":2}"#, to: "t.jsonl")
    #expect(try await sample.twin("warehouse", "import", rows, "--collection", "t").status == 0)
    let database = sample.folder.path("data/twin.sqlite")
    let made = try await run(
      testPython,
      [
        "-c",
        """
        import sqlite3, sys
        with sqlite3.connect(sys.argv[1]) as database:
          database.execute("update t set document = ? where id = '2'", [sys.argv[2]])
        """, database, #"{"_id":"2","v":{"$oid":"x"}}"#,
      ])
    #expect(made.status == 0, "\(made)")
    let export = [
      "warehouse", "export", "--collection", "t", "--output", sample.folder.path("o"), "--config", sample.config,
    ]
    let exported = try await twin(export)
    #expect(exported.status == 3 && exported.error.contains("t 2 is not exported: "), "\(exported)")
    #expect(exported.output.contains("1 document not exported"), "\(exported)")
    let file = try #require(try reports(try await twin(export + ["--json"])).first)
    #expect(file["count"] as? Int == 1 && file["failed"] as? Int == 1)
    #expect((file["failures"] as? [[String: Any]])?.first?["id"] as? String == "2")
    let copied = try await twin([
      "warehouse", "copy", "--collection", "t", "--from", "sqlite:\(database)", "--to",
      "sqlite:\(sample.folder.path("copy.sqlite"))",
    ])
    #expect(copied.status == 3 && copied.error.contains("t 2 is not copied: "), "\(copied)")
    #expect(!copied.output.contains("the same") && copied.output.contains("1 not copied"), "\(copied)")
  }

  @Test func `a copy needs no configuration, and is verified`() async throws {
    let sample = try SampleRun()
    #expect(try await sample.twin("etl").status == 0)
    let (from, to) = (sample.folder.path("data/twin.sqlite"), sample.folder.path("copy.sqlite"))
    let copied = try await twin(["warehouse", "copy", "--from", "sqlite:\(from)", "--to", "sqlite:\(to)", "--json"])
    #expect(copied.status == 0, "\(copied)")
    let report = try #require(try copied.json() as? [String: Any])
    let collections = try #require(report["collections"] as? [[String: Any]])
    // Users, three categories, and what the crawl remembers of its sources.
    #expect(collections.count == 5)
    for collection in collections {
      let verification = try #require(collection["verification"] as? [String: Any])
      #expect(verification["source_sha256"] as? String == verification["target_sha256"] as? String)
      #expect(verification["source_count"] as? Int == verification["target_count"] as? Int)
    }
    let again = try await twin(["warehouse", "copy", "--from", "sqlite:\(from)", "--to", "sqlite:\(to)"])
    #expect(again.status == 0 && again.output.contains("the same"), "\(again)")
    let itself = try await twin(["warehouse", "copy", "--from", "sqlite:\(from)", "--to", "sqlite:\(from)"])
    #expect(itself.status == 2, "\(itself)")
    let missing = try await twin(["warehouse", "copy", "--from", "sqlite:\(from)x", "--to", "sqlite:\(to)"])
    #expect(missing.status == 1 && !FileManager.default.fileExists(atPath: from + "x"), "\(missing)")
    let secret = try await twin(["warehouse", "copy", "--from", "mongo://ada:pass@host/x", "--to", "sqlite:\(to)"])
    #expect(secret.status == 2 && !secret.error.contains("pass"), "\(secret)")
  }

  @Test(arguments: [["stats"], ["import"], ["export"], ["copy"]])
  func `every command explains itself with an example`(command: [String]) async throws {
    let help = try await twin(["warehouse"] + command + ["--help"])
    #expect(help.status == 0 && help.output.contains("EXAMPLE"), "\(help)")
  }

  private func files(in folder: String) throws -> [String] {
    (try? FileManager.default.subpathsOfDirectory(atPath: folder)) ?? []
  }
}
