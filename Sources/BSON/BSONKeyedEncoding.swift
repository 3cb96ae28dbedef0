/// The fields of a document.
struct BSONKeyedEncoding<Key: CodingKey>: KeyedEncodingContainerProtocol {
  let writer: BSONWriter
  let serial: Int

  var codingPath: [any CodingKey] { writer.path(of: serial) }

  func encodeNil(forKey key: Key) throws { try writer.field(key.stringValue, .null, serial: serial) }

  func encode(_ value: Bool, forKey key: Key) throws {
    try writer.field(key.stringValue, .bool, serial: serial)
    writer.buffer.append(UInt8(value ? 1 : 0))
  }

  func encode(_ value: String, forKey key: Key) throws {
    try writer.field(key.stringValue, .string, serial: serial)
    try writer.append(value, serial: serial)
  }

  func encode(_ value: Double, forKey key: Key) throws {
    try writer.field(key.stringValue, .double, serial: serial)
    writer.buffer.append(value.bitPattern)
  }

  func encode(_ value: Float, forKey key: Key) throws {
    try writer.field(key.stringValue, .double, serial: serial)
    writer.buffer.append(Double(value).bitPattern)
  }

  func encode(_ value: Int, forKey key: Key) throws {
    try writer.field(key.stringValue, .int64, serial: serial)
    writer.buffer.append(Int64(value))
  }

  func encode(_ value: Int8, forKey key: Key) throws {
    try writer.field(key.stringValue, .int32, serial: serial)
    writer.buffer.append(Int32(value))
  }

  func encode(_ value: Int16, forKey key: Key) throws {
    try writer.field(key.stringValue, .int32, serial: serial)
    writer.buffer.append(Int32(value))
  }

  func encode(_ value: Int32, forKey key: Key) throws {
    try writer.field(key.stringValue, .int32, serial: serial)
    writer.buffer.append(Int32(value))
  }

  func encode(_ value: Int64, forKey key: Key) throws {
    try writer.field(key.stringValue, .int64, serial: serial)
    writer.buffer.append(Int64(value))
  }

  func encode(_ value: UInt8, forKey key: Key) throws {
    try writer.field(key.stringValue, .int32, serial: serial)
    writer.buffer.append(Int32(value))
  }

  func encode(_ value: UInt16, forKey key: Key) throws {
    try writer.field(key.stringValue, .int32, serial: serial)
    writer.buffer.append(Int32(value))
  }

  func encode(_ value: UInt32, forKey key: Key) throws {
    try writer.field(key.stringValue, .int64, serial: serial)
    writer.buffer.append(Int64(value))
  }

  func encode(_ value: UInt, forKey key: Key) throws {
    try encode(int64(value, path: codingPath + [key]), forKey: key)
  }

  func encode(_ value: UInt64, forKey key: Key) throws {
    try encode(int64(value, path: codingPath + [key]), forKey: key)
  }

  func encode<T: Encodable>(_ value: T, forKey key: Key) throws {
    try writer.encode(value, field: key.stringValue, serial: serial)
  }

  func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type, forKey key: Key
  ) -> KeyedEncodingContainer<Nested> {
    writer.nested(field: key.stringValue, serial: serial).rootEncoder.container(keyedBy: type)
  }

  func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
    writer.nested(field: key.stringValue, serial: serial).rootEncoder.unkeyedContainer()
  }

  /// The encoder of the field `super`, as other coders have it.
  func superEncoder() -> any Encoder { writer.nested(field: "super", serial: serial).rootEncoder }

  func superEncoder(forKey key: Key) -> any Encoder {
    writer.nested(field: key.stringValue, serial: serial).rootEncoder
  }
}
