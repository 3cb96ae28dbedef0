import BSON
import Testing

/// One value in its three forms: a document with the field `a` as a tree, as bytes, and as canonical extended JSON.
struct ValueCase: Sendable, CustomTestStringConvertible {
  let name: String
  let value: BSONValue
  /// The bytes between `a`'s NUL and the document's, and the type's byte in front.
  let type: UInt8
  let hex: String
  let json: String
  var testDescription: String { name }

  init(_ name: String, _ value: BSONValue, _ type: UInt8, _ hex: String, _ json: String) {
    (self.name, self.value, self.type, self.hex, self.json) = (name, value, type, hex, json)
  }

  /// The document's bytes.
  var bytes: [UInt8] {
    let payload = bytesOf(hex)
    return littleEndian(UInt32(payload.count + 8)) + [type, UInt8(ascii: "a"), 0] + payload + [0]
  }

  var document: BSONDocument { ["a": value] }
  var text: String { #"{"a":"# + json + "}" }

  static let all: [ValueCase] = numbers + texts + containers + binaries + rest

  private static let numbers = [
    ValueCase("1.0", .double(1), 1, "000000000000f03f", #"{"$numberDouble":"1.0"}"#),
    ValueCase("-0.0", .double(-0.0), 1, "0000000000000080", #"{"$numberDouble":"-0.0"}"#),
    ValueCase("0.1", .double(0.1), 1, "9a9999999999b93f", #"{"$numberDouble":"0.1"}"#),
    ValueCase("infinity", .double(.infinity), 1, "000000000000f07f", #"{"$numberDouble":"Infinity"}"#),
    ValueCase("-infinity", .double(-.infinity), 1, "000000000000f0ff", #"{"$numberDouble":"-Infinity"}"#),
    ValueCase("int32 1", .int32(1), 0x10, "01000000", #"{"$numberInt":"1"}"#),
    ValueCase("least int32", .int32(.min), 0x10, "00000080", #"{"$numberInt":"-2147483648"}"#),
    ValueCase("greatest int32", .int32(.max), 0x10, "ffffff7f", #"{"$numberInt":"2147483647"}"#),
    ValueCase("int64 1", .int64(1), 0x12, "0100000000000000", #"{"$numberLong":"1"}"#),
    ValueCase("least int64", .int64(.min), 0x12, "0000000000000080", #"{"$numberLong":"-9223372036854775808"}"#),
    ValueCase("greatest int64", .int64(.max), 0x12, "ffffffffffffff7f", #"{"$numberLong":"9223372036854775807"}"#),
    ValueCase(
      "decimal 1.50", .decimal128(BSONDecimal128(high: 0x303C_0000_0000_0000, low: 150)), 0x13,
      "96000000000000000000000000003c30", #"{"$numberDecimal":"1.50"}"#),
    ValueCase(
      "decimal NaN", .decimal128(BSONDecimal128(high: 0x7C00_0000_0000_0000, low: 0)), 0x13,
      "0000000000000000000000000000007c", #"{"$numberDecimal":"NaN"}"#),
  ]

  private static let texts = [
    ValueCase("empty string", "", 2, "0100000000", #""""#),
    ValueCase("string", "ab", 2, "03000000616200", #""ab""#),
    ValueCase("string with NUL", "a\u{0}b", 2, "0400000061006200", #""a\u0000b""#),
    ValueCase("two and three bytes", "é☆", 2, "06000000c3a9e2988600", #""é☆""#),
    ValueCase("four bytes", "🚂", 2, "05000000f09f9a8200", #""🚂""#),
    ValueCase("quotes", "\"\\\n", 2, "04000000225c0a00", #""\"\\\n""#),
    ValueCase("code", .code("f()"), 0x0D, "0400000066282900", #"{"$code":"f()"}"#),
    ValueCase("symbol", .symbol("s"), 0x0E, "020000007300", #"{"$symbol":"s"}"#),
    ValueCase(
      "code with scope", .codeWithScope("x", scope: ["x": 1]), 0x0F,
      "16000000020000007800" + "0c0000001078000100000000",
      #"{"$code":"x","$scope":{"x":{"$numberInt":"1"}}}"#),
    ValueCase(
      "regular expression", .regularExpression(BSONRegularExpression(pattern: "^a/", options: "xi")), 0x0B,
      "5e612f00697800", #"{"$regularExpression":{"pattern":"^a/","options":"ix"}}"#),
    ValueCase(
      "empty regular expression", .regularExpression(BSONRegularExpression(pattern: "")), 0x0B, "0000",
      #"{"$regularExpression":{"pattern":"","options":""}}"#),
  ]

  private static let containers = [
    ValueCase("empty document", [:], 3, "0500000000", "{}"),
    ValueCase("document", ["b": true], 3, "090000000862000100", #"{"b":true}"#),
    ValueCase("empty key", .document(["": .null]), 3, "070000000a0000", #"{"":null}"#),
    ValueCase("empty array", [], 4, "0500000000", "[]"),
    ValueCase("array", ["x", .null], 4, "110000000230000200000078000a310000", #"["x",null]"#),
    ValueCase("nested", [["b": []]], 4, "150000000330000d00000004620005000000000000", #"[{"b":[]}]"#),
  ]

  private static let binaries = [
    ValueCase(
      "empty binary", .binary(BSONBinary(bytes: [])), 5, "0000000000",
      #"{"$binary":{"base64":"","subType":"00"}}"#),
    ValueCase(
      "binary", .binary(BSONBinary(bytes: [255, 0])), 5, "0200000000ff00",
      #"{"$binary":{"base64":"/wA=","subType":"00"}}"#),
    ValueCase(
      "old binary", .binary(BSONBinary(subtype: 2, bytes: [1])), 5, "05000000020100000001",
      #"{"$binary":{"base64":"AQ==","subType":"02"}}"#),
    ValueCase(
      "one's own binary", .binary(BSONBinary(subtype: 0x80, bytes: [1])), 5, "010000008001",
      #"{"$binary":{"base64":"AQ==","subType":"80"}}"#),
    ValueCase(
      "UUID", .binary(BSONBinary(subtype: 4, bytes: (0..<16).map { $0 })), 5,
      "1000000004000102030405060708090a0b0c0d0e0f",
      #"{"$binary":{"base64":"AAECAwQFBgcICQoLDA0ODw==","subType":"04"}}"#),
  ]

  private static let id = BSONObjectID(bytes: (0..<12).map { $0 * 16 + 1 })

  private static let rest: [ValueCase] =
    [
      ValueCase("null", .null, 0x0A, "", "null"),
      ValueCase("undefined", .undefined, 0x06, "", #"{"$undefined":true}"#),
      ValueCase("minimum key", .minKey, 0xFF, "", #"{"$minKey":1}"#),
      ValueCase("maximum key", .maxKey, 0x7F, "", #"{"$maxKey":1}"#),
      ValueCase("true", true, 8, "01", "true"),
      ValueCase("false", false, 8, "00", "false"),
      ValueCase("1970", .date(milliseconds: 0), 9, "0000000000000000", #"{"$date":{"$numberLong":"0"}}"#),
      ValueCase("before 1970", .date(milliseconds: -1), 9, "ffffffffffffffff", #"{"$date":{"$numberLong":"-1"}}"#),
      ValueCase(
        "timestamp", .timestamp(BSONTimestamp(seconds: 0xFFFF_FFFF, increment: 2)), 0x11, "02000000ffffffff",
        #"{"$timestamp":{"t":4294967295,"i":2}}"#),
    ]
    + (id.map { id in
      [
        ValueCase(
          "object id", .objectID(id), 7, "01112131415161718191a1b1",
          #"{"$oid":"01112131415161718191a1b1"}"#),
        ValueCase(
          "database pointer", .dbPointer(BSONDBPointer(collection: "d.c", id: id)), 0x0C,
          "04000000642e630001112131415161718191a1b1",
          #"{"$dbPointer":{"$ref":"d.c","$id":{"$oid":"01112131415161718191a1b1"}}}"#),
      ]
    } ?? [])
}

/// The bytes of hexadecimal digits.
func bytesOf(_ hex: some StringProtocol) -> [UInt8] {
  let digits = Array(hex)
  return stride(from: 0, to: digits.count - 1, by: 2).compactMap { UInt8(String(digits[$0...$0 + 1]), radix: 16) }
}

/// A number's bytes, the lowest first.
func littleEndian(_ number: UInt32) -> [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) } }
