/// Tests and searches on ASCII bytes, for scanners that work on UTF-8.
enum ASCII {
  /// Whether the byte is one of HTML's white-space characters.
  @inline(__always) static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || (byte >= 0x09 && byte <= 0x0D)
  }

  @inline(__always) static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

  @inline(__always) static func isLetter(_ byte: UInt8) -> Bool {
    (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7A
  }

  @inline(__always) static func isAlphanumeric(_ byte: UInt8) -> Bool { isDigit(byte) || isLetter(byte) }

  /// The value of a decimal or hexadecimal digit.
  @inline(__always) static func digit(_ byte: UInt8, isHex: Bool) -> UInt8? {
    if isDigit(byte) { return byte - 0x30 }
    guard isHex, case let lower = byte | 0x20, lower >= 0x61, lower <= 0x66 else { return nil }
    return lower - 0x57
  }

  @inline(__always) static func lowercased(_ byte: UInt8) -> UInt8 {
    byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte
  }

  /// The first position at or after `start` where `word` stands, byte by byte.
  static func find(_ word: StaticString, in bytes: [UInt8], from start: Int) -> Int? {
    let length = word.utf8CodeUnitCount
    guard length > 0, start >= 0, bytes.count - start >= length else { return nil }
    return word.withUTF8Buffer { needle in
      var index = start
      while index <= bytes.count - length {
        if bytes[index] == needle[0] {
          var offset = 1
          while offset < length, bytes[index + offset] == needle[offset] { offset += 1 }
          if offset == length { return index }
        }
        index += 1
      }
      return nil
    }
  }
}
