import TestSupport
import Testing
import Tokenizers

struct WordTokenizerTests {
  let tokenizer = WordTokenizer()

  @Test func `cuts words and punctuation marks, and adds nothing`() {
    let text = "Notes, by Ada; §1 \u{2014} 東京"
    let utf8 = Array(text.utf8)
    let words = tokenizer.tokens(of: text).map { String(decoding: utf8[$0.start..<$0.end], as: UTF8.self) }
    #expect(words == ["Notes", ",", "by", "Ada", ";", "§", "1", "\u{2014}", "東", "京"])
    #expect(tokenizer.specialTokenCount == 0)
  }

  @Test func `numbers do not depend on case, accents or the process`() {
    let ids = tokenizer.tokens(of: "Café CAFE cafe\u{301}").map(\.id)
    // FNV-1a of the four bytes "cafe", computed by hand elsewhere, without the sign bit.
    #expect(ids == [923_373_128, 923_373_128, 923_373_128])
  }

  @Test func `an encoding is the words and nothing else, cut at the maximum length`() {
    let words: any Tokenizer = tokenizer
    let encoding = words.encode("one two, three", maximumLength: 2)
    #expect(encoding.offsets == [0..<3, 4..<7])
    #expect(encoding.fullLength == 4 && encoding.isTruncated)
    #expect(!words.encode("one two", maximumLength: nil).isTruncated)
  }

  @Test func `literal special tokens are ordinary text`() {
    #expect(tokenizer.tokens(of: "[MASK]").count == 3)
  }

  @Test func `offsets are ordered and within bounds, whatever the text`() {
    var generator = SeededGenerator(seed: 7)
    for _ in 0..<200 {
      let text = randomText(using: &generator)
      var end = 0
      for token in tokenizer.tokens(of: text) {
        #expect(token.start >= end && token.start < token.end && token.end <= text.utf8.count)
        #expect(token.id >= 0)
        end = token.end
      }
    }
  }
}
