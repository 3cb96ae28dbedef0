/// The elements of an array.
struct BSONUnkeyedDecoding: UnkeyedDecodingContainer {
  let values: [BSONValue]
  let codingPath: [any CodingKey]
  let context: [CodingUserInfoKey: any Sendable]
  private(set) var currentIndex = 0

  init(values: [BSONValue], codingPath: [any CodingKey], context: [CodingUserInfoKey: any Sendable]) {
    self.values = values
    self.codingPath = codingPath
    self.context = context
  }

  var count: Int? { values.count }
  var isAtEnd: Bool { currentIndex >= values.count }

  /// Decodes the current element, and moves on only if that succeeds.
  private mutating func element<T>(_ body: (BSONValueDecoder) throws -> T) throws -> T {
    let path = codingPath + [BSONKey(index: currentIndex)]
    guard !isAtEnd else {
      throw DecodingError.valueNotFound(T.self, .init(codingPath: path, debugDescription: "the array has ended"))
    }
    let result = try body(BSONValueDecoder(value: values[currentIndex], codingPath: path, context: context))
    currentIndex += 1
    return result
  }

  mutating func decodeNil() -> Bool {
    guard !isAtEnd, values[currentIndex] == .null else { return false }
    currentIndex += 1
    return true
  }

  mutating func decode<T: Decodable>(_ type: T.Type) throws -> T { try element { try $0.decode(type) } }

  mutating func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type
  ) throws -> KeyedDecodingContainer<Nested> {
    try element { try $0.container(keyedBy: type) }
  }

  mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
    try element { try $0.unkeyedContainer() }
  }

  mutating func superDecoder() throws -> any Decoder { try element { $0 } }
}
