import BSON
import Foundation

/// What is measured. The peer's program has cases of the same names that do the same work.
enum Case: String {
  /// Bytes to a type.
  case decode
  /// A type to bytes.
  case encode
  /// Bytes to a tree that holds any document.
  case tree
  /// Bytes checked, nothing made of them.
  case validate
  /// The same documents by Foundation's coders, as JSON.
  case jsonDecode = "json-decode"
  case jsonEncode = "json-encode"

  /// CPU seconds of one pass over all documents.
  func measure<T: Codable & Equatable>(_ type: T.Type, _ documents: [[UInt8]], passes: Int) throws -> Double {
    let values = try documents.map { try BSONDecoder().decode(type, from: $0) }
    switch self {
    case .decode:
      let decoder = BSONDecoder()
      let last = try documents.last.map { try decoder.decode(type, from: $0) }
      try require(last == values.last)
      return try seconds(passes) {
        for bytes in documents { _ = try decoder.decode(type, from: bytes) }
      }
    case .encode:
      let encoder = BSONEncoder()
      // A field that is null in the document is left out by the type, so that not all bytes need be the same.
      for value in values { try require(BSONDecoder().decode(type, from: encoder.encode(value)) == value) }
      return try seconds(passes) {
        for value in values { _ = try encoder.encode(value) }
      }
    case .tree:
      for bytes in documents { try require(BSONDocument(bytes: bytes).bytes() == bytes) }
      return try seconds(passes) {
        for bytes in documents { _ = try BSONDocument(bytes: bytes) }
      }
    case .validate:
      return try seconds(passes) {
        for bytes in documents { try RawBSON.validate(bytes) }
      }
    case .jsonDecode:
      let decoder = JSONDecoder()
      let encoder = JSONEncoder()
      let texts = try values.map { try encoder.encode($0) }
      for (value, text) in zip(values, texts) { try require(decoder.decode(type, from: text) == value) }
      return try seconds(passes) {
        for text in texts { _ = try decoder.decode(type, from: text) }
      }
    case .jsonEncode:
      let encoder = JSONEncoder()
      for value in values { _ = try encoder.encode(value) }
      return try seconds(passes) {
        for value in values { _ = try encoder.encode(value) }
      }
    }
  }

  private func seconds(_ passes: Int, _ pass: () throws -> Void) throws -> Double {
    try pass()
    let start = cpuSeconds()
    for _ in 0..<passes { try pass() }
    return (cpuSeconds() - start) / Double(passes)
  }

  /// What this process has used of a processor so far.
  private func cpuSeconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}

/// What a case gives when its result is not what the work must give: a fast wrong answer is not a figure.
struct WrongResult: Error {}

/// Throws unless the result is right.
func require(_ isRight: Bool) throws {
  guard isRight else { throw WrongResult() }
}
