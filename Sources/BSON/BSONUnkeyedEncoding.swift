/// The elements of an array.
struct BSONUnkeyedEncoding: UnkeyedEncodingContainer {
  let writer: BSONWriter
  let serial: Int

  var codingPath: [any CodingKey] { writer.path(of: serial) }
  var count: Int { writer.count(of: serial) }

  func encodeNil() throws { try writer.item(.null, serial: serial) }

  func encode(_ value: Bool) throws {
    try writer.item(.bool, serial: serial)
    writer.buffer.append(UInt8(value ? 1 : 0))
  }

  func encode(_ value: String) throws {
    try writer.item(.string, serial: serial)
    try writer.append(value, serial: serial)
  }

  func encode(_ value: Double) throws {
    try writer.item(.double, serial: serial)
    writer.buffer.append(value.bitPattern)
  }

  func encode(_ value: Float) throws {
    try writer.item(.double, serial: serial)
    writer.buffer.append(Double(value).bitPattern)
  }

  func encode(_ value: Int) throws {
    try writer.item(.int64, serial: serial)
    writer.buffer.append(Int64(value))
  }

  func encode(_ value: Int8) throws {
    try writer.item(.int32, serial: serial)
    writer.buffer.append(Int32(value))
  }

  func encode(_ value: Int16) throws {
    try writer.item(.int32, serial: serial)
    writer.buffer.append(Int32(value))
  }

  func encode(_ value: Int32) throws {
    try writer.item(.int32, serial: serial)
    writer.buffer.append(Int32(value))
  }

  func encode(_ value: Int64) throws {
    try writer.item(.int64, serial: serial)
    writer.buffer.append(Int64(value))
  }

  func encode(_ value: UInt8) throws {
    try writer.item(.int32, serial: serial)
    writer.buffer.append(Int32(value))
  }

  func encode(_ value: UInt16) throws {
    try writer.item(.int32, serial: serial)
    writer.buffer.append(Int32(value))
  }

  func encode(_ value: UInt32) throws {
    try writer.item(.int64, serial: serial)
    writer.buffer.append(Int64(value))
  }

  func encode(_ value: UInt) throws { try encode(int64(value, path: codingPath + [BSONKey(index: count)])) }

  func encode(_ value: UInt64) throws { try encode(int64(value, path: codingPath + [BSONKey(index: count)])) }

  func encode<T: Encodable>(_ value: T) throws { try writer.encode(item: value, serial: serial) }

  func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) -> KeyedEncodingContainer<Nested> {
    writer.nestedItem(serial: serial).rootEncoder.container(keyedBy: type)
  }

  func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
    writer.nestedItem(serial: serial).rootEncoder.unkeyedContainer()
  }

  func superEncoder() -> any Encoder { writer.nestedItem(serial: serial).rootEncoder }
}
