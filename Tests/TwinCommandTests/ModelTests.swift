import Foundation
import TestSupport
import Testing

/// Datasets by a language model, over a real socket.
@Suite struct ModelTests {
  private func settings(_ port: Int, provider: String, kind: String = "instruction") -> String {
    let path = provider == "openai" ? "/v1" : ""
    return """
      embedding: {model: hash}
      language_model: {provider: \(provider), model: valid, endpoint: "http://127.0.0.1:\(port)\(path)"}
      dataset: {kind: \(kind)}

      """
  }

  @Test(arguments: ["ollama", "openai"])
  func `a model writes the pairs, each with its provenance`(provider: String) async throws {
    let server = try PeerServer("language_model_server.py")
    let notes = packageRoot.appending(path: "data/sample/notes").path
    let sample = try SampleRun(sources: [notes], settings: settings(server.port, provider: provider))
    let run = try await sample.twin("run")
    #expect(run.status == 0, "\(run)")
    let provenance = try sample.lines("datasets/instruction/provenance.jsonl")
    #expect(!provenance.isEmpty)
    #expect(provenance.allSatisfy { $0.contains("\(provider)/valid") }, "\(provenance)")
    let doctor = try await sample.twin("doctor")
    #expect(doctor.output.contains("\(provider)/valid answers"), "\(doctor)")
  }

  @Test func `a model that is down fails the run and leaves the set as it was`() async throws {
    let server = try PeerServer("language_model_server.py")
    let note = packageRoot.appending(path: "data/sample/notes/cron-habits.md").path
    let sample = try SampleRun(sources: [note], settings: settings(server.port, provider: "ollama"))
    #expect(try await sample.twin("run").status == 0)
    let before = try sample.lines("datasets/instruction/provenance.jsonl")
    server.stop()
    // What this model was asked about is kept; another one has to be asked.
    let result = try await sample.twin("dataset", "--set", "language_model.model=other")
    #expect(result.status == 1, "\(result)")
    #expect(result.output.contains("127.0.0.1"), "\(result)")
    #expect(try sample.lines("datasets/instruction/provenance.jsonl") == before)
  }

  @Test func `a preference set takes the author's words as the chosen answers`() async throws {
    let server = try PeerServer("language_model_server.py")
    let notes = packageRoot.appending(path: "data/sample/notes").path
    let sample = try SampleRun(
      sources: [notes], settings: settings(server.port, provider: "ollama", kind: "preference"))
    #expect(try await sample.twin("run").status == 0)
    #expect(try !sample.lines("datasets/preference/alpaca.train.jsonl").isEmpty)
  }

  @Test func `a preference set without a model is a configuration error`() async throws {
    let sample = try SampleRun(settings: "embedding: {model: hash}\ndataset: {kind: preference}\n")
    let result = try await sample.twin("dataset")
    #expect(result.status == 2, "\(result)")
    #expect(result.error.contains("language_model"), "\(result)")
  }
}
