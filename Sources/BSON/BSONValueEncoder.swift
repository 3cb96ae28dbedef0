/// The encoder of one value.
struct BSONValueEncoder: Encoder, SingleValueEncodingContainer {
  let writer: BSONWriter
  let serial: Int

  var codingPath: [any CodingKey] { writer.path(of: serial) }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    writer.begin(.document, serial: serial)
    return KeyedEncodingContainer(BSONKeyedEncoding<Key>(writer: writer, serial: serial))
  }

  func unkeyedContainer() -> any UnkeyedEncodingContainer {
    writer.begin(.array, serial: serial)
    return BSONUnkeyedEncoding(writer: writer, serial: serial)
  }

  func singleValueContainer() -> any SingleValueEncodingContainer { self }

  func encodeNil() throws { try writer.scalar(.null, serial: serial) }

  func encode(_ value: Bool) throws {
    try writer.scalar(.bool, serial: serial)
    writer.buffer.append(UInt8(value ? 1 : 0))
  }

  func encode(_ value: String) throws {
    try writer.scalar(.string, serial: serial)
    try writer.append(value, serial: serial)
  }

  func encode(_ value: Double) throws {
    try writer.scalar(.double, serial: serial)
    writer.buffer.append(value.bitPattern)
  }

  func encode(_ value: Float) throws {
    try writer.scalar(.double, serial: serial)
    writer.buffer.append(Double(value).bitPattern)
  }

  func encode(_ value: Int) throws {
    try writer.scalar(.int64, serial: serial)
    writer.buffer.append(Int64(value))
  }

  func encode(_ value: Int8) throws {
    try writer.scalar(.int32, serial: serial)
    writer.buffer.append(Int32(value))
  }

  func encode(_ value: Int16) throws {
    try writer.scalar(.int32, serial: serial)
    writer.buffer.append(Int32(value))
  }

  func encode(_ value: Int32) throws {
    try writer.scalar(.int32, serial: serial)
    writer.buffer.append(Int32(value))
  }

  func encode(_ value: Int64) throws {
    try writer.scalar(.int64, serial: serial)
    writer.buffer.append(Int64(value))
  }

  func encode(_ value: UInt8) throws {
    try writer.scalar(.int32, serial: serial)
    writer.buffer.append(Int32(value))
  }

  func encode(_ value: UInt16) throws {
    try writer.scalar(.int32, serial: serial)
    writer.buffer.append(Int32(value))
  }

  func encode(_ value: UInt32) throws {
    try writer.scalar(.int64, serial: serial)
    writer.buffer.append(Int64(value))
  }

  func encode(_ value: UInt) throws { try encode(int64(value, path: codingPath)) }

  func encode(_ value: UInt64) throws { try encode(int64(value, path: codingPath)) }

  func encode<T: Encodable>(_ value: T) throws { try writer.encode(value, serial: serial) }
}

/// The number as the largest that BSON has.
func int64(_ value: some UnsignedInteger, path: @autoclosure () -> [any CodingKey]) throws -> Int64 {
  guard let number = Int64(exactly: value) else {
    throw EncodingError.invalidValue(
      value, .init(codingPath: path(), debugDescription: "\(value) is larger than a BSON number"))
  }
  return number
}
