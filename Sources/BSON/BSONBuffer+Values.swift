extension BSONBuffer {
  /// A key or another C string with its NUL.
  ///
  /// - Throws: `BSONError.keyWithNUL`.
  mutating func appendCString(_ text: String) throws(BSONError) {
    var text = text
    let hasNUL = text.withUTF8 { bytes in
      // Keys are short: a loop beats a call of memchr.
      for byte in bytes where byte == 0 { return true }
      append(contentsOf: UnsafeRawBufferPointer(bytes))
      return false
    }
    guard !hasNUL else { throw .keyWithNUL(text) }
    append(UInt8(0))
  }

  /// Text: its length with the NUL, its bytes, a NUL.
  mutating func append(_ text: String) throws(BSONError) {
    var text = text
    let fits = text.withUTF8 { bytes in
      guard let length = Int32(exactly: bytes.count + 1) else { return false }
      append(length)
      append(contentsOf: UnsafeRawBufferPointer(bytes))
      return true
    }
    guard fits else { throw .tooLarge }
    append(UInt8(0))
  }

  /// The index of an array's element in decimal, with its NUL.
  mutating func appendIndexKey(_ index: Int) {
    if index < 10 {
      append(UInt16(UInt8(ascii: "0") + UInt8(index)))
      return
    }
    var (digits, rest) = (UInt64(0), index)
    var length = 0
    // Eight digits at most: an element takes two bytes, a document two GiB.
    while rest > 0, length < 8 {
      digits = digits << 8 | UInt64(UInt8(ascii: "0") + UInt8(rest % 10))
      rest /= 10
      length += 1
    }
    for _ in 0..<length {
      append(UInt8(truncatingIfNeeded: digits))
      digits >>= 8
    }
    append(UInt8(0))
  }

  mutating func append(_ binary: BSONBinary) throws(BSONError) {
    let isOld = binary.subtype == BSONBinary.oldSubtype
    guard let length = Int32(exactly: binary.bytes.count + (isOld ? 4 : 0)) else { throw .tooLarge }
    append(length)
    append(binary.subtype)
    if isOld { append(length - 4) }
    append(contentsOf: binary.bytes)
  }

  /// What follows an element's key.
  ///
  /// - Parameter depth: the level that a document here would have.
  mutating func append(_ value: BSONValue, depth: Int) throws(BSONError) {
    switch value {
    case .double(let number): append(number.bitPattern)
    case .string(let text), .code(let text), .symbol(let text): try append(text)
    case .document(let document): try append(document, depth: depth)
    case .array(let values): try append(values, depth: depth)
    case .binary(let binary): try append(binary)
    case .objectID(let id): id.append(to: &self)
    case .bool(let truth): append(UInt8(truth ? 1 : 0))
    case .date(let milliseconds): append(milliseconds)
    case .regularExpression(let expression):
      try appendCString(expression.pattern)
      try appendCString(expression.options)
    case .dbPointer(let pointer):
      try append(pointer.collection)
      pointer.id.append(to: &self)
    case .codeWithScope(let text, let scope):
      let start = count
      append(Int32(0))
      try append(text)
      try append(scope, depth: depth)
      try patchLength(at: start)
    case .int32(let number): append(number)
    case .timestamp(let timestamp): append(timestamp.bits)
    case .int64(let number): append(number)
    case .decimal128(let number):
      append(number.low)
      append(number.high)
    case .undefined, .null, .minKey, .maxKey: break
    }
  }

  mutating func append(_ document: BSONDocument, depth: Int) throws(BSONError) {
    guard depth <= BSONDocument.maximumDepth else { throw .tooDeep }
    let start = count
    append(Int32(0))
    for element in document.elements {
      append(element.value.type.rawValue)
      try appendCString(element.key)
      try append(element.value, depth: depth + 1)
    }
    append(UInt8(0))
    try patchLength(at: start)
  }

  private mutating func append(_ values: [BSONValue], depth: Int) throws(BSONError) {
    guard depth <= BSONDocument.maximumDepth else { throw .tooDeep }
    let start = count
    append(Int32(0))
    for (index, value) in values.enumerated() {
      append(value.type.rawValue)
      appendIndexKey(index)
      try append(value, depth: depth + 1)
    }
    append(UInt8(0))
    try patchLength(at: start)
  }

  /// Writes at `start` how many bytes there are from there to the end.
  mutating func patchLength(at start: Int) throws(BSONError) {
    guard let length = Int32(exactly: count - start) else { throw .tooLarge }
    patch(length, at: start)
  }
}
