import Foundation
import TestSupport
import Testing

/// `twin runs`, on records that runs of the sample left.
@Suite struct RunsCommandTests {
  private func notes() throws -> SampleRun {
    try SampleRun(sources: [packageRoot.appending(path: "data/sample/notes").path])
  }

  @Test func `list shows the newest first, by pipeline, status and number`() async throws {
    let sample = try notes()
    #expect(try await sample.twin("runs", "list").output == "there are no runs yet\n")
    #expect(try await sample.twin("run").status == 0)
    #expect(try await sample.twin("etl").status == 0)

    func list(_ arguments: String...) async throws -> [[String: Any]] {
      let result = try await twin(["runs", "list", "--json", "--config", sample.config] + arguments)
      #expect(result.status == 0, "\(result)")
      return try #require(try result.json() as? [[String: Any]])
    }
    #expect(try await list().map { $0["pipeline"] as? String } == ["etl", "dataset", "features", "etl"])
    #expect(try await list("--pipeline", "etl").map { $0["status"] as? String } == ["unchanged", "succeeded"])
    #expect(try await list("--status", "unchanged").count == 1)
    #expect(try await list("--limit", "2").count == 2)
    let table = try await sample.twin("runs", "list")
    #expect(table.output.hasPrefix("RUN "), "\(table)")
    #expect(!table.output.split(separator: "\n").contains { $0.hasSuffix(" ") }, "\(table)")
  }

  @Test func `a run that was killed shows as interrupted`() async throws {
    let pages = try PeerServer("http_server.py")
    let sample = try SampleRun(
      sources: ["http://127.0.0.1:\(pages.port)/slow?seconds=600"],
      settings: "embedding: {model: hash}\ncrawl: {allow_private_addresses: true, delay: 0s}\n")
    let process = try ChildProcess(twinExecutable, ["etl", "--config", sample.config], environment: bareEnvironment)
    while !(try await sample.twin("runs", "list").output.contains("running")) {
      try await Task.sleep(for: .milliseconds(20))
    }
    process.send(SIGKILL)
    process.wait()
    let list = try await sample.twin("runs", "list", "--status", "interrupted")
    #expect(list.output.contains("interrupted"), "\(list)")
  }

  @Test func `show takes places instead of identifiers, and writes a page`() async throws {
    let sample = try notes()
    #expect(try await sample.twin("run").status == 0)
    #expect(try await sample.twin("etl").status == 0)
    let latest = try #require(try await sample.twin("runs", "show", "latest", "--json").json() as? [String: Any])
    #expect(latest["pipeline"] as? String == "etl" && latest["status"] as? String == "unchanged")
    let previous = try #require(try await sample.twin("runs", "show", "latest~1", "--json").json() as? [String: Any])
    #expect(previous["pipeline"] as? String == "etl" && previous["status"] as? String == "succeeded")
    let features = try await sample.twin("runs", "show", "latest:features")
    #expect(features.output.hasPrefix("features: done"), "\(features)")
    #expect(features.output.contains("artifact") && features.output.contains("cache"), "\(features)")

    let page = sample.folder.path("run.html")
    let written = try await sample.twin("runs", "show", "latest:features", "--html", page)
    #expect(written.status == 0 && written.output.isEmpty, "\(written)")
    let html = try String(contentsOfFile: page, encoding: .utf8)
    #expect(html.contains("<svg") && html.contains("features") && html.hasSuffix("</html>\n"))
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: sample.folder.url.path).filter { $0.hasSuffix("partial") }
        == [])
  }

  @Test func `what is not there is an error that helps`() async throws {
    let sample = try notes()
    let none = try await sample.twin("runs", "show", "latest")
    #expect(none.status == 1 && none.error.contains("no runs"), "\(none)")
    #expect(try await sample.twin("etl").status == 0)
    let far = try await sample.twin("runs", "show", "latest~9")
    #expect(far.status == 1 && far.error.contains("only 1 run of etl"), "\(far)")
    let unknown = try await sample.twin("runs", "show", "0123")
    #expect(unknown.status == 1 && unknown.error.contains("no run '0123'"), "\(unknown)")
    let pipeline = try await sample.twin("runs", "show", "latest:featurs")
    #expect(pipeline.status == 2 && pipeline.error.contains("did you mean `features`"), "\(pipeline)")
    let step = try await sample.twin("runs", "why", "latest", "crawledSourcs")
    #expect(step.status == 1 && step.error.contains("did you mean 'crawledSources'"), "\(step)")
    let unwritable = try await sample.twin("runs", "show", "latest", "--html", "/nowhere/run.html")
    #expect(unwritable.status == 1 && unwritable.error.contains("/nowhere/run.html"), "\(unwritable)")
    #expect(try await sample.twin("runs", "list", "--status", "fine").status == 2)
    #expect(try await sample.twin("runs", "prune").status == 2)
  }

  @Test func `diff and why say what changed between two runs`() async throws {
    let sample = try notes()
    #expect(try await sample.twin("run").status == 0)
    #expect(try await sample.twin("features", "--set", "chunking.size=64", "--set", "chunking.overlap=8").status == 0)
    let diff = try await sample.twin("runs", "diff", "latest~1:features", "latest:features")
    #expect(diff.output.contains("chunking.size: 256 -> 64"), "\(diff)")
    let short = try await sample.twin("runs", "diff", "--json")
    let comparison = try #require(try short.json() as? [String: Any])
    #expect((comparison["configuration"] as? [[String: Any]])?.isEmpty == false, "\(short)")
    let why = try await sample.twin("runs", "why", "latest", "chunks", "--json")
    let reasons = try #require((try why.json() as? [String: Any])?["reasons"] as? [[String: Any]])
    #expect(!reasons.isEmpty, "\(why)")
    #expect(try await sample.twin("runs", "why", "latest", "chunks").output.hasPrefix("step 'chunks' "))
  }

  @Test func `prune keeps the newest, and only tells when it is a rehearsal`() async throws {
    let sample = try notes()
    for _ in 0..<3 { #expect(try await sample.twin("etl").status == 0) }
    func count() async throws -> Int {
      try #require(try await sample.twin("runs", "list", "--json").json() as? [Any]).count
    }
    let rehearsal = try await sample.twin("runs", "prune", "--keep", "1", "--dry-run")
    #expect(rehearsal.output.hasPrefix("2 runs would be removed"), "\(rehearsal)")
    #expect(try await count() == 3)
    let other = try await sample.twin("runs", "prune", "--keep", "0", "--pipeline", "features")
    #expect(other.output == "0 runs removed\n", "\(other)")
    let result = try await sample.twin("runs", "prune", "--keep", "1", "--json")
    #expect(((try result.json() as? [String: Any])?["removed"] as? [Any])?.count == 2, "\(result)")
    #expect(try await count() == 1)
  }
}
