/// The part of a text that has the most of the highlighted words, wrapped and indented by three spaces.
struct Excerpt {
  /// The lines.
  let text: String

  /// - Parameters:
  ///   - highlights: ranges of the text's UTF-8 bytes.
  ///   - width: the most characters of a line.
  ///   - lines: the most lines.
  init(_ text: String, highlights: [Range<Int>], width: Int, lines: Int, showsBold: Bool) {
    let words = Self.words(of: text, highlights)
    let budget = width.multipliedReportingOverflow(by: lines)
    let start = budget.overflow ? 0 : Self.bestStart(words, budget: budget.partialValue)
    var shown: [String] = []
    var line = start > 0 ? "…" : ""
    var length = line.count
    var isCut = false
    for word in words[start...] {
      if length > 0, length + word.length + 1 > width {
        shown.append(line)
        (line, length) = ("", 0)
        if shown.count == lines {
          isCut = true
          break
        }
      }
      line += (length == 0 ? "" : " ") + (showsBold ? word.bold : word.plain)
      length += word.length + (length == 0 ? 0 : 1)
    }
    if !line.isEmpty { shown.append(line) }
    if isCut { shown[shown.count - 1] += " …" }
    self.text = shown.map { "   " + $0 }.joined(separator: "\n")
  }

  private struct Word {
    var plain: String
    var bold: String
    var length: Int
    /// What is highlighted of it, in lower case.
    var highlighted: [String]
  }

  /// The words between white space, with their highlighted parts.
  private static func words(of text: String, _ highlights: [Range<Int>]) -> [Word] {
    let bytes = Array(text.utf8)
    var remaining = highlights[...]
    return bytes.indices.split { bytes[$0] == 0x20 || (0x09...0x0D).contains(bytes[$0]) }.map { indices in
      let range = (indices.first ?? 0)..<((indices.last ?? -1) + 1)
      remaining = remaining.drop { $0.upperBound <= range.lowerBound }
      return word(bytes, range, remaining.prefix { $0.lowerBound < range.upperBound })
    }
  }

  private static func word(_ bytes: [UInt8], _ range: Range<Int>, _ highlights: ArraySlice<Range<Int>>) -> Word {
    func part(_ range: Range<Int>) -> String { printable(String(decoding: bytes[range], as: UTF8.self)) }
    var word = Word(plain: part(range), bold: "", length: 0, highlighted: [])
    var position = range.lowerBound
    for highlight in highlights {
      let inside = highlight.clamped(to: position..<range.upperBound)
      let text = part(inside)
      word.bold += part(position..<inside.lowerBound) + "\u{1B}[1m\(text)\u{1B}[0m"
      word.highlighted.append(text.lowercased())
      position = inside.upperBound
    }
    word.bold += part(position..<range.upperBound)
    word.length = word.plain.count
    return word
  }

  /// The first word of the stretch of `budget` characters that has the most different highlighted words; of equal
  /// stretches in a row the middle one, or the text's beginning.
  private static func bestStart(_ words: [Word], budget: Int) -> Int {
    var counts: [String: Int] = [:]
    var (end, length) = (0, 0)
    var best = (start: 0, last: 0, count: -1)
    for start in words.indices {
      while end < words.count, length + words[end].length + 1 <= budget {
        length += words[end].length + 1
        for text in words[end].highlighted { counts[text, default: 0] += 1 }
        end += 1
      }
      if counts.count > best.count {
        best = (start, start, counts.count)
      } else if counts.count == best.count, best.last == start - 1 {
        best.last = start
      }
      // What follows would only be shorter.
      if end == words.count { break }
      if end == start {
        end += 1
        continue
      }
      length -= words[start].length + 1
      for text in words[start].highlighted {
        counts[text, default: 0] -= 1
        if counts[text] == 0 { counts[text] = nil }
      }
    }
    return best.start == 0 ? 0 : (best.start + best.last) / 2
  }
}
