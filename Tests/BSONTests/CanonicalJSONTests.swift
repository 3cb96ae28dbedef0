import TestSupport
import Testing

@testable import BSON

/// The short way between BSON and canonical extended JSON says what libbson says, or nothing.
@Suite struct CanonicalJSONTests {
  @Test func `documents of the common types come back as they were, and libbson reads them`() throws {
    var generator = SeededGenerator(seed: 7)
    for _ in 0..<1000 {
      let bytes = try commonDocument(depth: 3, &generator).bytes()
      let text = try #require(try bytes.withBytes { try CanonicalJSONWriter.text(of: $0) })
      #expect(text.withBytes { CanonicalJSONReader.bson(of: $0) } == bytes)
      #expect(try text.withBytes { try ExtendedJSON.bsonByLibbson(from: $0) } == bytes)
      let other = try bytes.withBytes { try ExtendedJSON.jsonByLibbson(from: $0, .canonical) }
      #expect(other.withBytes { CanonicalJSONReader.bson(of: $0) } == bytes)
    }
  }

  @Test func `of damaged text the short way reads nothing that libbson reads in another way`() throws {
    var generator = SeededGenerator(seed: 11)
    let pieces = [
      "\"", "\\", "{", "}", "[", "]", ",", ":", "$", "\\u0000", "\\ud83d", "\\udE82", "\u{1}", "-", "9", "e", " ",
      "null",
      "true", "{\"$numberLong\":\"1\"}", "{\"$numberInt\":\"2147483648\"}", "{\"$date\":{\"$numberLong\":\"1\"}}",
    ]
    var accepted = 0
    for _ in 0..<4000 {
      let bytes = try commonDocument(depth: 2, &generator).bytes()
      var text = try #require(try bytes.withBytes { try CanonicalJSONWriter.text(of: $0) })
      for _ in 0..<Int.random(in: 1...2, using: &generator) {
        let start = Int.random(in: 0...text.count, using: &generator)
        let end = min(text.count, start + Int.random(in: 0...3, using: &generator))
        text.replaceSubrange(start..<end, with: Array((pieces.randomElement(using: &generator) ?? "").utf8))
      }
      guard let read = text.withBytes({ CanonicalJSONReader.bson(of: $0) }) else { continue }
      accepted += 1
      try RawBSON.validate(read)
      #expect(
        (try? text.withBytes { try ExtendedJSON.bsonByLibbson(from: $0) }) == read,
        "\(String(decoding: text, as: UTF8.self))")
    }
    #expect(accepted > 100)
  }

  @Test(arguments: [
    "", "{", "[]", "{\"a\":1}", "{\"a\":{\"$numberInt\":1}}", "{\"a\":{\"$numberLong\":\"+1\"}}",
    "{\"a\":{\"$numberLong\":\"9223372036854775808\"}}", "{\"a\":{\"$numberDouble\":\"0x1\"}}", "{\"a\":\"\u{1}\"}",
    "{\"a\":{\"$numberDouble\":\"1e999\"}}", "{\"a\":\"\\ud83d\"}", "{\"a\\u0000\":null}", "{\"$a\":null}",
    "{\"a\":null}x",
    "{\"a\":{\"$oid\":\"0123\"}}", "{\"a\":null,}", "{\"a\":{\"$date\":\"2023-11-14T22:13:20Z\"}}", "{\"a\":\"",
  ])
  func `what is not surely canonical is left to libbson`(text: String) {
    #expect(Array(text.utf8).withBytes { CanonicalJSONReader.bson(of: $0) } == nil)
  }

  @Test func `types that are not common, and depths that no document has, are left to libbson`() throws {
    let rare: BSONDocument = ["a": .minKey]
    #expect(try rare.bytes().withBytes { try CanonicalJSONWriter.text(of: $0) } == nil)
    for (depth, isRead) in [(BSONDocument.maximumDepth, true), (BSONDocument.maximumDepth + 1, false)] {
      let text = String(repeating: "{\"a\":", count: depth - 1) + "{}" + String(repeating: "}", count: depth - 1)
      #expect((Array(text.utf8).withBytes { CanonicalJSONReader.bson(of: $0) } != nil) == isRead)
    }
  }
}

private func commonDocument(depth: Int, _ generator: inout SeededGenerator) -> BSONDocument {
  BSONDocument(
    (0..<Int.random(in: 0...6, using: &generator)).map { index in
      let text = commonText(&generator).filter { $0 != "\u{0}" }
      return BSONDocument.Element(key: "\(index)\(text)", value: commonValue(depth: depth, &generator))
    })
}

private func commonValue(depth: Int, _ generator: inout SeededGenerator) -> BSONValue {
  switch Int.random(in: 0...(depth > 0 ? 10 : 8), using: &generator) {
  case 0: return .null
  case 1: return .bool(.random(using: &generator))
  case 2: return .int32(.random(in: .min ... .max, using: &generator))
  case 3: return .int64(.random(in: .min ... .max, using: &generator))
  case 4:
    let number = Double(bitPattern: generator.next())
    return .double(number.isNaN ? 0.1 : number)
  case 5, 6: return .string(commonText(&generator))
  case 7: return .date(milliseconds: .random(in: .min ... .max, using: &generator))
  case 8:
    let id = BSONObjectID(bytes: (0..<12).map { _ in UInt8.random(in: 0...255, using: &generator) })
    return id.map { .objectID($0) } ?? .null
  case 9: return .array((0..<12).map { _ in commonValue(depth: depth - 1, &generator) })
  default: return .document(commonDocument(depth: depth - 1, &generator))
  }
}

private func commonText(_ generator: inout SeededGenerator) -> String {
  let characters: [Character] = ["a", "Z", " ", "\"", "\\", "\n", "\u{0}", "\u{1F}", "ü", "漢", "🚂", "$", "/", "\u{7F}"]
  return String(
    (0..<Int.random(in: 0...12, using: &generator)).compactMap { _ in characters.randomElement(using: &generator) })
}
