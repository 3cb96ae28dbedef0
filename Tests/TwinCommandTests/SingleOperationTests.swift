import Foundation
import TestSupport
import Testing

/// The operations on one text, for pipes: no configuration, no store.
@Suite struct SingleOperationTests {
  private let sample = packageRoot.appending(path: "data/sample").path

  // MARK: Help

  @Test func `every help text has an example`() async throws {
    let dump = try await twin(["--experimental-dump-help"])
    let tool = try #require(try dump.json() as? [String: Any])
    let commands = leaves(of: try #require(tool["command"] as? [String: Any]), path: [])
    for command in ["extract", "crawl", "clean", "chunk", "tokenize", "embed"] {
      #expect(commands.contains([command]))
    }
    for command in commands {
      let help = try await twin(command + ["--help"])
      #expect(help.status == 0, "\(help)")
      #expect(help.output.contains("\nEXAMPLE\n  twin "), "\(help)")
    }
  }

  @Test(arguments: ["extract", "crawl", "clean", "chunk", "tokenize", "embed"])
  func `the examples of its help work from a clone`(command: String) async throws {
    let folder = try TemporaryFolder()
    let help = try await twin([command, "--help"]).output.split(separator: "\n", omittingEmptySubsequences: false)
    let start = try #require(help.firstIndex(of: "EXAMPLE"))
    let examples = help[(start + 1)...].prefix { $0.hasPrefix("  twin ") }
    #expect(!examples.isEmpty)
    let build = URL(fileURLWithPath: twinExecutable).deletingLastPathComponent().path
    for example in examples {
      let line = example.replacing("/tmp/", with: folder.url.path + "/")
      let result = try await run(
        "/bin/sh", ["-c", "PATH='\(build)':$PATH; \(line)"], environment: bareEnvironment, folder: packageRoot.path)
      #expect(result.status == 0, "\(example): \(result)")
      #expect(!result.output.isEmpty || line.contains("--output"))
    }
  }

  /// The commands without subcommands below `command`, as their words.
  private func leaves(of command: [String: Any], path: [String]) -> [[String]] {
    let below = (command["subcommands"] as? [[String: Any]] ?? []).filter { $0["commandName"] as? String != "help" }
    if below.isEmpty { return [path] }
    return below.flatMap { leaves(of: $0, path: path + [$0["commandName"] as? String ?? ""]) }
  }

  // MARK: extract

  private let extractKeys: Set = [
    "text", "markdown", "title", "author", "date", "description", "language", "site_name", "canonical_url", "tags",
    "kind",
  ]

  @Test func `extract gives the article as Markdown, text and JSON`() async throws {
    let page = "\(sample)/articles/medium-idempotence.html"
    let markdown = try await twin(["extract", page])
    #expect(markdown.status == 0, "\(markdown)")
    #expect(markdown.error.isEmpty)
    let text = try await twin(["extract", page, "--format", "text"])
    let json = try await twin(["extract", page, "--format", "json"])
    let object = try #require(try json.json() as? [String: Any])
    #expect(Set(object.keys) == extractKeys)
    #expect(object["markdown"] as? String == markdown.output)
    #expect(try #require(object["text"] as? String).trimmingCharacters(in: .newlines) + "\n" == text.output)
    #expect((object["title"] as? String)?.isEmpty == false)
    #expect(object["kind"] as? String == "article")
    #expect((object["author"] as? [String]) == ["Ada Example"])
  }

  @Test func `extract reads standard input, and what a page does not tell is null`() async throws {
    let page = "<p>It is enough to know one thing well, and to say so in a plain sentence. <a href='/b'>More</a></p>"
    let result = try await twin(
      ["extract", "-", "--format", "json", "--url", "https://ada.example/a"], input: page)
    let object = try #require(try result.json() as? [String: Any])
    #expect(Set(object.keys) == extractKeys)
    #expect(object["date"] is NSNull)
    #expect((object["markdown"] as? String)?.contains("https://ada.example/b") == true, "\(result)")
  }

  @Test func `a page that is packed is unpacked, and a damaged one is told`() async throws {
    let folder = try TemporaryFolder()
    let page = try folder.write(
      "<p>It is enough to know one thing well, and to say so in a plain sentence.</p>", to: "page.html")
    let packing = try await run("gzip", ["--keep", page])
    try #require(packing.status == 0, "\(packing)")
    let plain = try await twin(["extract", page])
    #expect(try await twin(["extract", page + ".gz"]).output == plain.output && plain.output.contains("enough"))
    let bytes = try #require(FileManager.default.contents(atPath: page + ".gz"))
    try bytes.prefix(30).write(to: URL(fileURLWithPath: folder.path("cut.gz")))
    let damaged = try await twin(["extract", folder.path("cut.gz")])
    #expect(damaged.status == 1 && damaged.error.contains("packed with gzip, and damaged"), "\(damaged)")
  }

  @Test func `extract fetches a URL, but a private address only when told to`() async throws {
    let pages = try PeerServer("http_server.py")
    let missing = "http://127.0.0.1:\(pages.port)/status/404"
    let refused = try await twin(["extract", missing])
    #expect(refused.status == 1)
    #expect(refused.error.contains("--allow-private-addresses"), "\(refused)")
    let allowed = try await twin(["extract", missing, "--allow-private-addresses"])
    #expect(allowed.status == 1)
    #expect(allowed.error.contains("404"), "\(allowed)")
  }

  @Test func `extract says why there is no text`() async throws {
    let result = try await twin(["extract", "-"], input: "<html><body><script>render()</script></body></html>")
    #expect(result.status == 0)
    #expect(result.output.isEmpty)
    #expect(result.error.contains("scripts"), "\(result)")
  }

  @Test(arguments: [("markdown", "md"), ("text", "txt"), ("json", "json")])
  func `a batch makes one file of each page, as extract does of one`(format: String, suffix: String) async throws {
    let folder = try TemporaryFolder()
    let output = folder.path("new/out")
    let batch = try await twin([
      "extract", "--batch", "\(sample)/articles", "--output", output, "--format", format,
    ])
    #expect(batch.status == 0, "\(batch)")
    let names = ["blog-small-data", "medium-idempotence", "substack-tides"]
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: output).sorted() == names.map { "\($0).\(suffix)" })
    for name in names {
      let single = try await twin(["extract", "\(sample)/articles/\(name).html", "--format", format])
      #expect(try String(contentsOfFile: "\(output)/\(name).\(suffix)", encoding: .utf8) == single.output)
    }
  }

  @Test func `a page that cannot be read is named, and the others are made`() async throws {
    let folder = try TemporaryFolder()
    try folder.write("<p>One page that can be read, with a sentence in it.</p>", to: "in/good.html")
    try folder.write("not looked at", to: "in/notes.txt")
    try folder.write("", to: "in/empty.html")
    try FileManager.default.createSymbolicLink(
      atPath: folder.path("in/gone.html"), withDestinationPath: folder.path("nowhere"))
    let result = try await twin(["extract", "--batch", folder.path("in"), "--output", folder.path("out")])
    #expect(result.status == 3, "\(result)")
    #expect(result.error.contains("gone.html"))
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder.path("out")).sorted() == ["empty.md", "good.md"])
  }

  @Test(arguments: [
    [], ["a.html", "--batch", "b", "--output", "c"], ["--batch", "b"], ["a.html", "--output", "c"],
    ["a.html", "--format", "pdf"],
  ])
  func `extract refuses options that do not go together`(arguments: [String]) async throws {
    #expect(try await twin(["extract"] + arguments).status == 2)
  }

  // MARK: crawl

  @Test func `crawl shows what would be stored`() async throws {
    let result = try await twin(["crawl", "notes", "--json", "--author", "Ada Example"], folder: sample)
    #expect(result.status == 0, "\(result)")
    let found = try #require(try result.json() as? [String: [[String: Any]]])
    #expect(found["documents"]?.count == 3)
    #expect(found["documents"]?.allSatisfy { $0["author_full_name"] as? String == "Ada Example" } == true)
    let table = try await twin(["crawl", "\(sample)/tidelog.bundle"])
    #expect(table.status == 0, "\(table)")
    #expect(table.output.hasPrefix("CATEGORY"))
  }

  @Test func `crawl lists what failed and exits with 3`() async throws {
    let pages = try PeerServer("http_server.py")
    let link = "http://127.0.0.1:\(pages.port)/status/404"
    let result = try await twin(["crawl", link, "--allow-private-addresses", "--json"])
    #expect(result.status == 3, "\(result)")
    #expect(result.error.contains("404"))
    #expect((try result.json() as? [String: [Any]])?["failures"]?.count == 1)
    let nowhere = try await twin(["crawl", "nowhere.md"])
    #expect(nowhere.status == 1)
    #expect(nowhere.error.contains("nowhere.md"))
  }

  @Test(arguments: [("arxiv: ", "give arxiv:2101.00001"), ("hf://models/ada", "hf://datasets/OWNER/NAME")])
  func `crawl takes sources that are neither URLs nor paths`(source: String, advice: String) async throws {
    let result = try await twin(["crawl", source])
    #expect(result.status == 1 && result.error.contains(advice), "\(result)")
  }

  @Test func `crawl and extract fetch as the configuration says, whichever way it is named`() async throws {
    let server = try CrawlServer()
    let folder = try TemporaryFolder()
    let link = "\(server.origin)/p/1"
    let config = try folder.write(
      "crawl: {user_agent: looms/2, contact: mail@ada.example, allow_private_addresses: true}\n", to: "twin.yaml")
    let calls: [(environment: [String: String], folder: String, arguments: [String])] = [
      ([:], "/", ["--config", config]), (["TWIN_CONFIG": config], "/", []), ([:], folder.url.path, []),
    ]
    for command in ["crawl", "extract"] {
      for call in calls {
        try server.forget()
        let result = try await twin(
          [command, link] + call.arguments, environment: call.environment, folder: call.folder)
        #expect(result.status == 0, "\(result)")
        let agents = Set(try server.requests().map(\.userAgent))
        #expect(agents == ["looms/2 (+mail@ada.example)"], "\(command) \(call)")
      }
      let set = try await twin([command, link, "--set", "crawl.allow_private_addresses=true"])
      #expect(set.status == 0, "\(set)")
      #expect(try server.pageRequests().last?.userAgent == "twin/0.1")
      let missing = try await twin([command, link, "--config", folder.path("none.yaml")])
      #expect(missing.status == 2 && missing.error.contains("none.yaml"), "\(missing)")
    }
  }

  @Test func `crawl takes options and author of a source that the configuration names`() async throws {
    let folder = try TemporaryFolder()
    try folder.write("# Looms\n\nA loom follows cards.\n", to: "writing/looms.md")
    let config = try folder.write(
      "authors:\n  - {name: Ada Example, sources: [{path: writing, tags: [weaving]}]}\n  - Eve\n", to: "me.yaml")
    let arguments = ["crawl", "writing", "--json", "--config", config]
    for (extra, author) in [([], "Ada Example"), (["--author", "Bob Example"], "Bob Example")] {
      let result = try await twin(arguments + extra, folder: folder.url.path)
      let found = try #require(try result.json() as? [String: [[String: Any]]], "\(result)")
      #expect(found["documents"]?.first?["author_full_name"] as? String == author)
      #expect(found["documents"]?.first?["tags"] as? [String] == ["weaving"])
    }
  }

  // MARK: clean, chunk

  @Test func `cleaning a cleaned text changes nothing`() async throws {
    let article = try await twin(["extract", "\(sample)/articles/substack-tides.html"]).output
    for strategy in ["markdown", "handbook"] {
      let once = try await twin(["clean", "-", "--strategy", strategy], input: article)
      #expect(once.status == 0)
      #expect(!once.output.isEmpty)
      #expect(try await twin(["clean", "-", "--strategy", strategy], input: once.output).output == once.output)
    }
  }

  @Test func `a chunk is the bytes of the text as they are, within its size`() async throws {
    let text = "# Café\n\nNot cleaned:\u{0}\u{2028} &amp;\r\n\n" + String(repeating: "One more sentence. ", count: 60)
    let bytes = Array(text.utf8)
    let result = try await twin(
      ["chunk", "-", "--size", "32", "--overlap", "4", "--model", "hash", "--json"], input: text)
    #expect(result.status == 0, "\(result)")
    let chunks = try objects(result)
    #expect(chunks.count > 4)
    for chunk in chunks {
      #expect(Set(chunk.keys) == ["text", "start", "end", "tokens"])
      let start = try #require(chunk["start"] as? Int)
      let end = try #require(chunk["end"] as? Int)
      #expect(Array(try #require(chunk["text"] as? String).utf8) == Array(bytes[start..<end]))
      #expect(try #require(chunk["tokens"] as? Int) <= 32)
    }
  }

  @Test(arguments: [["--size", "8"], ["--size", "64", "--overlap", "40"], ["--strategy", "lines"]])
  func `chunk names the option that is out of range`(arguments: [String]) async throws {
    let result = try await twin(["chunk", "-", "--model", "hash"] + arguments)
    #expect(result.status == 2)
    #expect(result.error.contains(arguments[arguments.count - 2]), "\(result)")
  }

  // MARK: tokenize, embed

  @Test func `one line of input is one line of output, and ends at a line feed only`() async throws {
    let lines = ["one two", "", "a\u{0}b", "c\u{2028}d\u{2029}e\u{85}f\u{B}g", "carriage\rreturn\r", "last"]
    let input = lines.joined(separator: "\n")
    for end in ["", "\n"] {
      let tokens = try objects(try await twin(["tokenize", "--model", "hash"], input: input + end))
      #expect(tokens.count == lines.count)
      for (line, row) in zip(lines, tokens) {
        #expect(Set(row.keys) == ["ids", "offsets"])
        let offsets = try #require(row["offsets"] as? [[Int]])
        #expect(offsets.count == (row["ids"] as? [Int])?.count)
        #expect(offsets.allSatisfy { 0 <= $0[0] && $0[0] < $0[1] && $0[1] <= line.utf8.count })
      }
      #expect(try objects(try await twin(["embed", "--model", "hash"], input: input + end)).count == lines.count)
    }
    #expect(try await twin(["tokenize", "--model", "hash"]).output.isEmpty)
  }

  @Test func `tokenize takes the path of any model's tokenizer`() async throws {
    let fixtures = packageRoot.appending(path: "Tests/TokenizersTests/Fixtures")
    for path in ["ByteLevel/roberta.json", "vocab.txt"] {
      let result = try await twin(["tokenize", "--model", fixtures.appending(path: path).path], input: "engine\n")
      let rows = try objects(result)
      #expect((rows.first?["offsets"] as? [[Int]])?.last == [0, 0], "\(result)")
    }
    let wrong = try await twin(["tokenize", "--model", "./nothing.json"], input: "engine\n")
    #expect(wrong.status == 1 && wrong.error.contains("cannot read the vocabulary ./nothing.json"), "\(wrong)")
    let misspelt = try await twin(["tokenize", "--model", "hesh"], input: "engine\n")
    #expect(misspelt.status == 2 && misspelt.error.contains("did you mean hash?"), "\(misspelt)")
  }

  @Test func `lines of any length come out in order, however they are read`() async throws {
    let lines = (0..<3000).map { "line \($0) " + String(repeating: "é", count: $0 % 700) }
    let rows = try objects(
      try await twin(["tokenize", "--model", "hash", "--max-length", "2"], input: lines.joined(separator: "\n")))
    #expect(rows.count == lines.count)
    // The offsets of a line's number tell whether it is the right line.
    for (number, row) in rows.enumerated() {
      #expect((row["offsets"] as? [[Int]])?.last == [5, 5 + String(number).count])
    }
  }

  @Test func `a line that is not UTF-8 ends the command, after the lines before it`() async throws {
    let folder = try TemporaryFolder()
    let path = folder.path("latin1.txt")
    try Data(Array("one\ntwo\ncaf".utf8) + [0xE9, 0x0A] + Array("four\n".utf8)).write(to: URL(fileURLWithPath: path))
    for command in ["tokenize", "embed"] {
      let result = try await run(
        "/bin/sh", ["-c", "exec '\(twinExecutable)' \(command) --model hash < '\(path)'"],
        environment: bareEnvironment)
      #expect(result.status == 1)
      #expect(result.error.contains("line 3 is not UTF-8 from its byte 4 on"), "\(result)")
      #expect(try objects(result).count == 2)
    }
    for command in [["clean", path], ["chunk", path, "--model", "hash"]] {
      let result = try await twin(command)
      #expect(result.status == 1)
      #expect(result.error.contains("line 3 is not UTF-8 from its byte 4 on"), "\(result)")
    }
  }

  @Test func `a NumPy file has the same vectors as the JSON lines`() async throws {
    let folder = try TemporaryFolder()
    let input = "first line\nsecond line\n\nfourth\n"
    let vectors = try objects(try await twin(["embed", "--model", "hash"], input: input))
      .map { try #require($0["embedding"] as? [NSNumber]).map(\.floatValue) }
    let path = folder.path("vectors.npy")
    let result = try await twin(
      ["embed", "--model", "hash", "--format", "npy", "--output", path], input: input)
    #expect(result.status == 0, "\(result)")
    #expect(result.output.isEmpty)
    let file = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    #expect(Array(file.prefix(10)) == [0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59, 1, 0, 118, 0])
    let header = String(decoding: file[10..<128], as: UTF8.self)
    #expect(header.hasPrefix("{'descr': '<f4', 'fortran_order': False, 'shape': (4, 384), }"))
    #expect(header.hasSuffix(" \n"))
    let stored = stride(from: 128, to: file.count, by: 4).map { offset in
      Float(bitPattern: file[offset..<(offset + 4)].reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) })
    }
    #expect(stored == Array(vectors.joined()))
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path) == ["vectors.npy"])
  }

  @Test func `a NumPy file that cannot be finished is not there`() async throws {
    let folder = try TemporaryFolder()
    let path = folder.path("vectors.npy")
    let bad = try await run(
      "/bin/sh",
      ["-c", "printf 'good\\n\\377\\n' | '\(twinExecutable)' embed --model hash --format npy --output '\(path)'"],
      environment: bareEnvironment)
    #expect(bad.status == 1, "\(bad)")
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path).isEmpty)
    let nowhere = try await twin(["embed", "--model", "hash", "--format", "npy", "--output", "/nowhere/a.npy"])
    #expect(nowhere.status == 1)
    #expect(nowhere.error.contains("/nowhere/a.npy"), "\(nowhere)")
    #expect(try await twin(["embed", "--model", "hash", "--format", "npy"]).status == 2)
  }

  @Test(arguments: ["tokenize", "embed", "chunk"])
  func `a model that is unknown or not installed says which one works`(command: String) async throws {
    let input = command == "chunk" ? ["-"] : []
    let unknown = try await twin([command] + input + ["--model", "hush"])
    #expect(unknown.status == 2)
    #expect(unknown.error.contains("did you mean hash"), "\(unknown)")
    let missing = try await twin([command] + input, environment: ["TWIN_MODELS": "/nowhere"])
    #expect(missing.status == 1)
    #expect(missing.error.contains("--model hash"), "\(missing)")
  }

  @Test func `a file that is not there is named`() async throws {
    for command in ["extract", "clean", "chunk"] {
      let model = command == "chunk" ? ["--model", "hash"] : []
      let result = try await twin([command, "/nowhere/a.md"] + model)
      #expect(result.status == 1)
      #expect(result.error.contains("/nowhere/a.md"), "\(result)")
    }
  }

  /// The lines of the output, each an object.
  private func objects(_ result: CommandResult) throws -> [[String: Any]] {
    try result.output.utf8.split(separator: 0x0A).map { line in
      try #require(try JSONSerialization.jsonObject(with: Data(line)) as? [String: Any])
    }
  }
}
