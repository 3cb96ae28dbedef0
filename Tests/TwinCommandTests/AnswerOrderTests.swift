import Foundation
import TestSupport
import Testing

/// Datasets by a language model that answers in any order.
@Suite struct AnswerOrderTests {
  private func settings(_ server: PeerServer, concurrency: Int) -> String {
    """
    embedding: {model: hash}
    language_model:
      provider: openai
      model: valid
      endpoint: "http://127.0.0.1:\(server.port)/v1"
      concurrency: \(concurrency)
    """
  }

  private func note(_ subject: String) -> String {
    "# On \(subject)\n\n"
      + "I have thought about \(subject) for a long time, and what I found is not what I had been looking for. "
      + "It takes patience to see \(subject) as they are, and more to say it in words that somebody else understands.\n"
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
