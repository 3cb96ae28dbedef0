/// What letters and common words a text has.
struct ScriptCensus {
  /// How many letters of each script, by its raw value.
  private var letters = [Int](repeating: 0, count: WritingScript.allCases.count)
  private var words = 0
  private let common = CommonWords.all
  /// How many words are common ones of each language.
  private var hits = [Int](repeating: 0, count: CommonWords.all.languages.count)

  /// Fewer words, or letters of a script without spaces, may be a name or a title.
  private static let leastWords = 8
  private static let leastLetters = 12
  /// The share of all words that the common ones must be, in tenths: prose has more, lists of names have less.
  private static let leastTenths = 1

  /// Counts the words of some running text in UTF-8, but for addresses.
  mutating func add(_ text: Span<UInt8>, _ range: Range<Int>) {
    var position = range.lowerBound
    while position < range.upperBound {
      let start = position
      var (isASCII, isAddress, space) = (true, false, 0)
      while position < range.upperBound {
        space = text.spaceLength(at: position)
        if space > 0 { break }
        isAddress = isAddress || text.beginsAddress(at: position, end: range.upperBound)
        isASCII = isASCII && text[position] < 0x80
        position += text[position] < 0x80 ? 1 : text.scalar(at: position).length
      }
      let word = start..<min(position, range.upperBound)
      if !isAddress, !word.isEmpty { if isASCII { addASCII(text, word) } else { addOther(text, word) } }
      position += space
    }
  }

  /// Counts a word of ASCII: its letters, and up to eight of them to look it up by.
  private mutating func addASCII(_ text: Span<UInt8>, _ range: Range<Int>) {
    var (count, key, length, isOver) = (0, UInt64(0), 0, false)
    for position in range {
      let byte = text[position]
      if byte.isASCIILetter { count += 1 } else if count == 0 { continue }
      guard !isOver else { continue }
      if byte.isASCIILetter || byte == UInt8(ascii: "'") {
        key = key << 8 | UInt64(byte.isASCIIUppercase ? byte | 0x20 : byte)
        length += 1
      } else {
        isOver = true
      }
    }
    guard count > 0 else { return }
    letters[WritingScript.latin.rawValue] += count
    words += 1
    for place in length <= 8 ? common.places(ofShort: key) : common.places(of: bareWord(text, range)) {
      hits[place] += 1
    }
  }

  /// Counts a word in any letters. Common words are known of languages in the Latin script only.
  private mutating func addOther(_ text: Span<UInt8>, _ range: Range<Int>) {
    var (count, position) = (0, range.lowerBound)
    let latin = letters[WritingScript.latin.rawValue]
    while position < range.upperBound {
      let (value, length) = text.scalar(at: position)
      if let script = WritingScript(value) {
        letters[script.rawValue] += 1
        count += 1
      }
      position += length
    }
    guard count > 0 else { return }
    words += 1
    guard letters[WritingScript.latin.rawValue] > latin else { return }
    for place in common.places(of: bareWord(text, range)) { hits[place] += 1 }
  }

  /// A word in lower case without what is around its letters and apostrophes.
  private func bareWord(_ text: Span<UInt8>, _ range: Range<Int>) -> String {
    var word = ""
    var position = range.lowerBound
    while position < range.upperBound {
      let (value, length) = text.scalar(at: position)
      position += length
      guard let scalar = Unicode.Scalar(value) else { break }
      let isApostrophe = scalar == "'" || scalar == "’"
      // A mark belongs to the letter before it.
      let isLetter = WritingScript(value) != nil || scalar.properties.isAlphabetic || (0x300...0x36F).contains(value)
      if word.isEmpty, !isLetter { continue }
      guard isLetter || isApostrophe else { break }
      word.unicodeScalars.append(isApostrophe ? "'" : scalar)
    }
    return word.lowercased()
  }

  /// The language that shows, as its BCP 47 tag.
  var language: String? {
    let all = letters.reduce(0, +)
    let most = WritingScript.allCases.max { ($0.count(in: letters), $1.tag) < ($1.count(in: letters), $0.tag) }
    guard let most, case let count = most.count(in: letters), count * 2 > all else {
      // Japanese is written in two scripts, neither of which need have the most letters.
      return japanese(all)
    }
    switch most {
    case .latin: return latinLanguage
    case .han, .kana: return japanese(all) ?? (count >= Self.leastLetters ? "zh" : nil)
    default: return count >= Self.leastLetters ? most.tag : nil
    }
  }

  private func japanese(_ all: Int) -> String? {
    let (kana, han) = (WritingScript.kana.count(in: letters), WritingScript.han.count(in: letters))
    return kana * 10 > han && (kana + han) * 2 > all && kana + han >= Self.leastLetters ? "ja" : nil
  }

  private var latinLanguage: String? {
    let most = hits.max() ?? 0
    guard words >= Self.leastWords, most * 10 >= words * Self.leastTenths, most >= 3 else { return nil }
    // As many hits for two languages tell neither.
    let best = hits.indices.filter { hits[$0] == most }
    return best.count == 1 ? common.languages[best[0]] : nil
  }
}

extension WritingScript {
  fileprivate func count(in letters: [Int]) -> Int { letters[rawValue] }
}

extension Span<UInt8> {
  /// How many bytes the white space at a place takes; zero where there is none.
  fileprivate func spaceLength(at position: Int) -> Int {
    let byte = self[position]
    if byte < 0x80 { return byte.isASCIISpace ? 1 : 0 }
    guard byte == 0xC2 || (0xE1...0xE3).contains(byte) else { return 0 }
    let (value, length) = scalar(at: position)
    switch value {
    case 0x85, 0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000: return length
    default: return 0
    }
  }

  /// Whether the `://` of an address is at a place.
  fileprivate func beginsAddress(at position: Int, end: Int) -> Bool {
    self[position] == UInt8(ascii: ":") && position + 2 < end && self[position + 1] == UInt8(ascii: "/")
      && self[position + 2] == UInt8(ascii: "/")
  }
}
