import Domain

/// The digest of what a text says: texts that differ only in white space have the same one.
///
/// The SHA-256 of the text in UTF-8 with each run of white space made one space, none at the ends, in hexadecimal.
func textDigest(of text: String) -> String {
  var bytes: [UInt8] = []
  bytes.reserveCapacity(text.utf8.count)
  var isAfterSpace = true
  for byte in text.utf8 {
    let isSpace = byte == 0x20 || (0x09...0x0D).contains(byte)
    if !isSpace {
      bytes.append(byte)
    } else if !isAfterSpace {
      bytes.append(0x20)
    }
    isAfterSpace = isSpace
  }
  if bytes.last == 0x20 { bytes.removeLast() }
  return ContentHash(of: bytes).hexadecimal
}
