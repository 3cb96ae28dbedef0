import Foundation
import TestSupport
import Testing
import Tokenizers

struct WordPieceTokenizerTests {
  let tokenizer: WordPieceTokenizer

  init() throws { tokenizer = try WordPieceTokenizer(vocabularyAt: Fixture.vocabulary) }

  @Test func `gives the numbers and offsets of the tokenizers package`() throws {
    let texts = try Fixture.encodedTexts()
    #expect(texts.count > 150)
    for expected in texts {
      let encoding = tokenizer.encode(expected.text, maximumLength: nil)
      #expect(encoding.ids == expected.ids, "\(expected.text)")
      #expect(encoding.offsets.map { [$0.lowerBound, $0.upperBound] } == expected.offsets, "\(expected.text)")
    }
  }

  @Test func `treats the characters at every border of the table as the tokenizers package does`() throws {
    let lines = try Fixture.lines("characters.txt")
    #expect(lines.count > 2000)
    for line in lines {
      let fields = line.split(separator: " ")
      let scalar = try #require(UInt32(fields[0], radix: 16).flatMap(Unicode.Scalar.init))
      let ids = tokenizer.tokens(of: "a\(scalar)b").map { String($0.id) }.joined(separator: ",")
      #expect(ids == fields[1], "U+\(fields[0])")
    }
  }

  @Test func `cuts at the maximum length and says how long the text was`() {
    let text = "the engine writes notes"
    let whole = tokenizer.encode(text, maximumLength: nil)
    #expect(whole.fullLength == whole.ids.count)
    #expect(!whole.isTruncated)
    let cut = tokenizer.encode(text, maximumLength: 4)
    #expect(cut.ids == Array(whole.ids.prefix(3)) + [whole.ids[whole.ids.count - 1]])
    #expect(cut.offsets == [0..<0, 0..<3, 4..<10, 0..<0])
    #expect(cut.fullLength == whole.fullLength)
    #expect(cut.isTruncated)
    #expect(tokenizer.encode(text, maximumLength: whole.ids.count) == whole)
  }

  @Test func `tokens are written as text again, marks close to what is before them`() {
    func again(_ text: String) -> String? { tokenizer.decode(tokenizer.tokens(of: text).map(\.id)) }
    #expect(again("The  Engine,\nunbelievable!  Café?") == "the engine, unbelievable! cafe?")
    #expect(tokenizer.decode(tokenizer.encode("notes", maximumLength: nil).ids) == "[CLS] notes [SEP]")
    #expect(tokenizer.decode([]) == "" && tokenizer.decode([-1, 1 << 30]) == "")
  }

  @Test func `an empty text has only the special tokens`() {
    let encoding = tokenizer.encode("", maximumLength: nil)
    #expect(encoding.ids.count == tokenizer.specialTokenCount)
    #expect(tokenizer.tokens(of: "").isEmpty)
  }

  @Test func `offsets lead back to the words of the original text`() {
    let text = "ÉCRITS: Cafe\u{301}s in 東京"
    let utf8 = Array(text.utf8)
    let words = tokenizer.tokens(of: text).map { String(decoding: utf8[$0.start..<$0.end], as: UTF8.self) }
    // The accent of its own stands at the end of a token, and so outside it.
    #expect(words.suffix(7) == [":", "Cafe", "s", "i", "n", "東", "京"])
    #expect(words.joined() == "ÉCRITS:Cafesin東京")
  }

  @Test func `a word too long for any vocabulary is one unknown token, however long it is`() throws {
    let text = "a " + String(repeating: "é", count: 200_000) + " b"
    let tokens = tokenizer.tokens(of: text)
    #expect(tokens.count == 3)
    #expect(tokens[1] == Token(id: 1, start: 2, end: 400_002))
  }

  @Test func `offsets are ordered, within bounds and between characters, whatever the text`() {
    var generator = SeededGenerator(seed: 11)
    for _ in 0..<300 {
      let text = randomText(using: &generator)
      let utf8 = Array(text.utf8)
      var previous = Token(id: 0, start: 0, end: 0)
      for token in tokenizer.tokens(of: text) {
        #expect(token.start >= previous.start && token.end >= previous.end, "\(text.debugDescription)")
        #expect(token.start < token.end && token.end <= utf8.count, "\(text.debugDescription)")
        #expect(isBoundary(token.start, of: utf8) && isBoundary(token.end, of: utf8), "\(text.debugDescription)")
        #expect(Int(token.id) < tokenizer.vocabularySize)
        previous = token
      }
    }
  }

  private func isBoundary(_ offset: Int, of utf8: [UInt8]) -> Bool {
    offset == utf8.count || utf8[offset] & 0xC0 != 0x80
  }
}

struct WordPieceVocabularyTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test func `lines may end as on Windows, and the last one need not end`() throws {
    let path = try folder.write("[UNK]\r\n[CLS]\r\n[SEP]\r\nengine\r\n##s", to: "vocab.txt")
    let tokenizer = try WordPieceTokenizer(vocabularyAt: path)
    #expect(tokenizer.vocabularySize == 5)
    #expect(tokenizer.encode("engines x", maximumLength: nil).ids == [1, 3, 4, 0, 2])
  }

  @Test func `an empty line is no token, but counts`() throws {
    let path = try folder.write("[UNK]\n[CLS]\n[SEP]\n\nx\n", to: "vocab.txt")
    #expect(try WordPieceTokenizer(vocabularyAt: path).tokens(of: "x y").map(\.id) == [4, 0])
  }

  @Test func `a missing file is named`() {
    let path = folder.path("none.txt")
    let error = #expect(throws: TokenizerError.self) { try WordPieceTokenizer(vocabularyAt: path) }
    #expect(error?.description.contains("\(path): no such file or directory") == true, "\(error?.description ?? "")")
    #expect(error?.description.contains("..") == false)
  }

  @Test(arguments: ["[UNK]", "[CLS]", "[SEP]"])
  func `a file without a special token is refused by its name`(missing: String) throws {
    let lines = ["[UNK]", "[CLS]", "[SEP]", "engine"].filter { $0 != missing }
    let path = try folder.write(lines.joined(separator: "\n"), to: "vocab.txt")
    let error = #expect(throws: TokenizerError.self) { try WordPieceTokenizer(vocabularyAt: path) }
    #expect(error?.description.contains(missing) == true)
  }

  @Test func `a file that is no vocabulary at all is refused`() throws {
    let path = folder.path("vocab.txt")
    try Data((0..<4096).map { UInt8(truncatingIfNeeded: $0 &* 37) }).write(to: URL(fileURLWithPath: path))
    #expect(throws: TokenizerError.self) { try WordPieceTokenizer(vocabularyAt: path) }
    try Data(count: 9 << 20).write(to: URL(fileURLWithPath: path))
    let error = #expect(throws: TokenizerError.self) { try WordPieceTokenizer(vocabularyAt: path) }
    #expect(error?.description.contains("larger") == true)
  }
}

/// Up to forty characters of all of Unicode, the ASCII ones and those with rules of their own more often.
func randomText(using generator: inout SeededGenerator) -> String {
  let ranges: [ClosedRange<UInt32>] = [
    0...0x7F, 0x20...0x7E, 0x20...0x7E, 0xA0...0x24F, 0x300...0x36F, 0x370...0x5FF, 0x900...0xDFF, 0x2000...0x206F,
    0x3000...0x30FF, 0x4E00...0x9FFF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0x1D150...0x1D1FF, 0x1F300...0x1FAFF,
    0...0x10FFFF,
  ]
  var scalars = String.UnicodeScalarView()
  for _ in 0..<Int.random(in: 0...40, using: &generator) {
    let range = ranges[Int.random(in: 0..<ranges.count, using: &generator)]
    if let scalar = Unicode.Scalar(UInt32.random(in: range, using: &generator)) { scalars.append(scalar) }
    if Int.random(in: 0..<12, using: &generator) == 0 { scalars.append(contentsOf: "[MASK]".unicodeScalars) }
  }
  return String(scalars)
}
