import Dataset
import Domain
import Testing

struct ExtractTests {
  @Test func `extracts are prose under one heading and exact bytes of the document`() {
    let document = document(article)
    let bytes = Array(document.text.utf8)
    let found = extracts(of: document)
    #expect(
      found.map(\.headings) == [
        ["On Engines"], ["On Engines", "1. Difference engines"], ["On Engines", "How to read a punched card"],
      ])
    for extract in found {
      #expect(Array(extract.text.utf8) == Array(bytes[extract.start..<extract.end]))
      #expect(!extract.text.contains("Share this post") && !extract.text.contains("Image by"))
      #expect(!extract.text.contains("newsletter") && !extract.text.contains("#"))
    }
  }

  @Test func `an extract is at most as long as allowed and ends with a sentence`() {
    let sentence = "The mill works on numbers that the store keeps on its columns of wheels. "
    let text = "## Mill\n\n" + (0..<40).map { _ in String(repeating: sentence, count: 4) }.joined(separator: "\n\n")
    for extract in extracts(of: document(text), limits: ExtractLimits(minimum: 100, maximum: 700)) {
      #expect(extract.text.utf8.count <= 700)
      #expect(extract.text.hasSuffix("."))
    }
    let long = document("## Mill\n\n" + String(repeating: sentence, count: 60))
    #expect(
      extracts(of: long, limits: ExtractLimits(minimum: 100, maximum: 700)).map { $0.text.utf8.count <= 700 } == [true])
  }

  @Test func `source files give one extract for each declaration`() {
    let function =
      "func mill(_ card: Card) -> Int {\n  let digits = card.columns.map(\\.digit)\n\n  return digits.reduce(0, +)\n}"
    let store =
      "struct Store {\n  var columns: [Int] = []\n\n  mutating func put(_ value: Int) { columns.append(value) }\n}"
    let found = extracts(of: document("\(function)\n\n\(store)\n", category: .repositories, path: "Sources/Mill.swift"))
    #expect(found.map(\.text) == [function, store])
  }
}
