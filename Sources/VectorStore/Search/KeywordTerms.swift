import Foundation

/// The words of a text as they stand, in their order: runs of letters and digits (Unicode's L, N and Co) and of the
/// combining marks U+0300 to U+036F after them.
///
/// The rule is that of SQLite's `unicode61` tokenizer (sqlite.org/fts5.html#unicode61_tokenizer), which the index of the
/// embedded driver applies itself; ``keywordTerm(of:)`` does for other engines what it does next.
func keywordWords(of text: String) -> [String] {
  let bytes = Array(text.utf8)
  var words: [String] = []
  var start: Int?
  var index = 0
  while index < bytes.count {
    let (value, length) = scalar(in: bytes, at: index)
    if isOfWord(value, afterOther: start != nil) {
      start = start ?? index
    } else if let begun = start {
      words.append(String(decoding: bytes[begun..<index], as: UTF8.self))
      start = nil
    }
    index += length
  }
  if let start { words.append(String(decoding: bytes[start...], as: UTF8.self)) }
  return words
}

/// A word as it is compared: in lower case and without diacritics.
func keywordTerm(of word: String) -> String {
  let lowercased = word.lowercased()
  if lowercased.utf8.allSatisfy({ $0 < 0x80 }) { return lowercased }
  var term = String.UnicodeScalarView()
  for scalar in lowercased.decomposedStringWithCanonicalMapping.unicodeScalars
  where scalar.properties.generalCategory != .nonspacingMark {
    term.append(scalar)
  }
  return String(term)
}

/// The scalar that begins at `index` of the UTF-8 of a `String`, which is always well formed, and its length in bytes.
private func scalar(in bytes: [UInt8], at index: Int) -> (value: UInt32, length: Int) {
  let lead = bytes[index]
  if lead < 0x80 { return (UInt32(lead), 1) }
  let length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
  var value = UInt32(lead) & (0xFF >> UInt32(length + 1))
  for next in bytes[(index + 1)..<(index + length)] { value = value << 6 | UInt32(next & 0x3F) }
  return (value, length)
}

private func isOfWord(_ value: UInt32, afterOther: Bool) -> Bool {
  switch value {
  case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: return true
  case 0..<0x80: return false
  case 0x300...0x36F: return afterOther
  default: break
  }
  return switch Unicode.Scalar(value)?.properties.generalCategory {
  case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber,
    .letterNumber, .otherNumber, .privateUse:
    true
  default: false
  }
}
