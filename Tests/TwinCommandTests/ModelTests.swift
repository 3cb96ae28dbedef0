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

  @Test func `a preference set needs no model either`() async throws {
    let sample = try SampleRun(settings: "embedding: {model: hash}\ndataset: {kind: preference}\n")
    let result = try await sample.twin("run")
    #expect(result.status == 0, "\(result)")
    let rows = try sample.lines("datasets/preference/alpaca.train.jsonl")
    #expect(rows.count > 5 && rows.allSatisfy { $0.contains("\"chosen\"") && $0.contains("\"rejected\"") })
    #expect(try sample.lines("datasets/preference/README.md").contains { $0.contains("No model took part") })
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

    // The canary that finds out about schemas is a call, too.
    let stopped = try await sample.twin("dataset", "--budget", "2 calls")
    #expect(stopped.status == 1, "\(stopped)")
    #expect((stopped.output + stopped.error).contains("budget of 2 calls is spent"), "\(stopped)")
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

  @Test func `the record says what the model was asked and whether it keeps to schemas, and replies are kept`()
    async throws
  {
    let server = try PeerServer("language_model_server.py")
    let note = packageRoot.appending(path: "data/sample/notes/cron-habits.md").path
    let prices = "  prices: {valid: {input: 1000000, output: 0}}\n"
    let settings = """
      embedding: {model: hash}
      language_model:
        provider: openai
        model: valid
        endpoint: "http://127.0.0.1:\(server.port)/v1"

      """
    let sample = try SampleRun(sources: [note], settings: settings + prices)
    #expect(try await sample.twin("etl").status == 0)
    #expect(try await sample.twin("features").status == 0)
    let plan = try await sample.twin("dataset", "--dry-run")
    #expect(plan.status == 0, "\(plan)")
    let replies = sample.folder.path("data/cache/language-models/replies.sqlite")
    #expect(!FileManager.default.fileExists(atPath: replies))

    func models(_ arguments: String...) async throws -> [String: Any] {
      let run = try await twin(["dataset", "--json", "--config", sample.config] + arguments)
      let object = try #require(try run.json() as? [String: Any], "\(run)")
      let id = try #require(object["run_id"] as? String)
      let record = try Data(contentsOf: sample.folder.url.appending(path: "data/runs/\(id)/run.json"))
      return try #require(firstObject(named: "language_models", in: JSONSerialization.jsonObject(with: record)))
    }
    let first = try await models()
    let requests = try #require(first["requests"] as? Int)
    #expect(requests > 1 && first["model"] as? String == "openai/valid")
    #expect(first["cost"] as? Double == Double(11 * requests))
    #expect((first["schema"] as? [String: Any])?["outcome"] as? String == "enforced")
    #expect(first["p95"] != nil && first["tokens_per_second"] != nil)

    // What the engine kept is gone: the same is asked again, and answered without the server.
    try FileManager.default.removeItem(atPath: sample.folder.path("data/runs"))
    for name in try FileManager.default.contentsOfDirectory(atPath: sample.folder.path("data/cache"))
    where name != "language-models" {
      try FileManager.default.removeItem(atPath: sample.folder.path("data/cache/\(name)"))
    }
    let second = try await models()
    #expect(second["requests"] as? Int == 0 && second["cached"] as? Int == requests - 1, "\(second)")
    let third = try await models("--no-cache")
    #expect(third["requests"] as? Int == requests - 1 && third["cached"] as? Int == 0, "\(third)")
  }

  @Test func `doctor tells of each model whether it is there and keeps to schemas`() async throws {
    let server = try PeerServer("language_model_server.py")
    let address = "http://127.0.0.1:\(server.port)"
    let settings = """
      embedding: {model: hash}
      language_model:
        - {provider: ollama, model: valid, endpoint: "\(address)"}
        - {provider: ollama, model: other, endpoint: "\(address)"}
        - {provider: cohere, model: ignoring, endpoint: "\(address)"}
        - {provider: anthropic, model: obedient, endpoint: "\(address)"}
        - {provider: openai, model: far, endpoint: "http://127.0.0.1:9/v1"}

      """
    let doctor = try await SampleRun(settings: settings).twin("doctor", "--json")
    #expect(doctor.status == 1)
    let findings = try #require(try doctor.json() as? [[String: Any]]).filter {
      ($0["part"] as? String)?.hasPrefix("language_model") == true
    }
    #expect(findings.map { $0["usable"] as? Bool } == [true, false, false, true, false], "\(findings)")
    let says = [
      "server 0.99.1, JSON schemas are enforced", "does not have ollama/other", "are kept to in no way",
      "kept to when the prompt has them", "cannot ask openai/far",
    ]
    for (finding, words) in zip(findings, says) {
      #expect((finding["detail"] as? String)?.contains(words) == true, "\(finding)")
    }
  }

  @Test func `when the first model is down the next one answers, and provenance has both`() async throws {
    let server = try PeerServer("language_model_server.py")
    let note = packageRoot.appending(path: "data/sample/notes/cron-habits.md").path
    let settings = """
      embedding: {model: hash}
      language_model:
        - {provider: ollama, model: far, endpoint: "http://127.0.0.1:9", attempts: 1}
        - {provider: ollama, model: valid, endpoint: "http://127.0.0.1:\(server.port)"}

      """
    let sample = try SampleRun(sources: [note], settings: settings)
    let run = try await sample.twin("run")
    #expect(run.status == 0, "\(run)")
    let provenance = try sample.lines("datasets/instruction/provenance.jsonl")
    #expect(provenance.allSatisfy { $0.contains("ollama/far, else ollama/valid") }, "\(provenance)")
  }
}

/// The first element of the first list of that name, wherever it stands.
private func firstObject(named name: String, in value: Any) -> [String: Any]? {
  if let object = value as? [String: Any] {
    if let list = object[name] as? [[String: Any]] { return list.first }
    return object.values.lazy.compactMap { firstObject(named: name, in: $0) }.first
  }
  return (value as? [Any])?.lazy.compactMap { firstObject(named: name, in: $0) }.first
}
