import Foundation
import TestSupport
import Testing

/// What commands say of a change of the vectors' model, and of what is left in a Qdrant server.
@Suite struct VectorsChangeTests {
  private static let notes = packageRoot.appending(path: "data/sample/notes").path

  private func execute(_ sql: String, in sample: SampleRun) async throws {
    let script = "import sqlite3, sys\nwith sqlite3.connect(sys.argv[1]) as database: database.execute(sys.argv[2])"
    let result = try await run(testPython, ["-c", script, sample.folder.path("data/twin.sqlite"), sql])
    #expect(result.status == 0, "\(result)")
  }

  /// Removes collections of a server behind twin's back.
  private func removeCollections(beginningWith prefix: String, port: Int) async throws {
    let script = """
      import json, sys, urllib.request as web
      base, prefix = sys.argv[1:]
      names = [c['name'] for c in json.load(web.urlopen(base + '/collections'))['result']['collections']]
      for name in names:
          if name.startswith(prefix):
              web.urlopen(web.Request(f'{base}/collections/{name}', method='DELETE')).read()
      """
    let result = try await run(testPython, ["-c", script, "http://127.0.0.1:\(port)", prefix])
    #expect(result.status == 0, "\(result)")
  }

  @Test func `a run says that the vectors are being changed to another model`() async throws {
    let notes = try TemporaryFolder()
    try notes.write("# Looms\n\nWhat I think of looms.\n", to: "looms.md")
    let sample = try SampleRun(sources: [notes.url.path])
    #expect(try await sample.twin("run").status == 0)
    try await execute(
      """
      INSERT INTO vector_spaces (prefix, category, generation, model_name, model_digest, dimension, maximum_tokens)
      SELECT prefix, category, 'pending', 'older', 'older', 384, 512 FROM vector_spaces
      """, in: sample)
    let stats = try await sample.twin("vectors")
    #expect(stats.output.contains("being changed to older"), "\(stats)")
    try notes.write("# Mills\n\nWhat I think of mills.\n", to: "mills.md")
    #expect(try await sample.twin("etl").status == 0)
    let features = try await sample.twin("features")
    let after = try await sample.twin("vectors")
    let isUnderWay = after.output.contains("being changed to older")
    #expect(features.output.contains(isUnderWay ? "are being changed to older" : "is given up"), "\(features)")
  }

  @Test func `a migration names what is incomplete, and leaves searches as they are`() async throws {
    let sample = try SampleRun(sources: [Self.notes])
    #expect(try await sample.twin("run").status == 0)
    try await execute(
      "UPDATE vector_documents SET fingerprint = '' WHERE id = (SELECT min(id) FROM vector_documents)", in: sample)
    try await execute("UPDATE vector_spaces SET model_name = 'older', model_digest = 'older'", in: sample)
    let refused = try await sample.twin("vectors", "migrate")
    #expect(refused.status == 3 && refused.output.contains("1 incomplete"), "\(refused)")
    #expect(refused.output.contains("searches still find the vectors of older"), "\(refused)")
    #expect(refused.output.contains("its replacement or deletion was interrupted"), "\(refused)")
    let stats = try await sample.twin("vectors")
    #expect(stats.output.contains("older, 384") && stats.output.contains("being changed to hash"), "\(stats)")
    let left = try await sample.twin("vectors", "migrate", "--leave-out-failed")
    #expect(left.status == 3 && left.output.contains("no longer those of older"), "\(left)")
    #expect(try await sample.twin("features").status == 0)
    #expect(try await sample.twin("vectors", "verify").status == 0)
  }

  @Test func `what is left of a pair of collections is dropped, and not said to be nothing`() async throws {
    let server = try PeerServer("qdrant_server.py")
    let sample = try SampleRun(
      sources: [Self.notes], settings: "embedding: {model: hash}\nvectors: http://127.0.0.1:\(server.port)\n")
    #expect(try await sample.twin("etl").status == 0)
    let features = try await sample.twin("features")
    #expect(features.status == 0, "\(features)")
    try await removeCollections(beginningWith: "cleaned_", port: server.port)
    let asked = try await sample.twin("vectors", "drop")
    #expect(asked.status == 2 && asked.error.contains("--yes"), "\(asked)")
    let dropped = try await sample.twin("vectors", "drop", "--yes")
    #expect(dropped.status == 0 && dropped.output.contains("embedded_articles"), "\(dropped)")
    let nothing = try await sample.twin("vectors", "drop", "--yes")
    #expect(nothing.status == 0 && nothing.output.contains("nothing is there"), "\(nothing)")
  }

  @Test func `a copy does not begin while something writes to the target`() async throws {
    let sample = try SampleRun(sources: [Self.notes])
    #expect(try await sample.twin("run").status == 0)
    let (from, to) = (sample.folder.path("data/twin.sqlite"), sample.folder.path("copy.sqlite"))
    let arguments = ["vectors", "copy", "--from", "sqlite:\(from)", "--to", "sqlite:\(to)"]
    #expect(try await twin(arguments).status == 0)
    let script = """
      import fcntl, subprocess, sys
      with open(sys.argv[1], 'a') as lock:
          fcntl.flock(lock, fcntl.LOCK_SH)
          sys.exit(subprocess.run(sys.argv[2:]).returncode)
      """
    let command = ["-c", script, to + ".lock", twinExecutable] + arguments
    let locked = try await run(testPython, command, environment: bareEnvironment)
    #expect(locked.status == 75 && locked.error.contains("writes to the vector store \(to)"), "\(locked)")
    #expect(try await twin(arguments).status == 0)
  }

  @Test func `a search makes no store`() async throws {
    let sample = try SampleRun(sources: [Self.notes])
    let search = try await sample.twin("search", "tides", "--mode", "keyword")
    #expect(search.status == 1 && search.error.contains("there is no vector store at"), "\(search)")
    #expect(!FileManager.default.fileExists(atPath: sample.folder.path("data")))
  }

  @Test(arguments: ["from", "to"])
  func `a key for a file is a mistake`(side: String) async throws {
    let stores = ["--from", "sqlite:a.sqlite", "--to", "SQLite:b.sqlite"]
    let result = try await twin(["vectors", "copy", "--\(side)-key-variable", "HOME"] + stores)
    #expect(result.status == 2 && result.error.contains("--\(side)-key-variable is for Qdrant"), "\(result)")
  }
}
