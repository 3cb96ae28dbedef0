import Dataset
import Domain
import Foundation
import TestSupport
import Testing

/// The rule of the LLM Engineers Handbook, as Python's regular expressions have it.
struct HandbookExtractTests {
  private struct Case: Decodable {
    var text: String
    var extracts: [Cut]
  }

  private struct Cut: Decodable, Equatable {
    var start: Int
    var end: Int
    var joined: String
  }

  private func document(_ text: String) -> CleanedDocument {
    let raw = RawDocument(
      category: .articles, link: "https://example.org/1", platform: "example.org", author: author, title: nil,
      text: text)
    return CleanedDocument(of: raw, text: text, fingerprint: ContentHash(of: "test"))
  }

  /// The extracts of a text as Python tells them.
  private func cuts(_ text: String) -> [Cut] {
    let bytes = Array(text.utf8)
    return extracts(of: document(text), rule: .handbook).map { extract in
      #expect(Array(extract.text.utf8) == Array(bytes[extract.start..<extract.end]))
      return Cut(start: extract.start, end: extract.end, joined: "")
    }
  }

  private func withoutWords(_ cuts: [Cut]) -> [Cut] { cuts.map { Cut(start: $0.start, end: $0.end, joined: "") } }

  @Test func `extracts are the golden ones, which Python made`() throws {
    let file = packageRoot.appending(path: "Tests/DatasetTests/Fixtures/handbook-extracts.json")
    let cases = try JSONDecoder().decode([Case].self, from: Data(contentsOf: file))
    #expect(cases.flatMap(\.extracts).count >= 10)
    for given in cases { #expect(cuts(given.text) == withoutWords(given.extracts), "\(given.text.prefix(60))") }
    // Where the white space is single spaces, the extract is the very text that the handbook has.
    for given in cases where !given.text.contains(where: { $0.isWhitespace && $0 != " " || $0 == "\u{200B}" }) {
      let found = extracts(of: document(given.text), rule: .handbook).map(\.text)
      #expect(found == given.extracts.map(\.joined) || given.text.contains("  "))
    }
  }

  @Test func `any text is cut as Python cuts it`() throws {
    var generator = SeededGenerator(seed: 3)
    let pieces = [
      "mill", "e.g.", "Mr.", "x.y.", "Ad.", "é.", "中。", ".", "?", "!", " ", " ", "\n", "\u{A0}", "\u{85}", "\u{1D}",
      "_",
      "3.1", "Ⅷ", "²", "İ", "a\u{301}", "\u{200B}", "ª", "wheel store card crank",
      String(repeating: "long ", count: 30),
    ]
    let texts = (0..<60).map { _ in
      (0..<Int.random(in: 0...400, using: &generator)).compactMap { _ in pieces.randomElement(using: &generator) }
        .joined()
    }
    let input = String(decoding: try JSONEncoder().encode(texts), as: UTF8.self)
    let script = packageRoot.appending(path: "Tests/Peers/handbook_extracts.py").path
    let result = try runBlocking(testPython, [script], input: input)
    try #require(result.status == 0, "\(result)")
    let wanted = try JSONDecoder().decode([[Cut]].self, from: Data(result.output.utf8))
    #expect(wanted.joined().count >= 20)
    for (text, cuts) in zip(texts, wanted) {
      #expect(self.cuts(text) == withoutWords(cuts), "\(text.debugDescription)")
    }
  }

  @Test func `the golden file is what its script makes`() throws {
    let file = packageRoot.appending(path: "Tests/DatasetTests/Fixtures/handbook-extracts.json")
    let cases = try JSONDecoder().decode([Case].self, from: Data(contentsOf: file))
    let input = String(decoding: try JSONEncoder().encode(cases.map(\.text)), as: UTF8.self)
    let script = packageRoot.appending(path: "Tests/Peers/handbook_extracts.py").path
    let result = try runBlocking(testPython, [script], input: input)
    #expect(try JSONDecoder().decode([[Cut]].self, from: Data(result.output.utf8)) == cases.map(\.extracts))
  }
}
