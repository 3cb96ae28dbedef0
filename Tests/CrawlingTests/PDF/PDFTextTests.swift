import Domain
import Foundation
import TestSupport
import Testing

@testable import Crawling

@Suite struct `The text of a PDF` {
  private func cleaned(_ output: String, references: Bool = true, tables: Bool = true) -> String {
    var options = PDFOptions()
    options.keepsReferences = references
    options.keepsTables = tables
    return PDFCleaner(options).text(of: output)
  }

  @Test func `has no running heads and page numbers, and goes on over the end of a page`() {
    let words = ["gears", "wheels", "mills", "stores", "cards", "engines"]
    let pages = words.enumerated().map { number, word in
      let head = number % 2 == 0 ? "On turning   \(number)" : "\(number)   A. Lovelace"
      return "\(head)\n\nken in two, \(word) turn each other.\n\(word) end with a word that is bro-\n\n- \(number) -\n"
    }
    let text = cleaned(pages.joined(separator: "\u{C}") + "\u{C}")
    #expect(!text.contains("Lovelace") && !text.contains("On turning") && !text.contains("- 4 -"))
    #expect(text.contains("mills end with a word that is broken\nin two, stores turn each other."))
    let two = "On gears   1\nWords.\n\u{C}On gears   2\nWords of two.\n\u{C}"
    #expect(cleaned(two).contains("On gears   2"), "two pages are no pattern")
  }

  @Test func `joins broken words, and keeps hyphens that belong there`() {
    #expect(cleaned("an exam-\nple of gears\n") == "an example\nof gears")
    #expect(cleaned("a well-known wheel, a well-\nknown gear") == "a well-known wheel, a well-known\ngear")
    #expect(cleaned("soft\u{AD}\nware.") == "software.")
    #expect(cleaned("1990-\n2000") == "1990-\n2000")
    #expect(cleaned("the B-\nTree") == "the B-\nTree")
    let long = String(repeating: "a-\n", count: 200_000)
    #expect(cleaned(long).utf8.count <= long.utf8.count)
  }

  @Test(arguments: ["References", "7 References", "REFERENCES", "IV. Bibliography", "Literatur:"])
  func `has no references if they are not wanted, but what comes behind`(heading: String) {
    let body = "Contents\nReferences\n" + String(repeating: "Words of the paper.\n", count: 20)
    let list = "[1] A. Lovelace, Notes.\n[2] C. Babbage, Appendix to a memoir.\n"
    let text = body + "\n\(heading)\n\n\(list)\nAppendix A: Tables\nMore words.\n"
    #expect(cleaned(text).contains("[1] A. Lovelace"))
    let without = cleaned(text, references: false)
    #expect(!without.contains("Lovelace") && !without.contains("Babbage"))
    #expect(without.hasSuffix("Appendix A: Tables\nMore words.") && without.hasPrefix("Contents\nReferences"))
    #expect(cleaned("References\n" + body, references: false).contains("Words of the paper"))
  }

  @Test func `has no tables if they are not wanted`() {
    let text = "As table 1 shows, gears turn.\n\nWheel 12 0.5\nGear 13 0.7\nMill 1,400 99%\n\nIn 1843 there were 2.\n"
    #expect(cleaned(text).contains("13 0.7"))
    #expect(cleaned(text, tables: false) == "As table 1 shows, gears turn.\n\nIn 1843 there were 2.")
  }

  @Test func `survives what is no text`() {
    let corpus = ["On gears 1\nan exam-\nple\n\n1 2 3\n4 5 6\n7 8 9\n\nReferences\n[1] x\n\u{C}On gears 2\n\u{C}"].map {
      Array($0.utf8)
    }
    for bytes in Mutations(of: corpus, words: ["\u{C}", "-\n", "References\n", "\u{AD}", "\n\n"], count: 1500, seed: 3)
    {
      _ = cleaned(String(decoding: bytes, as: UTF8.self), references: false, tables: false)
      _ = PDFText(text: "", information: String(decoding: bytes, as: UTF8.self))
    }
  }

  @Test func `comes with what the PDF says of itself`() async throws {
    let folder = try TemporaryFolder()
    let page = ["The engine turns its wheels.", "References", "[1] A. Lovelace, Notes."]
    let file = try folder.write(makePDF([["Words.", "More."], page], title: "Gears of the engine"), to: "a.pdf")
    func crawl(_ options: [String: [String]]) async throws -> RawDocument {
      let outcome = try await NotesCrawler().crawl(
        CrawlSource(file, options: options), author: ada, context: context(folder))
      return try #require(outcome.documents.first, "\(outcome.failures)")
    }
    let whole = try await crawl([:])
    #expect(whole.title == "Gears of the engine")
    #expect(whole.publishedAt == (try Date("2021-03-04T05:06:07Z", strategy: .iso8601)))
    #expect(whole.text.contains("turns its wheels") && whole.text.contains("Lovelace"))
    #expect(try await !crawl(["references": ["false"]]).text.contains("Lovelace"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path("work")).isEmpty)
  }

  @Test func `comes from the web with that, too`() async throws {
    let folder = try TemporaryFolder()
    let server = try CrawlServer()
    let page = ["The engine turns its wheels.", "References", "[1] A. Lovelace, Notes."]
    let pdf = makePDF([["Words.", "More."], page], title: "Gears of the engine")
    try server.behave(["/papers/7.pdf": .init(type: "application/pdf", body: pdf)])
    func crawl(_ options: [String: [String]]) async throws -> RawDocument {
      let source = CrawlSource("http://ada.example/papers/7.pdf", options: options)
      let outcome = try await Dispatcher().crawl(source, author: ada, context: context(folder, proxy: server.origin))
      return try #require(outcome.documents.first, "\(outcome.failures)")
    }
    let whole = try await crawl([:])
    #expect(whole.title == "Gears of the engine" && whole.link == "http://ada.example/papers/7.pdf")
    #expect(whole.publishedAt == (try Date("2021-03-04T05:06:07Z", strategy: .iso8601)))
    #expect(whole.text.contains("turns its wheels") && whole.text.contains("Lovelace"))
    #expect(try await !crawl(["references": ["false"]]).text.contains("Lovelace"))
  }

  @Test(arguments: [
    ("Title:  Microsoft Word - a.doc", nil), ("Title: thesis.dvi", nil), ("Title: untitled", nil), ("Title: 1234", nil),
    ("Title: On gears", "On gears"), ("Title:", nil), ("Title: A\nTitle: B", nil), ("no colon", nil),
  ])
  func `has a title if that is no file's name`(information: String, title: String?) {
    #expect(PDFText(text: "", information: information).title == title)
  }
}
