import Foundation
import TestSupport
import Testing

/// `twin vectors snapshot`, and requests to a server whose certificate an authority of its own has issued.
@Suite struct SnapshotCommandTests {
  private static let notes = packageRoot.appending(path: "data/sample/notes").path

  /// The sample notes in Qdrant.
  private func filled(_ peer: PeerServer, scheme: String = "http", settings: String = "") async throws -> SampleRun {
    let sample = try SampleRun(
      sources: [Self.notes],
      settings: "embedding: {model: hash}\nvectors: \(scheme)://localhost:\(peer.port)\n\(settings)")
    for command in ["etl", "features"] {
      let result = try await sample.twin(command)
      #expect(result.status == 0, "\(result)")
    }
    return sample
  }

  private func snapshots(_ result: CommandResult) throws -> [[String: Any]] {
    #expect(result.status == 0, "\(result)")
    return try #require(try result.json() as? [[String: Any]], "\(result)")
  }

  private func documents(_ sample: SampleRun) async throws -> Int {
    let stats = try await sample.twin("vectors", "stats", "--json")
    let statistics = try #require(try stats.json() as? [String: Any], "\(stats)")
    let collections = try #require(statistics["collections"] as? [[String: Any]])
    return collections.filter { $0["kind"] as? String == "cleaned" }.reduce(0) { $0 + ($1["count"] as? Int ?? 0) }
  }

  @Test func `a store is put back to what it was`() async throws {
    let peer = try PeerServer("qdrant_server.py")
    let sample = try await filled(peer)
    defer { peer.stop() }
    let none = try await sample.twin("vectors", "snapshot")
    #expect(none.status == 0 && none.output.contains("no snapshots; `twin vectors snapshot create`"), "\(none)")
    let early = try await sample.twin("vectors", "snapshot", "restore", "--newest", "--yes")
    #expect(early.status == 1 && early.error.contains("there are no snapshots."), "\(early)")

    let made = try snapshots(try await sample.twin("vectors", "snapshot", "create", "--json"))
    #expect(made.count == 6)
    #expect(Set(made[0].keys) == ["category", "kind", "collection", "name", "size", "created_at"])
    let listed = try await sample.twin("vectors", "snapshot", "list")
    #expect(listed.output.contains("articles, chunks") && listed.output.contains("MADE (UTC)"), "\(listed)")
    #expect(try snapshots(try await sample.twin("vectors", "snapshot", "--json")).count == 6)

    #expect(try await sample.twin("vectors", "drop", "--category", "articles", "--yes").status == 0)
    #expect(try await documents(sample) == 0)
    let unasked = try await sample.twin("vectors", "snapshot", "restore", "--newest")
    #expect(unasked.status == 2 && unasked.error.contains("give --yes to restore"), "\(unasked)")
    #expect(try await documents(sample) == 0)
    let restored = try snapshots(
      try await sample.twin("vectors", "snapshot", "restore", "--newest", "--yes", "--json"))
    #expect(restored.count == 6)
    #expect(try await documents(sample) == 3)
    let verified = try await sample.twin("vectors", "verify")
    #expect(verified.status == 0 && verified.output.contains(": sound (3 documents"), "\(verified)")
    let again = try await sample.twin("features", "--json")
    #expect(again.output.contains("\"status\" : \"unchanged\""), "\(again)")
  }

  @Test func `snapshots are restored and removed by name, and all but some are removed`() async throws {
    let peer = try PeerServer("qdrant_server.py")
    let sample = try await filled(peer)
    defer { peer.stop() }
    for _ in 1...2 { _ = try snapshots(try await sample.twin("vectors", "snapshot", "create", "--json")) }
    let all = try snapshots(try await sample.twin("vectors", "snapshot", "list", "--json"))
    #expect(all.count == 12)
    let name = try #require(all.first?["name"] as? String)
    let restored = try await sample.twin("vectors", "snapshot", "restore", name, "--yes")
    #expect(restored.status == 0 && restored.output.contains("restored:") && restored.output.contains(name))
    let unknown = try await sample.twin("vectors", "snapshot", "restore", name + "x", "--yes")
    #expect(unknown.status == 2 && unknown.error.contains("did you mean `\(name)`"), "\(unknown)")
    let nothing = try await sample.twin("vectors", "snapshot", "restore", "--yes")
    #expect(nothing.status == 2 && nothing.error.contains("--newest"), "\(nothing)")

    let unasked = try await sample.twin("vectors", "snapshot", "remove", name)
    #expect(unasked.status == 2 && unasked.error.contains("give --yes to remove"), "\(unasked)")
    let removed = try snapshots(try await sample.twin("vectors", "snapshot", "remove", name, "--yes", "--json"))
    #expect(removed.map { $0["name"] as? String } == [name])
    let rest = try snapshots(try await sample.twin("vectors", "snapshot", "remove", "--keep", "1", "--yes", "--json"))
    #expect(rest.count == 5)
    #expect(try snapshots(try await sample.twin("vectors", "snapshot", "list", "--json")).count == 6)
    let negative = try await sample.twin("vectors", "snapshot", "remove", "--keep=-1", "--yes")
    #expect(negative.status == 2, "\(negative)")
    #expect(try await sample.twin("vectors", "snapshot", "remove", "--keep", "0", "--yes").status == 0)
    let left = try await sample.twin("vectors", "snapshot", "remove", "--keep", "0", "--yes")
    #expect(left.status == 0 && left.output.contains("no such snapshots"), "\(left)")
  }

  @Test func `nothing is restored while somebody writes`() async throws {
    let peer = try PeerServer("qdrant_server.py")
    let sample = try await filled(peer)
    defer { peer.stop() }
    _ = try snapshots(try await sample.twin("vectors", "snapshot", "create", "--json"))
    // A lock as a run holds it: what another process has locked, whoever it is.
    let locks = try FileManager.default.contentsOfDirectory(atPath: sample.folder.path("data/runs/.locks"))
    let lock = try #require(locks.first { $0.hasPrefix("features") }, "\(locks)")
    let input = try PrivatePipe()
    let output = try PrivatePipe()
    let holder = try ChildProcess(
      testPython,
      [
        "-c",
        "import fcntl, sys\nfile = open(sys.argv[1], 'r+')\nfcntl.flock(file, fcntl.LOCK_EX)\n"
          + "print('held', flush=True)\nsys.stdin.read()",
        sample.folder.path("data/runs/.locks/\(lock)"),
      ], input: input.reading, output: output.writing)
    #expect(try output.reading.read(upToCount: 4) == Data("held".utf8))
    let refused = try await sample.twin("vectors", "snapshot", "restore", "--newest", "--yes")
    #expect(refused.status == 75, "\(refused)")
    holder.send(SIGKILL)
    holder.wait()
    let restored = try await sample.twin("vectors", "snapshot", "restore", "--newest", "--yes")
    #expect(restored.status == 0, "\(restored)")
  }

  @Test func `the embedded store says what to do instead`() async throws {
    let sample = try SampleRun(sources: [Self.notes])
    let missing = try await sample.twin("vectors", "snapshot", "create")
    #expect(missing.status == 1 && missing.error.contains("there is no vector store at"), "\(missing)")
    #expect(!FileManager.default.fileExists(atPath: sample.folder.path("data/twin.sqlite")))
    for command in ["etl", "features"] { #expect(try await sample.twin(command).status == 0) }
    let calls = [["create"], ["list"], ["restore", "--newest", "--yes"], ["remove", "--keep", "0", "--yes"]]
    for call in calls {
      let result = try await twin(["vectors", "snapshot"] + call + ["--config", sample.config])
      #expect(result.status == 1 && result.output.isEmpty, "\(result)")
      #expect(result.error.contains("Copy its file") && result.error.contains("`twin vectors copy`"), "\(result)")
    }
  }

  @Test func `every help ends in an example`() async throws {
    for command in [[], ["create"], ["list"], ["restore"], ["remove"]] {
      let help = try await twin(["vectors", "snapshot"] + command + ["--help"])
      let last = help.output.split(separator: "\n").last.map(String.init) ?? ""
      #expect(help.status == 0 && last.contains("twin vectors snapshot"), "\(help)")
    }
  }

  @Test func `commands trust the authority of the configuration, or of the environment`() async throws {
    let folder = try TemporaryFolder()
    let authority = try CertificateAuthority(in: folder)
    let peer = try PeerServer(
      "qdrant_server.py", arguments: ["--certificate", authority.serverCertificate, "--key", authority.serverKey])
    defer { peer.stop() }
    let (key, variable) = ("http.certificate_authority_file", "TWIN_HTTP_CERTIFICATE_AUTHORITY_FILE")
    let sample = try await filled(
      peer, scheme: "https", settings: "http: {certificate_authority_file: '\(authority.certificate)'}\n")
    #expect(try await documents(sample) == 3)
    let shown = try await sample.twin("config", "show")
    #expect(shown.output.contains(key) && shown.output.contains(authority.certificate), "\(shown)")

    let bare = try SampleRun(
      sources: [Self.notes], settings: "embedding: {model: hash}\nvectors: https://localhost:\(peer.port)\n")
    let refused = try await bare.twin("vectors", "stats")
    #expect(refused.status == 1 && refused.error.contains(key), "\(refused)")
    let environment = [variable: authority.certificate]
    let trusted = try await bare.twin("vectors", "stats", environment: environment)
    #expect(trusted.status == 0 && trusted.output.contains("cleaned_articles"), "\(trusted)")
    let damaged = try await bare.twin("vectors", "stats", environment: [variable: authority.serverKey])
    #expect(damaged.status == 2 && damaged.error.contains("\(variable): `\(key)` is"), "\(damaged)")

    // What needs no configuration asks the environment.
    let calls = [
      ["vectors", "copy", "--from", "https://localhost:\(peer.port)", "--to", "sqlite:\(folder.path("copy.sqlite"))"],
      ["extract", "https://localhost:\(peer.port)/page", "--allow-private-addresses"],
      ["crawl", "https://localhost:\(peer.port)/page", "--allow-private-addresses"],
    ]
    for call in calls {
      let untrusted = try await twin(call)
      #expect(untrusted.status != 0 && untrusted.error.contains(key), "\(call): \(untrusted)")
      let reached = try await twin(call, environment: environment)
      #expect(!reached.error.contains("certificate"), "\(call): \(reached)")
      #expect(reached.status == 0 || reached.error.contains("404"), "\(call): \(reached)")
    }
  }
}
