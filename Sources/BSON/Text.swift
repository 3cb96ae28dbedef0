/// Text of bytes that must be UTF-8; nil if they are not.
///
/// `String(validating:as:)` is not specialised in the standard library and costs more than the fields that it reads;
/// `UTF8Span(validating:)` goes byte by byte from the first that is not ASCII.
@inline(__always)
func text(of bytes: UnsafeRawBufferPointer) -> String? {
  guard let kind = utf8Kind(bytes) else { return nil }
  return bytes.withMemoryRebound(to: UInt8.self) {
    // `utf8Kind` has just checked what is not checked again here.
    String(copying: UTF8Span(unchecked: $0.span, isKnownASCII: kind == .ascii))
  }
}

/// What valid UTF-8 is made of.
enum UTF8Kind {
  case ascii, beyondASCII
}

/// Checks bytes by the table of well-formed UTF-8 (The Unicode Standard, table 3-7), eight at a time where they are
/// ASCII; nil if they are no UTF-8.
func utf8Kind(_ bytes: UnsafeRawBufferPointer) -> UTF8Kind? {
  let highBits: UInt64 = 0x8080_8080_8080_8080
  var (position, kind) = (0, UTF8Kind.ascii)
  while true {
    while bytes.count - position >= 8 {
      let word = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self)) & highBits
      guard word == 0 else {
        position += word.trailingZeroBitCount / 8
        break
      }
      position += 8
    }
    while position < bytes.count, bytes[position] < 0x80 { position += 1 }
    guard position < bytes.count else { return kind }
    kind = .beyondASCII
    guard let length = sequenceLength(bytes, position) else { return nil }
    position += length
  }
}

/// The bytes of the code point at a byte that is not ASCII; nil if they are not well-formed.
@inline(__always)
private func sequenceLength(_ bytes: UnsafeRawBufferPointer, _ position: Int) -> Int? {
  let first = bytes[position]
  let (length, second): (Int, ClosedRange<UInt8>) =
    switch first {
    case 0xC2...0xDF: (2, 0x80...0xBF)
    case 0xE0: (3, 0xA0...0xBF)
    case 0xED: (3, 0x80...0x9F)
    case 0xE1...0xEF: (3, 0x80...0xBF)
    case 0xF0: (4, 0x90...0xBF)
    case 0xF1...0xF3: (4, 0x80...0xBF)
    case 0xF4: (4, 0x80...0x8F)
    default: (0, 0...0)
    }
  guard length > 0, bytes.count - position >= length, second.contains(bytes[position + 1]) else { return nil }
  if length > 2, bytes[position + 2] & 0xC0 != 0x80 { return nil }
  if length > 3, bytes[position + 3] & 0xC0 != 0x80 { return nil }
  return length
}
