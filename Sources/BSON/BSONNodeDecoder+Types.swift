import Foundation

extension BSONNodeDecoder: SingleValueDecodingContainer {
  func decodeNil() -> Bool { element.type == .null }
  func decode(_ type: Bool.Type) throws -> Bool { try bool(element, index: index) }
  func decode(_ type: String.Type) throws -> String { try string(element, index: index) }
  func decode(_ type: Double.Type) throws -> Double { try double(element, index: index) }
  func decode(_ type: Float.Type) throws -> Float { try float(element, index: index) }
  func decode(_ type: Int.Type) throws -> Int { try integer(type, element, index: index) }
  func decode(_ type: Int8.Type) throws -> Int8 { try integer(type, element, index: index) }
  func decode(_ type: Int16.Type) throws -> Int16 { try integer(type, element, index: index) }
  func decode(_ type: Int32.Type) throws -> Int32 { try integer(type, element, index: index) }
  func decode(_ type: Int64.Type) throws -> Int64 { try integer(type, element, index: index) }
  func decode(_ type: UInt.Type) throws -> UInt { try integer(type, element, index: index) }
  func decode(_ type: UInt8.Type) throws -> UInt8 { try integer(type, element, index: index) }
  func decode(_ type: UInt16.Type) throws -> UInt16 { try integer(type, element, index: index) }
  func decode(_ type: UInt32.Type) throws -> UInt32 { try integer(type, element, index: index) }
  func decode(_ type: UInt64.Type) throws -> UInt64 { try integer(type, element, index: index) }

  func decode<T: Decodable>(_ type: T.Type) throws -> T { try decode(type, element, index: index) }

  /// The value of an element of this node, or of the node itself.
  ///
  /// Types that have their own form in BSON are compared, not cast: a cast of a generic value costs more than what it
  /// would save. `unsafeBitCast` only turns a type into itself here.
  func decode<T: Decodable>(_ type: T.Type, _ element: BSONElement, index: Int) throws -> T {
    if type == String.self { return unsafeBitCast(try string(element, index: index), to: type) }
    if type == Date.self { return unsafeBitCast(try date(element, index: index), to: type) }
    if type == UUID.self { return unsafeBitCast(try uuid(element, index: index), to: type) }
    if type == [String].self { return unsafeBitCast(try strings(element, index: index), to: type) }
    if type == Int.self { return unsafeBitCast(try integer(Int.self, element, index: index), to: type) }
    if type == Double.self { return unsafeBitCast(try double(element, index: index), to: type) }
    if type == Float.self { return unsafeBitCast(try float(element, index: index), to: type) }
    if type == Data.self { return unsafeBitCast(try data(element, index: index), to: type) }
    if type == URL.self { return unsafeBitCast(try url(element, index: index), to: type) }
    if type == BSONObjectID.self { return unsafeBitCast(try objectID(element, index: index), to: type) }
    if type == BSONDocument.self { return unsafeBitCast(try document(element, index: index), to: type) }
    if type == BSONValue.self { return unsafeBitCast(try value(element, index: index), to: type) }
    if type == [UInt8].self, element.type == .binary {
      return unsafeBitCast([UInt8](try data(element, index: index)), to: type)
    }
    return try type.init(from: isOwn(element) ? self : child(element, index: index))
  }

  /// Whether the element is this node's own value, not one of its elements.
  func isOwn(_ element: BSONElement) -> Bool { element.keyEnd == self.element.keyEnd }

  /// Strings are the commonest elements of arrays.
  private func strings(_ element: BSONElement, index: Int) throws -> [String] {
    let bytes = try bytes()
    guard element.type == .array else { throw mismatch([String].self, expected: "array", element, index: index) }
    let (start, end) = try read(element, index) { bytes throws(BSONError) in
      guard (isOwn(element) ? depth : depth + 1) <= BSONDocument.maximumDepth else { throw .tooDeep }
      return try BSONElement.open(bytes, at: element.valueStart, end: element.valueEnd)
    }
    var strings: [String] = []
    do throws(BSONError) {
      var position = start
      while let next = try BSONElement.read(bytes, at: position, end: end), next.type == .string {
        strings.append(try next.string(bytes))
        position = next.valueEnd
      }
      if position == end { return strings }
    } catch {
      throw BSONNodeDecoder.corrupted(
        error, path: path(of: element, index: index) + [BSONKey(index: strings.count)])
    }
    // Something is not a string: it may be read as one, or has an error of its own.
    return try stringsOneByOne(isOwn(element) ? self : child(element, index: index))
  }

  private func stringsOneByOne(_ node: BSONNodeDecoder) throws -> [String] {
    var container = try node.unkeyedContainer()
    var strings: [String] = []
    while !container.isAtEnd { strings.append(try container.decode(String.self)) }
    return strings
  }

  /// The element of an array at an offset; nil at its end.
  func next(at position: Int, end: Int, index: Int) throws -> BSONElement? {
    let bytes = try bytes()
    do throws(BSONError) {
      return try BSONElement.read(bytes, at: position, end: end)
    } catch {
      throw BSONNodeDecoder.corrupted(error, path: codingPath + [BSONKey(index: index)])
    }
  }
}
