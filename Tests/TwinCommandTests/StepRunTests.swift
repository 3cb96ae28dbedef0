import Foundation
import TestSupport
import Testing

/// Steps run by others, previews, and results that are kept from run to run.
@Suite struct StepRunTests {
  /// The identifiers of all documents and chunks in a vector store.
  private func identifiers(_ path: String) async throws -> String {
    let result = try await run(
      testPython,
      [
        "-c",
        """
        import sqlite3, sys
        database = sqlite3.connect(sys.argv[1])
        for (table,) in database.execute("select name from sqlite_master where type = 'table' order by name").fetchall():
            columns = [row[1] for row in database.execute(f'pragma table_info("{table}")')]
            if "id" in columns and "space" in columns:
                for row in database.execute(f'select id from "{table}" order by id'):
                    print(table, row[0])
        """, path,
      ])
    try #require(result.status == 0, "\(result)")
    return result.output
  }

  @Test func `a shell script runs the feature pipeline step by step, and gets the same ids`() async throws {
    let sample = try SampleRun()
    #expect(try await sample.twin("etl").status == 0)
    #expect(try await sample.twin("features", "--set", "vectors=sqlite:whole.sqlite").status == 0)
    let script = packageRoot.appending(path: "scripts/features-by-steps").path
    let result = try await run(
      "/bin/sh",
      [
        script, sample.folder.path("work"), "--config", sample.config, "--set",
        "vectors=sqlite:\(sample.folder.path("steps.sqlite"))",
      ], environment: bareEnvironment.merging(["TWIN": twinExecutable]) { $1 })
    #expect(result.status == 0, "\(result)")
    let whole = try await identifiers(sample.folder.path("whole.sqlite"))
    #expect(whole.split(separator: "\n").count > 20)
    #expect(try await identifiers(sample.folder.path("steps.sqlite")) == whole)
  }

  @Test func `a step without what it needs, and one that nobody knows, are errors of usage`() async throws {
    let sample = try SampleRun()
    let missing = try await sample.twin("step", "run", "features", "chunks")
    #expect(missing.status == 2 && missing.error.contains("cleanedDocuments"), "\(missing)")
    let unknown = try await sample.twin("step", "run", "features", "chunk")
    #expect(unknown.status == 2 && unknown.error.contains("chunks"), "\(unknown)")
    let bad = try await sample.twin("step", "run", "features", "chunks", "--inputs", #"{"cleanedDocuments": 3}"#)
    #expect(bad.status == 2 && bad.error.contains("cleanedDocuments"), "\(bad)")
  }

  @Test func `code versions come from the sources, not from the program's file`() async throws {
    let sample = try SampleRun()
    #expect(try await sample.twin("run").status == 0)
    let record = try await sample.twin("etl", "--json")
    #expect(record.output.contains("source:") && !record.output.contains("executable:"), "\(record)")
  }

  @Test func `a language model is asked again only about what changed, or when the cache is ignored`() async throws {
    let server = try PeerServer("language_model_server.py")
    let notes = try TemporaryFolder()
    let text = """
      Mills work on numbers, one after the other, and they never tire of it. They print what they find on cards, which \
      people then carry to the next mill. I have watched them for years, and I think that the slow ones are the honest \
      ones: they show each number that they use. A fast mill hides its work, and when it errs nobody can say where.
      """
    for name in ["one", "two"] { try notes.write("# Note \(name)\n\n\(text) This is \(name).\n", to: "\(name).md") }
    let sample = try SampleRun(
      sources: [notes.url.path],
      settings: """
        embedding: {model: hash}
        language_model: {provider: openai, model: good, endpoint: "http://127.0.0.1:\(server.port)/v1"}

        """)
    func requests() async throws -> Int {
      let script = "import json, sys, urllib.request; print(len(json.load(urllib.request.urlopen(sys.argv[1]))))"
      let result = try await TestSupport.run(testPython, ["-c", script, "http://127.0.0.1:\(server.port)/requests"])
      return try #require(Int(result.output.trimmingCharacters(in: .whitespacesAndNewlines)), "\(result)")
    }
    let first = try await sample.twin("run")
    #expect(first.status == 0, "\(first)")
    let asked = try await requests()
    #expect(asked >= 2)
    #expect(try await sample.twin("dataset").status == 0)
    #expect(try await requests() == asked)
    try notes.write("# Note two\n\n\(text) Now this is another.\n", to: "two.md")
    #expect(try await sample.twin("run").status == 0)
    #expect(try await requests() == asked + 1)
    #expect(try await sample.twin("dataset", "--set", "max_failures=5%").status == 0)
    #expect(try await requests() == asked + 1)
  }

  @Test func `lineage goes to a file, and one that cannot be written does not fail the run`() async throws {
    let sample = try SampleRun(settings: "embedding: {model: hash}\nlineage: data/lineage.jsonl\n")
    #expect(try await sample.twin("etl").status == 0)
    #expect(try sample.lines("lineage.jsonl").contains { $0.contains("COMPLETE") })
    let wrong = try await sample.twin("etl", "--set", "lineage=/dev/null/nowhere")
    #expect(wrong.status == 0, "\(wrong)")
  }
}
