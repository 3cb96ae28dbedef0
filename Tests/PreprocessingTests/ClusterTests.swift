import Preprocessing
import TestSupport
import Testing

struct ClusterTests {
  /// Characters of several scalars, none longer than 16 scalars.
  private static let scripts: [(name: String, characters: [String])] = [
    ("Devanagari", ["क्षि", "न", "म", "स्ते", "र्मि", "द्ध्य", "ी", "हूँ"]),
    ("Thai", ["กำ", "ที่", "น้ำ", "เ", "รื่", "อ", "ง", "ผู้"]),
    (
      "emoji",
      ["👩\u{200D}👩\u{200D}👧\u{200D}👦", "👍🏽", "❤\u{FE0F}", "🏴\u{E0067}\u{E0062}\u{E007F}", "😀", "1\u{FE0F}\u{20E3}"]
    ),
    ("flags", ["🇩🇪", "🇫🇷", "🇯🇵"]),
    ("Hangul", ["\u{1112}\u{1161}\u{11AB}", "\u{1100}\u{1173}\u{11AF}", "한", "글"]),
    ("Zalgo", ["Z\u{311}\u{302}\u{348}", "a\u{30D}\u{30E}\u{353}\u{323}\u{324}", "l\u{304}", "g", "o\u{488}"]),
  ]

  @Test(
    arguments: scripts,
    ChunkingStrategy.allCases.filter { $0 != .recursive && $0 != .handbook })
  func `no character is parted from its marks`(
    script: (name: String, characters: [String]), strategy: ChunkingStrategy
  ) throws {
    for seed in 0..<30 {
      var generator = SeededGenerator(seed: UInt64(seed))
      let text = (0..<150).compactMap { _ in script.characters.randomElement(using: &generator) }.joined()
      // Where the standard library says that characters begin.
      let boundaries = Set(text.indices.map { text.utf8.distance(from: text.startIndex, to: $0) } + [text.utf8.count])
      for unit in ChunkingUnit.allCases {
        let overlap = Int.random(in: 0...16, using: &generator)
        let configuration = ChunkingConfiguration(strategy: strategy, size: 34, overlap: overlap, unit: unit)
        for range in try Chunker(configuration, tokenizer: WordTokenizer()).ranges(of: text) {
          let isWhole = boundaries.isSuperset(of: [range.lowerBound, range.upperBound])
          #expect(isWhole, "\(script.name), \(unit), seed \(seed): \(range)")
        }
      }
    }
  }

  @Test func `a character of more marks than a chunk can hold is cut all the same`() throws {
    let text = "a" + String(repeating: "\u{301}", count: 5000)
    for strategy in ChunkingStrategy.allCases where strategy != .handbook {
      let configuration = ChunkingConfiguration(strategy: strategy, size: 64, overlap: 8, unit: .characters)
      let found = try Chunker(configuration, tokenizer: WordTokenizer()).ranges(of: text)
      #expect(found.count > 50 && found.last?.upperBound == text.utf8.count)
    }
  }
}
