import Foundation

/// The objects of extended JSON that stand for one value
/// (<https://github.com/mongodb/specifications/blob/master/source/extended-json/extended-json.md>), for coders that know
/// nothing of BSON.
indirect enum ExtendedJSONShape: Encodable {
  case text(String)
  case number(UInt32)
  case bool(Bool)
  case document(BSONDocument)
  case object([(String, ExtendedJSONShape)])

  func encode(to encoder: any Encoder) throws {
    switch self {
    case .text(let text): try text.encode(to: encoder)
    case .number(let number): try number.encode(to: encoder)
    case .bool(let truth): try truth.encode(to: encoder)
    case .document(let document): try BSONValue.document(document).encode(to: encoder)
    case .object(let members):
      var container = encoder.container(keyedBy: BSONKey.self)
      for (key, value) in members { try container.encode(value, forKey: BSONKey(key)) }
    }
  }
}

extension BSONValue {
  /// The canonical form.
  var extendedJSON: ExtendedJSONShape {
    switch self {
    case .double(let number): .object([("$numberDouble", .text(BSONValue.text(of: number)))])
    case .string(let text): .text(text)
    case .document(let document): .document(document)
    case .array(let values): .object(values.enumerated().map { (String($0), $1.extendedJSON) })
    case .binary(let binary):
      .object([
        (
          "$binary",
          .object([
            ("base64", .text(Data(binary.bytes).base64EncodedString())),
            ("subType", .text(hexadecimal([binary.subtype]))),
          ])
        )
      ])
    case .undefined: .object([("$undefined", .bool(true))])
    case .objectID(let id): .object([("$oid", .text(id.description))])
    case .bool(let truth): .bool(truth)
    case .date(let milliseconds): .object([("$date", BSONValue.int64(milliseconds).extendedJSON)])
    case .null: .object([])
    case .regularExpression(let expression):
      .object([
        (
          "$regularExpression",
          .object([("pattern", .text(expression.pattern)), ("options", .text(expression.options))])
        )
      ])
    case .dbPointer(let pointer):
      .object([
        (
          "$dbPointer",
          .object([("$ref", .text(pointer.collection)), ("$id", BSONValue.objectID(pointer.id).extendedJSON)])
        )
      ])
    case .code(let text): .object([("$code", .text(text))])
    case .codeWithScope(let text, let scope): .object([("$code", .text(text)), ("$scope", .document(scope))])
    case .symbol(let text): .object([("$symbol", .text(text))])
    case .int32(let number): .object([("$numberInt", .text(String(number)))])
    case .timestamp(let timestamp):
      .object([("$timestamp", .object([("t", .number(timestamp.seconds)), ("i", .number(timestamp.increment))]))])
    case .int64(let number): .object([("$numberLong", .text(String(number)))])
    case .decimal128(let number): .object([("$numberDecimal", .text(number.description))])
    case .minKey: .object([("$minKey", .number(1))])
    case .maxKey: .object([("$maxKey", .number(1))])
    }
  }

  private static func text(of number: Double) -> String {
    if number.isNaN { return "NaN" }
    if number.isInfinite { return number < 0 ? "-Infinity" : "Infinity" }
    return number.description
  }

  /// The value that an object of extended JSON stands for; nil if it stands for itself. What its members stand for has
  /// been put in their places.
  init?(extendedJSON document: BSONDocument) {
    let members = document.elements
    guard let first = members.first, first.key.hasPrefix("$") || members.count == 2 else { return nil }
    if members.count == 2 {
      guard case .string(let text) = document["$code"], case .document(let scope) = document["$scope"] else {
        return nil
      }
      self = .codeWithScope(text, scope: scope)
      return
    }
    guard members.count == 1, let value = BSONValue.value(first.key, first.value) else { return nil }
    self = value
  }

  private static func value(_ key: String, _ member: BSONValue) -> BSONValue? {
    switch (key, member) {
    case ("$numberInt", .string(let text)): return Int32(text).map { .int32($0) }
    case ("$numberLong", .string(let text)): return Int64(text).map { .int64($0) }
    case ("$numberDouble", .string(let text)): return Double(text).map { .double($0) }
    case ("$numberDecimal", .string(let text)): return BSONDecimal128(text).map { .decimal128($0) }
    case ("$oid", .string(let text)): return BSONObjectID(text).map { .objectID($0) }
    case ("$symbol", .string(let text)): return .symbol(text)
    case ("$code", .string(let text)): return .code(text)
    case ("$date", .int64(let milliseconds)): return .date(milliseconds: milliseconds)
    case ("$date", .int32(let milliseconds)): return .date(milliseconds: Int64(milliseconds))
    case ("$date", .string(let text)):
      return MillisecondDate(text: text).map { .date(milliseconds: $0.milliseconds) }
    case ("$uuid", .string(let text)):
      return UUID(uuidString: text).map { uuid in
        .binary(BSONBinary(subtype: BSONBinary.uuidSubtype, bytes: withUnsafeBytes(of: uuid.uuid, Array.init)))
      }
    case ("$undefined", .bool(true)): return .undefined
    case ("$minKey", .int32(1)): return .minKey
    case ("$maxKey", .int32(1)): return .maxKey
    case (_, .document(let object)): return value(key, object)
    default: return nil
    }
  }

  private static func value(_ key: String, _ object: BSONDocument) -> BSONValue? {
    switch key {
    case "$binary":
      guard case .string(let text) = object["base64"], let data = Data(base64Encoded: text),
        case .string(let kind) = object["subType"], let subtype = UInt8(kind, radix: 16)
      else { return nil }
      return .binary(BSONBinary(subtype: subtype, bytes: Array(data)))
    case "$regularExpression":
      guard case .string(let pattern) = object["pattern"], case .string(let options) = object["options"] else {
        return nil
      }
      return .regularExpression(BSONRegularExpression(pattern: pattern, options: options))
    case "$timestamp":
      guard let seconds = object["t"]?.uint32, let increment = object["i"]?.uint32 else { return nil }
      return .timestamp(BSONTimestamp(seconds: seconds, increment: increment))
    case "$dbPointer":
      guard case .string(let collection) = object["$ref"], case .objectID(let id) = object["$id"] else { return nil }
      return .dbPointer(BSONDBPointer(collection: collection, id: id))
    default: return nil
    }
  }

  private var uint32: UInt32? {
    switch self {
    case .int32(let number): UInt32(exactly: number)
    case .int64(let number): UInt32(exactly: number)
    default: nil
    }
  }
}
