import Foundation
import TestSupport
import Testing

/// `twin delete`, with the sample author.
@Suite struct DeleteCommandTests {
  private static let name = "Ada Example"

  /// The files below the data folder that have a text, whatever they are.
  private func files(with text: String, in folder: String) throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: folder).filter { name in
      FileManager.default.contents(atPath: "\(folder)/\(name)")?.firstRange(of: Data(text.utf8)) != nil
    }
  }

  @Test func `no file of twin's has a word of the person afterwards`() async throws {
    let sample = try SampleRun()
    #expect(try await sample.twin("run").status == 0)
    let data = sample.folder.path("data")
    // The name, words of a note that nothing else has, and the end of one as the index of words keeps it.
    let words = [Self.name, "harbours, a bakery", "akery"]
    for word in words { #expect(try !files(with: word, in: data).isEmpty, "\(word)") }

    let preview = try await sample.twin("delete", "--author", Self.name, "--dry-run", "--json")
    let deleted = try await sample.twin("delete", "--author", Self.name, "--yes", "--json")
    #expect(preview.status == 0 && deleted.status == 0, "\(deleted)")
    let (planned, done) = (
      try #require(try preview.json() as? [String: Any]), try #require(try deleted.json() as? [String: Any])
    )
    #expect(planned["places"] as? NSArray == done["places"] as? NSArray)
    #expect(planned["dry_run"] as? Bool == true && done["dry_run"] as? Bool == false)
    for word in words { #expect(try files(with: word, in: data) == [], "\(word)") }

    let again = try await sample.twin("delete", "--author", Self.name, "--yes")
    #expect(again.status == 2 && again.error.contains("no store has anything"), "\(again)")
    let back = try await sample.twin("run")
    #expect(back.status == 0 && back.output.contains("18 new"), "\(back)")
  }

  @Test func `a deletion that is killed at any moment is completed by the next one`() async throws {
    let sample = try SampleRun()
    #expect(try await sample.twin("run").status == 0)
    for delay in [10, 30, 50, 70, 90, 120, 150] {
      let folder = try TemporaryFolder()
      try FileManager.default.copyItem(atPath: sample.folder.path("data"), toPath: folder.path("data"))
      try FileManager.default.copyItem(atPath: sample.config, toPath: folder.path("twin.yaml"))
      let arguments = ["delete", "--author", Self.name, "--yes", "--config", folder.path("twin.yaml")]
      let process = try ChildProcess(
        twinExecutable, arguments, environment: bareEnvironment, error: FileHandle.nullDevice)
      try await Task.sleep(for: .milliseconds(delay))
      process.send(SIGKILL)
      process.wait()
      let next = try await twin(arguments)
      // Nothing is left to delete if the kill came after the end.
      #expect(next.status == 0 || next.status == 2 && next.error.contains("no store has"), "\(delay): \(next)")
      #expect(try files(with: Self.name, in: folder.path("data")) == [], "killed after \(delay) ms")
      #expect(try files(with: "harbours, a bakery", in: folder.path("data")) == [], "killed after \(delay) ms")
    }
  }

  @Test func `it asks first, and refuses where it cannot`() async throws {
    let sample = try SampleRun(sources: [packageRoot.appending(path: "data/sample/notes").path])
    #expect(try await sample.twin("etl").status == 0)
    let unasked = try await sample.twin("delete", "--author", Self.name)
    #expect(unasked.status == 2 && unasked.error.contains("--yes"), "\(unasked)")
    let near = try await sample.twin("delete", "--author", "Ada Exmple", "--yes")
    #expect(near.status == 2 && near.error.contains("did you mean Ada Example?"), "\(near)")
    #expect(try await sample.twin("delete", "--yes").status == 2)
    #expect(try await sample.twin("delete", "--author", "A", "--link", "l", "--yes").status == 2)
    #expect(try await sample.twin("delete", "--author", " ", "--yes").status == 2)
    let preview = try await sample.twin("delete", "--author", Self.name, "--dry-run")
    #expect(preview.status == 0 && preview.output.hasPrefix("would be deleted of Ada Example:"), "\(preview)")
    #expect(preview.output.contains("crawls \(packageRoot.appending(path: "data/sample/notes").path) again"))
    let help = try await twin(["delete", "--help"])
    #expect(help.output.contains("EXAMPLE"))
  }

  @Test func `on a terminal it shows what would go, and does what it is told`() async throws {
    let sample = try SampleRun(sources: [packageRoot.appending(path: "data/sample/notes").path])
    #expect(try await sample.twin("etl").status == 0)
    func answer(_ text: String) async throws -> CommandResult {
      try await run(
        testPython,
        ["-c", Self.terminal, text, twinExecutable, "delete", "--author", Self.name, "--config", sample.config],
        environment: bareEnvironment)
    }
    let no = try await answer("n")
    #expect(no.status == 1 && no.output.contains("nothing was deleted"), "\(no)")
    #expect(no.output.contains("would be deleted of Ada Example:"), "\(no)")
    let stats = try await sample.twin("warehouse", "stats")
    #expect(stats.output.contains("Ada Example 3"), "\(stats)")
    let yes = try await answer("y")
    #expect(yes.status == 0 && yes.output.contains("deleted of Ada Example:"), "\(yes)")
    #expect(try await answer("y").status == 2)
  }

  /// Runs a program on a terminal of its own and answers its question.
  private static let terminal = """
    import os, pty, sys
    child, terminal = pty.fork()
    if child == 0:
        os.execv(sys.argv[2], sys.argv[2:])
    shown = b""
    answered = False
    while True:
        try:
            some = os.read(terminal, 4096)
        except OSError:
            break
        if not some:
            break
        shown += some
        if not answered and b"[y/N]" in shown:
            answered = True
            os.write(terminal, sys.argv[1].encode() + b"\\n")
    sys.stdout.write(shown.decode())
    sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
    """

  @Test func `one document goes by its link`() async throws {
    let sample = try SampleRun(sources: [packageRoot.appending(path: "data/sample/notes").path])
    #expect(try await sample.twin("run").status == 0)
    let hits = try await sample.twin("search", "spread the minutes of cron", "--mode", "keyword", "--json")
    let first = try #require(hits.output.split(separator: "\n").first)
    let hit = try #require(try JSONSerialization.jsonObject(with: Data(first.utf8)) as? [String: Any])
    let link = try #require(hit["link"] as? String)
    let deleted = try await sample.twin("delete", "--link", link, "--yes")
    #expect(deleted.status == 0 && deleted.output.contains("warehouse.articles  1 document"), "\(deleted)")
    #expect(try files(with: "harbours, a bakery", in: sample.folder.path("data")) == [])
    let left = try await sample.twin("search", "spread the minutes of cron", "--mode", "keyword", "--json")
    #expect(!left.output.contains(link), "\(left)")
  }
}
