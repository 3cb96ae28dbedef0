/// The elements of an array.
struct BSONUnkeyedEncoding: UnkeyedEncodingContainer {
  let node: BSONNode
  let codingPath: [any CodingKey]
  var count: Int { node.count }

  private func child() -> BSONNodeEncoder {
    let path = codingPath + [BSONKey(index: count)]
    return BSONNodeEncoder(node: node.appended(), codingPath: path)
  }

  func encodeNil() { child().encodeNil() }
  func encode<T: Encodable>(_ value: T) throws { try child().encode(value) }

  func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) -> KeyedEncodingContainer<Nested> {
    child().container(keyedBy: type)
  }

  func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { child().unkeyedContainer() }
  func superEncoder() -> any Encoder { child() }
}
