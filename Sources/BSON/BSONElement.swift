import Foundation

/// Where an element of a document lies in its bytes. The offsets are of the whole bytes and checked against them; what
/// is inside of the value is not yet.
struct BSONElement {
  var type: BSONType
  var keyStart: Int
  var keyEnd: Int
  var valueEnd: Int

  var valueStart: Int { keyEnd + 1 }

  /// The element at an offset.
  ///
  /// - Parameter end: where the document's last byte is, its NUL; elements must end before it.
  /// - Returns: nil at the end.
  @inline(__always)
  static func read(
    _ bytes: UnsafeRawBufferPointer, at offset: Int, end: Int
  ) throws(BSONError) -> BSONElement? {
    if offset >= end { return nil }
    guard let type = BSONType(rawValue: bytes[offset]) else { throw unknownType(bytes[offset], at: offset) }
    var keyEnd = offset + 1
    while keyEnd < end, bytes[keyEnd] != 0 { keyEnd += 1 }
    guard keyEnd < end else { throw .corrupt(offset: offset + 1, reason: "the name of a field has no end") }
    let size = try valueSize(type, bytes, at: keyEnd + 1, end: end)
    guard size <= end - (keyEnd + 1) else { throw pastEnd(type, at: keyEnd + 1) }
    return BSONElement(type: type, keyStart: offset + 1, keyEnd: keyEnd, valueEnd: keyEnd + 1 + size)
  }

  /// How many bytes the value says it takes, at least 0; it may be more than there are.
  @inline(__always)
  private static func valueSize(
    _ type: BSONType, _ bytes: UnsafeRawBufferPointer, at offset: Int, end: Int
  ) throws(BSONError) -> Int {
    switch type {
    case .string, .code, .symbol: return try length(bytes, at: offset, end: end, atLeast: 1) + 4
    case .document, .array: return try length(bytes, at: offset, end: end, atLeast: minimumSize)
    case .int32: return 4
    case .double, .date, .timestamp, .int64: return 8
    case .undefined, .null, .minKey, .maxKey: return 0
    case .bool: return 1
    case .objectID: return 12
    case .decimal128: return 16
    case .binary: return try length(bytes, at: offset, end: end, atLeast: 0) + 5
    case .dbPointer: return try length(bytes, at: offset, end: end, atLeast: 1) + 16
    case .codeWithScope: return try length(bytes, at: offset, end: end, atLeast: 4 + 5 + minimumSize)
    case .regularExpression:
      let pattern = try cStringEnd(bytes, at: offset, end: end)
      return try cStringEnd(bytes, at: pattern, end: end) - offset
    }
  }

  /// A document without elements: its length and a NUL.
  static let minimumSize = 5

  /// A length before what it is of.
  @inline(__always)
  static func length(
    _ bytes: UnsafeRawBufferPointer, at offset: Int, end: Int, atLeast minimum: Int
  ) throws(BSONError) -> Int {
    guard end - offset >= 4 else { throw .corrupt(offset: offset, reason: "the bytes end within a length") }
    let length = Int(Int32(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: Int32.self)))
    guard length >= minimum else {
      throw .corrupt(offset: offset, reason: "a length is \(length), which is less than \(minimum)")
    }
    return length
  }

  /// The offset after a C string's NUL.
  static func cStringEnd(
    _ bytes: UnsafeRawBufferPointer, at offset: Int, end: Int
  ) throws(BSONError) -> Int {
    var position = offset
    while position < end {
      if bytes[position] == 0 { return position + 1 }
      position += 1
    }
    throw .corrupt(offset: offset, reason: "a regular expression has no end")
  }

  @inline(never) private static func unknownType(_ byte: UInt8, at offset: Int) -> BSONError {
    .corrupt(
      offset: offset,
      reason: byte == 0 ? "the document ends before its length says" : "there is no type \(byte)")
  }

  @inline(never) private static func pastEnd(_ type: BSONType, at offset: Int) -> BSONError {
    .corrupt(offset: offset, reason: "a value of type \(type.name) is longer than its document")
  }

  /// Checks the length and the last byte of a document.
  ///
  /// - Parameter end: where it must end.
  /// - Returns: the offset of its first element, and that of its NUL.
  @inline(__always)
  static func open(
    _ bytes: UnsafeRawBufferPointer, at offset: Int, end: Int
  ) throws(BSONError) -> (start: Int, end: Int) {
    let length = try length(bytes, at: offset, end: end, atLeast: minimumSize)
    guard length == end - offset else {
      throw .corrupt(offset: offset, reason: "a document of \(end - offset) bytes says that it has \(length)")
    }
    guard bytes[end - 1] == 0 else { throw .corrupt(offset: end - 1, reason: "a document has no NUL at its end") }
    return (offset + 4, end - 1)
  }
}
