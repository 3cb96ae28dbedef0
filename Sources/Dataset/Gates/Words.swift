/// Letters and digits only, in lower case, with single spaces.
func normalized(_ text: String) -> String {
  var result = String.UnicodeScalarView()
  var spacePending = false
  for scalar in text.unicodeScalars {
    if scalar.properties.isAlphabetic || scalar.properties.numericType != nil {
      if spacePending, !result.isEmpty { result.append(" ") }
      spacePending = false
      result.append(scalar)
    } else {
      spacePending = true
    }
  }
  return String(result).lowercased()
}

/// The words of a text as ``normalized(_:)`` has them.
func normalizedWords(_ text: String) -> [Substring] { normalized(text).split(separator: " ") }

/// The runs of `count` words of a text, hashed; of a text with fewer words all of them as one run.
func wordGrams(_ words: [Substring], _ count: Int) -> [UInt64] {
  guard !words.isEmpty else { return [] }
  guard words.count > count else { return [gramHash(words[...])] }
  return (0...(words.count - count)).map { gramHash(words[$0..<($0 + count)]) }
}

/// A hash of words in a row: FNV-1a (Fowler, Noll and Vo) over their bytes with a mark after each, and the last steps of
/// MurmurHash3, since FNV leaves neighbouring texts near each other. Of a billion texts two would be the same by chance
/// with a probability of 3 %.
func gramHash(_ words: ArraySlice<Substring>) -> UInt64 {
  var hash: UInt64 = 0xCBF2_9CE4_8422_2325
  for word in words {
    for byte in word.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
    hash = (hash ^ 0x20) &* 0x0000_0100_0000_01B3
  }
  return mixed(hash)
}

/// Spreads a number over 64 bits: the last steps of MurmurHash3, which is public domain.
func mixed(_ value: UInt64) -> UInt64 {
  var value = value
  value = (value ^ value >> 33) &* 0xFF51_AFD7_ED55_8CCD
  value = (value ^ value >> 33) &* 0xC4CE_B9FE_1A85_EC53
  return value ^ value >> 33
}
