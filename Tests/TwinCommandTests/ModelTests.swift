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

  @Test func `a run is priced before it, stops at its budget, and goes on from there`() async throws {
    let server = try PeerServer("language_model_server.py")
    let notes = packageRoot.appending(path: "data/sample/notes").path
    let sample = try SampleRun(
      sources: [notes],
      settings: settings(server.port, provider: "openai").replacing(
        "model: valid,", with: "model: valid, prices: {valid: {input: 1, output: 2}},"))
    #expect(try await sample.twin("etl").status == 0)
    #expect(try await sample.twin("features").status == 0)
    func price() async throws -> [String: Any] {
      let plan = try await sample.twin("dataset", "--dry-run", "--json")
      let object = try #require(try plan.json() as? [String: Any], "\(plan)")
      return try #require(object["price"] as? [String: Any])
    }
    let before = try await price()
    let calls = try #require(before["calls"] as? Int)
    #expect(calls >= 2 && before["cached"] as? Int == 0 && before["cost"] as? Double ?? 0 > 0)

    let stopped = try await sample.twin("dataset", "--budget", "1 calls")
    #expect(stopped.status == 1, "\(stopped)")
    #expect((stopped.output + stopped.error).contains("budget of 1 calls is spent"), "\(stopped)")
    let after = try await price()
    #expect(after["calls"] as? Int == calls - 1 && after["cached"] as? Int == 1)

    let finished = try await sample.twin("dataset", "--budget", "\(calls - 1) calls")
    #expect(finished.status == 0, "\(finished)")
    #expect(try await price()["calls"] as? Int == 0)
    #expect(try await sample.twin("dataset", "--budget", "much").status == 2)
  }

  @Test func `a bad reply costs its extract, and only that is asked about again`() async throws {
    let server = try PeerServer("language_model_server.py")
    let note = packageRoot.appending(path: "data/sample/notes").path
    let sample = try SampleRun(
      sources: [note],
      settings: settings(server.port, provider: "ollama").replacing("model: valid", with: "model: malformed-cron"))
    #expect(try await sample.twin("etl").status == 0)
    #expect(try await sample.twin("features").status == 0)
    let first = try await sample.twin("dataset", "--json")
    let record = try #require(try first.json() as? [String: Any], "\(first)")
    #expect(first.status == 3 && (record["failures"] as? [Any])?.count == 1, "\(first)")
    let second = try await sample.twin("dataset", "--json")
    let steps = try #require((try second.json() as? [String: Any])?["steps"] as? [[String: Any]])
    let outcomes = try #require(steps.first { $0["name"] as? String == "outcomes" }?["items"] as? [String: Int])
    #expect(second.status == 0 && outcomes["computed"] == 1 && outcomes["failed"] == 0, "\(second)")
  }
}
