import Crawling
import Domain
import Foundation
import TestSupport
import Testing

@Suite struct `The notes crawler` {
  let folder: TemporaryFolder
  /// Takes a page's bytes as its text, so that these tests are about files and not about extraction.
  let crawler = NotesCrawler(pages: .verbatim)

  init() throws {
    folder = try TemporaryFolder()
    try FileManager.default.createDirectory(atPath: folder.path("work"), withIntermediateDirectories: true)
  }

  private func crawl(_ name: String = "notes", limits: CrawlLimits = CrawlLimits()) async throws -> CrawlOutcome {
    try await crawler.crawl(CrawlSource(folder.path(name)), author: ada, context: context(folder, limits: limits))
  }

  @Test func `a folder gives one document per note`() async throws {
    try folder.write("# Looms\n\nThey follow cards.", to: "notes/looms.md")
    try folder.write("---\ntitle: \"Gears\"\ndate: 1843-09-01\ntags: [a, b]\n---\n\nTeeth.", to: "notes/deep/gears.md")
    try folder.write("Plain words.", to: "notes/plain text.txt")
    try folder.write("<p>Page</p>", to: "notes/page.html")
    try folder.write("hidden", to: "notes/.obsidian/x.md")
    try folder.write("a,b", to: "notes/data.csv")
    try folder.write("  \n", to: "notes/empty.md")
    let outcome = try await crawl()
    #expect(outcome.documents.map(\.path) == ["deep/gears.md", "looms.md", "page.html", "plain text.txt"])
    #expect(outcome.documents.map(\.title) == ["Gears", "Looms", "page", "plain text"])
    #expect(outcome.documents[0].text == "Teeth.")
    #expect(outcome.documents[0].tags == ["a", "b"])
    #expect(outcome.documents[0].publishedAt == Date(timeIntervalSince1970: -3_986_755_200))
    #expect(outcome.documents[3].link == "file://\(folder.path("notes"))/plain%20text.txt")
    #expect(outcome.documents.allSatisfy { $0.category == .articles })
    #expect(outcome.skipped.map(\.item) == ["data.csv", "empty.md"])
    #expect(outcome.failures.isEmpty)
    #expect(outcome.isExhaustive)
  }

  @Test func `front matter and headings are found whatever ends the lines`() async throws {
    try folder.write("---\r\ntags:\r\n  - one\r\n  - \"two\"\r\nlang: fr\r\n---\r\n\r\n# Métiers\r\n", to: "notes/a.md")
    try folder.write("```\n# no heading\n```\n# Heading #\n", to: "notes/b.md")
    try folder.write("---\nno end", to: "notes/c.md")
    try folder.write("---\ntitle: kept\n---\n", to: "notes/d.txt")
    let documents = try await crawl().documents
    #expect(documents.map(\.title) == ["Métiers", "Heading", "c", "d"])
    #expect(documents[0].tags == ["one", "two"])
    #expect(documents[0].language == "fr")
    #expect(documents[0].text == "# Métiers\n")
    #expect(documents[3].text.contains("title: kept"))
  }

  @Test func `symbolic links below the folder are not followed, and a pipe is not waited for`() async throws {
    try folder.write("secret", to: "outside/secret.md")
    try folder.write("mine", to: "notes/mine.md")
    let files = FileManager.default
    try files.createSymbolicLink(
      atPath: folder.path("notes/link.md"), withDestinationPath: folder.path("outside/secret.md"))
    try files.createSymbolicLink(atPath: folder.path("notes/folder"), withDestinationPath: folder.path("outside"))
    try ran("mkfifo", [folder.path("notes/pipe.md")])
    let outcome = try await crawl()
    #expect(outcome.documents.map(\.text) == ["mine"])
    #expect(Set(outcome.skipped.map(\.item)) == ["link.md", "folder", "pipe.md"])
  }

  @Test func `the folder that the user named may be a link itself`() async throws {
    try folder.write("mine", to: "real/mine.md")
    try FileManager.default.createSymbolicLink(atPath: folder.path("notes"), withDestinationPath: folder.path("real"))
    #expect(try await crawl().documents.count == 1)
  }

  @Test func `what exceeds the limits is skipped or refused`() async throws {
    try folder.write(String(repeating: "x", count: 100), to: "notes/large.md")
    try folder.write("small", to: "notes/small.md")
    try folder.write("deep", to: "notes/1/2/3/deep.md")
    var limits = CrawlLimits()
    limits.notes.fileBytes = 50
    limits.notes.folderDepth = 3
    let outcome = try await crawl(limits: limits)
    #expect(outcome.documents.map(\.path) == ["small.md"])
    #expect(Set(outcome.skipped.map(\.item)) == ["large.md", "1/2/3/"])
    limits.notes.folderEntries = 3
    let message = await crawlError { _ = try await crawl(limits: limits) }
    #expect(message.contains("exceeds the limit of 3 files and folders"))
  }

  @Test func `one bad file does not end the folder`() async throws {
    try folder.write("fine", to: "notes/fine.md")
    try folder.write("this is no PDF", to: "notes/broken.pdf")
    try Data([0x4D, 0x5A, 0, 1]).write(to: URL(fileURLWithPath: folder.path("notes/binary.txt")))
    try Data([0x63, 0x61, 0x66, 0xE9]).write(to: URL(fileURLWithPath: folder.path("notes/latin.txt")))
    let outcome = try await crawl()
    #expect(outcome.documents.map(\.text) == ["fine", "café"])
    #expect(outcome.skipped == [Skip(item: "binary.txt", reason: "binary")])
    #expect(outcome.failures.map(\.item) == [folder.path("notes/broken.pdf")])
    #expect(!outcome.isExhaustive, "a note that failed is not gone")
  }

  @Test func `a PDF is read through pdftotext`() async throws {
    try folder.write(minimalPDF(saying: "Cards and gears"), to: "notes/paper.pdf")
    let outcome = try await crawl()
    #expect(outcome.documents.map(\.text) == ["Cards and gears"], "\(outcome.failures)")
    #expect(outcome.documents.map(\.title) == ["paper"])
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path("work")).isEmpty)
  }

  @Test func `a PDF with more text than the limit is ended and reported`() async throws {
    let line = String(repeating: "word ", count: 200)
    try folder.write(minimalPDF(saying: line, pages: 500), to: "notes/long.pdf")
    var limits = CrawlLimits()
    limits.notes.fileBytes = 60_000
    let outcome = try await crawl(limits: limits)
    #expect(outcome.documents.isEmpty)
    #expect(outcome.failures.first?.message.contains("its text exceeds the limit") == true, "\(outcome)")
  }

  @Test func `a saved page gets the link that it calls canonical`() async throws {
    let file = try folder.write("<link canonical https://ada.medium.com/gears?source=x>Words", to: "saved.html")
    let outcome = try await crawler.crawl(CrawlSource(file), author: ada, context: context(folder))
    #expect(outcome.documents.map(\.link) == ["https://ada.medium.com/gears"])
    #expect(outcome.documents.map(\.platform) == ["medium"])
  }

  @Test func `an empty saved page is a failure that says what to do`() async throws {
    let file = try folder.write("", to: "saved.html")
    let outcome = try await crawler.crawl(CrawlSource(file), author: ada, context: context(folder))
    #expect(outcome.documents.isEmpty)
    #expect(outcome.failures.first?.message.contains("save it again") == true)
  }
}

/// A PDF with the same line on each page, written by hand: a reader rebuilds the cross-reference table that is left out.
private func minimalPDF(saying text: String, pages: Int = 1) -> String {
  let stream = "BT /F1 12 Tf 72 720 Td (\(text)) Tj ET"
  let numbers = (0..<pages).map { $0 + 4 }
  return """
    %PDF-1.4
    1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj
    2 0 obj << /Type /Pages /Kids [\(numbers.map { "\($0) 0 R" }.joined(separator: " "))] /Count \(pages)
      /MediaBox [0 0 9000 792]
      /Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >> endobj
    3 0 obj << /Length \(stream.utf8.count) >>
    stream
    \(stream)
    endstream
    endobj
    \(numbers.map { "\($0) 0 obj << /Type /Page /Parent 2 0 R /Contents 3 0 R >> endobj" }.joined(separator: "\n"))
    trailer << /Root 1 0 R >>
    """
}
