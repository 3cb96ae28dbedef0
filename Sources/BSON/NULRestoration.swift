/// Copies a document of libbson's and writes the NUL character in its text as UTF-8 has it; libbson's JSON parser writes
/// it as `C0 80`.
enum NULRestoration {
  /// The recursion is as deep as libbson's parser goes, which is 100 levels.
  static func copy(
    _ bytes: UnsafeRawBufferPointer, at offset: Int, end: Int, to buffer: inout BSONBuffer
  ) throws(BSONError) {
    let (start, end) = try BSONElement.open(bytes, at: offset, end: end)
    let lengthOffset = buffer.count
    buffer.append(Int32(0))
    var position = start
    while let element = try BSONElement.read(bytes, at: position, end: end) {
      let key = text(bytes, element.keyStart..<element.keyEnd)
      guard !key.contains(0) else { throw .keyWithNUL(String(decoding: key, as: UTF8.self)) }
      buffer.append(element.type.rawValue)
      buffer.append(contentsOf: key)
      buffer.append(UInt8(0))
      try copy(element, bytes, to: &buffer)
      position = element.valueEnd
    }
    buffer.append(UInt8(0))
    try buffer.patchLength(at: lengthOffset)
  }

  private static func copy(
    _ element: BSONElement, _ bytes: UnsafeRawBufferPointer, to buffer: inout BSONBuffer
  ) throws(BSONError) {
    let (start, end) = (element.valueStart, element.valueEnd)
    switch element.type {
    case .string, .code, .symbol: try appendString(bytes, start..<end, to: &buffer)
    case .document: try copy(bytes, at: start, end: end, to: &buffer)
    case .array: try copy(bytes, at: start, end: end, to: &buffer)
    case .dbPointer:
      try appendString(bytes, start..<end - 12, to: &buffer)
      buffer.append(contentsOf: UnsafeRawBufferPointer(rebasing: bytes[end - 12..<end]))
    case .codeWithScope:
      let (code, scope) = try element.codeWithScope(bytes)
      let lengthOffset = buffer.count
      buffer.append(Int32(0))
      try appendString(bytes, code, to: &buffer)
      try copy(bytes, at: scope.lowerBound, end: scope.upperBound, to: &buffer)
      try buffer.patchLength(at: lengthOffset)
    case .regularExpression:
      let parts = text(bytes, start..<end)
      // Two NULs of its own; one more would be of the text.
      guard parts.count(where: { $0 == 0 }) == 2 else {
        throw .notJSON(reason: "a regular expression has a NUL character")
      }
      buffer.append(contentsOf: parts)
    default: buffer.append(contentsOf: UnsafeRawBufferPointer(rebasing: bytes[start..<end]))
    }
  }

  private static func appendString(
    _ bytes: UnsafeRawBufferPointer, _ range: Range<Int>, to buffer: inout BSONBuffer
  ) throws(BSONError) {
    let text = text(bytes, range.lowerBound + 4..<range.upperBound - 1)
    guard let length = Int32(exactly: text.count + 1) else { throw .tooLarge }
    buffer.append(length)
    buffer.append(contentsOf: text)
    buffer.append(UInt8(0))
  }

  private static func text(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>) -> [UInt8] {
    var plain: [UInt8] = []
    plain.reserveCapacity(range.count)
    for byte in bytes[range] {
      if byte == 0x80, plain.last == 0xC0 { plain[plain.count - 1] = 0 } else { plain.append(byte) }
    }
    return plain
  }
}
