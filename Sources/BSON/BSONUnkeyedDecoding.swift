/// The elements of an array.
struct BSONUnkeyedDecoding: UnkeyedDecodingContainer {
  private let node: BSONNodeDecoder
  private var position: Int
  private let end: Int
  private(set) var currentIndex = 0

  /// An array's elements, from the first to the NUL.
  init(node: BSONNodeDecoder, start: Int, end: Int) {
    self.node = node
    position = start
    self.end = end
  }

  var codingPath: [any CodingKey] { node.codingPath }
  var isAtEnd: Bool { position >= end }

  /// Counts them, which takes a walk over all.
  var count: Int? {
    var (offset, count) = (position, currentIndex)
    while let element = try? node.next(at: offset, end: end, index: count) {
      offset = element.valueEnd
      count += 1
    }
    return count
  }

  /// Decodes the current element, and moves on only if that succeeds.
  @inline(__always)
  private mutating func element<Result>(_ body: (BSONElement) throws -> Result) throws -> Result {
    guard let element = try node.next(at: position, end: end, index: currentIndex) else {
      throw DecodingError.valueNotFound(
        Result.self,
        .init(codingPath: codingPath + [BSONKey(index: currentIndex)], debugDescription: "the array has ended"))
    }
    let result = try body(element)
    position = element.valueEnd
    currentIndex += 1
    return result
  }

  mutating func decodeNil() throws -> Bool {
    guard let element = try node.next(at: position, end: end, index: currentIndex), element.type == .null else {
      return false
    }
    position = element.valueEnd
    currentIndex += 1
    return true
  }

  mutating func decode<T: Decodable>(_ type: T.Type) throws -> T {
    let (node, index) = (node, currentIndex)
    return try element { try node.decode(type, $0, index: index) }
  }

  mutating func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type
  ) throws -> KeyedDecodingContainer<Nested> {
    let (node, index) = (node, currentIndex)
    return try element { try node.child($0, index: index).container(keyedBy: type) }
  }

  mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
    let (node, index) = (node, currentIndex)
    return try element { try node.child($0, index: index).unkeyedContainer() }
  }

  mutating func superDecoder() throws -> any Decoder {
    let (node, index) = (node, currentIndex)
    return try element { node.child($0, index: index) }
  }
}
