import BSON
import Testing

/// Bytes that break one rule each.
@Suite struct MalformedTests {
  struct Malformed: Sendable, CustomTestStringConvertible {
    let name: String
    let hex: String
    let reason: String
    /// Whether only those who look inside of the value find it.
    var isInside = false
    var testDescription: String { name }

    /// A document with one field `a`.
    init(_ name: String, type: String, _ payload: String, _ reason: String, isInside: Bool = false) {
      let length = littleEndian(UInt32(payload.count / 2 + 8)).map { String(UInt16($0) + 256, radix: 16).suffix(2) }
        .joined()
      self.init(name, "\(length)\(type)6100\(payload)00", reason, isInside: isInside)
    }

    init(_ name: String, _ hex: String, _ reason: String, isInside: Bool = false) {
      (self.name, self.hex, self.reason, self.isInside) = (name, hex, reason, isInside)
    }
  }

  static let all = [
    Malformed("nothing", "", "at byte 0, the bytes end within a length"),
    Malformed("half a length", "0500", "at byte 0, the bytes end within a length"),
    Malformed("length 4", "04000000", "at byte 0, a length is 4, which is less than 5"),
    Malformed("negative length", "ffffffff00", "at byte 0, a length is -1, which is less than 5"),
    Malformed("length too long", "0600000000", "at byte 0, a document of 5 bytes says that it has 6"),
    Malformed("something behind it", "050000000000", "at byte 0, a document of 6 bytes says that it has 5"),
    Malformed("no NUL", "0500000001", "at byte 4, a document has no NUL at its end"),
    Malformed("NUL too early", "060000000000", "at byte 4, the document ends before its length says"),
    Malformed("type 20", type: "14", "", "at byte 4, there is no type 20"),
    Malformed("type 128", type: "80", "", "at byte 4, there is no type 128"),
    Malformed("key without an end", "080000000a616200", "at byte 5, the name of a field has no end"),
    Malformed("key not UTF-8", "080000000aff0000", "at byte 5, a text is not UTF-8"),
    Malformed(
      "double too short", type: "01", "00000000000000", "at byte 7, a value of type double is longer than its document"),
    Malformed("int64 too short", type: "12", "00", "at byte 7, a value of type int64 is longer than its document"),
    Malformed(
      "object id too short", type: "07", "0011", "at byte 7, a value of type object id is longer than its document"),
    Malformed(
      "decimal too short", type: "13", "0011", "at byte 7, a value of type decimal128 is longer than its document"),
    Malformed("string of length 0", type: "02", "00000000", "at byte 7, a length is 0, which is less than 1"),
    Malformed("string of negative length", type: "02", "ffffffff00", "at byte 7, a length is -1, which is less than 1"),
    Malformed(
      "string too long", type: "02", "030000006100", "at byte 7, a value of type string is longer than its document"),
    Malformed(
      "string of 2 GiB", type: "02", "ffffff7f6100", "at byte 7, a value of type string is longer than its document"),
    Malformed("string without length", type: "02", "0100", "at byte 7, the bytes end within a length"),
    Malformed(
      "string without NUL", type: "02", "020000006161", "at byte 12, a string has no NUL at its end", isInside: true),
    Malformed("string not UTF-8", type: "02", "03000000ff6100", "at byte 11, a text is not UTF-8", isInside: true),
    Malformed("overlong NUL", type: "02", "03000000c08000", "at byte 11, a text is not UTF-8", isInside: true),
    Malformed("surrogate", type: "02", "04000000eda08000", "at byte 11, a text is not UTF-8", isInside: true),
    Malformed("bool 2", type: "08", "02", "at byte 7, a bool is 2", isInside: true),
    Malformed("bool 255", type: "08", "ff", "at byte 7, a bool is 255", isInside: true),
    Malformed(
      "document too long", type: "03", "0600000000", "at byte 7, a value of type document is longer than its document"),
    Malformed("document too short", type: "03", "0400000000", "at byte 7, a length is 4, which is less than 5"),
    Malformed(
      "document without NUL", type: "03", "0500000001", "at byte 11, a document has no NUL at its end", isInside: true),
    Malformed(
      "array without NUL", type: "04", "0500000001", "at byte 11, a document has no NUL at its end", isInside: true),
    Malformed(
      "field beyond its document", type: "03", "0c000000" + "12620001000000" + "00",
      "at byte 14, a value of type int64 is longer than its document", isInside: true),
    Malformed("negative binary", type: "05", "ffffffff00", "at byte 7, a length is -1, which is less than 0"),
    Malformed(
      "binary too long", type: "05", "020000000061", "at byte 7, a value of type binary is longer than its document"),
    Malformed(
      "old binary without its length", type: "05", "020000000261" + "62", "at byte 12, the bytes end within a length",
      isInside: true),
    Malformed(
      "old binary of another length", type: "05", "05000000020200000061",
      "at byte 12, the two lengths of old binary data differ", isInside: true),
    Malformed(
      "old binary of negative length", type: "05", "0500000002ffffffff61",
      "at byte 12, a length is -1, which is less than 0", isInside: true),
    Malformed(
      "regular expression without an end", "0b0000000b610061006200", "at byte 9, a regular expression has no end"),
    Malformed("pattern without an end", "090000000b61006100", "at byte 7, a regular expression has no end"),
    Malformed("pattern not UTF-8", type: "0b", "ff0000", "at byte 7, a text is not UTF-8", isInside: true),
    Malformed(
      "pointer without NUL", type: "0c", "0100000061" + "001122334455667788990011",
      "at byte 11, a string has no NUL at its end", isInside: true),
    Malformed(
      "pointer without id", type: "0c", "0100000000",
      "at byte 7, a value of type database pointer is longer than its document"),
    Malformed(
      "code with scope too short", type: "0f", "0d000000" + "0100000000" + "05000000",
      "at byte 7, a length is 13, which is less than 14"),
    Malformed(
      "code longer than its value", type: "0f", "0e000000" + "0200000000" + "0500000000",
      "at byte 11, code is longer than its value", isInside: true),
    Malformed(
      "scope of another length", type: "0f", "0f000000" + "0100000000" + "050000000000",
      "at byte 16, a document of 6 bytes says that it has 5", isInside: true),
    Malformed(
      "scope without NUL", type: "0f", "0e000000" + "0100000000" + "0500000001",
      "at byte 20, a document has no NUL at its end", isInside: true),
  ]

  struct Nothing: Decodable {}
  struct Value: Decodable { let a: BSONValue? }

  @Test(arguments: all)
  func `what breaks a rule is refused with the place and the reason`(malformed: Malformed) {
    let bytes = bytesOf(malformed.hex)
    let expected = "its bytes are not BSON: \(malformed.reason)"
    let errors = [
      #expect(throws: BSONError.self) { try RawBSON.validate(bytes) },
      #expect(throws: BSONError.self) { try BSONDocument(bytes: bytes) },
      #expect(throws: BSONError.self) { try ExtendedJSON.json(from: bytes) },
    ]
    #expect(errors.map { $0?.description } == [expected, expected, expected])
    let error = #expect(throws: DecodingError.self) { try BSONDecoder().decode([String: BSONValue].self, from: bytes) }
    #expect(error.map { reason($0).hasSuffix(expected) } == true)
    if malformed.isInside {
      #expect(throws: Never.self) { try BSONDecoder().decode(Nothing.self, from: bytes) }
      #expect(error.map(reason) == "a: \(expected)")
    }
  }

  @Test func `a document that ends too early is refused wherever it ends`() throws {
    let whole = try BSONDocument(
      ValueCase.all.enumerated().map { BSONDocument.Element(key: "k\($0)", value: $1.value) }
    ).bytes()
    try RawBSON.validate(whole)
    for count in 0..<whole.count {
      // As it is, and with a length that claims to be right.
      let cut = Array(whole[..<count])
      let claimed = littleEndian(UInt32(count)) + cut.dropFirst(4)
      for bytes in count < 4 ? [cut] : [cut, claimed, Array(claimed.dropLast() + [0])] {
        let isValid = (try? RawBSON.validate(bytes)) != nil
        let isRead = (try? BSONDocument(bytes: bytes)) != nil
        let isDecoded = (try? BSONDecoder().decode([String: BSONValue].self, from: bytes)) != nil
        #expect(isRead == isValid && isDecoded == isValid)
      }
      #expect(throws: BSONError.self) { try RawBSON.validate(cut) }
    }
  }

  @Test(arguments: [
    "", "  ", "{", "{}}", "{} {}", "{} x", "[]", "[{}]", "5", "null", #"{"a": }"#, #"{"a": 1"#, #"{"a" 1}"#,
    #"{'a': 1}"#,
    #"{"a": {"$oid": "12"}}"#, #"{"a": {"$numberInt": "x"}}"#, #"{"a": {"$binary": {"base64": "§", "subType": "00"}}}"#,
    "{\"a\": \"\u{1}\"}", #"{"a": "\ud800"}"#, #"{"a\u0000b": 1}"#,
    #"{"a": {"$regularExpression": {"pattern": "a\u0000", "options": ""}}}"#,
    #"{"a": "\u0000", "b\u0000": 1}"#,
  ])
  func `what is not one object of extended JSON is refused`(json: String) {
    #expect(throws: BSONError.self) { try ExtendedJSON.bson(from: Array(json.utf8)) }
  }

  @Test(arguments: [
    ("not json", "it is not one object"), ("", "it is not one object"), (" [{}]", "it is not one object"),
    ("} {", "it is not one object"), ("5 {}", "it is not one object"), ("{} {}", "something follows the object"),
    ("{}}", "something follows the object"), (#" {"a": [1, "}"]"#, "the object is cut short"),
    (#"{"a": "}"#, "the object is cut short"),
  ])
  func `why it is not one object is said`(json: String, reason: String) {
    #expect(throws: BSONError.notJSON(reason: reason)) { try ExtendedJSON.bson(from: Array(json.utf8)) }
  }

  @Test func `text that is not UTF-8 is refused as JSON`() {
    #expect(throws: BSONError.self) {
      try ExtendedJSON.bson(from: Array(#"{"a": ""#.utf8) + [0xFF] + Array(#""}"#.utf8))
    }
    #expect(throws: BSONError.self) { try ExtendedJSON.bson(from: Array(#"{"a": ""#.utf8) + [0] + Array(#""}"#.utf8)) }
  }
}
