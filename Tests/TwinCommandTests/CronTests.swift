import Foundation
import TestSupport
import Testing

/// What `configs/crontab.example` does, as cron does it: no environment, no terminal, another folder, `/bin/sh`.
@Suite struct CronTests {
  /// The command of the example's one line, and its variables with the paths of this test.
  private func job(config: String) throws -> (command: String, environment: [String: String]) {
    let example = try String(contentsOf: packageRoot.appending(path: "configs/crontab.example"), encoding: .utf8)
    let lines = example.split(separator: "\n").filter { !$0.hasPrefix("#") }
    let jobs = lines.filter { $0.hasPrefix("17 2 * * * ") }
    #expect(jobs.count == 1)
    #expect(lines.contains { $0.hasPrefix("TWIN=") } && lines.contains { $0.hasPrefix("CONFIG=") })
    let command = try #require(jobs.first).dropFirst("17 2 * * * ".count)
    return (String(command), bareEnvironment.merging(["TWIN": twinExecutable, "CONFIG": config]) { $1 })
  }

  @Test func `a night in which something changed prints what, and one in which nothing did prints nothing`()
    async throws
  {
    let sample = try SampleRun()
    let job = try job(config: sample.config)
    let elsewhere = try TemporaryFolder()
    let first = try await run(
      "/bin/sh", ["-c", job.command], environment: job.environment, folder: elsewhere.url.path)
    #expect(first.status == 0, "\(first)")
    #expect(first.output.contains("etl: done") && first.output.contains("dataset: done"), "\(first)")
    #expect(try FileManager.default.contentsOfDirectory(atPath: elsewhere.url.path).isEmpty)

    let second = try await run(
      "/bin/sh", ["-c", job.command], environment: job.environment, folder: elsewhere.url.path)
    #expect(second.status == 0)
    #expect(second.output.isEmpty && second.error.isEmpty, "\(second)")
  }

  @Test func `of two at once, one runs and the other exits with 75`() async throws {
    // A page that never comes keeps the first run busy for as long as the second one needs.
    let pages = try PeerServer("http_server.py")
    let sample = try SampleRun(
      sources: ["http://127.0.0.1:\(pages.port)/slow?seconds=600"],
      settings: "embedding: {model: hash}\ncrawl: {allow_private_addresses: true, delay: 0s}\n")
    async let first = sample.twin("etl", "-q")
    let locks = sample.folder.path("data/runs/.locks")
    while (try? FileManager.default.contentsOfDirectory(atPath: locks))?.isEmpty ?? true {
      try await Task.sleep(for: .milliseconds(20))
    }
    let second = try await sample.twin("etl", "-q")
    #expect(second.status == 75, "\(second)")
    #expect(second.error.contains("under way"), "\(second)")
    pages.stop()
    #expect(try await first.status == 3)
  }

  @Test func `an interrupted run says so, exits with 130, and the next one goes on`() async throws {
    let pages = try PeerServer("http_server.py")
    let sample = try SampleRun(
      sources: [
        packageRoot.appending(path: "data/sample/notes").path, "http://127.0.0.1:\(pages.port)/slow?seconds=600",
      ],
      settings: "embedding: {model: hash}\ncrawl: {allow_private_addresses: true, delay: 0s}\n")
    try sample.folder.write("", to: "errors")
    let process = try ChildProcess(
      twinExecutable, ["etl", "--config", sample.config], environment: bareEnvironment,
      error: try FileHandle(forWritingTo: sample.folder.url.appending(path: "errors")))
    // The notes are stored while the page is awaited.
    var stored = 0
    while stored == 0 {
      try await Task.sleep(for: .milliseconds(50))
      let stats = try await sample.twin("warehouse", "stats", "--json")
      stored = stats.output.contains("\"count\" : 3") ? 3 : 0
    }
    process.send(SIGINT)
    #expect(await process.ended() == 130)
    let message = try String(contentsOfFile: sample.folder.path("errors"), encoding: .utf8)
    #expect(message.contains("interrupted"), "\(message)")
    let runs = try await sample.twin("runs", "list", "--json")
    #expect(runs.output.contains("\"cancelled\""), "\(runs)")
    pages.stop()
    let next = try await sample.twin("etl", "--json")
    #expect(next.status == 3, "\(next)")
    #expect(next.output.contains("\"cached\" : 3"), "\(next)")
  }

  @Test func `who interrupts twice does not wait for a server that does not answer`() async throws {
    let folder = try TemporaryFolder()
    let server = try PeerServer("silent_server.py", arguments: [folder.path("connected")])
    let url = "mongodb://127.0.0.1:\(server.port)/twin?serverSelectionTimeoutMS=600000&connectTimeoutMS=600000"
    let sample = try SampleRun(settings: "embedding: {model: hash}\nwarehouse: \(url)\n")
    let process = try ChildProcess(
      twinExecutable, ["warehouse", "stats", "--config", sample.config], environment: bareEnvironment,
      error: FileHandle.nullDevice)
    while !FileManager.default.fileExists(atPath: folder.path("connected")) {
      try await Task.sleep(for: .milliseconds(20))
    }
    let interrupting = Task {
      // Two that come at once may count as one.
      while !Task.isCancelled {
        process.send(SIGINT)
        try await Task.sleep(for: .milliseconds(100))
      }
    }
    #expect(await process.ended() == 130)
    interrupting.cancel()
    _ = await interrupting.result
  }

  @Test func `a run that is killed leaves a store from which the next one goes on`() async throws {
    let sample = try SampleRun()
    #expect(try await sample.twin("etl").status == 0)
    let whole = try SampleRun()
    #expect(try await whole.twin("run").status == 0)
    for delay in [20, 60, 120, 200] {
      let process = try ChildProcess(
        twinExecutable, ["features", "--config", sample.config], environment: bareEnvironment,
        error: FileHandle.nullDevice)
      try await Task.sleep(for: .milliseconds(delay))
      process.send(SIGKILL)
      process.wait()
    }
    #expect(try await sample.twin("features").status == 0)
    #expect(try await sample.twin("dataset").status == 0)
    let name = "datasets/instruction/alpaca.train.jsonl"
    #expect(try sample.lines(name) == whole.lines(name))
  }
}
