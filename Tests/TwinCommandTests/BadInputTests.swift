import Foundation
import TestSupport
import Testing

/// What users do wrong and what the world does to them: a clear message, the right exit code, the rest done.
@Suite struct BadInputTests {
  @Test func `a missing configuration exits with 2 and says how to make one`() async throws {
    let folder = try TemporaryFolder()
    let result = try await twin(["etl"], folder: folder.url.path)
    #expect(result.status == 2)
    #expect(result.error.contains("twin init"))
    let named = try await twin(["etl", "--config", folder.path("none.yaml")])
    #expect(named.status == 2)
    #expect(named.error.contains("none.yaml"))
  }

  @Test func `a YAML error and an unknown key name file and line`() async throws {
    let folder = try TemporaryFolder()
    let torn = try await twin(["etl", "--config", try folder.write("author: [Ada\nsources: x\n", to: "torn.yaml")])
    #expect(torn.status == 2)
    #expect(torn.error.contains("torn.yaml:"), "\(torn)")
    let unknown = try await twin([
      "etl", "--config", try folder.write("author: Ada\nsorces: [a.md]\n", to: "unknown.yaml"),
    ])
    #expect(unknown.status == 2)
    #expect(unknown.error.contains("unknown.yaml:2:1"), "\(unknown)")
    #expect(unknown.error.contains("did you mean `sources`"), "\(unknown)")
  }

  @Test func `a misspelt command or option exits with 2`() async throws {
    #expect(try await twin(["etll"]).status == 2)
    #expect(try await twin(["etl", "--confg", "x"]).status == 2)
    #expect(try await twin(["search", "x", "--limit", "0"]).status == 2)
  }

  @Test func `help and version are results`() async throws {
    let help = try await twin(["--help"])
    #expect(help.status == 0)
    #expect(help.output.contains("EXAMPLE"))
    #expect(help.error.isEmpty)
    #expect(try await twin(["--version"]).output.hasPrefix("0."))
  }

  @Test func `bad sources go to quarantine with their reasons, and the good one is done`() async throws {
    let folder = try TemporaryFolder()
    let good = try folder.write("# A good note\n\nIt has some words of mine in it.\n", to: "good.md")
    let sample = packageRoot.appending(path: "data/sample/Basic_LinkedInDataExport_11-02-2025.zip")
    let torn = folder.path("torn.zip")
    try Data(contentsOf: sample).prefix(700).write(to: URL(fileURLWithPath: torn))
    let empty = try folder.write("<html><body><script>render()</script></body></html>", to: "empty.html")
    let pages = try PeerServer("http_server.py")
    let missing = "http://127.0.0.1:\(pages.port)/status/404"
    let down = "http://127.0.0.1:1/page"
    let linkedIn = "https://www.linkedin.com/in/ada-example"
    let badGit = "git@github.com:ada/engine.git"
    let bad = [torn, empty, missing, down, linkedIn, badGit, folder.path("nowhere.md")]
    let run = try SampleRun(
      sources: bad + [good], settings: "embedding: {model: hash}\ncrawl: {allow_private_addresses: true, delay: 0s}\n")

    let etl = try await run.twin("etl", "--json")
    #expect(etl.status == 3, "\(etl)")
    let summary = try #require(try etl.json() as? [String: Any])
    #expect(summary["status"] as? String == "partial")
    let failures = try #require(summary["failures"] as? [[String: Any]])
    #expect(failures.count == bad.count - 1, "\(failures)")
    // A page that is no article is none of the failures.
    #expect(etl.output.contains("holds scripts but no text"), "\(etl)")
    func reason(_ item: String) -> String {
      failures.filter { ($0["item"] as? String)?.contains(item) == true }
        .compactMap { $0["error"] as? String }.joined(separator: "\n")
    }
    #expect(reason("torn.zip").contains("torn.zip"))
    #expect(reason("/status/404").contains("404"))
    #expect(reason("127.0.0.1:1/").contains("127.0.0.1:1"))
    #expect(reason("linkedin.com").contains("Get a copy of your data"))
    #expect(!reason("github.com:ada").isEmpty)
    #expect(reason("nowhere.md").contains("nowhere.md"))

    let stats = try await run.twin("warehouse", "stats", "--json")
    #expect(stats.output.contains("\"count\" : 1"), "\(stats)")
    let again = try #require(try await run.twin("etl", "--json").json() as? [String: Any])
    let attempts = (again["failures"] as? [[String: Any]])?.compactMap { $0["attempts"] as? Int } ?? []
    #expect(attempts.allSatisfy { $0 >= 2 }, "a second run tries them again: \(attempts)")
    let quarantine = try await run.twin("quarantine", "list", "--json")
    #expect((try quarantine.json() as? [Any])?.count == bad.count - 1)
  }

  @Test(arguments: [
    ("warehouse: mongodb://ada:s3cret@127.0.0.1:1/twin?serverSelectionTimeoutMS=300\n", "MongoDB"),
    ("vectors: http://127.0.0.1:1\n", "127.0.0.1:1"),
  ])
  func `a server that is down is named, and its password is not`(setting: String, name: String) async throws {
    let run = try SampleRun(settings: "embedding: {model: hash}\n" + setting)
    if !setting.hasPrefix("warehouse") { #expect(try await run.twin("etl").status == 0) }
    let result = try await run.twin(setting.hasPrefix("warehouse") ? "etl" : "features")
    #expect(result.status == 1, "\(result)")
    #expect(result.error.contains(name), "\(result)")
    #expect(!"\(result)".contains("s3cret"))
  }

  @Test func `weights that are not installed are an error that says what works without`() async throws {
    let run = try SampleRun(settings: "")
    #expect(try await run.twin("etl").status == 0)
    let result = try await run.twin("features", environment: ["TWIN_MODELS": run.folder.path("no-models")])
    #expect(result.status == 1)
    #expect(result.error.contains("hash"), "\(result)")
  }

  @Test func `vectors of two models are never compared, nor dropped for authors that a run leaves out`() async throws {
    let folder = try TemporaryFolder()
    for name in ["ada", "bob"] {
      try folder.write("# Of \(name)\n\nSome words that \(name) wrote.\n", to: "\(name)/a.md")
    }
    func config(_ name: String) throws -> String {
      try folder.write("author: \(name.capitalized) Writer\nsources: [\(name)]\n", to: "\(name).yaml")
    }
    let hash = ["TWIN_EMBEDDING_MODEL": "hash"]
    for name in ["ada", "bob"] {
      for command in ["etl", "features"] {
        let result = try await twin([command, "--config", try config(name)], environment: hash)
        #expect(result.status == 0, "\(result)")
      }
    }
    // As if another model had filled the store: its name there is changed, and the configured one is `hash` still.
    let renamed = try await run(
      testPython,
      [
        "-c",
        "import sqlite3, sys; d = sqlite3.connect(sys.argv[1]); "
          + "d.execute(\"update vector_spaces set model_name = 'other'\"); d.commit()",
        folder.path("data/twin.sqlite"),
      ])
    try #require(renamed.status == 0, "\(renamed)")
    let search = try await twin(["search", "words", "--config", try config("ada")], environment: hash)
    #expect(search.status == 1)
    #expect(search.error.contains("other") && search.error.contains("hash"), "\(search)")
    let features = try await twin(["features", "--config", try config("ada")], environment: hash)
    #expect(features.status == 1)
    #expect(features.output.contains("Bob Writer"), "\(features)")
    let both = try folder.write("{}\n", to: "all.yaml")
    let all = try await twin(["features", "--config", both], environment: hash)
    #expect(all.status == 0)
    #expect(all.output.contains("the vectors of other are replaced"), "\(all)")
  }

  @Test func `overlapping sources are crawled once, and never for two authors`() async throws {
    let folder = try TemporaryFolder()
    try folder.write("# Outer\n\nSome words.\n", to: "notes/a.md")
    try folder.write("# Inner\n\nMore words.\n", to: "notes/inner/b.md")
    let one = try folder.write(
      "author: Ada\nsources: [notes, notes/inner, notes/a.md, notes]\nembedding: {model: hash}\n", to: "one.yaml")
    #expect(try await twin(["etl", "--config", one]).output.contains("2 new"))
    let again = try await twin(["etl", "--config", one, "--json"])
    #expect(again.output.contains("\"status\" : \"unchanged\""), "\(again)")
    let two = try folder.write(
      "authors: [{name: Ada, sources: [notes]}, {name: Bob, sources: [notes/inner]}]\n", to: "two.yaml")
    let result = try await twin(["etl", "--config", two])
    #expect(result.status == 2, "\(result)")
    #expect(result.error.contains("Bob inside one of Ada"), "\(result)")
  }

  @Test func `a run may be restricted to a source, an author or a category`() async throws {
    let sample = try SampleRun()
    let etl = try await sample.twin("etl", "--only", packageRoot.appending(path: "data/sample/notes").path)
    #expect(etl.output.contains("3 new"), "\(etl)")
    #expect(try await sample.twin("etl").output.contains("15 new"))
    let posts = try await sample.twin("features", "--only", "posts")
    #expect(posts.output.contains("5 embedded"), "\(posts)")
    #expect(try await sample.twin("features", "--only", "Ada Example").output.contains("13 embedded"))
    let wrong = try await sample.twin("features", "--only", "post")
    #expect(wrong.status == 2)
    #expect(wrong.error.contains("posts"), "\(wrong)")
  }

  @Test func `numbers out of range are usage errors`() async throws {
    let sample = try SampleRun()
    #expect(try await sample.twin("runs", "list", "--limit=-1").status == 2)
    #expect(try await sample.twin("etl", "--set", "crawl.delay=1e300s").status == 2)
    #expect(try await sample.twin("etl", "-q", "-v").status == 2)
  }

  @Test func `an author that the warehouse does not know is named with the nearest one`() async throws {
    let run = try SampleRun()
    #expect(try await run.twin("etl").status == 0)
    let result = try await run.twin("search", "tides", "--author", "Ada Exampel", "--mode", "keyword")
    #expect(result.status != 0)
    #expect(result.error.contains("Ada Example"), "\(result)")
  }
}
