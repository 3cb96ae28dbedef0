/// What a page's JSON-LD gives as the text of its article (`articleBody`), as a guide to where the article begins and
/// ends. It is believed only as far as it agrees with what the page shows.
struct ArticleBodyGuide {
  private let runs: Set<Int>
  private let length: Int

  private static let runLength = 3

  /// A guide by this text; nil when it is too short to tell anything.
  init?(_ text: String?) {
    guard let text, text.utf8.count >= 400, text.utf8.count < 1 << 20 else { return nil }
    let words = Self.words(of: text)
    runs = Set(Self.runs(of: words))
    length = words.count
    guard length >= 60 else { return nil }
  }

  /// The blocks up to the last that the guide knows, without paragraphs behind the first of which it knows
  /// nothing; all of them unless they hold nearly all of the guide's text, and not much more.
  func trim(_ blocks: [Block]) -> [Block] {
    let known = blocks.map(share)
    let total = known.reduce((words: 0, found: 0)) { ($0.words + $1.words, $0.found + $1.found) }
    guard total.found * 100 >= runs.count * 85, total.words <= 2 * length else { return blocks }
    let isKnown = known.map { $0.words > 0 && $0.found * 2 >= $0.words }
    guard let last = isKnown.lastIndex(of: true) else { return blocks }
    // The lead is often not a part of what JSON-LD gives.
    let first = isKnown.firstIndex(of: true) ?? last
    return blocks.indices[...last].filter { index in
      guard index > first, case .paragraph = blocks[index] else { return true }
      return known[index].words < 4 || known[index].found * 5 >= known[index].words
    }.map { blocks[$0] }
  }

  /// The runs of words of a block, and how many of them the guide has too.
  private func share(_ block: Block) -> (words: Int, found: Int) {
    let runs = Self.runs(of: Self.words(of: PlainTextWriter.write([block])))
    return (runs.count, runs.count { self.runs.contains($0) })
  }

  /// The hashes of all words.
  private static func words(of text: String) -> [UInt64] {
    var words: [UInt64] = []
    var hash = NameHash()
    var isInside = false
    for byte in text.utf8 {
      if ASCII.isAlphanumeric(byte) || byte >= 0x80 {
        hash.add(ASCII.lowercased(byte))
        isInside = true
      } else if isInside {
        words.append(hash.value)
        hash = NameHash()
        isInside = false
      }
    }
    if isInside { words.append(hash.value) }
    return words
  }

  private static func runs(of words: [UInt64]) -> [Int] {
    guard words.count >= runLength else { return [] }
    return (0...(words.count - runLength)).map { start in
      var hash: UInt64 = 0
      for word in words[start..<(start + runLength)] { hash = hash &* 0x9E37_79B9_7F4A_7C15 ^ word }
      return Int(truncatingIfNeeded: hash)
    }
  }
}
