import Foundation

/// The values of elements. Each caller has an element of the right type from `read`, so that its bytes are there.
extension BSONElement {
  func key(_ bytes: UnsafeRawBufferPointer) throws(BSONError) -> String {
    try text(bytes, keyStart, keyEnd)
  }

  /// The name for a message, whatever its bytes are.
  func keyForMessages(_ bytes: UnsafeRawBufferPointer) -> String {
    String(decoding: bytes[keyStart..<keyEnd], as: UTF8.self)
  }

  @inline(__always) func double(_ bytes: UnsafeRawBufferPointer) -> Double {
    Double(bitPattern: UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: valueStart, as: UInt64.self)))
  }

  @inline(__always) func int32(_ bytes: UnsafeRawBufferPointer) -> Int32 {
    Int32(littleEndian: bytes.loadUnaligned(fromByteOffset: valueStart, as: Int32.self))
  }

  /// An int64, a date, or the bits of a timestamp.
  @inline(__always) func int64(_ bytes: UnsafeRawBufferPointer) -> Int64 {
    Int64(littleEndian: bytes.loadUnaligned(fromByteOffset: valueStart, as: Int64.self))
  }

  @inline(__always) func bool(_ bytes: UnsafeRawBufferPointer) throws(BSONError) -> Bool {
    switch bytes[valueStart] {
    case 0: return false
    case 1: return true
    case let byte: throw .corrupt(offset: valueStart, reason: "a bool is \(byte)")
    }
  }

  func objectID(_ bytes: UnsafeRawBufferPointer) -> BSONObjectID { BSONObjectID(at: valueStart, of: bytes) }

  /// The text of a string, of code or of a symbol.
  @inline(__always) func string(_ bytes: UnsafeRawBufferPointer) throws(BSONError) -> String {
    try string(bytes, at: valueStart, end: valueEnd)
  }

  /// The subtype of a binary value and where its bytes are.
  @inline(__always) func binary(
    _ bytes: UnsafeRawBufferPointer
  ) throws(BSONError) -> (subtype: UInt8, range: Range<Int>) {
    let subtype = bytes[valueStart + 4]
    let start = valueStart + 5
    guard subtype == BSONBinary.oldSubtype else { return (subtype, start..<valueEnd) }
    let length = try BSONElement.length(bytes, at: start, end: valueEnd, atLeast: 0)
    guard length == valueEnd - start - 4 else {
      throw .corrupt(offset: start, reason: "the two lengths of old binary data differ")
    }
    return (subtype, start + 4..<valueEnd)
  }

  /// Text with its length in front and a NUL behind, which ends at `end`.
  @inline(__always) func string(
    _ bytes: UnsafeRawBufferPointer, at offset: Int, end: Int
  ) throws(BSONError) -> String {
    guard bytes[end - 1] == 0 else { throw .corrupt(offset: end - 1, reason: "a string has no NUL at its end") }
    return try text(bytes, offset + 4, end - 1)
  }

  /// Text of these bytes, which must be UTF-8.
  @inline(__always) func text(
    _ bytes: UnsafeRawBufferPointer, _ start: Int, _ end: Int
  ) throws(BSONError) -> String {
    guard let text = BSON.text(of: UnsafeRawBufferPointer(rebasing: bytes[start..<end])) else {
      throw .corrupt(offset: start, reason: "a text is not UTF-8")
    }
    return text
  }

  /// A pattern and its options.
  func regularExpression(_ bytes: UnsafeRawBufferPointer) throws(BSONError) -> BSONRegularExpression {
    let middle = try BSONElement.cStringEnd(bytes, at: valueStart, end: valueEnd)
    return BSONRegularExpression(
      storedPattern: try text(bytes, valueStart, middle - 1), options: try text(bytes, middle, valueEnd - 1))
  }

  /// Where the parts of code with a scope are.
  func codeWithScope(
    _ bytes: UnsafeRawBufferPointer
  ) throws(BSONError) -> (code: Range<Int>, scope: Range<Int>) {
    let start = valueStart + 4
    let length = try BSONElement.length(bytes, at: start, end: valueEnd, atLeast: 1)
    guard length <= valueEnd - start - 4 - BSONElement.minimumSize else {
      throw .corrupt(offset: start, reason: "code is longer than its value")
    }
    let middle = start + 4 + length
    return (start..<middle, middle..<valueEnd)
  }
}
