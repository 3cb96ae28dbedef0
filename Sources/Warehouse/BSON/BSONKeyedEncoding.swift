/// The fields of a document.
struct BSONKeyedEncoding<Key: CodingKey>: KeyedEncodingContainerProtocol {
  let node: BSONNode
  let codingPath: [any CodingKey]

  private func child(_ key: Key) -> BSONNodeEncoder {
    BSONNodeEncoder(node: node.field(key.stringValue), codingPath: codingPath + [key])
  }

  func encodeNil(forKey key: Key) { child(key).encodeNil() }
  func encode(_ value: Bool, forKey key: Key) { child(key).encode(value) }
  func encode(_ value: String, forKey key: Key) { child(key).encode(value) }
  func encode(_ value: Double, forKey key: Key) { child(key).encode(value) }
  func encode(_ value: Int, forKey key: Key) { child(key).encode(value) }
  func encode<T: Encodable>(_ value: T, forKey key: Key) throws { try child(key).encode(value) }

  func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type, forKey key: Key
  ) -> KeyedEncodingContainer<Nested> {
    child(key).container(keyedBy: type)
  }

  func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer { child(key).unkeyedContainer() }
  func superEncoder() -> any Encoder {
    BSONNodeEncoder(node: node.field("super"), codingPath: codingPath + [BSONKey("super")])
  }
  func superEncoder(forKey key: Key) -> any Encoder { child(key) }
}
