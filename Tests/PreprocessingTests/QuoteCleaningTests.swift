import Preprocessing
import TestSupport
import Testing

struct QuoteCleaningTests {
  private func clean(_ text: String) -> String { Cleaner().clean(rawDocument(text)) }

  private func quotes(_ text: String) -> [String] {
    let bytes = Array(text.utf8)
    return markdownBlocks(of: bytes).filter { $0.kind == .quote }.map {
      String(decoding: bytes[$0.range], as: UTF8.self)
    }
  }

  @Test func `block quotes keep their marks`() {
    #expect(
      clean("Own.  \r\n\r\n>  Theirs &amp; more  \r\n> \r\n> > deeper\r\n\r\nOwn.")
        == "Own.\n\n>  Theirs & more\n>\n> > deeper\n\nOwn.")
    #expect(clean("> ```\n> a  &lt; b\n> ```\n\nOwn.") == "> ```\n> a  &lt; b\n> ```\n\nOwn.")
  }

  @Test func `what an entity spells is no quote`() {
    #expect(clean("&gt; these are my own words &amp; more") == "&gt; these are my own words &amp; more")
    #expect(clean("1 &gt; 0 &amp; more") == "1 > 0 & more")
    #expect(clean("\\> my own words") == "\\> my own words")
  }

  @Test func `the quotes of a wrapped text stay what they are`() {
    let line = "the engine weaves algebraic patterns just as the loom weaves its flowers"
    let wrapped = (0..<8).map { _ in "\(line)\n\(line)." }.joined(separator: "\n\n> \(line)\n> \(line)\n\n")
    #expect(quotes(clean(wrapped)).count == quotes(wrapped).count)
    #expect(quotes(clean(wrapped)).count == 7)
  }

  @Test func `cleaning neither makes nor loses a quote, whatever stands in the lines`() {
    var generator = SeededGenerator(seed: 77)
    for _ in 0..<400 {
      let parts = (0..<6).map { index -> String in
        let words = randomMarkdown(6, using: &generator).unicodeScalars
          .filter { !$0.properties.isWhitespace && !"`~>#-|=+*_0123456789.".unicodeScalars.contains($0) }
        let line = "w" + String(String.UnicodeScalarView(words)) + "w"
        return index.isMultiple(of: 2) ? line : "> \(line)"
      }
      let text = parts.joined(separator: "\n\n")
      #expect(quotes(clean(text)).count == 3, "\(text.debugDescription)")
    }
  }
}
