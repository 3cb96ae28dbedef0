import Foundation

/// The words of a text as keyword search compares them, in their order: runs of letters and digits (Unicode's L, N and
/// Co), in lower case and without diacritics.
///
/// The rule is that of SQLite's `unicode61` tokenizer with `remove_diacritics 2` (sqlite.org/fts5.html#unicode61_tokenizer),
/// which the embedded driver's index applies itself, so that both drivers find the same words.
func keywordTerms(of text: String) -> [String] {
  var terms: [String] = []
  var bytes: [UInt8] = []
  var isPlain = true
  func finish() {
    guard !bytes.isEmpty else { return }
    let word = String(decoding: bytes, as: UTF8.self)
    let term = isPlain ? word : folding(word)
    if !term.isEmpty { terms.append(term) }
    bytes.removeAll(keepingCapacity: true)
    isPlain = true
  }
  for scalar in text.unicodeScalars {
    if scalar.isASCII {
      let byte = UInt8(truncatingIfNeeded: scalar.value)
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): bytes.append(byte)
      case UInt8(ascii: "A")...UInt8(ascii: "Z"): bytes.append(byte | 0x20)
      default: finish()
      }
    } else if isWordScalar(scalar) || (!bytes.isEmpty && scalar.properties.generalCategory == .nonspacingMark) {
      bytes.append(contentsOf: Array(String(scalar).utf8))
      isPlain = false
    } else {
      finish()
    }
  }
  finish()
  return terms
}

private func isWordScalar(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.properties.generalCategory {
  case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber,
    .letterNumber, .otherNumber, .privateUse:
    true
  default: false
  }
}

private func folding(_ word: String) -> String {
  var folded = String.UnicodeScalarView()
  for scalar in word.lowercased().decomposedStringWithCanonicalMapping.unicodeScalars
  where scalar.properties.generalCategory != .nonspacingMark {
    folded.append(scalar)
  }
  return String(folded)
}
