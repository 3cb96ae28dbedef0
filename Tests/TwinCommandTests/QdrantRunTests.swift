import Foundation
import TestSupport
import Testing

/// Runs of `twin` whose Qdrant makes trouble, or that are killed while they write to it: nothing is lost, and nothing is
/// doubled.
@Suite(.serialized) struct QdrantRunTests {
  private static let documents = 123

  /// A configuration whose store has three notes, and whose warehouse has 120 documents more, of one chunk each.
  private func filled(_ peer: TroubledQdrant) async throws -> SampleRun {
    let notes = try TemporaryFolder()
    for name in ["looms", "mills", "dykes"] {
      try notes.write("# On \(name)\n\nWhat I think of \(name).\n", to: "\(name).md")
    }
    let sample = try SampleRun(
      sources: [notes.url.path], settings: "embedding: {model: hash}\nvectors: \(peer.url)\n")
    #expect(try await sample.twin("etl").status == 0)
    let features = try await sample.twin("features")
    #expect(features.status == 0, "\(features)")
    let rows = (1...120).map { number in
      let id = String(repeating: "0", count: 12 - String(number).count) + String(number)
      return #"{"_id":"0e6f0b5f-6c3e-4bd4-9b1a-\#(id)","content":{"Content":"Text \#(number) of many."},"#
        + #""platform":"x","link":"https://ada.example/\#(number)","#
        + #""author_id":"eff74089-0271-4319-8543-745c087f4f61","author_full_name":"Ada Example"}"#
    }
    let path = try sample.folder.write(rows.joined(separator: "\n"), to: "articles.jsonl")
    #expect(try await sample.twin("warehouse", "import", path).status == 0)
    return sample
  }

  /// Makes sure that the store has every document once, with its one chunk, and that nothing is left to do.
  private func expectComplete(_ sample: SampleRun) async throws {
    let verified = try await sample.twin("vectors", "verify")
    let count = "(\(Self.documents) documents, \(Self.documents) chunks)"
    #expect(verified.status == 0 && verified.output.contains("sound \(count)"), "\(verified)")
    #expect(verified.output.contains("has the same documents"), "\(verified)")
    let again = try await sample.twin("features")
    #expect(again.status == 0 && again.output.isEmpty && again.error.isEmpty, "\(again)")
  }

  @Test func `a server that is gone for good ends the run at once, and the next run does what is left`() async throws {
    let peer = try TroubledQdrant()
    let sample = try await filled(peer)
    try await peer.trouble("gone", after: 4)
    let before = try #require(try await peer.upserts())
    let failed = try await sample.twin("features", "--json")
    #expect(failed.status == 1, "\(failed)")
    let summary = try #require(try failed.json() as? [String: Any], "\(failed)")
    #expect(summary["status"] as? String == "failed")
    // One failure, of the step: the server's absence is no document's.
    let failures = try #require(summary["failures"] as? [[String: Any]])
    #expect(failures.count == 1 && !(failures[0]["item"] is String), "\(failures)")
    #expect((failures[0]["error"] as? String)?.hasPrefix("cannot reach Qdrant at \(peer.url): ") == true)
    // What was under way was tried as often as a request is, and nothing after it: at most sixteen documents, each five
    // times, and what passed before.
    let tried = try #require(try await peer.upserts()) - before
    #expect((5...4 + 16 * 5).contains(tried), "\(tried)")
    let text = try await sample.twin("features")
    #expect(text.status == 1 && (text.output + text.error).contains("cannot reach Qdrant at"), "\(text)")

    try await peer.calm()
    let next = try await sample.twin("features")
    #expect(next.status == 0, "\(next)")
    let quarantine = try await sample.twin("quarantine", "list")
    #expect(quarantine.output == "nothing is in quarantine\n", "\(quarantine)")
    try await expectComplete(sample)
  }

  @Test(arguments: [("limited", 3), ("unavailable", 3), ("drop", 2), ("lose-answer", 2)])
  func `a server that is troubled for a moment costs a pause, and nothing else`(kind: String, count: Int) async throws {
    let peer = try TroubledQdrant()
    let sample = try await filled(peer)
    try await peer.trouble(kind, after: 5, count: count)
    let features = try await sample.twin("features")
    #expect(features.status == 0 && features.output.contains("120 embedded"), "\(features)")
    #expect(try await peer.left() == 0)
    try await expectComplete(sample)
  }

  @Test func `a run that is killed in the middle of a load is completed by the next`() async throws {
    let peer = try TroubledQdrant()
    let sample = try await filled(peer)
    try await peer.trouble("hold", after: 4, count: 1000)
    let process = try ChildProcess(
      twinExecutable, ["features", "--config", sample.config], environment: bareEnvironment,
      error: FileHandle.nullDevice)
    try await peer.waitUntilHeld(1)
    process.send(SIGKILL)
    process.wait()
    // What the server had taken it does after all.
    try await peer.calm()
    let left = try await sample.twin("vectors", "verify")
    #expect(left.status == 3 && left.output.contains("interrupted documents"), "\(left)")
    let next = try await sample.twin("features")
    #expect(next.status == 0, "\(next)")
    try await expectComplete(sample)
  }

  @Test func `a copy to a server that goes away is completed by the next one`() async throws {
    let peer = try TroubledQdrant(arguments: ["--api-key", "s3cret"])
    let sample = try SampleRun()
    #expect(try await sample.twin("run").status == 0)
    let from = "sqlite:" + sample.folder.path("data/twin.sqlite")
    func copy(_ arguments: [String], key: String = "s3cret") async throws -> CommandResult {
      try await twin(["vectors", "copy"] + arguments, environment: ["QDRANT_KEY": key])
    }
    let there = ["--from", from, "--to", peer.url, "--to-prefix", "copied_", "--to-key-variable", "QDRANT_KEY"]
    let wrong = try await copy(there, key: "wr0ng")
    #expect(wrong.status == 1 && wrong.error.contains("refuses the API key"), "\(wrong)")
    #expect(!wrong.error.contains("wr0ng"), "\(wrong)")

    // 48 changes make the collections; what comes after them is the load.
    try await peer.trouble("gone", after: 52)
    let broken = try await copy(there)
    #expect(broken.status == 1 && broken.error.contains("cannot reach Qdrant at \(peer.url)"), "\(broken)")
    try await peer.calm()
    try await peer.trouble("limited", after: 3, count: 2)
    let copied = try await copy(there + ["--json"])
    #expect(copied.status == 0, "\(copied)")

    // Under the prefix, and nowhere else; and back again, the same.
    let qdrant = ["--set", "vectors.url=\(peer.url)", "--set", "vectors.api_key=s3cret"]
    let config = ["--config", sample.config]
    let verified = try await twin(["vectors", "verify", "--set", "vectors.prefix=copied_"] + qdrant + config)
    #expect(verified.status == 0 && verified.output.contains("has the same documents"), "\(verified)")
    let elsewhere = try await twin(["vectors", "stats"] + qdrant + config)
    #expect(elsewhere.output.contains("empty"), "\(elsewhere)")
    let back = "sqlite:" + sample.folder.path("back.sqlite")
    let returned = try await copy(
      ["--from", peer.url, "--from-prefix", "copied_", "--from-key-variable", "QDRANT_KEY", "--to", back, "--json"])
    #expect(returned.status == 0, "\(returned)")
    let same = try await copy(["--from", from, "--to", back])
    #expect(same.status == 0 && same.output.contains("the same"), "\(same)")
  }
}
