/// Where a text has terms of a query: ranges of its UTF-8 bytes, in order and apart from each other.
///
/// A word counts if ``keywordTerms(of:)`` makes of it one of the terms, so that what is highlighted is what matched. Of a
/// word that is put together (`open_file`, `openFile`), only the parts that are terms by themselves are highlighted, if
/// there are any.
///
/// - Parameter terms: as ``keywordTerms(of:)`` gives them.
func highlightedRanges(of terms: Set<String>, in text: String) -> [Range<Int>] {
  guard !terms.isEmpty else { return [] }
  let bytes = Array(text.utf8)
  func matches(_ range: Range<Int>) -> Bool {
    keywordTerms(of: String(decoding: bytes[range], as: UTF8.self)).contains(where: terms.contains)
  }
  var found: [Range<Int>] = []
  for word in wordRanges(in: text) where matches(word) {
    let parts = partRanges(of: word, in: bytes).filter(matches)
    for range in parts.isEmpty ? [word] : parts {
      if let last = found.last, last.upperBound == range.lowerBound {
        found[found.count - 1] = last.lowerBound..<range.upperBound
      } else {
        found.append(range)
      }
    }
  }
  return found
}

/// The runs of letters, digits, marks and underscores.
private func wordRanges(in text: String) -> [Range<Int>] {
  var ranges: [Range<Int>] = []
  var start: Int?
  var position = 0
  for scalar in text.unicodeScalars {
    if isOfWord(scalar) {
      start = start ?? position
    } else if let begun = start {
      ranges.append(begun..<position)
      start = nil
    }
    position += UTF8.width(scalar)
  }
  if let start { ranges.append(start..<position) }
  return ranges
}

private func isOfWord(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.value {
  case 0x30...0x39, 0x41...0x5A, 0x5F, 0x61...0x7A: return true
  case 0..<0x80: return false
  default: break
  }
  return switch scalar.properties.generalCategory {
  case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber,
    .letterNumber, .otherNumber, .nonspacingMark, .spacingMark, .enclosingMark, .privateUse:
    true
  default: false
  }
}

/// The parts of a word: between underscores, from a capital letter after a small one on, and single characters of scripts
/// without spaces between words.
private func partRanges(of word: Range<Int>, in bytes: [UInt8]) -> [Range<Int>] {
  var parts: [Range<Int>] = []
  var start = word.lowerBound
  var position = start
  var isAfterSmall = false
  func end(at position: Int) {
    if position > start { parts.append(start..<position) }
    start = position
  }
  for scalar in String(decoding: bytes[word], as: UTF8.self).unicodeScalars {
    let isSmall = scalar.properties.generalCategory == .lowercaseLetter
    if scalar == "_" {
      end(at: position)
      start = position + 1
    } else if isUnspaced(scalar) {
      end(at: position)
      end(at: position + UTF8.width(scalar))
    } else if isAfterSmall, scalar.properties.generalCategory == .uppercaseLetter {
      end(at: position)
    }
    isAfterSmall = isSmall
    position += UTF8.width(scalar)
  }
  end(at: word.upperBound)
  return parts
}

/// Thai, Lao, Burmese, Khmer, Kana and Han.
private func isUnspaced(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.value {
  case 0x0E00...0x0EFF, 0x1000...0x109F, 0x1780...0x17FF, 0x3005...0x30FF, 0x3400...0x9FFF, 0xF900...0xFAFF,
    0x20000...0x323AF:
    true
  default: false
  }
}
