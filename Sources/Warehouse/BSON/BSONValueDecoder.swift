import Foundation

/// The decoder of one value.
struct BSONValueDecoder: Decoder, SingleValueDecodingContainer {
  let value: BSONValue
  let codingPath: [any CodingKey]
  let context: [CodingUserInfoKey: any Sendable]
  var userInfo: [CodingUserInfoKey: Any] { context }

  func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
    guard case .document(let document) = value else { throw mismatch([String: BSONValue].self, expected: "document") }
    let fields = Dictionary(document.elements.map { ($0.key, $0.value) }) { _, last in last }
    return KeyedDecodingContainer(BSONKeyedDecoding<Key>(fields: fields, codingPath: codingPath, context: context))
  }

  func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
    guard case .array(let values) = value else { throw mismatch([BSONValue].self, expected: "array") }
    return BSONUnkeyedDecoding(values: values, codingPath: codingPath, context: context)
  }

  func singleValueContainer() -> any SingleValueDecodingContainer { self }

  func decodeNil() -> Bool { value == .null }

  func decode(_ type: Bool.Type) throws -> Bool {
    guard case .bool(let truth) = value else { throw mismatch(type, expected: "bool") }
    return truth
  }

  func decode(_ type: String.Type) throws -> String {
    switch value {
    case .string(let text): return text
    case .binary(let subtype, let bytes) where isUUID(subtype, bytes): return uuid(bytes).uuidString.lowercased()
    case .objectID(let bytes): return bytes.map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
    default: throw mismatch(type, expected: "string")
    }
  }

  func decode(_ type: Double.Type) throws -> Double {
    switch value {
    case .double(let number): return number
    case .int32(let number): return Double(number)
    case .int64(let number): if let exact = Double(exactly: number) { return exact }
    default: break
    }
    throw mismatch(type, expected: "number")
  }

  func decode(_ type: Float.Type) throws -> Float { Float(try decode(Double.self)) }
  func decode(_ type: Int.Type) throws -> Int { try integer(type) }
  func decode(_ type: Int8.Type) throws -> Int8 { try integer(type) }
  func decode(_ type: Int16.Type) throws -> Int16 { try integer(type) }
  func decode(_ type: Int32.Type) throws -> Int32 { try integer(type) }
  func decode(_ type: Int64.Type) throws -> Int64 { try integer(type) }
  func decode(_ type: UInt.Type) throws -> UInt { try integer(type) }
  func decode(_ type: UInt8.Type) throws -> UInt8 { try integer(type) }
  func decode(_ type: UInt16.Type) throws -> UInt16 { try integer(type) }
  func decode(_ type: UInt32.Type) throws -> UInt32 { try integer(type) }
  func decode(_ type: UInt64.Type) throws -> UInt64 { try integer(type) }

  func decode<T: Decodable>(_ type: T.Type) throws -> T {
    if type == Date.self, let date = try date() as? T { return date }
    if type == Data.self, let data = try data() as? T { return data }
    if type == UUID.self, let uuid = try uuid() as? T { return uuid }
    return try type.init(from: self)
  }

  private func integer<Number: FixedWidthInteger>(_ type: Number.Type) throws -> Number {
    let number: Number? =
      switch value {
      case .int32(let number): Number(exactly: number)
      case .int64(let number): Number(exactly: number)
      case .double(let number): Number(exactly: number)
      default: nil
      }
    guard let number else { throw mismatch(type, expected: "whole number of \(type.bitWidth) bits") }
    return number
  }

  private func date() throws -> Date {
    switch value {
    case .date(let date): return date.date
    case .string(let text): if let date = MillisecondDate(text: text) { return date.date }
    default: break
    }
    throw mismatch(Date.self, expected: "date")
  }

  private func data() throws -> Data {
    guard case .binary(_, let bytes) = value else { throw mismatch(Data.self, expected: "binary") }
    return Data(bytes)
  }

  private func uuid() throws -> UUID {
    switch value {
    case .binary(let subtype, let bytes) where isUUID(subtype, bytes): return uuid(bytes)
    case .string(let text): if let uuid = UUID(uuidString: text) { return uuid }
    default: break
    }
    throw mismatch(UUID.self, expected: "UUID")
  }

  private func isUUID(_ subtype: UInt8, _ bytes: [UInt8]) -> Bool {
    bytes.count == 16 && (subtype == BSONValue.uuidSubtype || subtype == BSONValue.legacyUUIDSubtype)
  }

  private func uuid(_ bytes: [UInt8]) -> UUID {
    bytes.withUnsafeBytes { UUID(uuid: $0.loadUnaligned(as: uuid_t.self)) }
  }

  private func mismatch<T>(_ type: T.Type, expected: String) -> DecodingError {
    let context = DecodingError.Context(
      codingPath: codingPath, debugDescription: "expected \(expected), found \(value.typeName)")
    return value == .null ? .valueNotFound(type, context) : .typeMismatch(type, context)
  }
}
