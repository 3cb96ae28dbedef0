import Foundation

/// Documents as the JSON texts of the embedded warehouse.
///
/// Dates are ISO 8601 in UTC with milliseconds (`2026-01-31T12:00:00.000Z`), which SQLite's date functions read, and
/// which is the resolution of MongoDB's dates, so that a document is the same in both.
enum DocumentJSON {
  static func text(of document: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    encoder.dateEncodingStrategy = .custom { date, encoder in
      var container = encoder.singleValueContainer()
      try container.encode(MillisecondDate(date).text)
    }
    return String(decoding: try encoder.encode(document), as: UTF8.self)
  }

  static func decode<Value: Decodable>(
    _ type: Value.Type, from text: String, context: [CodingUserInfoKey: any Sendable]
  ) throws -> Value {
    let decoder = JSONDecoder()
    decoder.userInfo = context
    decoder.dateDecodingStrategy = .custom { decoder in
      let container = try decoder.singleValueContainer()
      guard let date = MillisecondDate(text: try container.decode(String.self)) else {
        throw DecodingError.dataCorruptedError(in: container, debugDescription: "not an ISO 8601 date")
      }
      return date.date
    }
    return try decoder.decode(type, from: Data(text.utf8))
  }

  /// A JSON string literal.
  static func quoted(_ text: String) -> String {
    var bytes = [UInt8(ascii: "\"")]
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
      case 0..<0x20: bytes += Array("\\u00\(byte < 16 ? "0" : "")\(String(byte, radix: 16))".utf8)
      default: bytes.append(byte)
      }
    }
    bytes.append(UInt8(ascii: "\""))
    return String(decoding: bytes, as: UTF8.self)
  }
}
