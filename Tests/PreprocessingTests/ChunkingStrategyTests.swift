import Domain
import Foundation
import Preprocessing
import TestSupport
import Testing

struct ChunkingStrategyTests {
  /// Those that lose nothing.
  private static let strategies = ChunkingStrategy.allCases.filter { $0 != .handbook }

  private let tokenizer = WordTokenizer()

  private func chunks(_ text: String, _ configuration: ChunkingConfiguration) throws -> [Chunk] {
    let chunker = Chunker(configuration, tokenizer: tokenizer)
    let chunks = try chunker.chunks(of: cleanedDocument(text))
    #expect(try chunker.ranges(of: text) == chunks.map { $0.start..<$0.end })
    return chunks
  }

  private func length(_ text: String, _ unit: ChunkingUnit) -> Int {
    unit == .tokens ? tokenizer.tokens(of: text).count : text.unicodeScalars.count
  }

  @Test(arguments: strategies, ChunkingUnit.allCases)
  func `chunks of any text are sound, whatever cuts it`(strategy: ChunkingStrategy, unit: ChunkingUnit) throws {
    for seed in 0..<80 {
      var generator = SeededGenerator(seed: UInt64(seed))
      let text = randomMarkdown(Int.random(in: 0...200, using: &generator), using: &generator)
      let size = Int.random(in: 16...80, using: &generator)
      let overlap = Int.random(in: 0...(size / 2), using: &generator)
      let found = try chunks(
        text, ChunkingConfiguration(strategy: strategy, size: size, overlap: overlap, unit: unit))
      let bytes = Array(text.utf8)
      var covered = [Bool](repeating: false, count: bytes.count)
      var previous: Chunk?
      for chunk in found {
        #expect(Array(chunk.text.utf8) == Array(bytes[chunk.start..<chunk.end]), "seed \(seed)")
        #expect(chunk.tokens == tokenizer.tokens(of: chunk.text).count + 2, "seed \(seed)")
        #expect(length(chunk.text, unit) <= (unit == .tokens ? size - 2 : size), "seed \(seed)")
        // What LangChain leaves of an overlap and white space ends where the chunk before it does.
        if let previous { #expect(chunk.end > previous.end - (strategy == .recursive ? 1 : 0), "seed \(seed)") }
        for index in chunk.start..<chunk.end { covered[index] = true }
        previous = chunk
      }
      #expect(firstMissed(in: text, covered) == nil, "seed \(seed)")
    }
  }

  @Test(
    arguments: strategies,
    ["word ", "w", "字", "a. ", ".", "\u{301}", "- a\n", "\n", " ", "ก", "ก "])
  func `a text of one thing over and over is cut in linear time`(strategy: ChunkingStrategy, unit: String) throws {
    let text = String(repeating: unit, count: 50_000)
    for counted in ChunkingUnit.allCases {
      let found = try chunks(text, ChunkingConfiguration(strategy: strategy, overlap: 32, unit: counted))
      #expect(found.allSatisfy { length($0.text, counted) <= 256 })
    }
  }

  // MARK: recursive

  @Test func `recursive cuts as LangChain does`() throws {
    struct Expected: Decodable {
      var text: String
      var size, overlap: Int
      var chunks: [String]
    }
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "Fixtures/recursive.jsonl")
    let lines = try Data(contentsOf: file).split(separator: UInt8(ascii: "\n"))
    #expect(lines.count == 60)
    for line in lines {
      let expected = try JSONDecoder().decode(Expected.self, from: line)
      let configuration = ChunkingConfiguration(
        strategy: .recursive, size: expected.size, overlap: expected.overlap, unit: .characters)
      let found = try chunks(expected.text, configuration).map(\.text)
      // Equal byte for byte: for Swift, composed and decomposed letters are equal.
      #expect(
        found.map { Array($0.utf8) } == expected.chunks.map { Array($0.utf8) }, "\(expected.text.debugDescription)")
    }
  }

  @Test func `the preset of 500 and 50 characters is recursive, and what is set besides wins`() throws {
    let json = #"{"preset": "500/50-characters", "overlap": 20, "posts": {"preset": "500/50-characters"}}"#
    let configuration = try JSONDecoder().decode(ChunkingConfiguration.self, from: Data(json.utf8))
    #expect(
      configuration
        == ChunkingConfiguration(
          strategy: .recursive, size: 500, overlap: 20, unit: .characters, categories: [.posts: .init(.characters500)]))
    let found = try chunks(String(repeating: "word ", count: 500), ChunkingConfiguration(.characters500))
    #expect(found.first?.text.count == 499 && found.first?.chunking.strategy == "recursive/characters")
    #expect(found.count > 1 && found[1].start == 450)
  }

  // MARK: tokens

  @Test func `windows follow each other with the overlap, token for token`() throws {
    let text = (1...100).map { "w\($0)" }.joined(separator: " ")
    let found = try chunks(text, ChunkingConfiguration(strategy: .tokens, size: 22, overlap: 5))
    #expect(found[0].text.split(separator: " ").count == 20)
    #expect(found[1].text.split(separator: " ").first == "w16")
    #expect(found.dropLast().allSatisfy { $0.tokens == 22 })
    #expect(found.last?.text.hasSuffix("w100") == true)
  }

  @Test func `what is no token lies in a chunk, too`() throws {
    // More than a window stands before the first token.
    let text = String(repeating: "\u{FFFD}", count: 400) + "word"
    let chunker = Chunker(
      ChunkingConfiguration(strategy: .tokens, size: 16, overlap: 4), tokenizer: ASCIIWordTokenizer())
    let found = try chunker.ranges(of: text)
    #expect(found.first?.lowerBound == 0 && found.last?.upperBound == text.utf8.count)
    #expect(zip(found, found.dropFirst()).allSatisfy { $0.upperBound >= $1.lowerBound }, "\(found)")
  }

  // MARK: sentences

  private func sentences(_ text: String) throws -> [String] {
    // So small that two sentences never fit.
    try chunks(text, ChunkingConfiguration(strategy: .sentences, size: 40, overlap: 0, unit: .characters)).map(\.text)
  }

  @Test(arguments: [
    ["This is the first of them, Mr. Smith.", "And this is the second one, e.g. by me."],
    ["It costs 3.14 dollars. no, more than it", "Is that so?! It may be, and it may not."],
    ["See https://ada.example/?a=b.c for more.", "The U.S. is a country of many machines."],
    ["«Kann das sein?» fragte sie ihn danach.", "Ja, z.B. wenn der Lochstreifen reißt!"],
    ["これは機械について書いた最初のとても長い文なのです。", "二つ目の文はこちらになりますがこれも同じように長いです！"],
    ["ฉันเขียนบันทึกเกี่ยวกับเครื่องจักร", "มันอ่านบัตรและทอผ้าตามบัตรนั้น"],
    ["यह पहला वाक्य है और यह लंबा भी है।", "यह दूसरा वाक्य है और यह भी लंबा है।"],
  ])
  func `a chunk ends where a sentence does`(expected: [String]) throws {
    let isSpaced = expected[0].unicodeScalars.first.map { !(0x3000...0x9FFF).contains($0.value) } ?? true
    let text = expected.joined(separator: isSpaced ? " " : "")
    let found = try sentences(text)
    for part in found {
      #expect(expected.contains { $0.hasSuffix(part.suffix(4)) }, "\(found)")
    }
    #expect(found.count >= 2)
  }
}

struct SentenceTests {
  private func sentences(_ text: String, lineFeeds: LineFeeds = .spaces) -> [String] {
    let bytes = Array(text.utf8)
    return sentenceRanges(bytes, 0..<bytes.count, lineFeeds: lineFeeds).map {
      String(decoding: bytes[$0], as: UTF8.self)
    }
  }

  @Test(
    arguments: [
      ("One. Two! Three? Four", ["One.", "Two!", "Three?", "Four"]),
      ("Dr. Watt met Prof. J. S. Mill at 5 p.m. on St. James St. near him.", 1),
      ("He said: “It works.” Then he left.", ["He said: “It works.”", "Then he left."]),
      ("(It works.) It does.", ["(It works.)", "It does."]),
      ("Version 2.0 is here. Three more follow.", ["Version 2.0 is here.", "Three more follow."]),
      ("It was etc. and so on. The end.", ["It was etc. and so on.", "The end."]),
      ("Wait... what? Yes... No.", ["Wait... what?", "Yes...", "No."]),
      ("a?b=c and foo.bar() are code. So is x.y.", ["a?b=c and foo.bar() are code.", "So is x.y."]),
      ("1. An item. 2. Another.", ["1. An item.", "2. Another."]),
      ("文です。次の文！三つ目？", ["文です。", "次の文！", "三つ目？"]),
      ("「はい。」と言った。", ["「はい。」", "と言った。"]),
      ("สวัสดีครับ วันนี้อากาศดี", ["สวัสดีครับ", "วันนี้อากาศดี"]),
      ("First, he came. however, it stayed.", 1),
      ("  spaced.  out.  ", ["spaced.  out."]), ("", [] as [String]), (" \n ", [] as [String]),
    ] as [(String, any Sendable)])
  func `sentences end where a reader would say so`(text: String, expected: any Sendable) {
    let found = sentences(text)
    if let expected = expected as? [String] { #expect(found == expected, "\(text)") }
    if let count = expected as? Int { #expect(found.count == count, "\(found)") }
  }

  @Test func `a line feed is a space in prose, and an end in plain text`() {
    #expect(sentences("one\ntwo.\nThree") == ["one\ntwo.", "Three"])
    #expect(sentences("one\ntwo.\nThree", lineFeeds: .ends) == ["one", "two.", "Three"])
  }

  @Test func `sentences hold everything but white space, in order`() {
    for seed in 0..<300 {
      var generator = SeededGenerator(seed: UInt64(seed))
      let text = randomMarkdown(Int.random(in: 0...120, using: &generator), using: &generator)
      let bytes = Array(text.utf8)
      for lineFeeds in [LineFeeds.spaces, .ends] {
        var covered = [Bool](repeating: false, count: bytes.count)
        var end = 0
        for sentence in sentenceRanges(bytes, 0..<bytes.count, lineFeeds: lineFeeds) {
          #expect(sentence.lowerBound >= end && !sentence.isEmpty, "seed \(seed)")
          end = sentence.upperBound
          for index in sentence { covered[index] = true }
        }
        #expect(firstMissed(in: text, covered) == nil, "seed \(seed)")
      }
    }
  }
}
