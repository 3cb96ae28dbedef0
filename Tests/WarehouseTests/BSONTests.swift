import Foundation
import TestSupport
import Testing

@testable import Warehouse

@Suite("BSON") struct BSONTests {
  @Test func `any document survives the way through libbson`() throws {
    var generator = SeededGenerator(seed: 1)
    for _ in 0..<500 {
      let document = randomDocument(depth: 3, &generator)
      #expect(try document.withBSON { try BSONDocument(copying: $0) } == document)
    }
  }

  @Test func `any value survives encoding and decoding`() throws {
    var generator = SeededGenerator(seed: 2)
    for _ in 0..<300 {
      let value = Everything.random(depth: 2, &generator)
      let bytes = try BSONEncoder.document(of: value).withBSON { try BSONDocument(copying: $0) }
      #expect(try BSONDecoder.decode(Everything.self, from: bytes) == value)
    }
  }

  @Test func `any value survives extended JSON`() throws {
    var generator = SeededGenerator(seed: 3)
    for _ in 0..<300 {
      let value = Everything.random(depth: 2, &generator)
      let json = try BSONEncoder.document(of: value).extendedJSON()
      #expect(!json.contains(UInt8(ascii: "\n")))
      #expect(try BSONDecoder.decode(Everything.self, from: BSONDocument(extendedJSON: json)) == value)
    }
  }

  @Test func `types are the ones that other programs expect`() throws {
    var generator = SeededGenerator(seed: 4)
    var value = Everything.random(depth: 0, &generator)
    value.optional = nil
    let document = try BSONEncoder.document(of: value)
    #expect(document["flag"]?.typeName == "bool")
    #expect(document["small"]?.typeName == "int32")
    #expect(document["large"]?.typeName == "int64")
    #expect(document["fraction"]?.typeName == "double")
    #expect(document["date"]?.typeName == "date")
    guard case .binary(BSONValue.uuidSubtype, _) = document["uuid"] else {
      throw Unexpected("a UUID is \(document["uuid"]?.typeName ?? "missing")")
    }
    #expect(document["optional"] == nil)
  }

  struct Mismatch: Sendable, CustomTestStringConvertible {
    let json: String
    let reason: String
    var testDescription: String { reason }
  }

  struct Outer: Decodable {
    struct Inner: Decodable {
      let title: String
      let numbers: [Int]
    }
    let content: Inner
  }

  @Test(arguments: [
    Mismatch(json: #"{"content": {"title": 5, "numbers": []}}"#, reason: "content.title: expected string, found int32"),
    Mismatch(
      json: #"{"content": {"title": "a", "numbers": [1, "x"]}}"#,
      reason: "content.numbers.1: expected whole number of 64 bits, found string"),
    Mismatch(
      json: #"{"content": {"title": "a", "numbers": [1.5]}}"#,
      reason: "content.numbers.0: expected whole number of 64 bits, found double"),
    Mismatch(json: #"{"content": {"numbers": []}}"#, reason: "content.title: the field is missing"),
    Mismatch(json: #"{"content": {"title": null, "numbers": []}}"#, reason: "content.title: the value is missing"),
    Mismatch(json: #"{"content": []}"#, reason: "content: expected document, found array"),
  ])
  func `an error names the field`(mismatch: Mismatch) throws {
    let document = try BSONDocument(extendedJSON: Array(mismatch.json.utf8))
    let error = #expect(throws: DecodingError.self) { try BSONDecoder.decode(Outer.self, from: document) }
    #expect(error.map { readableReason(of: $0) } == mismatch.reason)
  }

  struct Form: Sendable, CustomTestStringConvertible {
    let json: String
    let id: String
    var testDescription: String { json }
  }

  struct Identified: Decodable { let id: String }

  @Test(arguments: [
    Form(json: #"{"id": "plain"}"#, id: "plain"),
    Form(json: #"{"id": {"$oid": "507f1f77bcf86cd799439011"}}"#, id: "507f1f77bcf86cd799439011"),
    Form(
      json: #"{"id": {"$uuid": "eff74089-0271-4319-8543-745c087f4f61"}}"#, id: "eff74089-0271-4319-8543-745c087f4f61"),
    Form(
      json: #"{"id": {"$binary": {"base64": "7/dAiQJxQxmFQ3RcCH9PYQ==", "subType": "04"}}}"#,
      id: "eff74089-0271-4319-8543-745c087f4f61"),
    Form(
      json: #"{"id": {"$binary": "7/dAiQJxQxmFQ3RcCH9PYQ==", "$type": "03"}}"#,
      id: "eff74089-0271-4319-8543-745c087f4f61"),
  ])
  func `identifiers are read in each form of extended JSON`(form: Form) throws {
    let document = try BSONDocument(extendedJSON: Array(form.json.utf8))
    #expect(try BSONDecoder.decode(Identified.self, from: document).id == form.id)
  }

  struct Dated: Decodable { let date: Date }

  @Test(arguments: [
    #"{"date": {"$date": "2023-11-14T22:13:20.123Z"}}"#, #"{"date": {"$date": 1700000000123}}"#,
    #"{"date": {"$date": {"$numberLong": "1700000000123"}}}"#, #"{"date": "2023-11-14T22:13:20.123Z"}"#,
  ])
  func `dates are read in each form`(json: String) throws {
    let document = try BSONDocument(extendedJSON: Array(json.utf8))
    let date = try BSONDecoder.decode(Dated.self, from: document).date
    #expect(MillisecondDate(date).milliseconds == 1_700_000_000_123)
  }

  @Test func `what cannot be BSON is refused with a reason`() throws {
    #expect(throws: BSONError.self) { try BSONDocument(extendedJSON: Array(#"{"a": "#.utf8)) }
    #expect(throws: BSONError.self) {
      let document = BSONDocument([.init(key: "a\u{0}b", value: 1)])
      try document.withBSON { _ in }
    }
    var deep: BSONValue = 1
    for _ in 0..<150 { deep = ["a": deep] }
    #expect(throws: BSONError.self) { try BSONDocument([.init(key: "a", value: deep)]).withBSON { _ in } }
    let error = #expect(throws: EncodingError.self) { try BSONEncoder.document(of: ["number": UInt64.max]) }
    #expect(error.map { readableReason(of: $0) } == "number: 18446744073709551615 is larger than a BSON number")
  }

  @Test func `dates keep their millisecond however often they are stored`() {
    var generator = SeededGenerator(seed: 5)
    for _ in 0..<10_000 {
      let milliseconds = Int64.random(in: -2_000_000_000_000...4_000_000_000_000, using: &generator)
      let date = MillisecondDate(milliseconds: milliseconds)
      #expect(MillisecondDate(date.date) == date)
      #expect(MillisecondDate(text: date.text) == date)
    }
    #expect(MillisecondDate(milliseconds: -1).text == "1969-12-31T23:59:59.999Z")
    #expect(MillisecondDate(milliseconds: 0).text == "1970-01-01T00:00:00.000Z")
  }
}

/// One field of each type.
struct Everything: Codable, Equatable {
  var flag: Bool
  var small: Int32
  var tiny: UInt8
  var large: Int64
  var number: Int
  var fraction: Double
  var text: String
  var date: Date
  var uuid: UUID
  var data: Data
  var list: [String]
  var numbers: [[Int]]
  var map: [String: Int]
  var optional: String?
  var children: [Everything]

  static func random(depth: Int, _ generator: inout SeededGenerator) -> Everything {
    let milliseconds = Int64.random(in: -1_000_000_000_000...3_000_000_000_000, using: &generator)
    return Everything(
      flag: .random(using: &generator), small: .random(in: .min ... .max, using: &generator),
      tiny: .random(in: .min ... .max, using: &generator), large: .random(in: .min ... .max, using: &generator),
      number: .random(in: -1000...1000, using: &generator), fraction: .random(in: -1e9...1e9, using: &generator),
      text: randomText(&generator), date: MillisecondDate(milliseconds: milliseconds).date,
      uuid: UUID(uuid: unsafeBitCast((generator.next(), generator.next()), to: uuid_t.self)),
      data: Data(
        (0..<Int.random(in: 0...20, using: &generator)).map { _ in UInt8.random(in: 0...255, using: &generator) }),
      list: (0..<Int.random(in: 0...3, using: &generator)).map { _ in randomText(&generator) },
      numbers: [[], [1], [2, 3]], map: ["a": 1, "ü.b": 2],
      optional: Bool.random(using: &generator) ? randomText(&generator) : nil,
      children: depth == 0
        ? [] : (0..<Int.random(in: 0...2, using: &generator)).map { _ in .random(depth: depth - 1, &generator) })
  }
}

private func randomText(_ generator: inout SeededGenerator) -> String {
  let alphabet: [Character] = ["a", "Z", " ", "\"", "\\", "\n", "\u{0}", "\u{1}", "ü", "漢", "🚂", "$", ".", "\u{2028}"]
  return String(
    (0..<Int.random(in: 0...12, using: &generator)).compactMap { _ in alphabet.randomElement(using: &generator) })
}

private func randomDocument(depth: Int, _ generator: inout SeededGenerator) -> BSONDocument {
  BSONDocument(
    (0..<Int.random(in: 0...5, using: &generator)).map { index in
      BSONDocument.Element(key: "key \(index)", value: randomValue(depth: depth, &generator))
    })
}

private func randomValue(depth: Int, _ generator: inout SeededGenerator) -> BSONValue {
  switch Int.random(in: 0...(depth > 0 ? 10 : 8), using: &generator) {
  case 0: .null
  case 1: .bool(.random(using: &generator))
  case 2: .int32(.random(in: .min ... .max, using: &generator))
  case 3: .int64(.random(in: .min ... .max, using: &generator))
  case 4: .double(.random(in: -1e300...1e300, using: &generator))
  case 5: .string(randomText(&generator))
  case 6: .date(MillisecondDate(milliseconds: .random(in: .min ... .max, using: &generator)))
  case 7: .binary(subtype: .random(in: 3...5, using: &generator), bytes: [1, 2, 255])
  case 8: .objectID((0..<12).map { _ in UInt8.random(in: 0...255, using: &generator) })
  case 9: .array((0..<3).map { _ in randomValue(depth: depth - 1, &generator) })
  default: .document(randomDocument(depth: depth - 1, &generator))
  }
}
