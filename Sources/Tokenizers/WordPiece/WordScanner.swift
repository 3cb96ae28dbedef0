/// Goes through a text and gives its words one by one, normalised as BERT does (``CharacterTable``), each byte with the
/// place that it comes from.
struct WordScanner {
  /// What ``next(in:)`` found.
  enum Unit {
    /// ``WordScanner/word`` holds a word or a punctuation mark.
    case word
    /// The text is at its end.
    case end
  }

  /// The normalised UTF-8 of the word; its first ``WordPieceTokenizer/maximumWordLength`` characters when it is longer.
  private(set) var word: [UInt8] = []
  /// For each byte of ``word``, where the character that it comes from begins in the text.
  private(set) var origins: [Int] = []
  /// Whether characters of the word were left out because it has too many.
  private(set) var isTooLong = false
  /// Where the word begins in the text.
  private(set) var wordStart = 0
  /// Where the word's last character ends in the text.
  private(set) var wordEnd = 0

  private var scalarCount = 0
  private var position = 0
  private let ascii: [UInt8]
  private let keepsCase: Bool

  /// Makes a scanner that stands at the beginning of a text.
  ///
  /// - Parameter keepsCase: whether letters keep their case and marks, as models with case want them.
  init(keepsCase: Bool = false) {
    self.keepsCase = keepsCase
    ascii = keepsCase ? CharacterTable.casedASCII : CharacterTable.ascii
    word.reserveCapacity(4 * WordPieceTokenizer.maximumWordLength)
    origins.reserveCapacity(4 * WordPieceTokenizer.maximumWordLength)
  }

  /// Begins at the beginning of another text.
  mutating func restart() { position = 0 }

  /// Moves to the next word.
  ///
  /// - Parameter text: the same valid UTF-8 in each call.
  mutating func next(in text: Span<UInt8>) -> Unit {
    word.removeAll(keepingCapacity: true)
    origins.removeAll(keepingCapacity: true)
    scalarCount = 0
    isTooLong = false
    while position < text.count {
      let byte = text[position]
      if byte >= 0x80 {
        if scanScalar(text) { return .word }
        continue
      }
      let rule = ascii[Int(byte)]
      if rule > CharacterTable.asciiPunctuation {
        appendASCII(rule)
      } else if rule == CharacterTable.asciiPunctuation {
        if scalarCount > 0 { return .word }
        appendASCII(byte)
        return .word
      } else {
        position += 1
        if rule == CharacterTable.asciiSpace, scalarCount > 0 { return .word }
      }
    }
    return scalarCount > 0 ? .word : .end
  }

  private mutating func appendASCII(_ byte: UInt8) {
    if beginScalar(end: position + 1) {
      word.append(byte)
      origins.append(position)
    }
    position += 1
  }

  /// Counts one more character of the word; false if the word has no room for it.
  private mutating func beginScalar(end: Int) -> Bool {
    if scalarCount == 0 { wordStart = position }
    wordEnd = end
    scalarCount += 1
    if scalarCount > WordPieceTokenizer.maximumWordLength { isTooLong = true }
    return !isTooLong
  }
}

// Characters that are not ASCII.
extension WordScanner {
  /// Applies the rule of the character at the position; true if a word ends with it or before it.
  private mutating func scanScalar(_ text: Span<UInt8>) -> Bool {
    let scalar = decodedScalar(text, at: position)
    let end = position + scalarLength(lead: text[position])
    let match = keepsCase ? CharacterTable.casedMatch(scalar) : CharacterTable.match(scalar)
    switch match.kind {
    case .drop:
      break
    case .space:
      position = end
      return scalarCount > 0
    case .punctuation, .ideograph:
      return endWord(with: scalar, end: end)
    case .punctuationAlias:
      return endWord(with: match.value, end: end)
    case .compatibilityIdeograph:
      return endWord(with: CharacterTable.ideographs[Int(match.value + match.distance)], end: end)
    case .keep:
      append(scalar, end: end)
    case .offset:
      append(match.value + match.distance, end: end)
    case .alternating:
      append(match.distance & 1 == 0 ? match.value + match.distance : scalar, end: end)
    case .constant:
      append(match.value, end: end)
    case .sequence:
      let first = Int(match.value + 3 * match.distance)
      for index in first..<first + 3 where CharacterTable.sequences[index] != 0 {
        append(CharacterTable.sequences[index], end: end)
      }
    case .hangul:
      appendJamo(match.distance, end: end)
    }
    position = end
    return false
  }

  /// Gives the word so far, or if there is none, the character as a word of its own.
  private mutating func endWord(with scalar: UInt32, end: Int) -> Bool {
    if scalarCount == 0 {
      append(scalar, end: end)
      position = end
    }
    return true
  }

  /// The letters of a Hangul syllable (The Unicode Standard, section 3.12).
  private mutating func appendJamo(_ syllable: UInt32, end: Int) {
    append(0x1100 + syllable / 588, end: end)
    append(0x1161 + syllable % 588 / 28, end: end)
    if syllable % 28 != 0 { append(0x11A7 + syllable % 28, end: end) }
  }

  private mutating func append(_ scalar: UInt32, end: Int) {
    guard beginScalar(end: end) else { return }
    let length = word.count
    switch scalar {
    case 0..<0x80:
      word.append(UInt8(scalar))
    case 0x80..<0x800:
      word.append(UInt8(0xC0 | scalar >> 6))
      word.append(UInt8(0x80 | scalar & 0x3F))
    case 0x800..<0x1_0000:
      word.append(UInt8(0xE0 | scalar >> 12))
      word.append(UInt8(0x80 | scalar >> 6 & 0x3F))
      word.append(UInt8(0x80 | scalar & 0x3F))
    default:
      word.append(UInt8(0xF0 | scalar >> 18))
      word.append(UInt8(0x80 | scalar >> 12 & 0x3F))
      word.append(UInt8(0x80 | scalar >> 6 & 0x3F))
      word.append(UInt8(0x80 | scalar & 0x3F))
    }
    for _ in length..<word.count { origins.append(position) }
  }
}
