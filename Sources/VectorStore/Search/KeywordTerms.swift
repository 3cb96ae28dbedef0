import Foundation

/// The words of a text as they stand, in their order: runs of letters and digits (Unicode's L, N and Co) and of the
/// combining marks U+0300 to U+036F after them.
///
/// The rule is that of SQLite's `unicode61` tokenizer (sqlite.org/fts5.html#unicode61_tokenizer), which the index of the
/// embedded driver applies itself; ``keywordTerm(of:)`` does for other engines what it does next.
func keywordWords(of text: String) -> [String] {
  var words: [String] = []
  var word = String.UnicodeScalarView()
  for scalar in text.unicodeScalars {
    if isWordScalar(scalar) || (!word.isEmpty && (0x300...0x36F).contains(scalar.value)) {
      word.append(scalar)
    } else if !word.isEmpty {
      words.append(String(word))
      word = String.UnicodeScalarView()
    }
  }
  if !word.isEmpty { words.append(String(word)) }
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

private func isWordScalar(_ scalar: Unicode.Scalar) -> Bool {
  if scalar.isASCII { return scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) }
  return switch scalar.properties.generalCategory {
  case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber,
    .letterNumber, .otherNumber, .privateUse:
    true
  default: false
  }
}
