import BSON
import Foundation
import Testing

/// Errors name the field and what is wrong with it.
@Suite struct CodingErrorTests {
  struct Inner: Codable {
    var title: String
    var numbers: [Int]
  }

  struct Outer: Codable { var content: Inner }

  struct Mismatch: Sendable, CustomTestStringConvertible {
    let document: BSONDocument
    let reason: String
    var testDescription: String { reason }
  }

  @Test(arguments: [
    Mismatch(
      document: ["content": ["title": 5, "numbers": []]], reason: "content.title: expected string, found int32"),
    Mismatch(
      document: ["content": ["title": "a", "numbers": [1, "x"]]],
      reason: "content.numbers.1: expected whole number of 64 bits, found string"),
    Mismatch(
      document: ["content": ["title": "a", "numbers": [1.5]]],
      reason: "content.numbers.0: expected whole number of 64 bits, found double"),
    Mismatch(document: ["content": ["numbers": []]], reason: "content.title: the field is missing"),
    Mismatch(
      document: ["content": ["title": .null, "numbers": []]], reason: "content.title: expected string, found null"),
    Mismatch(document: ["content": []], reason: "content: expected document, found array"),
    Mismatch(
      document: ["content": ["title": "", "numbers": [:]]], reason: "content.numbers: expected array, found document"),
    Mismatch(document: [:], reason: "content: the field is missing"),
  ])
  func `a decoding error names the field`(mismatch: Mismatch) throws {
    let error = #expect(throws: DecodingError.self) { try BSONDecoder().decode(Outer.self, from: mismatch.document) }
    #expect(error.map(reason) == mismatch.reason)
  }

  @Test func `null and missing are two errors`() {
    let null = #expect(throws: DecodingError.self) { try BSONDecoder().decode(String.self, from: .null) }
    guard case .valueNotFound = null else {
      Issue.record("null is \(String(describing: null))")
      return
    }
  }

  @Test func `each type says what it expected`() {
    func message<T: Decodable>(_ type: T.Type, _ value: BSONValue) -> String? {
      #expect(throws: DecodingError.self) {
        try BSONDecoder().decode([String: T].self, from: ["a": value] as BSONDocument)
      }.map(reason)
    }
    #expect(message(Bool.self, 1) == "a: expected bool, found int32")
    #expect(message(Double.self, "1") == "a: expected number, found string")
    #expect(message(Date.self, "yesterday") == "a: expected date, found string")
    #expect(message(Data.self, "x") == "a: expected binary, found string")
    #expect(message(UUID.self, "x") == "a: expected UUID, found string")
    #expect(message(BSONObjectID.self, "x") == "a: expected object id, found string")
    #expect(message(BSONDocument.self, []) == "a: expected document, found array")
    #expect(message(BSONDecimal128.self, 1) == "a: expected decimal128, found int32")
    #expect(message([String].self, ["x", 1]) == "a.1: expected string, found int32")
    #expect(message([[Int8]].self, [[], [1, 200]]) == "a.1.1: expected whole number of 8 bits, found int32")
  }

  @Test func `an encoding error names the field`() {
    func message(_ value: some Encodable) -> String? {
      #expect(throws: EncodingError.self) { try BSONEncoder().encode(value) }.map(reason)
    }
    let number = "18446744073709551615 is larger than a BSON number"
    #expect(message(["number": UInt64.max]) == "number: \(number)")
    #expect(message(["a": ["b": [1, UInt.max]]]) == "a.b.1: \(number)")
    #expect(message(["a": [["b\u{0}": 1]]]) == #"a.0: the key "b\0" has a NUL character"#)
    #expect(message(["a": BSONDocument(dictionaryLiteral: ("b\u{0}", 1))]) == #"a: the key "b\0" has a NUL character"#)
    #expect(message([1, 2]) == ": only a value with fields is a document")
    #expect(message("text") == ": only a value with fields is a document")
    #expect(message(BSONValue.null) == ": only a value with fields is a document")
  }

  /// A list that is as long as levels go deep.
  final class Chain: Codable {
    var next: Chain?
    init(length: Int) { next = length > 1 ? Chain(length: length - 1) : nil }
    var length: Int { 1 + (next?.length ?? 0) }
  }

  /// The same by containers of its own.
  struct NestedChain: Encodable {
    let length: Int
    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: AnyKey.self)
      for _ in 1..<length { container = container.nestedContainer(keyedBy: AnyKey.self, forKey: AnyKey("next")) }
    }
  }

  @Test func `levels are bounded when encoding`() throws {
    let bytes = try BSONEncoder().encode(Chain(length: 100))
    try RawBSON.validate(bytes)
    #expect(try BSONDecoder().decode(Chain.self, from: bytes).length == 100)
    #expect(try BSONEncoder().encode(NestedChain(length: 100)) == bytes)
    for value: any Encodable in [Chain(length: 101), NestedChain(length: 101), NestedChain(length: 100_000)] {
      let error = #expect(throws: EncodingError.self) { try BSONEncoder().encode(value) }
      #expect(error.map(reason)?.hasSuffix("it has more than 100 levels") == true)
    }
  }

  @Test(arguments: [101, 150, 40_000])
  func `levels are bounded when decoding`(levels: Int) throws {
    let bytes = nested(levels: levels)
    let error = #expect(throws: DecodingError.self) { try BSONDecoder().decode(Chain.self, from: bytes) }
    #expect(error.map(reason)?.hasSuffix("it has more than 100 levels") == true)
    #expect(throws: BSONError.tooDeep) { try BSONDocument(bytes: bytes) }
    #expect(throws: BSONError.tooDeep) { try RawBSON.validate(bytes) }
    #expect(throws: BSONError.tooDeep) { try ExtendedJSON.json(from: bytes) }
    let path = Array(repeating: "next", count: levels).joined(separator: ".")
    #expect(throws: BSONError.tooDeep) { try RawBSON.value(atPath: path, in: bytes) }
    let json = String(repeating: #"{"next":"#, count: levels) + "{}" + String(repeating: "}", count: levels)
    #expect(throws: BSONError.self) { try ExtendedJSON.bson(from: Array(json.utf8)) }
    var value: BSONValue = [:]
    for _ in 1..<min(levels, 200) { value = ["next": value] }
    #expect(throws: BSONError.tooDeep) { try BSONDocument([.init(key: "next", value: value)]).bytes() }
  }

  /// Documents within each other under the key `next`.
  private func nested(levels: Int) -> [UInt8] {
    var head: [UInt8] = []
    for level in 0..<levels {
      let length = UInt32(5 + (levels - 1 - level) * 11)
      head += littleEndian(length)
      if level < levels - 1 { head += [3] + Array("next".utf8) + [0] }
    }
    return head + Array(repeating: 0, count: levels)
  }
}
