import Dataflow
import Testing

@testable import Pipelines

@Suite struct RedactionTests {
  private let redaction = Redaction(
    names: ["Ada Example"], words: ["https://ada.example/1", "file:///home/ada/a%20note.md"])

  @Test(arguments: [
    ("Ada Example", "[deleted]"), ("by Ada Example.", "by [deleted]."), ("Ada Examples", "Ada Examples"),
    ("[{name: Ada Example, sources: [https://ada.example/1]}]", "[{name: [deleted], sources: [[deleted]]}]"),
    ("https://ada.example/1", "[deleted]"), ("https://ada.example/12", "https://ada.example/12"),
    ("https://ada.example/1#10-20", "[deleted]#10-20"),
    ("cannot fetch https://ada.example/1: 404", "cannot fetch [deleted]: 404"),
    ("(file:///home/ada/a%20note.md)", "([deleted])"), ("", ""), ("nothing", "nothing"),
  ])
  func `names and links go as whole words`(text: String, expected: String) {
    #expect(redaction.redacted(text) == expected)
    #expect(redaction.isMentioned(in: text) == (text != expected))
  }

  @Test func `keys and nested texts go too, and all else stays`() {
    let value: JSONValue = [
      "authors": ["Ada Example": 3, "Bob": 2], "list": ["x", "https://ada.example/1"], "number": 5, "none": .null,
    ]
    let expected: JSONValue = [
      "authors": ["[deleted]": 3, "Bob": 2], "list": ["x", "[deleted]"], "number": 5, "none": .null,
    ]
    #expect(redaction.redacted(value) == expected)
    #expect(!redaction.isMentioned(in: expected))
  }
}
