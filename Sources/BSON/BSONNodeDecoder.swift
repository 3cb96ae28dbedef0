import Foundation

/// The decoder of one value in the bytes: a document, an array or a scalar, and the place of its level's next field.
///
/// Nodes are made for values whose types decode themselves; strings, numbers, dates and the like are read by the node
/// of the document that has them.
final class BSONNodeDecoder: Decoder {
  let source: BSONSource
  /// The document or array that this value lies in.
  let parent: BSONNodeDecoder?
  let element: BSONElement
  /// The place in the array that is the parent; -1 for a field.
  let index: Int
  /// The level of this value, 1 being the whole.
  let depth: Int
  /// Where the document's fields are looked for.
  // Not checked for overlapping accesses, which costs more than looking at a field: none calls a type's own code.
  @exclusivity(unchecked) private var fields = BSONFieldCursor()
  /// What is wrong with the document's bytes, once all of its fields have been listed.
  private var failure: BSONError?

  init(source: BSONSource, parent: BSONNodeDecoder?, element: BSONElement, index: Int) {
    self.source = source
    self.parent = parent
    self.element = element
    self.index = index
    depth = (parent?.depth ?? 0) + 1
  }

  /// A child's decoder.
  func child(_ element: BSONElement, index: Int = -1) -> BSONNodeDecoder {
    BSONNodeDecoder(source: source, parent: self, element: element, index: index)
  }

  // MARK: Paths, which are only put together for errors

  var userInfo: [CodingUserInfoKey: Any] { source.userInfo }

  var codingPath: [any CodingKey] {
    guard let parent else { return [] }
    return parent.codingPath + [parent.key(of: element, index: index)]
  }

  private func key(of element: BSONElement, index: Int) -> BSONKey {
    guard index < 0 else { return BSONKey(index: index) }
    let bytes = source.bytes
    return BSONKey(element.keyEnd <= bytes.count ? element.keyForMessages(bytes) : "")
  }

  /// The path of an element of this node, or of the node's own value.
  func path(of element: BSONElement, index: Int) -> [any CodingKey] {
    isOwn(element) ? codingPath : codingPath + [key(of: element, index: index)]
  }

  static func corrupted(_ error: BSONError, path: [any CodingKey]) -> DecodingError {
    .dataCorrupted(.init(codingPath: path, debugDescription: error.description, underlyingError: error))
  }

  // MARK: Documents

  /// The bytes; they are gone if a type kept its decoder for longer than it may.
  @inline(__always) func bytes() throws -> UnsafeRawBufferPointer {
    let bytes = source.bytes
    guard element.valueEnd <= bytes.count else { throw ended() }
    return bytes
  }

  @inline(never) private func ended() -> DecodingError {
    .dataCorrupted(.init(codingPath: [], debugDescription: "the decoder is used after its decoding has ended"))
  }

  /// Where the elements of the document or array are.
  func open(as type: BSONType, for asked: Any.Type) throws -> (start: Int, end: Int) {
    let bytes = try bytes()
    guard element.type == type else { throw mismatch(asked, expected: type.name, element, index: index) }
    do throws(BSONError) {
      guard depth <= BSONDocument.maximumDepth else { throw .tooDeep }
      return try BSONElement.open(bytes, at: element.valueStart, end: element.valueEnd)
    } catch {
      throw BSONNodeDecoder.corrupted(error, path: codingPath)
    }
  }

  func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
    if !fields.isOpen {
      let (start, end) = try open(as: .document, for: [String: BSONValue].self)
      fields = BSONFieldCursor(start: start, end: end)
    }
    return KeyedDecodingContainer(BSONKeyedDecoding<Key>(node: self))
  }

  func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
    let (start, end) = try open(as: .array, for: [BSONValue].self)
    return BSONUnkeyedDecoding(node: self, start: start, end: end)
  }

  func singleValueContainer() -> any SingleValueDecodingContainer { self }

  /// The field with the name; nil if there is none.
  @inline(__always) func field(_ name: String) throws -> BSONElement? {
    let bytes = try bytes()
    do throws(BSONError) {
      if let element = try fields.find(name, in: bytes) { return element }
      if let failure { throw failure }
      guard parent == nil, let alias = source.aliases[name] else { return nil }
      return try fields.find(alias, in: bytes)
    } catch {
      throw BSONNodeDecoder.corrupted(error, path: codingPath)
    }
  }

  /// The names of all fields in stored order. Where the bytes are wrong they end with a name that no field has and
  /// whose value is an error: a dictionary asks for all of its keys, and must not lose what it cannot see.
  func fieldNames() -> [String] {
    guard let bytes = try? bytes() else { return [BSONNodeDecoder.wrongName] }
    let (names, failure) = fields.names(in: bytes)
    guard let failure else { return names }
    self.failure = failure
    return names + [BSONNodeDecoder.wrongName]
  }

  private static let wrongName = "\u{0}"
}
