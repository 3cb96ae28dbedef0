import Foundation

/// Encodes values as BSON.
///
/// `Int` and `UInt` become int64, as do 64-bit numbers; smaller ones int32. `Date` becomes a date, `UUID` binary data of
/// subtype 4, `Data` binary data. There is no JSON in between.
enum BSONEncoder {
  /// - Throws: `EncodingError` with the path of what cannot be encoded.
  static func document(of value: some Encodable) throws -> BSONDocument {
    let node = BSONNode()
    try node.encode(value, path: [])
    guard case .document(let document) = node.value else {
      throw EncodingError.invalidValue(
        value, .init(codingPath: [], debugDescription: "only a value with fields is a document"))
    }
    return document
  }
}

/// A place in the tree that is being encoded: containers of one parent may be written alternately, so that a parent is
/// only put together when all is written.
final class BSONNode {
  private enum State {
    case empty
    case scalar(BSONValue)
    case document([(key: String, node: BSONNode)])
    case array([BSONNode])
  }

  private var state = State.empty

  var value: BSONValue {
    switch state {
    case .empty: .document(BSONDocument())
    case .scalar(let value): value
    case .document(let fields):
      .document(BSONDocument(fields.map { BSONDocument.Element(key: $0.key, value: $0.node.value) }))
    case .array(let nodes): .array(nodes.map(\.value))
    }
  }

  func set(_ value: BSONValue) {
    state = .scalar(value)
  }

  func beginDocument() {
    if case .document = state { return }
    state = .document([])
  }

  func beginArray() {
    if case .array = state { return }
    state = .array([])
  }

  var count: Int {
    if case .array(let nodes) = state { nodes.count } else { 0 }
  }

  /// The node of a field; a field that is encoded twice is the later one.
  func field(_ key: String) -> BSONNode {
    guard case .document(var fields) = state else { return BSONNode() }
    state = .empty
    let node = BSONNode()
    if let index = fields.firstIndex(where: { $0.key == key }) {
      fields[index].node = node
    } else {
      fields.append((key, node))
    }
    state = .document(fields)
    return node
  }

  func appended() -> BSONNode {
    guard case .array(var nodes) = state else { return BSONNode() }
    state = .empty
    let node = BSONNode()
    nodes.append(node)
    state = .array(nodes)
    return node
  }

  func encode(_ value: some Encodable, path: [any CodingKey]) throws {
    switch value {
    case let date as Date: set(.date(MillisecondDate(date)))
    case let data as Data: set(.binary(subtype: 0, bytes: Array(data)))
    case let uuid as UUID:
      set(.binary(subtype: BSONValue.uuidSubtype, bytes: withUnsafeBytes(of: uuid.uuid, Array.init)))
    default: try value.encode(to: BSONNodeEncoder(node: self, codingPath: path))
    }
  }
}

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

/// A key made of a name or of a place in an array.
struct BSONKey: CodingKey {
  let stringValue: String
  let intValue: Int?

  init(_ name: String) { (stringValue, intValue) = (name, nil) }
  init(index: Int) { (stringValue, intValue) = (String(index), index) }
  init?(stringValue: String) { self.init(stringValue) }
  init?(intValue: Int) { self.init(index: intValue) }
}
