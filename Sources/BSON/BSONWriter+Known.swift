import Foundation

extension BSONWriter {
  /// Appends a value whose type has its own form in BSON; nil, and nothing appended, for a type that encodes itself.
  ///
  /// Types are compared, not cast: a cast of a generic value costs more than what it would save. `unsafeBitCast` only
  /// turns a type into itself here.
  @inline(__always)
  func append<T>(known value: T, typeOffset: Int, index: Int) throws -> BSONType? {
    do throws(BSONError) {
      return try appendKnown(value)
    } catch {
      let isOwn = typeOffset == frame.typeOffset
      let own = path(of: frame.serial)
      throw encodingError(
        error, path: isOwn ? own : own + [key(typeOffset: typeOffset, end: keyEnd(typeOffset), index: index)])
    }
  }

  private func keyEnd(_ typeOffset: Int) -> Int {
    let bytes = buffer.bytes
    return (bytes[(typeOffset + 1)...].firstIndex(of: 0) ?? bytes.count - 1) + 1
  }

  @inline(__always)
  private func appendKnown<T>(_ value: T) throws(BSONError) -> BSONType? {
    if T.self == String.self {
      try buffer.append(unsafeBitCast(value, to: String.self))
      return .string
    }
    if T.self == Int.self {
      buffer.append(Int64(unsafeBitCast(value, to: Int.self)))
      return .int64
    }
    if T.self == Double.self {
      buffer.append(unsafeBitCast(value, to: Double.self).bitPattern)
      return .double
    }
    if T.self == Float.self {
      buffer.append(Double(unsafeBitCast(value, to: Float.self)).bitPattern)
      return .double
    }
    if T.self == Date.self {
      buffer.append(MillisecondDate(unsafeBitCast(value, to: Date.self)).milliseconds)
      return .date
    }
    if T.self == UUID.self {
      buffer.append(Int32(16))
      buffer.append(BSONBinary.uuidSubtype)
      withUnsafeBytes(of: unsafeBitCast(value, to: UUID.self).uuid) { buffer.append(contentsOf: $0) }
      return .binary
    }
    if T.self == [String].self {
      try append(unsafeBitCast(value, to: [String].self))
      return .array
    }
    if T.self == Data.self {
      try append(unsafeBitCast(value, to: Data.self))
      return .binary
    }
    if T.self == URL.self {
      try buffer.append(unsafeBitCast(value, to: URL.self).absoluteString)
      return .string
    }
    if T.self == BSONObjectID.self {
      unsafeBitCast(value, to: BSONObjectID.self).append(to: &buffer)
      return .objectID
    }
    if T.self == BSONDocument.self {
      try buffer.append(unsafeBitCast(value, to: BSONDocument.self), depth: depth + 1)
      return .document
    }
    if T.self == BSONValue.self { return try append(unsafeBitCast(value, to: BSONValue.self)) }
    return nil
  }

  /// Strings are the commonest elements of arrays.
  private func append(_ strings: [String]) throws(BSONError) {
    guard depth < BSONDocument.maximumDepth else { throw .tooDeep }
    let start = buffer.count
    buffer.append(Int32(0))
    for (index, string) in strings.enumerated() {
      buffer.append(BSONType.string.rawValue)
      buffer.appendIndexKey(index)
      try buffer.append(string)
    }
    buffer.append(UInt8(0))
    try buffer.patchLength(at: start)
  }

  private func append(_ data: Data) throws(BSONError) {
    guard let length = Int32(exactly: data.count) else { throw .tooLarge }
    buffer.append(length)
    buffer.append(UInt8(0))
    data.withUnsafeBytes { buffer.append(contentsOf: $0) }
  }

  private func append(_ value: BSONValue) throws(BSONError) -> BSONType {
    try buffer.append(value, depth: depth + 1)
    return value.type
  }
}
