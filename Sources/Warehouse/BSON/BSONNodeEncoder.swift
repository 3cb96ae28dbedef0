/// The encoder of one node.
struct BSONNodeEncoder: Encoder, SingleValueEncodingContainer {
  let node: BSONNode
  let codingPath: [any CodingKey]
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    node.beginDocument()
    return KeyedEncodingContainer(BSONKeyedEncoding<Key>(node: node, codingPath: codingPath))
  }

  func unkeyedContainer() -> any UnkeyedEncodingContainer {
    node.beginArray()
    return BSONUnkeyedEncoding(node: node, codingPath: codingPath)
  }

  func singleValueContainer() -> any SingleValueEncodingContainer { self }

  func encodeNil() { node.set(.null) }
  func encode(_ value: Bool) { node.set(.bool(value)) }
  func encode(_ value: String) { node.set(.string(value)) }
  func encode(_ value: Double) { node.set(.double(value)) }
  func encode(_ value: Float) { node.set(.double(Double(value))) }
  func encode(_ value: Int8) { node.set(.int32(Int32(value))) }
  func encode(_ value: Int16) { node.set(.int32(Int32(value))) }
  func encode(_ value: Int32) { node.set(.int32(value)) }
  func encode(_ value: UInt8) { node.set(.int32(Int32(value))) }
  func encode(_ value: UInt16) { node.set(.int32(Int32(value))) }
  func encode(_ value: Int) { node.set(.int64(Int64(value))) }
  func encode(_ value: Int64) { node.set(.int64(value)) }
  func encode(_ value: UInt32) { node.set(.int64(Int64(value))) }
  func encode(_ value: UInt) throws { try encode(UInt64(value)) }

  func encode(_ value: UInt64) throws {
    guard let number = Int64(exactly: value) else {
      throw EncodingError.invalidValue(
        value, .init(codingPath: codingPath, debugDescription: "\(value) is larger than a BSON number"))
    }
    node.set(.int64(number))
  }

  func encode<T: Encodable>(_ value: T) throws { try node.encode(value, path: codingPath) }
}
