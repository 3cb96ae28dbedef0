import Foundation
import TestSupport
import Testing

/// What a language model is asked for a dataset, and what comes of it whatever the order of its answers.
@Suite struct ModelCostTests {
  private func settings(_ server: PeerServer, concurrency: Int = 4) -> String {
    """
    embedding: {model: hash}
    language_model:
      provider: openai
      model: valid
      endpoint: "http://127.0.0.1:\(server.port)/v1"
      concurrency: \(concurrency)
    """
  }

  /// How many requests about extracts a server has had.
  private func requests(to server: PeerServer) async throws -> Int {
    let script = """
      import json, sys, urllib.request
      rows = json.load(urllib.request.urlopen(sys.argv[1]))
      print(sum(1 for row in rows if '<extract>' in json.dumps(row['body'])))
      """
    let result = try await run(testPython, ["-c", script, "http://127.0.0.1:\(server.port)/requests"])
    return try #require(Int(result.output.split(separator: "\n").first ?? ""), "\(result)")
  }

  private func note(_ subject: String) -> String {
    "# On \(subject)\n\n"
      + "I have thought about \(subject) for a long time, and what I found is not what I had been looking for. "
      + "It takes patience to see \(subject) as they are, and more to say it in words that somebody else understands.\n"
  }

  @Test func `one new document costs its own calls, and none of the others'`() async throws {
    let (server, notes) = (try PeerServer("language_model_server.py"), try TemporaryFolder())
    for subject in ["looms", "mills"] { try notes.write(note(subject), to: "\(subject).md") }
    let sample = try SampleRun(sources: [notes.url.path], settings: settings(server))
    #expect(try await sample.twin("run").status == 0)
    let before = try await requests(to: server)
    #expect(before == 2)
    try notes.write(note("dykes"), to: "dykes.md")
    let second = try await sample.twin("run")
    #expect(second.status == 0, "\(second)")
    #expect(try await requests(to: server) == before + 1)
    // Another threshold asks nothing.
    #expect(try await sample.twin("dataset", "--set", "dataset.max_answer=3000").status == 0)
    #expect(try await requests(to: server) == before + 1)
  }

  @Test func `the set has the same bytes however many requests are under way`() async throws {
    let (server, notes) = (try PeerServer("language_model_server.py"), try TemporaryFolder())
    for number in 1...12 { try notes.write(note("looms of the kind \(number)"), to: "\(number).md") }
    var sets: [[String: Data]] = []
    for concurrency in [1, 3, 8] {
      let sample = try SampleRun(sources: [notes.url.path], settings: settings(server, concurrency: concurrency))
      #expect(try await sample.twin("run").status == 0)
      let folder = sample.folder.path("data/datasets/instruction")
      let names = try FileManager.default.contentsOfDirectory(atPath: folder)
      sets.append(
        Dictionary(
          uniqueKeysWithValues: names.map { ($0, FileManager.default.contents(atPath: "\(folder)/\($0)") ?? Data()) }))
    }
    #expect(sets[0].count > 4)
    #expect(sets[0] == sets[1] && sets[1] == sets[2])
  }
}
