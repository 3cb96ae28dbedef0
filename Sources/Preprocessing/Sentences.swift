/// The sentences of `range`, each with the white space after it left out; together they hold everything else.
///
/// A sentence ends at `.`, `!`, `?` or an ellipsis with its closing quotes before white space, unless the word is a
/// usual abbreviation or an initial, or the next word begins in lower case; after the full stops of Chinese and
/// Japanese it ends at once. A rule of thumb for where to cut, not linguistics.
package func sentenceRanges(_ bytes: [UInt8], _ range: Range<Int>) -> [Range<Int>] {
  var sentences: [Range<Int>] = []
  var start = firstNonSpace(bytes, range)
  var position = start
  while position < range.upperBound {
    let length = terminatorLength(bytes, position, range.upperBound)
    guard length > 0 else {
      position += 1
      continue
    }
    let mark = position
    position += length
    while case let more = terminatorLength(bytes, position, range.upperBound), more > 0 { position += more }
    position = skipClosers(bytes, position..<range.upperBound)
    guard endsSentence(bytes, mark, position, start: start, end: range.upperBound) else { continue }
    sentences.append(start..<position)
    start = firstNonSpace(bytes, position..<range.upperBound)
    position = start
  }
  if start < range.upperBound {
    var end = range.upperBound
    while end > start, bytes[end - 1].isASCIISpace { end -= 1 }
    sentences.append(start..<end)
  }
  return sentences
}

private func firstNonSpace(_ bytes: [UInt8], _ range: Range<Int>) -> Int {
  bytes[range].firstIndex { !$0.isASCIISpace } ?? range.upperBound
}

/// The bytes of the sentence-ending mark at `position`: 0 if there is none.
private func terminatorLength(_ bytes: [UInt8], _ position: Int, _ end: Int) -> Int {
  guard position < end else { return 0 }
  switch bytes[position] {
  case UInt8(ascii: "."), UInt8(ascii: "!"), UInt8(ascii: "?"): return 1
  case 0xD8: return position + 1 < end && bytes[position + 1] == 0x9F ? 2 : 0  // U+061F
  case 0xE0...0xEF:
    guard position + 2 < end else { return 0 }
    switch (bytes[position], bytes[position + 1], bytes[position + 2]) {
    case (0xE0, 0xA5, 0xA4), (0xE0, 0xA5, 0xA5): return 3  // U+0964, U+0965
    case (0xE2, 0x80, 0xA6): return 3  // U+2026
    case (0xE3, 0x80, 0x82), (0xEF, 0xBC, 0x81), (0xEF, 0xBC, 0x9F): return 3  // U+3002, U+FF01, U+FF1F
    default: return 0
    }
  default: return 0
  }
}

/// Skips closing quotes, brackets and emphasis.
private func skipClosers(_ bytes: [UInt8], _ range: Range<Int>) -> Int {
  var position = range.lowerBound
  while position < range.upperBound {
    if "\"')]*_`".utf8.contains(bytes[position]) {
      position += 1
    } else if position + 2 < range.upperBound, bytes[position] == 0xE2, bytes[position + 1] == 0x80,
      bytes[position + 2] == 0x99 || bytes[position + 2] == 0x9D
    {
      position += 3
    } else {
      break
    }
  }
  return position
}

private func endsSentence(_ bytes: [UInt8], _ mark: Int, _ after: Int, start: Int, end: Int) -> Bool {
  if bytes[mark] == 0xE3 || bytes[mark] == 0xEF { return true }
  guard after < end else { return true }
  guard bytes[after].isASCIISpace else { return false }
  let next = firstNonSpace(bytes, after..<min(end, after + 8))
  if next < end, bytes[next].isASCIILowercase { return false }
  guard bytes[mark] == UInt8(ascii: "."), after == mark + 1 else { return true }
  return !isAbbreviation(bytes, before: mark, start: start)
}

private let abbreviations: Set<String> = [
  "e.g", "i.e", "etc", "vs", "cf", "mr", "mrs", "ms", "dr", "prof", "st", "fig", "eq", "no", "vol", "al", "approx",
  "inc", "ltd", "p", "pp", "sec", "ch",
]

/// Whether the word before a full stop is an abbreviation, a single capital or the number of a list item.
private func isAbbreviation(_ bytes: [UInt8], before mark: Int, start: Int) -> Bool {
  var wordStart = mark
  while wordStart > start, mark - wordStart < 12, !bytes[wordStart - 1].isASCIISpace, bytes[wordStart - 1] != 0x28 {
    wordStart -= 1
  }
  let word = bytes[wordStart..<mark]
  if word.count == 1, let only = word.first, only.isASCIIUppercase { return true }
  if word.count <= 3, wordStart == start, word.allSatisfy(\.isASCIIDigit) { return true }
  return abbreviations.contains(String(decoding: word, as: UTF8.self).lowercased())
}
