import Foundation

/// What `tokenizers` made of a text; written by `Fixtures/make_fixtures.py`.
struct EncodedText: Decodable {
  var text: String
  var ids: [Int32]
  var offsets: [[Int]]
}

enum Fixture {
  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "Fixtures")
  static let vocabulary = folder.appending(path: "vocab.txt")

  static func encodedTexts() throws -> [EncodedText] {
    try lines("texts.jsonl").map { try JSONDecoder().decode(EncodedText.self, from: Data($0.utf8)) }
  }

  static func lines(_ name: String) throws -> [Substring] {
    try String(contentsOf: folder.appending(path: name), encoding: .utf8).split(separator: "\n")
  }
}

/// A seeded generator, SplitMix64 (Steele, Lea and Flood, 2014), so that a failure can be repeated.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
    return z ^ z >> 31
  }
}
