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
