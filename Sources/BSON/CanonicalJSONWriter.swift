/// Writes documents of the common types as canonical extended JSON without a space, several times as fast as libbson.
///
/// What it does not know, binary data and the rarer types, is left to libbson: a document that has such a value is not
/// written here at all.
struct CanonicalJSONWriter: ~Copyable {
  private var output: BSONBuffer

  /// The document as text; nil if a value is of a type that is not known here.
  ///
  /// - Parameter bson: a document that `RawBSON.validate` has passed.
  static func text(of bson: UnsafeRawBufferPointer) throws(BSONError) -> [UInt8]? {
    var writer = CanonicalJSONWriter(output: BSONBuffer(capacity: bson.count * 2))
    guard try writer.write(bson, at: 0, end: bson.count, isArray: false) else { return nil }
    return Array(writer.output.bytes)
  }

  /// - Returns: whether all of it was written.
  private mutating func write(
    _ bytes: UnsafeRawBufferPointer, at offset: Int, end: Int, isArray: Bool
  ) throws(BSONError) -> Bool {
    output.append(UInt8(ascii: isArray ? "[" : "{"))
    let (start, end) = try BSONElement.open(bytes, at: offset, end: end)
    var position = start
    while let element = try BSONElement.read(bytes, at: position, end: end) {
      if position > start { output.append(UInt8(ascii: ",")) }
      if !isArray {
        write(bytes[element.keyStart..<element.keyEnd])
        output.append(UInt8(ascii: ":"))
      }
      guard try write(element, bytes) else { return false }
      position = element.valueEnd
    }
    output.append(UInt8(ascii: isArray ? "]" : "}"))
    return true
  }

  private mutating func write(_ element: BSONElement, _ bytes: UnsafeRawBufferPointer) throws(BSONError) -> Bool {
    switch element.type {
    case .string: write(bytes[element.valueStart + 4..<element.valueEnd - 1])
    case .document: return try write(bytes, at: element.valueStart, end: element.valueEnd, isArray: false)
    case .array: return try write(bytes, at: element.valueStart, end: element.valueEnd, isArray: true)
    case .bool: write(try element.bool(bytes) ? "true" : "false")
    case .null: write("null")
    case .int32: write("{\"$numberInt\":\"", "\(element.int32(bytes))", "\"}")
    case .int64: write("{\"$numberLong\":\"", "\(element.int64(bytes))", "\"}")
    case .double: write("{\"$numberDouble\":\"", canonicalText(of: element.double(bytes)), "\"}")
    case .date: write("{\"$date\":{\"$numberLong\":\"", "\(element.int64(bytes))", "\"}}")
    case .objectID: write("{\"$oid\":\"", element.objectID(bytes).description, "\"}")
    case .binary, .undefined, .regularExpression, .dbPointer, .code, .symbol, .codeWithScope, .timestamp, .decimal128,
      .maxKey, .minKey:
      return false
    }
    return true
  }

  private mutating func write(_ literal: StaticString) {
    output.append(contentsOf: UnsafeRawBufferPointer(start: literal.utf8Start, count: literal.utf8CodeUnitCount))
  }

  private mutating func write(_ prefix: StaticString, _ value: String, _ suffix: StaticString) {
    var value = value
    write(prefix)
    value.withUTF8 { output.append(contentsOf: UnsafeRawBufferPointer($0)) }
    write(suffix)
  }

  /// Text as a JSON string (RFC 8259, section 7): what needs no escape is copied in one piece.
  private mutating func write(_ text: Slice<UnsafeRawBufferPointer>) {
    output.append(UInt8(ascii: "\""))
    let bytes = UnsafeRawBufferPointer(rebasing: text)
    var start = 0
    for (index, byte) in bytes.enumerated()
    where byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") {
      output.append(contentsOf: UnsafeRawBufferPointer(rebasing: bytes[start..<index]))
      writeEscaped(byte)
      start = index + 1
    }
    output.append(contentsOf: UnsafeRawBufferPointer(rebasing: bytes[start...]))
    output.append(UInt8(ascii: "\""))
  }

  private mutating func writeEscaped(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "\n"): write("\\n")
    case UInt8(ascii: "\r"): write("\\r")
    case UInt8(ascii: "\t"): write("\\t")
    case UInt8(ascii: "\""): write("\\\"")
    case UInt8(ascii: "\\"): write("\\\\")
    default: write("\\u00", hexadecimal(CollectionOfOne(byte)), "")
    }
  }
}

/// A double as canonical extended JSON has it: the shortest decimal that is read back as the same one.
private func canonicalText(of number: Double) -> String {
  if number.isNaN { return "NaN" }
  if number.isInfinite { return number < 0 ? "-Infinity" : "Infinity" }
  return number.description
}
