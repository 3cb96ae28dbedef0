/// What a line feed is among sentences.
package enum LineFeeds: Sendable {
  /// A space, as in the paragraphs of Markdown.
  case spaces
  /// The end of the sentence before it, as in plain text (rule SB4).
  case ends
}

/// The sentences of `range`, each without the white space around it; together they hold everything else.
///
/// By the rules of Unicode Standard Annex #29, section 5, tailored as it allows: `.`, `!` and `?` end a sentence only before
/// white space (or a quote or bracket and white space), so that addresses and code stay whole; full stops of usual
/// abbreviations, of initials and of the numbers of list items end none; and in Thai and Lao, which write no full stops, a
/// space does. Time is linear in the text.
package func sentenceRanges(
  _ bytes: [UInt8], _ range: Range<Int>, lineFeeds: LineFeeds = .spaces
) -> [Range<Int>] {
  var scanner = SentenceScanner(lineFeeds: lineFeeds, start: range.lowerBound)
  return scanner.sentences(in: bytes.span.extracting(..<range.upperBound))
}

/// Goes through a text and finds where its sentences end.
private struct SentenceScanner {
  let lineFeeds: LineFeeds
  /// Where the sentence that is read begins, once something of it was read.
  private var start: Int
  private var position: Int
  /// The class of the character before, combining ones aside.
  private var last = SentenceClass.separator
  private var sentences: [Range<Int>] = []

  init(lineFeeds: LineFeeds, start: Int) {
    self.lineFeeds = lineFeeds
    self.start = start
    position = start
  }

  mutating func sentences(in text: Span<UInt8>) -> [Range<Int>] {
    while position < text.count {
      let (kind, length) = next(text, position)
      switch kind {
      case .stop, .terminator: readEnd(text, kind)
      case .separator:
        end(text, at: position)
        position += length
        start = position
        last = .separator
      case .space
      where last == .letter && isThaiOrLao(text, before: position) && isThaiOrLao(text, at: position + length):
        end(text, at: position)
        position += length
        start = position
        last = .space
      default:
        if kind != .extend { last = kind }
        position += length
      }
    }
    end(text, at: text.count)
    return sentences
  }

  /// The class of the character at a place, and its length.
  private func next(_ text: Span<UInt8>, _ position: Int) -> (kind: SentenceClass, length: Int) {
    let (scalar, length) = text.scalar(at: position)
    let kind = SentenceClass(scalar)
    guard kind == .separator, lineFeeds == .spaces, scalar == 0x0A || scalar == 0x0D else { return (kind, length) }
    return (.space, length)
  }

  /// Keeps the sentence that ends at a place, if it has anything but white space.
  private mutating func end(_ text: Span<UInt8>, at position: Int) {
    var (lower, upper) = (start, position)
    while lower < upper, text[lower].isASCIISpace { lower += 1 }
    while upper > lower, text[upper - 1].isASCIISpace { upper -= 1 }
    if lower < upper { sentences.append(lower..<upper) }
  }

  /// Reads a mark that may end the sentence, and what belongs to it (rules SB6 to SB11).
  private mutating func readEnd(_ text: Span<UInt8>, _ mark: SentenceClass) {
    let (markStart, before, isASCII) = (position, last, text[position] < 0x80)
    var kind = mark
    // Several marks in a row are one; the last of them decides (SB8a).
    while position < text.count, case let following = next(text, position),
      following.kind == .stop || following.kind == .terminator || following.kind == .extend
    {
      if following.kind != .extend { kind = following.kind }
      position += following.length
    }
    let isSingle = position == markStart + 1
    last = kind
    if position < text.count {
      let following = next(text, position).kind
      if kind == .stop, following == .numeric { return }  // SB6
      if kind == .stop, before == .upper || before == .lower, following == .upper { return }  // SB7
    }
    skip(text, [.close, .extend])
    let close = position
    skip(text, [.space, .extend])
    let hasSpace = position > close
    guard position < text.count else { return }
    let following = next(text, position)
    if following.kind == .separator { return }
    if following.kind == .continuation { return }  // SB8a
    if following.kind == .stop || following.kind == .terminator {
      if !hasSpace { return }
    }
    if isASCII, !hasSpace { return }
    if kind == .stop {
      if continuesInLowerCase(text) { return }  // SB8
      if isASCII, isSingle, isAbbreviation(text, before: markStart) { return }
    }
    end(text, at: close)
    // What is formatted like the space belongs to what follows, or it would be lost.
    start = close
    last = .space
  }

  private mutating func skip(_ text: Span<UInt8>, _ kinds: Set<SentenceClass>) {
    while position < text.count, case let following = next(text, position), kinds.contains(following.kind) {
      position += following.length
    }
  }

  /// Whether the next letter is lower-case, and nothing that ends a sentence stands before it.
  private func continuesInLowerCase(_ text: Span<UInt8>) -> Bool {
    var place = position
    while place < text.count {
      let (kind, length) = next(text, place)
      switch kind {
      case .lower: return true
      case .upper, .letter, .separator, .stop, .terminator: return false
      default: place += length
      }
    }
    return false
  }

  /// Whether the word before a full stop is an abbreviation, a single capital or the number of a list item.
  private func isAbbreviation(_ text: Span<UInt8>, before mark: Int) -> Bool {
    var first = mark
    while first > start, mark - first < 12, !text[first - 1].isASCIISpace, !"([\"'*_".utf8.contains(text[first - 1]) {
      first -= 1
    }
    let word = (first..<mark).map { text[$0] }
    if word.count == 1, word[0].isASCIIUppercase { return true }
    if word.count <= 3, isFirst(text, first), word.allSatisfy(\.isASCIIDigit) { return true }
    return abbreviations.contains(String(decoding: word, as: UTF8.self).lowercased())
  }

  /// Whether nothing but white space of the sentence stands before a place.
  private func isFirst(_ text: Span<UInt8>, _ place: Int) -> Bool {
    var place = place
    while place > start, text[place - 1].isASCIISpace { place -= 1 }
    return place == start
  }

  private func isThaiOrLao(_ text: Span<UInt8>, at place: Int) -> Bool {
    // U+0E00 to U+0EFF.
    place + 2 < text.count && text[place] == 0xE0 && (0xB8...0xBB).contains(text[place + 1])
  }

  private func isThaiOrLao(_ text: Span<UInt8>, before place: Int) -> Bool {
    place >= 3 && isThaiOrLao(text, at: place - 3)
  }
}

/// The usual abbreviations of English and its neighbours that seldom end a sentence, without their last full stop.
private let abbreviations: Set<String> = [
  "al", "approx", "ca", "cf", "ch", "col", "dept", "dr", "e.g", "ed", "eds", "eq", "est", "etc", "fig", "figs", "gen",
  "gov",
  "i.e", "inc", "lt", "ltd", "messrs", "mr", "mrs", "ms", "mt", "no", "nos", "op", "p", "pp", "prof", "rep", "rev",
  "sec",
  "sen", "sgt", "st", "vol", "vols", "vs",
  "bspw", "bzw", "d.h", "evtl", "ggf", "hrsg", "nr", "sog", "u.a", "usw", "vgl", "z.b",
  "av", "mme", "mlle", "p.ex", "dott", "ecc", "sig", "pág", "sr", "sra", "ud", "uds", "dra", "bv", "dhr", "mevr",
  "resp",
]
