import Dataset
import Domain
import Testing

private let own = [
  "Engines that compute have a longer history than most people who use them would guess. It begins with weaving.",
  "A loom follows the holes of its cards and lifts the threads that they name. Whoever punches the cards writes the cloth.",
]

private let foreign =
  "Nobody will ever need more than one engine in the whole of the kingdom, said the minister to the house."

struct QuoteTests {
  private let kept = ExtractLimits(minimum: 60)

  private func text(_ quote: String) -> String { "## Looms\n\n\(own[0])\n\n\(quote)\n\n\(own[1])" }

  @Test(arguments: [
    "> \(foreign)", ">\(foreign)\n>\n> > nested: \(foreign)", "> ```\n> \(foreign)\n> ```",
    "> # A title\n>\n> \(foreign)",
    "> - \(foreign)\n> - and more", "- > \(foreign)", "1. > \(foreign)", "> | \(foreign) |\n> |---|",
    "   > \(foreign)", "> begins\n\(foreign) and goes on without a mark.",
  ])
  func `no extract holds what is quoted, in whatever form`(quote: String) {
    let found = extracts(of: document(text(quote)), limits: kept)
    #expect(found.map(\.text) == own, "\(found.map(\.text))")
  }

  @Test func `a setting keeps quotes between the author's paragraphs`() {
    let found = extracts(of: document(text("> \(foreign)")), limits: kept, quotes: .keep)
    #expect(found.map(\.text) == ["\(own[0])\n\n> \(foreign)\n\n\(own[1])"])
  }

  @Test func `a quote does not hide what only looks like one`() {
    let code = "```sh\n> not a quote\n```"
    #expect(extracts(of: document(text(code)), limits: kept).map(\.text) == ["\(own[0])\n\n\(code)\n\n\(own[1])"])
    let list = "- a > b, which is more\n- c"
    #expect(extracts(of: document(text(list)), limits: kept).count == 1)
  }

  @Test func `a document is all quoted when nothing under its headings is the author's`() {
    #expect(isAllQuoted(document("# Found\n\n> \(foreign)\n\n---\n\n> ```\n> x\n> ```")))
    #expect(!isAllQuoted(document("# Found\n\n> \(foreign)\n\nIndeed.")))
    #expect(!isAllQuoted(document("# Found")))
    #expect(!isAllQuoted(document("")))
    #expect(!isAllQuoted(document("> x", category: .repositories, path: "a.swift")))
    #expect(isAllQuoted(document("> \(foreign)", category: .posts)))
  }

  @Test func `no answer holds what is quoted`() {
    let generator = ExtractiveGenerator()
    let samples = extracts(of: document(text("> \(foreign)")), limits: kept).flatMap {
      generator.samples(from: $0).accepted
    }
    #expect(!samples.isEmpty)
    for candidate in samples { #expect(!candidate.sample.answer.contains("kingdom")) }
  }
}
