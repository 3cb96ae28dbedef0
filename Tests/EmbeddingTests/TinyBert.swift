import Foundation
import TestSupport

/// A copy of `Fixtures/tiny-bert` that a test may damage.
struct TinyBert {
  static let source = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appending(path: "Fixtures/tiny-bert")

  private let temporary: TemporaryFolder
  /// The folder of the copy.
  var folder: String { temporary.path("tiny") }
  /// The weights of the copy.
  var weights: URL { URL(fileURLWithPath: folder + "/model.safetensors") }

  init() throws {
    temporary = try TemporaryFolder()
    try FileManager.default.copyItem(at: Self.source, to: URL(fileURLWithPath: folder))
  }

  func remove(_ file: String) throws {
    try FileManager.default.removeItem(atPath: folder + "/" + file)
  }

  func write(_ text: String, to file: String) throws {
    try Data(text.utf8).write(to: URL(fileURLWithPath: folder + "/" + file))
  }

  func editText(_ file: String, replacing old: String, with new: String) throws {
    let text = try String(contentsOfFile: folder + "/" + file, encoding: .utf8)
    try write(text.replacingOccurrences(of: old, with: new), to: file)
  }

  /// The size of the arrays in bytes.
  var dataSize: Int {
    get throws {
      let bytes = [UInt8](try Data(contentsOf: weights))
      return bytes.count - headerEnd(of: bytes)
    }
  }

  /// Replaces all of `old` in the header of the weights, whose length is set anew, the arrays staying aligned.
  func editHeader(replacing old: String, with new: String) throws {
    let bytes = [UInt8](try Data(contentsOf: weights))
    let end = headerEnd(of: bytes)
    var header = Array(
      String(decoding: bytes[8..<end], as: UTF8.self).replacingOccurrences(of: old, with: new).utf8)
    while !header.count.isMultiple(of: 8) { header.append(UInt8(ascii: " ")) }
    let length = (0..<8).map { UInt8(truncatingIfNeeded: header.count >> (8 * $0)) }
    try Data(length + header + bytes[end...]).write(to: weights)
  }

  private func headerEnd(of bytes: [UInt8]) -> Int {
    8 + (0..<8).reduce(0) { $0 | Int(bytes[$1]) << (8 * $1) }
  }

  /// Changes the bytes of the weights.
  func editBytes(_ edit: (inout [UInt8]) -> Void) throws {
    var bytes = [UInt8](try Data(contentsOf: weights))
    edit(&bytes)
    try Data(bytes).write(to: weights)
  }
}

/// What numpy computed from the same weights; written by `Fixtures/make_fixtures.py`.
struct TinyBertReference: Decodable {
  struct Text: Decodable {
    var text: String
    var ids: [Int32]
    var vector: [Float]
  }

  struct Long: Decodable {
    var text: String
    var tokens: Int
    var truncated: [Float]
    var windows: [Float]
  }

  var texts: [Text]
  var long: Long

  static func load() throws -> TinyBertReference {
    let url = TinyBert.source.deletingLastPathComponent().appending(path: "tiny-bert.json")
    return try JSONDecoder().decode(TinyBertReference.self, from: Data(contentsOf: url))
  }
}
