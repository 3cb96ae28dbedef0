/// A BSON value (<https://bsonspec.org/spec.html>): what documents, filters and commands are made of on their way to
/// and from libbson.
enum BSONValue: Hashable, Sendable {
  case null
  case bool(Bool)
  case int32(Int32)
  case int64(Int64)
  case double(Double)
  case string(String)
  case date(MillisecondDate)
  case binary(subtype: UInt8, bytes: [UInt8])
  /// 12 bytes.
  case objectID([UInt8])
  case array([BSONValue])
  case document(BSONDocument)
  /// A type that we neither write nor read, such as a regular expression; an error only if it is asked for.
  case other(type: String)

  /// The subtype of binary data that is a UUID.
  static let uuidSubtype: UInt8 = 4
  /// The subtype that older drivers gave UUIDs.
  static let legacyUUIDSubtype: UInt8 = 3

  /// The name of the type, as messages use it.
  var typeName: String {
    switch self {
    case .null: "null"
    case .bool: "bool"
    case .int32: "int32"
    case .int64: "int64"
    case .double: "double"
    case .string: "string"
    case .date: "date"
    case .binary: "binary"
    case .objectID: "object id"
    case .array: "array"
    case .document: "document"
    case .other(let type): type
    }
  }
}

extension BSONValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral {
  init(stringLiteral value: String) { self = .string(value) }
  init(integerLiteral value: Int32) { self = .int32(value) }
  init(booleanLiteral value: Bool) { self = .bool(value) }
}

extension BSONValue: ExpressibleByDictionaryLiteral, ExpressibleByArrayLiteral {
  init(dictionaryLiteral elements: (String, BSONValue)...) {
    self = .document(BSONDocument(elements.map { BSONDocument.Element(key: $0, value: $1) }))
  }

  init(arrayLiteral elements: BSONValue...) { self = .array(elements) }
}
