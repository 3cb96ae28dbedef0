import Foundation

/// A word as it is compared, in UTF-8: without case, in Unicode's compatible form (NFKC), without the diacritics that
/// readers leave out, and without what is not seen.
///
/// Case is folded by way of the capitals, so that `ß` and `SS`, `ς` and `Σ` are the same. Of the marks, those of Latin,
/// Greek and Cyrillic go, and the points of Hebrew and Arabic; `й`, `ў` and `ї` are letters of their own and stay, `ё` is
/// written `е` as often as not. The marks of other scripts are a part of the word.
func foldedKeyword(_ word: UnsafeBufferPointer<UInt8>) -> [UInt8] {
  foldedCommonKeyword(word) ?? foldedAnyKeyword(String(decoding: word, as: UTF8.self))
}

/// By Unicode's tables.
func foldedAnyKeyword(_ word: String) -> [UInt8] {
  let decomposed = word.uppercased().lowercased().decomposedStringWithCompatibilityMapping
  var kept = String.UnicodeScalarView()
  for scalar in decomposed.unicodeScalars where !isLeftOut(scalar.value, after: kept.last?.value) {
    // Sigma has a form of its own at the end of a word.
    kept.append(scalar == "ς" ? "σ" : scalar)
  }
  return Array(String(kept).precomposedStringWithCanonicalMapping.utf8)
}

private func isLeftOut(_ value: UInt32, after base: UInt32?) -> Bool {
  switch value {
  // Compatible forms may hold spaces and signs.
  case 0..<0x80: !UInt8(value).isASCIILetterOrDigit
  case 0x306: base != 0x438 && base != 0x443
  case 0x308: base != 0x456
  case 0x300...0x36F, 0x483...0x489, 0x591...0x5C7, 0x610...0x61A, 0x640, 0x64B...0x65F, 0x670, 0x6D6...0x6DC,
    0x6DF...0x6E4, 0x6E7...0x6E8, 0x6EA...0x6ED, 0x1AB0...0x1AFF, 0x1DC0...0x1DFF, 0x20D0...0x20FF, 0xFE20...0xFE2F:
    true
  // Soft hyphen, zero width, joiners, variation selectors.
  case 0xAD, 0x34F, 0x180B...0x180F, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x2064, 0xFE00...0xFE0F, 0xFEFF,
    0xE0100...0xE01EF:
    true
  default: false
  }
}

/// The same for words of common characters alone, several times as fast; nil for others.
func foldedCommonKeyword(_ word: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
  var folded: [UInt8] = []
  folded.reserveCapacity(word.count)
  var index = 0
  while index < word.count {
    let byte = word[index]
    if byte < 0x80 {
      folded.append(byte.asciiLowercased)
      index += 1
      continue
    }
    let (scalar, length) = word.scalar(at: index)
    switch scalar.value {
    case 0xC0...0xFF:
      folded += foldedLatin[Int(scalar.value) - 0xC0].utf8
    case 0x391...0x3A1, 0x3A3...0x3A9, 0x410...0x42F:
      folded += UTF8.encode(scalar.value + 0x20)
    case 0x3C2:
      folded += UTF8.encode(0x3C3)
    case 0x401, 0x451:
      folded += UTF8.encode(0x435)
    case 0x3B1...0x3C1, 0x3C3...0x3C9, 0x430...0x44F, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xAC00...0xD7A3,
      0x3041...0x3096, 0x30A1...0x30FA, 0x30FC...0x30FE:
      folded += word[index..<index + length]
    default:
      return nil
    }
    index += length
  }
  return folded
}

/// U+00C0 to U+00FF; the two signs among them are in no word.
private let foldedLatin: [String] =
  [
    "a", "a", "a", "a", "a", "a", "æ", "c", "e", "e", "e", "e", "i", "i", "i", "i", "ð", "n", "o", "o", "o", "o", "o",
    "×", "ø", "u", "u", "u", "u", "y", "þ", "ss", "a", "a", "a", "a", "a", "a", "æ", "c", "e", "e", "e", "e", "i", "i",
    "i", "i", "ð", "n", "o", "o", "o", "o", "o", "÷", "ø", "u", "u", "u", "u", "y", "þ", "y",
  ]

extension UTF8 {
  /// The two bytes of a scalar from U+0080 to U+07FF.
  fileprivate static func encode(_ value: UInt32) -> [UInt8] {
    [UInt8(0xC0 | value >> 6), UInt8(0x80 | value & 0x3F)]
  }
}
