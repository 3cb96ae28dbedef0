import Domain
import Foundation
import TestSupport
import Testing

@testable import Crawling

private let link = "https://www.linkedin.com/feed/update/urn:li:share:1"
private let shares = "Date,ShareLink,ShareCommentary\n,\(link),Mine\n"
private let other = "Date,ShareLink,ShareCommentary\n,\(link)2,Theirs\n"

@Suite struct `An archive` {
  let folder: TemporaryFolder
  let crawler = LinkedInCrawler(pages: .verbatim)

  init() throws { folder = try TemporaryFolder() }

  private func crawl(_ entries: [ZipEntry]) async throws -> CrawlOutcome {
    try await crawler.crawl(CrawlSource(makeZip(entries, in: folder)), author: ada, context: context(folder))
  }

  @Test func `has no file whose name goes on after a NUL`() async throws {
    let outcome = try await crawl([
      ZipEntry(name: "Shares.csv\0.jpg", text: other), ZipEntry(name: "Comments.csv", text: "Date,Link,Message\n"),
    ])
    #expect(outcome.documents.isEmpty)
    #expect(outcome.failures.map(\.message) == ["an entry was not read: its name holds a NUL character"])
    #expect(!outcome.isExhaustive)
  }

  @Test func `has no file of a name that is there twice, even if one of them hides behind a NUL`() async throws {
    for second in ["Shares.csv", "Shares.csv\0"] {
      let outcome = try await crawl([ZipEntry(name: "Shares.csv", text: shares), ZipEntry(name: second, text: other)])
      #expect(outcome.documents.isEmpty && outcome.failures.count == 2, "\(outcome)")
    }
    let message = try await crawl([
      ZipEntry(name: "Shares.csv", text: shares), ZipEntry(name: "Shares.csv", text: other),
    ]).failures.first?.message
    #expect(message == "an entry was not read: two files of the zip have this name")
  }

  @Test func `has no file that its directory calls by another name`() async throws {
    for names in [("Shares.csv", "Shapes.csv"), ("Shapes.csv", "Shares.csv")] {
      let outcome = try await crawl([
        ZipEntry(name: names.0, text: shares, local: names.1),
        ZipEntry(name: "Comments.csv", text: "Date,Link,Message\n"),
      ])
      #expect(outcome.documents.isEmpty, "\(outcome)")
    }
  }

  @Test func `may be glued to something, and have a comment`() async throws {
    let zip = try makeZip([ZipEntry(name: "Shares.csv", text: shares)], in: folder)
    var bytes = try Data(contentsOf: URL(fileURLWithPath: zip))
    bytes[bytes.count - 2] = 3
    try (bytes + Data("end".utf8)).write(to: URL(fileURLWithPath: zip))
    let outcome = try await crawler.crawl(CrawlSource(zip), author: ada, context: context(folder))
    #expect(outcome.documents.map(\.text) == ["Mine"])
  }

  @Test func `that has not changed is not read again, with the same settings`() async throws {
    let memory = TestMemory()
    let zip = try makeZip([ZipEntry(name: "Shares.csv", text: shares)], in: folder)
    func crawl(_ options: [String: [String]] = [:]) async throws -> CrawlOutcome {
      try await crawler.crawl(
        CrawlSource(zip, options: options), author: ada, context: context(folder), remembering: memory)
    }
    #expect(try await crawl().documents.count == 1)
    let writes = await memory.writes
    #expect(try await crawl().isUnchanged)
    #expect(await memory.writes == writes)
    #expect(try await crawl(["include": ["shares"]]).documents.count == 1)
    _ = try makeZip([ZipEntry(name: "Shares.csv", text: other)], in: folder)
    #expect(try await crawl(["include": ["shares"]]).documents.map(\.text) == ["Theirs"])
  }

  @Test func `of which a part failed is read again, and so is a folder that changed`() async throws {
    let memory = TestMemory()
    try folder.write(shares + ",x,No link\n", to: "x/Shares.csv")
    let source = CrawlSource(folder.path("x"))
    for _ in 0..<2 {
      let outcome = try await crawler.crawl(source, author: ada, context: context(folder), remembering: memory)
      #expect(outcome.failures.count == 1 && outcome.documents.count == 1)
    }
    try folder.write(shares, to: "x/Shares.csv")
    #expect(
      try await crawler.crawl(source, author: ada, context: context(folder), remembering: memory).documents.count == 1)
    #expect(try await crawler.crawl(source, author: ada, context: context(folder), remembering: memory).isUnchanged)
  }

  @Test func `of many pages is read some at a time, in order, from a zip and from a folder`() async throws {
    let number = 2400
    func page(_ index: Int) -> (name: String, text: String) {
      let title = "<h1><a href=\"https://www.linkedin.com/pulse/a-\(index)\">A \(index)</a></h1>"
      return ("Articles/\(10_000 + index).html", "<html><body>\(title)<p>Words of \(index).</p></body></html>")
    }
    let entries = (0..<number).map { index in ZipEntry(name: page(index).name, text: page(index).text) }
    let outcome = try await crawl(entries + [ZipEntry(name: "Shares.csv", text: shares)])
    let expected = (0..<number).map { "https://www.linkedin.com/pulse/a-\($0)" }
    #expect(outcome.documents.filter { $0.category == .articles }.map(\.link) == expected, "\(outcome.failures)")
    #expect(outcome.documents.count == number + 1 && outcome.isExhaustive)
    for index in 0..<number { try folder.write(page(index).text, to: "x/\(page(index).name)") }
    try folder.write(shares, to: "x/Shares.csv")
    let unpacked = try await crawler.crawl(CrawlSource(folder.path("x")), author: ada, context: context(folder))
    #expect(unpacked.documents.map(\.link) == outcome.documents.map(\.link))
  }

  @Test func `that changes between two of its parts is an error`() throws {
    let limits = CrawlLimits()
    let entries = (0..<1100).map { ZipEntry(name: "Articles/\($0).html", text: "x") }
    let path = try makeZip(entries, in: folder)
    let files = try #require(
      try ExportFiles.read(at: path, limits: limits, keeping: { _ in false }, pages: { _ in true }))
    var pages = ExportPages(of: files, at: path, limits: limits)
    #expect(try pages.next().contents.count == 1000)
    _ = try makeZip(entries + entries, in: folder)
    let error = #expect(throws: CrawlError.self) { try pages.next() }
    #expect(error?.description.contains("changed while it was read") == true)
  }

  @Test func `that is a pipe is an error, not a wait`() async throws {
    let pipe = folder.path("x.zip")
    try ran("mkfifo", [pipe])
    let message = await crawlError {
      _ = try await crawler.crawl(CrawlSource(pipe), author: ada, context: context(folder))
    }
    #expect(message.contains("no regular file"))
  }

  @Test func `however damaged is an error or another text, never a crash`() async throws {
    let zip = try makeZip(
      [ZipEntry(name: "Shares.csv", text: shares), ZipEntry(name: "Articles/ö.html", text: "<h1>x</h1>")], in: folder)
    let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: zip)))
    let damaged = folder.path("damaged.zip")
    for variant in Mutations(of: [bytes], words: ["PK\u{1}\u{2}", "PK\u{3}\u{4}", "PK\u{5}\u{6}"], count: 400, seed: 5)
    {
      try Data(variant).write(to: URL(fileURLWithPath: damaged))
      do {
        _ = try await crawler.crawl(CrawlSource(damaged), author: ada, context: context(folder))
      } catch {
        #expect(error is CrawlError)
      }
    }
  }
}
