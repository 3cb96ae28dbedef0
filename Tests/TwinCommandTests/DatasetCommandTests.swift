import Foundation
import TestSupport
import Testing

/// What can be asked of a written set, and where it can be sent.
@Suite struct DatasetCommandTests {
  private func sample(_ settings: String = "") throws -> SampleRun {
    try SampleRun(
      sources: [
        packageRoot.appending(path: "data/sample/notes").path, packageRoot.appending(path: "data/sample/articles").path,
      ],
      settings: "embedding: {model: hash}\ndataset: {formats: [alpaca, parquet]\(settings)}\n")
  }

  private func object(_ result: CommandResult) throws -> [String: Any] {
    try #require(result.status == 0, "\(result)")
    return try #require(try result.json() as? [String: Any])
  }

  @Test func `a written set can be shown, measured and compared with another`() async throws {
    let sample = try sample()
    #expect(try await sample.twin("run").status == 0)
    let before = sample.folder.path("before")
    try FileManager.default.copyItem(atPath: sample.folder.path("data/datasets/instruction"), toPath: before)

    let shown = try await sample.twin("dataset", "show", "--limit", "1", "--json")
    let samples = try #require(try shown.json() as? [[String: Any]], "\(shown)")
    let id = try #require(samples.first?["id"] as? String)
    #expect(samples.count == 1 && samples.first?["output"] is String && samples.first?["system"] as? String == "")
    let one = try await sample.twin("dataset", "show", String(id.prefix(13)))
    #expect(one.status == 0 && one.output.contains(id) && one.output.contains("instruction: "), "\(one)")
    #expect(try await sample.twin("dataset", "show", "ffffffff-ffff").status == 2)
    #expect(try await sample.twin("dataset", "show", "--rejected", "--rule", "nothing").status == 2)

    let stats = try object(try await sample.twin("dataset", "stats", "--json"))
    let statistics = try #require(stats["statistics"] as? [String: Any])
    #expect(statistics["train"] as? Int == (try sample.lines("datasets/instruction/alpaca.train.jsonl").count))
    #expect(try await sample.twin("dataset", "stats").output.contains("characters of answers"))

    let same = try object(try await sample.twin("dataset", "diff", before, "--json"))
    #expect((same["added"] as? [Any])?.isEmpty == true && (same["removed"] as? [Any])?.isEmpty == true)
    let answer = try #require(samples.first?["output"] as? String)
    let words = answer.split(separator: " ").map { String($0) }
    let word = try #require(words.first { $0.count > 6 && $0.allSatisfy(\.isLetter) })
    let changed = try await sample.twin("dataset", "--set", "dataset.exclude_keywords=[\(word)]")
    #expect(changed.status == 0, "\(word): \(changed)")
    let diff = try await sample.twin("dataset", "diff", before)
    #expect(diff.output.contains("- \(id)"), "\(diff)")
    let rejected = try await sample.twin("dataset", "show", "--rejected", "--rule", "keyword", "--json", "--limit", "0")
    let ledger = try #require(try rejected.json() as? [[String: Any]])
    #expect(ledger.contains { ($0["sample"] as? [String: Any])?["id"] as? String == id }, "\(rejected)")
    // Another threshold asks no generator again.
    let record = try object(
      try await sample.twin("dataset", "--json", "--set", "dataset.exclude_keywords=[\(word), zyzzyva]"))
    let steps = try #require(record["steps"] as? [[String: Any]])
    let outcomes = try #require(steps.first { $0["name"] as? String == "outcomes" }?["items"] as? [String: Int])
    #expect(outcomes["computed"] == 0 && outcomes["cached"] ?? 0 > 0)
    // What was looked at and is wanted comes back.
    let readmitted = try await sample.twin(
      "dataset", "--set", "dataset.exclude_keywords=[\(word)]", "--set", "dataset.readmit=[\(id)]")
    #expect(readmitted.status == 0, "\(readmitted)")
    #expect(try await sample.twin("dataset", "show", id).status == 0)
  }

  @Test func `no set is an error that says how to make one`() async throws {
    let sample = try sample()
    for command in [["show"], ["stats"], ["diff", sample.folder.path("none")]] {
      let result = try await twin(["dataset"] + command + ["--config", sample.config])
      #expect(result.status == 1 && result.error.contains("Make one with `twin dataset`"), "\(result)")
    }
    #expect(try await sample.twin("etl").status == 0)
    let dataset = try await sample.twin("dataset")
    #expect(dataset.status == 1 && (dataset.output + dataset.error).contains("twin features"), "\(dataset)")
  }

  @Test func `a prompt of examples is written instead of a set, the same each time`() async throws {
    let sample = try sample()
    #expect(try await sample.twin("etl").status == 0)
    #expect(try await sample.twin("features").status == 0)
    let result = try await sample.twin("dataset", "--few-shot", "3")
    #expect(result.status == 0, "\(result)")
    let file = sample.folder.path("data/datasets/instruction/few-shot.md")
    let prompt = try String(contentsOfFile: file, encoding: .utf8)
    #expect(prompt.contains("## Example 3") && !prompt.contains("## Example 4"))
    #expect(!FileManager.default.fileExists(atPath: sample.folder.path("data/datasets/instruction/README.md")))
    let shown = try await sample.twin("dataset", "--few-shot", "3", "--dry-run")
    #expect(shown.output == prompt + "\n" || shown.output == prompt, "\(shown)")
    #expect(try await sample.twin("dataset", "--few-shot", "0").status == 2)
  }

  @Test func `a set is pushed only when the command line says so, and only where it says`() async throws {
    let folder = try TemporaryFolder()
    let server = try PeerServer("hub_push_server.py", arguments: [folder.url.path])
    try folder.write(#"{"token": "hf_secret", "large": [".parquet"]}"#, to: "settings.json")
    let sample = try sample(", license: cc-by-4.0")
    let environment = ["HF_ENDPOINT": "http://127.0.0.1:\(server.port)", "HF_TOKEN": "hf_secret"]
    #expect(try await sample.twin("run", environment: environment).status == 0)
    let plan = try await sample.twin("dataset", "--push", "ada/engines", "--dry-run", environment: environment)
    #expect(plan.status == 0 && plan.output.contains("train.parquet"), "\(plan)")
    #expect(!FileManager.default.fileExists(atPath: folder.path("log")))
    let without = try await sample.twin(
      "dataset", "--push", "ada/engines", environment: ["HF_ENDPOINT": "http://127.0.0.1:\(server.port)"])
    #expect(without.status == 2 && without.error.contains("HF_TOKEN"), "\(without)")
    #expect(try await sample.twin("dataset", "--push", "engines", environment: environment).status == 2)

    let pushed = try await sample.twin("dataset", "--push", "ada/engines", "--private", environment: environment)
    #expect(pushed.status == 0 && pushed.output.contains("/datasets/ada/engines"), "\(pushed)")
    let isPrivate = try await run(
      testPython,
      [
        "-c", "import sys, urllib.request; print(urllib.request.urlopen(sys.argv[1]).read().decode())",
        "http://127.0.0.1:\(server.port)/private",
      ])
    #expect(isPrivate.output == "true\n", "\(isPrivate)")
    let card = try String(contentsOfFile: folder.path("repository/README.md"), encoding: .utf8)
    #expect(card.contains("license: \"cc-by-4.0\""))
    #expect(!FileManager.default.fileExists(atPath: folder.path("repository/rejected.jsonl")))
    let records = try FileManager.default.subpathsOfDirectory(atPath: sample.folder.path("data/runs"))
    for record in records where record.hasSuffix(".json") {
      let text = try String(contentsOfFile: sample.folder.path("data/runs/\(record)"), encoding: .utf8)
      #expect(!text.contains("hf_secret"), "\(record)")
    }
  }
}
