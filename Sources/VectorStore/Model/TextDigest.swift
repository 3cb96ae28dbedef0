import Domain

/// The digest of what a text says: texts that differ only in white space have the same one.
///
/// The SHA-256 of the text in UTF-8 with each run of white space made one space, none at the ends, in hexadecimal.
func textDigest(of text: String) -> String {
  var text = text
  return text.withUTF8 { ContentHash(of: isInOneLine($0) ? Array($0) : inOneLine($0)).hexadecimal }
}

/// Whether it has no white space but single spaces between others.
private func isInOneLine(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
  var isAfterSpace = true
  for byte in text {
    if byte > 0x20 {
      isAfterSpace = false
    } else if byte == 0x20 && !isAfterSpace {
      isAfterSpace = true
    } else if byte.isSpace {
      return false
    }
  }
  return !isAfterSpace
}

private func inOneLine(_ text: UnsafeBufferPointer<UInt8>) -> [UInt8] {
  var bytes: [UInt8] = []
  bytes.reserveCapacity(text.count)
  var isAfterSpace = true
  for byte in text {
    let isSpace = byte.isSpace
    if !isSpace {
      bytes.append(byte)
    } else if !isAfterSpace {
      bytes.append(0x20)
    }
    isAfterSpace = isSpace
  }
  if bytes.last == 0x20 { bytes.removeLast() }
  return bytes
}

extension UInt8 {
  fileprivate var isSpace: Bool { self == 0x20 || self &- 0x09 < 5 }
}
