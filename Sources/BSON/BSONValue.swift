/// A BSON value (<https://bsonspec.org/spec.html>), every type of it.
public enum BSONValue: Hashable, Sendable {
  /// A 64-bit floating point number.
  case double(Double)
  /// Text.
  case string(String)
  /// A document within a document.
  case document(BSONDocument)
  /// Values in order.
  case array([BSONValue])
  /// Bytes of a kind.
  case binary(BSONBinary)
  /// Deprecated; older programs wrote it for a value that is missing.
  case undefined
  /// Twelve bytes that MongoDB makes as identifiers.
  case objectID(BSONObjectID)
  /// True or false.
  case bool(Bool)
  /// Milliseconds since 1970, UTC.
  case date(milliseconds: Int64)
  /// No value.
  case null
  /// A pattern and its options.
  indirect case regularExpression(BSONRegularExpression)
  /// Deprecated; a collection's name and the identifier of a document in it.
  indirect case dbPointer(BSONDBPointer)
  /// JavaScript.
  case code(String)
  /// Deprecated; JavaScript with values for its variables.
  indirect case codeWithScope(String, scope: BSONDocument)
  /// Deprecated; text that other languages knew as a symbol.
  case symbol(String)
  /// A 32-bit number.
  case int32(Int32)
  /// A replication timestamp, which is no date.
  case timestamp(BSONTimestamp)
  /// A 64-bit number.
  case int64(Int64)
  /// A decimal number of 34 digits.
  case decimal128(BSONDecimal128)
  /// Less than every other value.
  case minKey
  /// More than every other value.
  case maxKey

  /// The name of the type, as messages use it.
  public var typeName: String { type.name }

  /// The byte that says the type.
  var type: BSONType {
    switch self {
    case .double: .double
    case .string: .string
    case .document: .document
    case .array: .array
    case .binary: .binary
    case .undefined: .undefined
    case .objectID: .objectID
    case .bool: .bool
    case .date: .date
    case .null: .null
    case .regularExpression: .regularExpression
    case .dbPointer: .dbPointer
    case .code: .code
    case .codeWithScope: .codeWithScope
    case .symbol: .symbol
    case .int32: .int32
    case .timestamp: .timestamp
    case .int64: .int64
    case .decimal128: .decimal128
    case .minKey: .minKey
    case .maxKey: .maxKey
    }
  }
}

extension BSONValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral {
  /// A string.
  public init(stringLiteral value: String) { self = .string(value) }
  /// An int32, as commands have their numbers.
  public init(integerLiteral value: Int32) { self = .int32(value) }
  /// A bool.
  public init(booleanLiteral value: Bool) { self = .bool(value) }
}

extension BSONValue: ExpressibleByFloatLiteral {
  /// A double.
  public init(floatLiteral value: Double) { self = .double(value) }
}

extension BSONValue: ExpressibleByDictionaryLiteral, ExpressibleByArrayLiteral {
  /// A document.
  public init(dictionaryLiteral elements: (String, BSONValue)...) {
    self = .document(BSONDocument(elements.map { BSONDocument.Element(key: $0, value: $1) }))
  }

  /// An array.
  public init(arrayLiteral elements: BSONValue...) { self = .array(elements) }
}
