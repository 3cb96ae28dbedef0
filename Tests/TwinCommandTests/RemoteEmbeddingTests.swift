import Foundation
import TestSupport
import Testing

/// The feature pipeline with an embedding model on a server.
struct RemoteEmbeddingTests {
  private let server: PeerServer
  private let sample: SampleRun
  private let notes: String

  init() throws {
    server = try PeerServer("embedding_server.py")
    let sources = try TemporaryFolder()
    self.sources = sources
    notes = sources.path("notes")
    for (name, text) in [("one", "Tides are a matter of record."), ("two", "Engines weave patterns of numbers.")] {
      try sources.write("# Note \(name)\n\n\(text)\n", to: "notes/\(name).md")
    }
    sample = try SampleRun(
      sources: [notes],
      settings: """
        embedding: {provider: openai, model: counting, endpoint: "http://127.0.0.1:\(server.port)/v1", price: 10}
        chunking: {size: 30, overlap: 4}

        """)
  }

  private let sources: TemporaryFolder

  private func features(_ arguments: String...) async throws -> [String: Any] {
    let result = try await twin(["features", "--json"] + arguments + ["--config", sample.config])
    try #require(result.status == 0, "\(result)")
    return try #require(try result.json() as? [String: Any])
  }

  private func summary(_ record: [String: Any]) throws -> [String: Any] {
    let text = String(decoding: try JSONSerialization.data(withJSONObject: record), as: UTF8.self)
    try #require(text.contains("embedding_usage"), "\(text)")
    return record
  }

  private func askedTexts() async throws -> [String] {
    let data = try await run(
      testPython,
      [
        "-c", "import sys, urllib.request; print(urllib.request.urlopen(sys.argv[1]).read().decode())",
        "http://127.0.0.1:\(server.port)/requests",
      ])
    let requests = try #require(try JSONSerialization.jsonObject(with: Data(data.output.utf8)) as? [[String: Any]])
    return requests.flatMap { (($0["body"] as? [String: Any])?["input"] as? [String]) ?? [] }.filter {
      $0 != "dimension"
    }
  }

  @Test func `documents are embedded by the server, searched, and no text is sent twice`() async throws {
    #expect(try await sample.twin("etl").status == 0)
    _ = try summary(try await features())
    let first = try await askedTexts()
    #expect(first.count == 2 && Set(first).count == 2)

    // Another note brings a text that is there already, and one that is not.
    try sources.write("# Note one\n\nTides are a matter of record.\n", to: "notes/three.md")
    try sources.write("# Note four\n\nPaper remembers.\n", to: "notes/four.md")
    #expect(try await sample.twin("etl").status == 0)
    _ = try await features()
    let second = try await askedTexts()
    #expect(second.count == 3 && second.last?.contains("Paper remembers") == true)

    let found = try await sample.twin("search", "tides", "--mode", "dense", "--json")
    #expect(found.status == 0 && !found.output.isEmpty, "\(found)")
    // What is asked is not kept: it is sent each time.
    _ = try await sample.twin("search", "tides", "--mode", "dense", "--json")
    #expect(try await askedTexts().filter { $0 == "tides" }.count == 2)

    let doctor = try await sample.twin("doctor")
    #expect(doctor.output.contains("openai/counting at http://127.0.0.1"), "\(doctor)")
    let deleted = try await sample.twin("delete", "--author", "Ada Example", "--yes")
    #expect(deleted.status == 0 && deleted.output.contains("kept vectors"), "\(deleted)")
  }

  @Test func `lines are embedded by a server without a configuration`() async throws {
    let endpoint = "http://127.0.0.1:\(server.port)/v1"
    let result = try await twin(
      ["embed", "--model", "openai/counting", "--endpoint", endpoint], input: "one two\nthree\n")
    #expect(result.status == 0 && result.output.split(separator: "\n").count == 2, "\(result)")
    #expect(try await twin(["embed", "--endpoint", endpoint], input: "one\n").status == 2)
  }

  @Test func `a server that is gone ends the run once, and the next one goes on`() async throws {
    #expect(try await sample.twin("etl").status == 0)
    server.stop()
    let gone = try await sample.twin("features", "--set", "embedding.attempts=1")
    #expect(gone.status == 1, "\(gone)")
    #expect(gone.error.contains("Start the server") || gone.output.contains("Start the server"), "\(gone)")
  }

  @Test(arguments: [
    ("{provider: openi}", "did you mean `openai`"), ("{provider: ollama}", "`embedding.model` is missing"),
    ("{model: bert}", "must be one of"), ("{endpoint: \"http://localhost:1\"}", "`embedding.provider`"),
  ])
  func `mistakes in the settings are told before anything runs`(settings: String, words: String) async throws {
    let wrong = try SampleRun(sources: [notes], settings: "embedding: \(settings)\n")
    let result = try await wrong.twin("config")
    #expect(result.status == 2 && result.error.contains(words), "\(result)")
  }
}
