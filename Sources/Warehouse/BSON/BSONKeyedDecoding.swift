/// The fields of a document.
struct BSONKeyedDecoding<Key: CodingKey>: KeyedDecodingContainerProtocol {
  let fields: [String: BSONValue]
  let codingPath: [any CodingKey]
  let context: [CodingUserInfoKey: any Sendable]

  var allKeys: [Key] { fields.keys.sorted().compactMap { Key(stringValue: $0) } }

  private func child(_ key: some CodingKey) throws -> BSONValueDecoder {
    guard let value = fields[key.stringValue] else {
      throw DecodingError.keyNotFound(key, .init(codingPath: codingPath, debugDescription: "the field is missing"))
    }
    return BSONValueDecoder(value: value, codingPath: codingPath + [key], context: context)
  }

  func contains(_ key: Key) -> Bool { fields[key.stringValue] != nil }
  func decodeNil(forKey key: Key) throws -> Bool { try child(key).decodeNil() }
  func decode<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T { try child(key).decode(type) }

  func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type, forKey key: Key
  ) throws -> KeyedDecodingContainer<Nested> {
    try child(key).container(keyedBy: type)
  }

  func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
    try child(key).unkeyedContainer()
  }

  func superDecoder() throws -> any Decoder { try child(BSONKey("super")) }
  func superDecoder(forKey key: Key) throws -> any Decoder { try child(key) }
}
