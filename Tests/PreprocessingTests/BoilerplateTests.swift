import Domain
import Foundation
import Preprocessing
import TestSupport
import Testing

struct BoilerplateTests {
  private let footer = "Subscribe to my newsletter for more of this."

  private func document(
    _ text: String, _ number: Int = 0, category: DataCategory = .articles, platform: String = "engines.uk",
    author: User = author
  ) -> RawDocument {
    RawDocument(
      category: category, link: "https://engines.uk/\(number)", platform: platform, author: author, text: text)
  }

  private func boilerplate(
    _ texts: [String], _ rule: BoilerplateRule = BoilerplateRule(), category: DataCategory = .articles,
    limit: Int = 1 << 20
  ) -> BoilerplateLines {
    let documents = texts.enumerated().map { document($1, $0, category: category) }
    var counter = BoilerplateCounter(rule, limit: limit)
    for document in documents { counter.add(document) }
    if var exact = counter.secondPass {
      for document in documents { exact.add(document) }
      counter = exact
    }
    return counter.lines
  }

  /// So many different sentences, so that a document is more than its boilerplate.
  private func body(_ number: Int) -> String {
    (0..<5).map { "This is sentence \($0) of the document with the number \(number)." }.joined(separator: "\n\n")
  }

  @Test func `a line that many documents repeat is found, told and left out`() {
    let texts = (0..<6).map { "\(body($0))\n\n*\(footer)*" }
    let found = boilerplate(texts)
    #expect(found.lines.map(\.text) == ["*\(footer)*"])
    #expect(found.lines.map(\.documents) == [6] && found.lines.map(\.outOf) == [6])
    #expect(found.lines.first?.author == "Ada Example")
    let keys = found.keys(in: document(texts[0]))
    let cleaned = Cleaner().cleaned(document(texts[0]), without: keys)
    #expect(cleaned == CleanedText(text: body(0), boilerplateLines: 1))
  }

  @Test func `case, marks, white space and the targets of links make no difference`() {
    let texts = (0..<6).map { number in
      let line =
        number.isMultiple(of: 2) ? "[Subscribe](https://a.b/\(number)) to  my list" : "**SUBSCRIBE** to my *list*!"
      return "\(body(number))\n\n\(line)"
    }
    #expect(boilerplate(texts).lines.map(\.documents) == [6])
  }

  @Test(arguments: [
    ("four documents are too few", 4, 4), ("one in four is too seldom", 20, 5), ("five of sixteen are enough", 16, 5),
  ])
  func `a line counts from a number and a share of documents on`(name: String, documents: Int, with: Int) {
    let texts = (0..<documents).map { body($0) + ($0 < with ? "\n\n\(footer)" : "") }
    #expect(boilerplate(texts).lines.count == (name.contains("enough") ? 1 : 0), "\(name)")
  }

  @Test(arguments: [
    "# A heading of four words", "---", "}", "```\nlet a line of code be\n```", "-", "| one | two | three | four |",
    "    let a line of code be", "Thank you!", "***",
  ])
  func `structure, code and short lines never count`(line: String) {
    #expect(boilerplate((0..<9).map { "\(body($0))\n\n\(line)\n\n" }).lines.isEmpty)
  }

  @Test func `a line that stands often in few documents does not count`() {
    let texts = (0..<12).map { body($0) + String(repeating: "\n\n\(footer)", count: $0 < 2 ? 10 : 0) }
    #expect(boilerplate(texts).lines.isEmpty)
  }

  @Test func `authors, categories and platforms are counted apart, repositories not at all`() {
    let other = User(fullName: "Charles Other")
    let documents = (0..<3).flatMap { number in
      [
        document(body(number) + "\n\n\(footer)", number),
        document(body(number) + "\n\n\(footer)", number, author: other),
        document(body(number) + "\n\n\(footer)", number, platform: "looms.fr"),
        document(body(number) + "\n\n\(footer)", number, category: .posts),
      ]
    }
    var counter = BoilerplateCounter(BoilerplateRule())
    for document in documents { counter.add(document) }
    #expect(counter.lines.lines.isEmpty)
    #expect(boilerplate((0..<9).map { body($0) + "\n\n\(footer)" }, category: .repositories).lines.isEmpty)
  }

  @Test func `a document that is mostly boilerplate keeps it`() {
    let texts = (0..<6).map { "\(body($0))\n\n\(footer)" }
    let found = boilerplate(texts)
    #expect(found.keys(in: document("Hello.\n\n\(footer)")).isEmpty)
    #expect(!found.keys(in: document(texts[3])).isEmpty)
  }

  @Test func `counts are exact though few lines are remembered`() {
    let texts = (0..<60).map { body($0) + ($0.isMultiple(of: 3) ? "\n\n\(footer)" : "") }
    #expect(boilerplate(texts, limit: 16).lines == boilerplate(texts).lines)
    #expect(boilerplate(texts).lines.map(\.documents) == [20])
  }

  @Test func `lines can be written and read`() throws {
    let found = boilerplate((0..<6).map { "\(body($0))\n\n\(footer)" })
    let read = try JSONDecoder().decode(BoilerplateLines.self, from: JSONEncoder().encode(found))
    #expect(read == found && read.keys(in: document("\(body(9))\n\n\(footer)")).count == 1)
  }

  @Test func `code blocks keep what is boilerplate elsewhere`() {
    let texts = (0..<6).map { "\(body($0))\n\n\(footer)" }
    let text = "\(body(7))\n\n```\n\(footer)\n```\n\n\(footer)"
    let cleaned = Cleaner().cleaned(document(text), without: boilerplate(texts).keys(in: document(text)))
    #expect(cleaned.text == "\(body(7))\n\n```\n\(footer)\n```" && cleaned.boilerplateLines == 1)
  }
}
