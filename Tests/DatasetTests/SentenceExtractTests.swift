import Dataset
import Domain
import Testing

/// Extracts for models.
struct SentenceExtractTests {
  private let sentence = "The mill works on numbers that the store keeps on its columns of wheels, one for each digit. "

  private func paragraphs(_ count: Int, _ sentences: Int = 4) -> String {
    (0..<count).map { _ in String(repeating: sentence, count: sentences) }.joined(separator: "\n\n")
  }

  @Test func `extracts have 1000 to 2000 characters, end at sentences and are bytes of the document`() {
    let text = "# Mill\n\n" + (0..<6).map { "## Part \($0)\n\n\(paragraphs(2))" }.joined(separator: "\n\n")
    let document = document(text)
    let found = extracts(of: document, rule: .sentences)
    #expect(found.count >= 2)
    let bytes = Array(document.text.utf8)
    for extract in found {
      #expect((1000...2000).contains(extract.text.unicodeScalars.count))
      #expect(extract.text.hasSuffix(".") && extract.text.hasPrefix("The mill"))
      #expect(Array(extract.text.utf8) == Array(bytes[extract.start..<extract.end]))
    }
    for (left, right) in zip(found, found.dropFirst()) { #expect(left.end <= right.start) }
  }

  @Test func `a paragraph that is too long is cut after a sentence`() {
    let found = extracts(of: document(String(repeating: sentence, count: 60)), rule: .sentences)
    #expect(found.count >= 2)
    #expect(found.allSatisfy { $0.text.hasSuffix("digit.") && $0.text.unicodeScalars.count <= 2000 })
  }

  @Test func `a document that is too short is one extract`() {
    let text = String(repeating: sentence, count: 4).dropLast()
    #expect(extracts(of: document(String(text), category: .posts), rule: .sentences).map(\.text) == [String(text)])
    #expect(extracts(of: document("Yes."), rule: .sentences).isEmpty)
  }

  @Test func `no extract holds a quote unless quotes are kept`() {
    let quote = "> Nobody will ever need more than one engine in the whole of the kingdom, said the minister."
    let text = "\(paragraphs(3))\n\n\(quote)\n\n\(paragraphs(3))"
    #expect(extracts(of: document(text), rule: .sentences).allSatisfy { !$0.text.contains("kingdom") })
    #expect(extracts(of: document(text), rule: .sentences, quotes: .keep).contains { $0.text.contains("kingdom") })
  }
}
