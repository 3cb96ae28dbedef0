/// Where a text has terms of a query: ranges of its UTF-8 bytes, in order and apart from each other.
///
/// A word counts if ``keywordTerms(of:)`` makes of it one of the terms, so that what is highlighted is what matched. Of a
/// word that is put together (`open_file`, `openFile`, `wi-fi`), only the parts that are terms by themselves are
/// highlighted, if there are any; `C++`, `C#` and `.NET` are highlighted with their signs where these were asked for.
///
/// - Parameter terms: as ``highlightedTerms(of:)`` gives them.
func highlightedRanges(of terms: Set<String>, in text: String) -> [Range<Int>] {
  guard !terms.isEmpty else { return [] }
  let bytes = Array(text.utf8)
  func matches(_ range: Range<Int>) -> Bool {
    keywordTerms(of: String(decoding: bytes[range], as: UTF8.self)).contains(where: terms.contains)
  }
  var found: [Range<Int>] = []
  for word in keywordWords(of: text) {
    let matched = word.terms.filter(terms.contains)
    if matched.isEmpty { continue }
    let parts = matched.contains(where: hasSign) ? [] : partRanges(of: word.range, in: bytes).filter(matches)
    for range in parts.isEmpty ? [word.range] : parts {
      if let last = found.last, last.upperBound == range.lowerBound {
        found[found.count - 1] = last.lowerBound..<range.upperBound
      } else {
        found.append(range)
      }
    }
  }
  return found
}

/// The terms of a query that are worth highlighting: all, but for the bare name of a word that has a sign. Who asks for
/// `C++` finds what has a `C`, too, and need not see each of them.
func highlightedTerms(of query: String) -> Set<String> {
  keywordWords(of: query).reduce(into: []) { terms, word in
    let bare = word.terms.filter(hasSign).map { String($0.trimmingPrefix(".").prefix { !"+#".contains($0) }) }
    terms.formUnion(word.terms.filter { !bare.contains($0) })
  }
}

/// Whether a term is one of the names that have a sign: `c++`, `c#`, `.net`.
private func hasSign(_ term: String) -> Bool {
  term.hasPrefix(".") || term.hasSuffix("+") || term.hasSuffix("#")
}

/// The parts of a word: between what joins it, from a capital letter after a small one on, and single characters of
/// scripts without spaces between words.
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
    let next = position + UTF8.width(scalar)
    let isSmall = KeywordCase(scalar) == .lower
    switch KeywordCharacter(scalar) {
    case .other:
      end(at: position)
      start = next
    case .unspaced:
      end(at: position)
      end(at: next)
    case .letter where isAfterSmall && KeywordCase(scalar) == .upper:
      end(at: position)
    case .letter, .digit, .mark, .ignored:
      break
    }
    isAfterSmall = isSmall
    position = next
  }
  end(at: word.upperBound)
  return parts
}
