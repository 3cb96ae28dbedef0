import Domain
import Foundation
import TestSupport
import Testing

@testable import Crawling

@Suite struct `A dataset` {
  let folder: TemporaryFolder
  let memory = TestMemory()

  init() throws {
    folder = try TemporaryFolder()
  }

  private func crawl(
    _ text: String, named name: String = "posts.jsonl", options: [String: [String]] = [:],
    limits: CrawlLimits = CrawlLimits()
  ) async throws -> CrawlOutcome {
    let path = try folder.write(text, to: name)
    return try await DatasetCrawler().crawl(
      CrawlSource(path, options: options), author: ada, context: context(folder, limits: limits), remembering: memory)
  }

  @Test func `of JSON lines has a document for each, with what its columns say`() async throws {
    let outcome = try await crawl(
      """
      \u{FEFF}{"id": 1526379823094824962, "title": "Gears", "text": "They turn.", "date": "2024-05-06", "lang": "en"}

      {"id": "a b", "text": "Wheels.", "date": 1714989600, "title": null}
      {"id": 3, "text": " "}
      """)
    #expect(outcome.documents.map(\.text) == ["They turn.", "Wheels."])
    let first = outcome.documents[0]
    #expect(first.link == "file://\(folder.path("posts.jsonl"))#1526379823094824962")
    #expect(first.title == "Gears" && first.language == "en" && first.category == .articles)
    #expect(first.publishedAt == (try Date("2024-05-06T00:00:00Z", strategy: .iso8601)))
    #expect(outcome.documents[1].link.hasSuffix("#a%20b"))
    #expect(outcome.documents[1].publishedAt == Date(timeIntervalSince1970: 1_714_989_600))
    #expect(outcome.skipped.map(\.reason) == ["no text in `text`"] && outcome.isExhaustive)
  }

  /// Writes a gzip file of what Python makes.
  private func pack(_ expression: String, as name: String) throws -> String {
    let path = folder.path(name)
    try ran(
      testPython, ["-c", "import gzip, sys; gzip.open(sys.argv[1], 'wb').write(\(expression))", path])
    return path
  }

  @Test func `that is packed is unpacked, here and on the web, and not read again as it is`() async throws {
    let rows = #"b'{"id": 1, "text": "one"}\n{"id": 2, "text": "two"}\n'"#
    let path = try pack(rows, as: "posts.jsonl.gz")
    for expected in [["one", "two"], []] {
      let outcome = try await DatasetCrawler().crawl(
        CrawlSource(path), author: ada, context: context(folder), remembering: memory)
      #expect(outcome.documents.map(\.text) == expected && outcome.isUnchanged == expected.isEmpty)
    }
    let table = try pack(#"b'id,text\n1,one\n'"#, as: "posts.csv.gz")
    #expect(
      try await Dispatcher().crawl(CrawlSource(table), author: ada, context: context(folder)).documents.count == 1)

    let server = try CrawlServer()
    let body = "{\"id\": 1, \"text\": \"one\"}\n"
    for (type, isPacked) in [("application/gzip", true), ("application/jsonl", false)] {
      try server.behave(["/posts.jsonl.gz": .init(type: type, body: body, packed: isPacked)])
      let outcome = try await Dispatcher().crawl(
        CrawlSource("http://ada.example/posts.jsonl.gz"), author: ada, context: context(folder, proxy: server.origin))
      #expect(outcome.documents.map(\.link) == ["http://ada.example/posts.jsonl.gz#1"], "\(outcome.failures)")
    }
  }

  @Test func `that is packed is no bomb, and not damaged`() async throws {
    var limits = CrawlLimits()
    let bomb = try pack(#"b'{"text": "' + b'a' * (40 << 20) + b'"}'"#, as: "bomb.jsonl.gz")
    let ratio = await crawlError {
      _ = try await DatasetCrawler().crawl(
        CrawlSource(bomb), author: ada, context: context(folder, limits: limits))
    }
    #expect(ratio.contains("what the file unpacks to") && ratio.contains("200 times"), "\(ratio)")
    limits.dataset.fileBytes = 1000
    let small = try pack(#"b'{"text": "a"}\n' * 1000"#, as: "small.jsonl.gz")
    let large = await crawlError {
      _ = try await DatasetCrawler().crawl(
        CrawlSource(small), author: ada, context: context(folder, limits: limits))
    }
    #expect(large.contains("what the file unpacks to"), "\(large)")
    let bytes = try Data(contentsOf: URL(fileURLWithPath: small))
    try bytes.dropLast(bytes.count / 2).write(to: folder.url.appending(path: "cut.jsonl.gz"))
    let cut = await crawlError {
      _ = try await DatasetCrawler().crawl(
        CrawlSource(folder.path("cut.jsonl.gz")), author: ada, context: context(folder))
    }
    #expect(cut.contains("damaged or cut off"), "\(cut)")
  }

  @Test func `that has not changed is not read, and rows that moved stay what they are`() async throws {
    _ = try await crawl("{\"text\": \"one\"}\n{\"text\": \"two\"}\n")
    #expect(try await crawl("{\"text\": \"one\"}\n{\"text\": \"two\"}\n") == .unchanged)
    let links = await memory.documents.keys.sorted()
    let moved = try await crawl("{\"text\": \"two\"}\n{\"text\": \"one\"}\n")
    #expect(moved.documents.map(\.link).sorted() == links && moved.isExhaustive)
    let other = try await crawl("{\"text\": \"two\"}\n{\"text\": \"one\"}\n", options: ["where": ["text=one"]])
    #expect(other.documents.map(\.text) == ["one"], "it has other settings")
  }

  @Test func `with a row that is broken gives the others, and is read again`() async throws {
    let text = "{\"text\": \"one\"}\n{\"text\": \n[1]\n{\"text\": \"two\"} x\n{\"text\": \"three\"}\n"
    for _ in 0..<2 {
      let outcome = try await crawl(text)
      #expect(outcome.documents.map(\.text) == ["one", "three"])
      #expect(outcome.failures.map(\.message) == [2, 3, 4].map { "line \($0): it is no JSON object" })
      #expect(outcome.failures.first?.item == "file://\(folder.path("posts.jsonl"))#line%202")
      #expect(!outcome.isExhaustive)
    }
  }

  @Test func `of comma-separated values has the columns of its header`() async throws {
    let outcome = try await crawl(
      "id,body,headline\n1,\"Two\nlines, one row\",Gears\n2,few\n3,Wheels,\n", named: "posts.csv")
    #expect(outcome.documents.map(\.text) == ["Two\nlines, one row", "Wheels"])
    #expect(outcome.documents.map(\.title) == ["Gears", nil])
    #expect(outcome.failures.map(\.message) == ["line 4: it has 2 columns, not 3"])
    let open = try await crawl("text\nfine\n\"open\nand on\n", named: "open.csv")
    #expect(open.documents.map(\.text) == ["fine"] && open.failures.count == 1)
  }

  @Test func `of SQuAD's form has a document for each title, and questions if they are asked for`() async throws {
    let text = """
      {"version": "v2.0", "data": [{"title": "Analytical_Engine", "paragraphs": [
        {"context": "It has a mill.", "qas": [
          {"question": "What has it?", "id": "1", "answers": [{"text": "a mill", "answer_start": 7}]},
          {"question": "Why?", "id": "2", "is_impossible": true, "answers": []}]},
        {"context": "It has a store.", "qas": []}]}]}
      """
    let plain = try await crawl(text, named: "squad.json")
    #expect(plain.documents.map(\.text) == ["It has a mill.\n\nIt has a store."])
    #expect(plain.documents.map(\.title) == ["Analytical Engine"])
    #expect(plain.documents.map(\.link) == ["file://\(folder.path("squad.json"))#Analytical_Engine"])
    let asked = try await crawl(text, named: "squad.json", options: ["questions": ["true"]])
    #expect(
      asked.documents.first?.text.hasSuffix("**What has it?**\n\na mill\n\n**Why?**\n\nThere is no answer.") == true)
    let rows = try await crawl(
      (1...3).map { #"{"id": "\#($0)", "context": "It has a mill.", "question": "\#($0)?"}"# }.joined(separator: "\n"))
    #expect(rows.documents.map(\.text) == ["It has a mill."], "a paragraph stands in a row for each question")
  }

  @Test func `has the columns that the source names, nested ones too, and only the author's rows`() async throws {
    let text = """
      {"post": {"text": "mine"}, "text": "no", "by": " ada example ", "url": "https://ada.dev/1?utm_source=x", "n": 1}
      {"post": {"text": "shared"}, "by": ["Eve", "Ada Example"], "url": "not a link", "n": 1}
      {"post": {"text": "theirs"}, "by": "Eve", "n": 1}
      {"post": {"text": "other"}, "by": "Ada Example", "n": 2}
      """
    let outcome = try await crawl(
      text,
      options: [
        "text": ["post.text"], "author_column": ["by"], "link": ["url"], "where": ["n=1"],
      ])
    #expect(outcome.documents.map(\.text) == ["mine", "shared"])
    #expect(outcome.documents[0].link == "https://ada.dev/1")
    #expect(outcome.documents[1].link.contains("posts.jsonl#sha256-"))
    #expect(Set(outcome.skipped.map(\.reason)) == ["by another author", "not among `where`"])
    let unnamed = try await crawl(#"{"text": "x", "url": "https://eve.example/her/own"}"#, named: "b.jsonl")
    #expect(unnamed.documents.allSatisfy { $0.link.hasPrefix("file:") }, "a link is taken only if it is asked for")
  }

  @Test(arguments: [
    (#"{"a": "x", "b": "y"}"#, "posts.jsonl", "which column holds the text; say `text: COLUMN`, with one of `a`, `b`"),
    (#"{"text": "x", "content": "y"}"#, "posts.jsonl", "which column holds the text"),
    ("{\"text\": ", "posts.json", "it is no JSON document"), ("{\"a\": 1}", "posts.json", "nor in SQuAD's form"),
    ("", "posts.csv", "it has no header"), ("text,text\na,b\n", "posts.csv", "have the same name"),
  ])
  func `that cannot be understood says what to do`(text: String, name: String, message: String) async throws {
    #expect(await crawlError { _ = try await crawl(text, named: name) }.contains(message))
  }

  @Test func `whose column is misspelt, or whose condition is none, is an error`() async throws {
    let rows = "{\"text\": \"x\"}\n"
    let misspelt = await crawlError { _ = try await crawl(rows, options: ["text": ["txt"]]) }
    #expect(misspelt.contains("no row has a text in `txt`; say `text: COLUMN`, with one of `text`"))
    let condition = await crawlError { _ = try await crawl(rows, options: ["where": ["text"]]) }
    #expect(condition.contains("`text` in `where` is no condition"))
  }

  @Test func `is read up to its limits`() async throws {
    var limits = CrawlLimits()
    limits.dataset.rows = 2
    limits.dataset.failures = 1
    limits.dataset.rowBytes = 40
    let many = try await crawl("{\"text\": \"1\"}\n{\"text\": \"2\"}\n{\"text\": \"3\"}\n", limits: limits)
    #expect(many.documents.count == 2 && !many.isExhaustive && many.failures.isEmpty)
    limits.dataset.rows = 100
    let long = String(repeating: "x", count: 50)
    let wide = try await crawl("{\"text\": \"1\"}\n{\"text\": \"\(long)\"}\n-\n-\n", limits: limits)
    #expect(
      wide.failures.map(\.message) == [
        "line 2: it is longer than 40 bytes", "2 more rows could not be read",
      ])
    limits.dataset.fileBytes = 10
    #expect(await crawlError { _ = try await crawl("{\"text\": \"1\"}", limits: limits) }.contains("exceeds the limit"))
  }

  @Test func `on the web is fetched only if it has changed, and again if a row failed`() async throws {
    let server = try CrawlServer()
    func crawl() async throws -> CrawlOutcome {
      try await DatasetCrawler().crawl(
        CrawlSource("http://a.example/posts.jsonl"), author: ada, context: context(folder, proxy: server.origin),
        remembering: memory)
    }
    try server.behave(["/posts.jsonl": .init(type: "text/plain", body: "{\"text\": \"one\"}\n{\n")])
    #expect(try await crawl().documents.map(\.link).allSatisfy { $0.hasPrefix("http://a.example/posts.jsonl#sha256-") })
    #expect(try await crawl().failures.count == 1)
    try server.behave(["/posts.jsonl": .init(type: "text/plain", body: "{\"text\": \"one\"}\n")])
    #expect(try await crawl().failures.isEmpty)
    let writes = await memory.writes
    try server.forget()
    #expect(try await crawl() == .unchanged)
    #expect(try server.requests().map(\.status) == [304])
    #expect(await memory.writes == writes)
  }

  @Test func `of any bytes is read or refused`() throws {
    let corpus = [
      #"{"id": 1, "text": "one", "a": {"b": [1, 2.5, null, true]}}"# + "\n{\"text\": \"two\"}\n",
      "id,text\r\n1,\"a \"\"b\"\"\"\r\n2,c\r\n",
      #"{"data": [{"title": "a", "paragraphs": [{"context": "b", "qas": [{"question": "c", "answers": []}]}]}]}"#,
    ].map { Array($0.utf8) }
    let words = ["{", "}", "[", "]", "\"", "\\u0000", "\\ud800", ",", "\n", "1e999", "-", "paragraphs", "data"]
    for bytes in Mutations(of: corpus, words: words, count: 1500, seed: 8) {
      for format in [TableFormat.jsonLines, .csv, .json] {
        guard let items = try? DatasetItems(bytes, format: format, rowBytes: 1000) else { continue }
        #expect(items.reduce(0) { count, _ in count + 1 } <= bytes.count)
      }
    }
    let deep = String(repeating: "[", count: 100_000)
    #expect(throws: DatasetProblem.self) { try DatasetItems(Array(deep.utf8), format: .json, rowBytes: 1000) }
  }
}
