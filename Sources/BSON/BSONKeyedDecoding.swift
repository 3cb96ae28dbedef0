/// The fields of a document.
struct BSONKeyedDecoding<Key: CodingKey>: KeyedDecodingContainerProtocol {
  let node: BSONNodeDecoder

  var codingPath: [any CodingKey] { node.codingPath }
  var allKeys: [Key] { node.fieldNames().compactMap { Key(stringValue: $0) } }

  @inline(__always) private func field(_ key: Key) throws -> BSONElement {
    if let element = try node.field(key.stringValue) { return element }
    throw missing(key)
  }

  @inline(never) private func missing(_ key: any CodingKey) -> DecodingError {
    .keyNotFound(key, .init(codingPath: codingPath, debugDescription: "the field is missing"))
  }

  /// The field if it is there and not null.
  @inline(__always) private func present(_ key: Key) throws -> BSONElement? {
    guard let element = try node.field(key.stringValue), element.type != .null else { return nil }
    return element
  }

  func contains(_ key: Key) -> Bool {
    // Bytes that are wrong count as there, so that what is asked next says what is wrong.
    do { return try node.field(key.stringValue) != nil } catch { return true }
  }

  func decodeNil(forKey key: Key) throws -> Bool { try field(key).type == .null }

  func decode(_ type: Bool.Type, forKey key: Key) throws -> Bool {
    try node.bool(field(key), index: -1)
  }

  func decode(_ type: String.Type, forKey key: Key) throws -> String {
    try node.string(field(key), index: -1)
  }

  func decode(_ type: Double.Type, forKey key: Key) throws -> Double {
    try node.double(field(key), index: -1)
  }

  func decode(_ type: Float.Type, forKey key: Key) throws -> Float {
    try node.float(field(key), index: -1)
  }

  func decode(_ type: Int.Type, forKey key: Key) throws -> Int {
    try node.integer(type, field(key), index: -1)
  }

  func decode(_ type: Int8.Type, forKey key: Key) throws -> Int8 {
    try node.integer(type, field(key), index: -1)
  }

  func decode(_ type: Int16.Type, forKey key: Key) throws -> Int16 {
    try node.integer(type, field(key), index: -1)
  }

  func decode(_ type: Int32.Type, forKey key: Key) throws -> Int32 {
    try node.integer(type, field(key), index: -1)
  }

  func decode(_ type: Int64.Type, forKey key: Key) throws -> Int64 {
    try node.integer(type, field(key), index: -1)
  }

  func decode(_ type: UInt.Type, forKey key: Key) throws -> UInt {
    try node.integer(type, field(key), index: -1)
  }

  func decode(_ type: UInt8.Type, forKey key: Key) throws -> UInt8 {
    try node.integer(type, field(key), index: -1)
  }

  func decode(_ type: UInt16.Type, forKey key: Key) throws -> UInt16 {
    try node.integer(type, field(key), index: -1)
  }

  func decode(_ type: UInt32.Type, forKey key: Key) throws -> UInt32 {
    try node.integer(type, field(key), index: -1)
  }

  func decode(_ type: UInt64.Type, forKey key: Key) throws -> UInt64 {
    try node.integer(type, field(key), index: -1)
  }

  func decode<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T {
    try node.decode(type, field(key), index: -1)
  }

  func decodeIfPresent(_ type: Bool.Type, forKey key: Key) throws -> Bool? {
    try present(key).map { try node.bool($0, index: -1) }
  }

  func decodeIfPresent(_ type: String.Type, forKey key: Key) throws -> String? {
    try present(key).map { try node.string($0, index: -1) }
  }

  func decodeIfPresent(_ type: Double.Type, forKey key: Key) throws -> Double? {
    try present(key).map { try node.double($0, index: -1) }
  }

  func decodeIfPresent(_ type: Float.Type, forKey key: Key) throws -> Float? {
    try present(key).map { try node.float($0, index: -1) }
  }

  func decodeIfPresent(_ type: Int.Type, forKey key: Key) throws -> Int? {
    try present(key).map { try node.integer(type, $0, index: -1) }
  }

  func decodeIfPresent(_ type: Int8.Type, forKey key: Key) throws -> Int8? {
    try present(key).map { try node.integer(type, $0, index: -1) }
  }

  func decodeIfPresent(_ type: Int16.Type, forKey key: Key) throws -> Int16? {
    try present(key).map { try node.integer(type, $0, index: -1) }
  }

  func decodeIfPresent(_ type: Int32.Type, forKey key: Key) throws -> Int32? {
    try present(key).map { try node.integer(type, $0, index: -1) }
  }

  func decodeIfPresent(_ type: Int64.Type, forKey key: Key) throws -> Int64? {
    try present(key).map { try node.integer(type, $0, index: -1) }
  }

  func decodeIfPresent(_ type: UInt.Type, forKey key: Key) throws -> UInt? {
    try present(key).map { try node.integer(type, $0, index: -1) }
  }

  func decodeIfPresent(_ type: UInt8.Type, forKey key: Key) throws -> UInt8? {
    try present(key).map { try node.integer(type, $0, index: -1) }
  }

  func decodeIfPresent(_ type: UInt16.Type, forKey key: Key) throws -> UInt16? {
    try present(key).map { try node.integer(type, $0, index: -1) }
  }

  func decodeIfPresent(_ type: UInt32.Type, forKey key: Key) throws -> UInt32? {
    try present(key).map { try node.integer(type, $0, index: -1) }
  }

  func decodeIfPresent(_ type: UInt64.Type, forKey key: Key) throws -> UInt64? {
    try present(key).map { try node.integer(type, $0, index: -1) }
  }

  func decodeIfPresent<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T? {
    try present(key).map { try node.decode(type, $0, index: -1) }
  }

  func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type, forKey key: Key
  ) throws -> KeyedDecodingContainer<Nested> {
    try node.child(field(key)).container(keyedBy: type)
  }

  func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
    try node.child(field(key)).unkeyedContainer()
  }

  /// The decoder of the field `super`, as other coders have it.
  func superDecoder() throws -> any Decoder {
    let key = BSONKey("super")
    guard let element = try node.field(key.stringValue) else { throw missing(key) }
    return node.child(element)
  }

  func superDecoder(forKey key: Key) throws -> any Decoder { node.child(try field(key)) }
}
