/// Cuts UTF-8 into the terms that ``keywordTerms(of:)`` describes.
///
/// It works on bytes: what is ASCII is never decoded, and only words with letters beyond the common ones are folded by
/// Unicode's tables.
struct KeywordScanner: ~Copyable {
  /// The most bytes of a term: longer words are cut, longer compounds given in their parts only.
  static let maximumLength = 64
  /// A word of more parts is a digest or a key, whose parts say nothing.
  static let maximumParts = 8
  /// Words joined in one compound; what follows begins another one.
  static let maximumSegments = 16
  static let separator = UInt8(ascii: " ")

  /// The terms so far, each with a space after it.
  private(set) var terms: [UInt8] = []
  /// Where the word whose terms came last stands.
  private(set) var word = 0..<0

  /// A run of letters and digits in a compound.
  private struct Segment {
    var range: Range<Int>
    var isASCII: Bool
    /// What joins it to the one before; 0 for the first.
    var joiner: UInt8
    /// Its term, in ``KeywordScanner/folded``.
    var term = 0..<0
  }

  private let source: UnsafeBufferPointer<UInt8>
  private var position = 0
  private var segments: [Segment] = []
  private var folded: [UInt8] = []

  /// - Parameter source: well-formed UTF-8, which stays where it is while it is scanned.
  init(_ source: UnsafeBufferPointer<UInt8>) {
    self.source = source
    terms.reserveCapacity(source.count + source.count / 4)
  }

  /// Goes through the text; `body` is told when the terms of a word were added.
  mutating func scan(_ body: (borrowing KeywordScanner) -> Void) {
    while position < source.count {
      let byte = source[position]
      if byte < 0x80, !byte.isASCIILetterOrDigit {
        position += 1
        continue
      }
      if scanPlainWord() {
        body(self)
        continue
      }
      let (scalar, length) = source.scalar(at: position)
      switch KeywordCharacter(scalar) {
      case .letter, .digit:
        scanCompound()
        body(self)
      case .unspaced:
        scanUnspaced(body)
      case .mark, .ignored, .other:
        position += length
      }
    }
  }

  /// A word of nothing but small ASCII letters that nothing joins to what is around it, which most words are: one term,
  /// as it stands.
  private mutating func scanPlainWord() -> Bool {
    var end = position
    while end < source.count, source[end].isASCIILowercase { end += 1 }
    guard end > position, end - position <= Self.maximumLength, at(position - 1) != UInt8(ascii: "."),
      // A full stop or a hyphen joins nothing where no word follows.
      at(end).partsWords || at(end).mayJoinWords && at(end + 1).partsWords
    else { return false }
    terms += source[position..<end]
    endTerm()
    word = position..<end
    position = end
    return true
  }

  // MARK: Compounds

  private mutating func scanCompound() {
    segments.removeAll(keepingCapacity: true)
    folded.removeAll(keepingCapacity: true)
    var joiner: UInt8 = 0
    repeat {
      let segment = scanSegment(joiner)
      segments.append(segment)
      joiner = segments.count < Self.maximumSegments ? scanJoiner() : 0
    } while joiner != 0
    word = segments[0].range.lowerBound..<position
    for index in segments.indices {
      let start = folded.count
      fold(segments[index].range, isASCII: segments[index].isASCII)
      segments[index].term = start..<folded.count
    }
    addCompound()
    addSpecialNames()
  }

  /// A run of letters, digits and marks from the position on.
  private mutating func scanSegment(_ joiner: UInt8) -> Segment {
    let start = position
    var isASCII = true
    while position < source.count {
      let byte = source[position]
      if byte < 0x80 {
        guard byte.isASCIILetterOrDigit else { break }
        position += 1
        continue
      }
      let (scalar, length) = source.scalar(at: position)
      switch KeywordCharacter(scalar) {
      case .letter, .digit, .mark, .ignored:
        isASCII = false
        position += length
        continue
      case .unspaced, .other: break
      }
      break
    }
    return Segment(range: start..<position, isASCII: isASCII, joiner: joiner)
  }

  /// Steps over what joins two words, if a word follows; 0 if none does.
  private mutating func scanJoiner() -> UInt8 {
    guard position < source.count else { return 0 }
    var next = position
    var joiner = source[position]
    switch joiner {
    case UInt8(ascii: "_"):
      while next < source.count, source[next] == joiner { next += 1 }
    case UInt8(ascii: "-"), UInt8(ascii: "'"), UInt8(ascii: "."):
      next += 1
    case 0xE2 where position + 2 < source.count && source[position + 1] == 0x80 && source[position + 2] == 0x99:
      // The apostrophe of typography, U+2019.
      joiner = UInt8(ascii: "'")
      next += 3
    default:
      return 0
    }
    guard next < source.count else { return 0 }
    switch KeywordCharacter(source.scalar(at: next).value) {
    case .letter, .digit: position = next
    case .unspaced, .mark, .ignored, .other: return 0
    }
    return joiner
  }

  private mutating func addCompound() {
    let dot = UInt8(ascii: ".")
    if segments.contains(where: { $0.joiner == dot }) { addJoined(0..<segments.count) }
    var start = 0
    for end in 1...segments.count where end == segments.count || segments[end].joiner == dot {
      if end - start > 1, segments[start..<end].contains(where: { hasLetter($0.term) }) { addJoined(start..<end) }
      for index in start..<end { addSegment(segments[index]) }
      start = end
    }
  }

  /// The segments as one term; only dots stay.
  private mutating func addJoined(_ range: Range<Int>) {
    let dots = segments[range].dropFirst().count { $0.joiner == UInt8(ascii: ".") }
    let length = segments[range].reduce(dots) { $0 + $1.term.count }
    guard length <= Self.maximumLength else { return }
    for index in range {
      if index > range.lowerBound, segments[index].joiner == UInt8(ascii: ".") { terms.append(UInt8(ascii: ".")) }
      terms += folded[segments[index].term]
    }
    endTerm()
  }

  private mutating func addSegment(_ segment: Segment) {
    let term = segment.term
    add(folded[term])
    guard term.count <= Self.maximumLength else { return }
    if segment.isASCII {
      addParts(of: segment.range, parts(ofASCII: segment.range), isASCII: true)
    } else {
      addParts(of: segment.range, parts(ofUnicode: segment.range), isASCII: false)
      addHangulPairs(term)
    }
  }

  private mutating func addParts(of segment: Range<Int>, _ ends: [Int], isASCII: Bool) {
    guard ends.count > 1, ends.count <= Self.maximumParts else { return }
    var start = segment.lowerBound
    for end in ends {
      let before = folded.count
      fold(start..<end, isASCII: isASCII)
      add(folded[before...])
      start = end
    }
  }

  /// `C++` and `C#`, whose signs follow the word, and `.NET`, whose dot begins it.
  private mutating func addSpecialNames() {
    guard let first = segments.first, let last = segments.last else { return }
    if last.isASCII, last.term.count < 16, position < source.count, hasLetter(last.term) {
      let byte = source[position]
      let isSharp = byte == UInt8(ascii: "#")
      let isPlusPlus = byte == UInt8(ascii: "+") && at(position + 1) == UInt8(ascii: "+")
      let end = position + (isPlusPlus ? 2 : 1)
      if isSharp || isPlusPlus, !at(end).isASCIILetterOrDigit, at(end) < 0x80 {
        terms += folded[last.term]
        terms += source[position..<end]
        endTerm()
        position = end
        word = word.lowerBound..<end
      }
    }
    let start = first.range.lowerBound
    if first.isASCII, first.term.count < 16, at(start - 1) == UInt8(ascii: "."), !source[start].isASCIIDigit,
      start == 1 || at(start - 2).isASCIIBeforeName
    {
      terms.append(UInt8(ascii: "."))
      add(folded[first.term])
      word = start - 1..<word.upperBound
    }
  }

  /// The byte there; 0 outside of the text.
  private func at(_ index: Int) -> UInt8 { source.indices.contains(index) ? source[index] : 0 }

  private func hasLetter(_ term: Range<Int>) -> Bool { folded[term].contains { !$0.isASCIIDigit } }

  private mutating func add(_ term: ArraySlice<UInt8>) {
    // Of marks alone nothing is left.
    if term.isEmpty { return }
    var end = term.endIndex
    if term.count > Self.maximumLength {
      // Not in the middle of a character.
      end = term.startIndex + Self.maximumLength
      while term[end] & 0xC0 == 0x80 { end -= 1 }
    }
    terms += term[..<end]
    endTerm()
  }

  private mutating func endTerm() { terms.append(Self.separator) }

  private mutating func fold(_ range: Range<Int>, isASCII: Bool) {
    if isASCII {
      for index in range { folded.append(source[index].asciiLowercased) }
    } else {
      folded += foldedKeyword(UnsafeBufferPointer(rebasing: source[range]))
    }
  }

  // MARK: Parts of a word

  /// Where the parts of an ASCII word end: before a capital after a small letter, before the last of several capitals if
  /// a small letter follows, and between letters and digits.
  private func parts(ofASCII range: Range<Int>) -> [Int] {
    var ends: [Int] = []
    for index in range.dropFirst() {
      let (before, here) = (source[index - 1], source[index])
      let isBoundary =
        if before.isASCIIDigit != here.isASCIIDigit {
          true
        } else if here.isASCIIUppercase {
          !before.isASCIIUppercase && !before.isASCIIDigit
            || before.isASCIIUppercase && index + 1 < range.upperBound && source[index + 1].isASCIILowercase
        } else {
          false
        }
      if isBoundary { ends.append(index) }
    }
    return ends.isEmpty ? [] : ends + [range.upperBound]
  }

  /// The same for any letters; marks belong to the letter before them, and letters without case to what is before.
  private func parts(ofUnicode range: Range<Int>) -> [Int] {
    var ends: [Int] = []
    var before = KeywordCase.none
    var lastStart = range.lowerBound
    var index = range.lowerBound
    while index < range.upperBound {
      let (scalar, length) = source.scalar(at: index)
      let here = KeywordCase(scalar)
      if here != .none {
        switch (before, here) {
        case (.lower, .upper), (.lower, .digit), (.upper, .digit), (.digit, .lower), (.digit, .upper):
          ends.append(index)
        case (.upper, .lower) where lastStart > (ends.last ?? range.lowerBound):
          ends.append(lastStart)
        default: break
        }
        before = here
        lastStart = index
      }
      index += length
    }
    return ends.isEmpty ? [] : ends + [range.upperBound]
  }

  /// Pairs of neighbouring syllables of a Hangul word of three or more; each is three bytes.
  private mutating func addHangulPairs(_ term: Range<Int>) {
    var start = term.lowerBound
    while start + 9 <= term.upperBound || start > term.lowerBound && start + 6 <= term.upperBound {
      guard isHangul(start), isHangul(start + 3) else { return }
      add(folded[start..<start + 6])
      start += 3
    }
  }

  private func isHangul(_ index: Int) -> Bool {
    guard index + 3 <= folded.count, folded[index] >> 4 == 0xE else { return false }
    return folded.withUnsafeBufferPointer { (0xAC00...0xD7A3).contains($0.scalar(at: index).value.value) }
  }

  // MARK: Scripts without spaces

  /// A run of characters of such scripts, each with the marks on it, alone and in pairs.
  private mutating func scanUnspaced(_ body: (borrowing KeywordScanner) -> Void) {
    var before: Range<Int>?
    folded.removeAll(keepingCapacity: true)
    while position < source.count, source[position] >= 0x80 {
      let start = position
      var (scalar, length) = source.scalar(at: position)
      guard KeywordCharacter(scalar) == .unspaced else { return }
      repeat {
        position += length
        guard position < source.count, source[position] >= 0x80 else { break }
        (scalar, length) = source.scalar(at: position)
      } while KeywordCharacter(scalar) == .mark
      let termStart = folded.count
      fold(start..<position, isASCII: false)
      let term = termStart..<folded.count
      if let before { add(folded[before.lowerBound..<term.upperBound]) }
      add(folded[term])
      before = term
      word = start..<position
      body(self)
    }
  }
}
