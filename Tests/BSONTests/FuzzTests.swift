import BSON
import Foundation
import TestSupport
import Testing

/// Valid documents with random damage: nothing crashes, and who looks at everything agrees.
@Suite struct FuzzTests {
  struct Model: Decodable {
    struct Inner: Decodable {
      let text: String?
      let date: Date?
      let list: [Int]?
    }
    let text: String?
    let number: Int?
    let fraction: Double?
    let date: Date?
    let uuid: UUID?
    let data: Data?
    let id: BSONObjectID?
    let strings: [String]?
    let inner: Inner?
    let inners: [Inner]?
    let map: [String: Int]?
    let anything: BSONValue?
  }

  private static func seeds(_ generator: inout SeededGenerator) throws -> [[UInt8]] {
    let model: BSONDocument = [
      "text": "é☆ text", "number": .int64(5), "fraction": 2.5, "date": .date(milliseconds: 1), "anything": ["a", 1],
      "uuid": .binary(BSONBinary(subtype: 4, bytes: Array(repeating: 7, count: 16))),
      "data": .binary(BSONBinary(subtype: 2, bytes: [1, 2, 3])), "id": .objectID(randomID(&generator)),
      "strings": ["x", "yy", ""], "inner": ["text": "deep", "date": "2023-11-14T22:13:20Z", "list": [1, 2, 3]],
      "inners": [["text": .null], [:], ["list": []]], "map": ["a": 1, "b": 2],
    ]
    let everything = BSONDocument(
      ValueCase.all.enumerated().map { BSONDocument.Element(key: "k\($0)", value: $1.value) })
    return try ([model, model, everything] + (0..<40).map { _ in randomDocument(depth: 3, &generator) })
      .map { document throws(BSONError) in try document.bytes() }
  }

  /// One to four changes; half of the time the outer length is made right again, or nothing else would be reached.
  private static func damaged(_ bytes: [UInt8], with other: [UInt8], _ generator: inout SeededGenerator) -> [UInt8] {
    var bytes = bytes
    for _ in 0..<Int.random(in: 1...4, using: &generator) where !bytes.isEmpty {
      let place = Int.random(in: 0..<bytes.count, using: &generator)
      switch Int.random(in: 0...6, using: &generator) {
      case 0: bytes[place] ^= 1 << UInt8.random(in: 0...7, using: &generator)
      case 1: bytes[place] = .random(in: 0...255, using: &generator)
      case 2: bytes[place] = [0, 1, 2, 3, 4, 0x7F, 0x80, 0xFF].randomElement(using: &generator) ?? 0
      case 3: bytes.removeSubrange(place...)
      case 4: bytes.remove(at: place)
      case 5: bytes.insert(.random(in: 0...20, using: &generator), at: place)
      default:
        let from = Int.random(in: 0..<other.count, using: &generator)
        let part = other[from..<min(other.count, from + Int.random(in: 1...24, using: &generator))]
        bytes.replaceSubrange(place..<min(bytes.count, place + Int.random(in: 0...8, using: &generator)), with: part)
      }
    }
    if Bool.random(using: &generator), bytes.count >= 5 {
      bytes.replaceSubrange(0..<4, with: littleEndian(UInt32(bytes.count)))
      bytes[bytes.count - 1] = 0
    }
    return bytes
  }

  @Test(arguments: 0..<4)
  func `damaged documents are read or refused by all alike`(seed: UInt64) throws {
    var generator = SeededGenerator(seed: 100 + seed)
    let seeds = try FuzzTests.seeds(&generator)
    var (valid, disagreements) = (0, 0)
    for round in 0..<5_000 {
      let other = seeds[Int.random(in: 0..<seeds.count, using: &generator)]
      let bytes = FuzzTests.damaged(seeds[round % seeds.count], with: other, &generator)
      let isValid = (try? RawBSON.validate(bytes)) != nil
      let tree = try? BSONDocument(bytes: bytes)
      let decoded = try? BSONDecoder().decode([String: BSONValue].self, from: bytes)
      // What is in arrays is written anew with the right keys; the lengths stay.
      if isValid != (tree != nil) || isValid != (decoded != nil) { disagreements += 1 }
      if isValid, try tree?.bytes().count ?? 0 > bytes.count + 64 { disagreements += 1 }
      if isValid { valid += 1 }
      _ = try? BSONDecoder().decode(Model.self, from: bytes)
      for path in ["inner.list.1", "strings.2", "k3.a", "anything"] { _ = try? RawBSON.value(atPath: path, in: bytes) }
      _ = try? RawBSON.settingID("new", in: bytes)
      if round.isMultiple(of: 4), let json = try? ExtendedJSON.json(from: bytes, .canonical) {
        if !isValid { disagreements += 1 }
        _ = try? ExtendedJSON.bson(from: json)
      }
    }
    #expect(disagreements == 0)
    #expect((200..<4_800).contains(valid), "\(valid) of 5,000 are valid: the damage teaches nothing")
  }

  @Test func `damaged extended JSON is read as valid BSON or refused`() throws {
    var generator = SeededGenerator(seed: 200)
    let seeds = try FuzzTests.seeds(&generator).map { bytes throws(BSONError) in
      try ExtendedJSON.json(from: bytes, .canonical)
    }
    for round in 0..<3_000 {
      let other = seeds[Int.random(in: 0..<seeds.count, using: &generator)]
      let json = FuzzTests.damaged(seeds[round % seeds.count], with: other, &generator)
      guard let bytes = try? ExtendedJSON.bson(from: json) else { continue }
      try RawBSON.validate(bytes)
      #expect(throws: Never.self) { try ExtendedJSON.json(from: bytes, .relaxed) }
    }
  }
}
