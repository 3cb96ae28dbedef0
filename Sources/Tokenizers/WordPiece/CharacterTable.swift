/// What BERT's normaliser does to a character, as the `tokenizers` package does it.
///
/// The rules are: remove control characters, put spaces around ideographs, decompose (NFD), strip nonspacing marks, lower
/// the case; then split at white space and around punctuation. The package's Unicode tables are those of about Unicode 8
/// and its notion of a control character is its own (private-use code points are removed, unassigned ones kept), so that
/// the standard library's character properties would give other tokens: the table holds what the package does, per code
/// point, composed into one rule.
///
/// Not modelled: the canonical reordering of combining characters that are kept. None of them occurs in a BERT
/// vocabulary, so that such a word is unknown in any order.
enum CharacterTable {
  /// What becomes of the characters of one segment. The meaning of a rule's value is given in brackets.
  enum Kind: UInt8 {
    /// It stays as it is.
    case keep
    /// It vanishes, without ending the word.
    case drop
    /// It ends the word.
    case space
    /// It is a word of its own.
    case punctuation
    /// It is a word of its own, being written without spaces.
    case ideograph
    /// A Hangul syllable, which decomposes by arithmetic.
    case hangul
    /// It becomes another letter at the same distance [that of the segment's first].
    case offset
    /// Upper and lower case alternate, beginning with an upper-case letter [the first lower-case letter].
    case alternating
    /// All become one letter [the letter].
    case constant
    /// It becomes two or three letters [index into ``sequences``].
    case sequence
    /// It becomes an ideograph, a word of its own [index into ``ideographs``].
    case compatibilityIdeograph
    /// It becomes a punctuation mark, a word of its own [the mark].
    case punctuationAlias
  }

  /// A rule of ``rules`` and how far into its segment the character stands.
  struct Match {
    var kind: Kind
    var value: UInt32
    var distance: UInt32
  }

  /// The rule for a character that is not ASCII.
  static func match(_ scalar: UInt32) -> Match {
    var low = 0
    var high = starts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if starts[middle] <= scalar { low = middle } else { high = middle }
    }
    let rule = rules[low]
    return Match(
      kind: Kind(rawValue: UInt8(rule >> 24)) ?? .keep, value: rule & 0xFF_FFFF, distance: scalar - starts[low])
  }

  /// The rule for a character that is not ASCII where case and marks are kept: nothing is decomposed then, so that what
  /// would have become something else stays as it is.
  static func casedMatch(_ scalar: UInt32) -> Match {
    var match = match(scalar)
    switch match.kind {
    case .keep, .space, .punctuation, .ideograph: break
    case .compatibilityIdeograph: match.kind = .ideograph
    case .drop: match.kind = isMark(scalar) ? .keep : .drop
    case .punctuationAlias: match.kind = isPunctuation(scalar) ? .punctuation : .keep
    case .hangul, .offset, .alternating, .constant, .sequence: match.kind = .keep
    }
    return match
  }

  private static func isMark(_ scalar: UInt32) -> Bool {
    // Some marks have come to take up space since the package's tables.
    [.nonspacingMark, .spacingMark].contains(Unicode.Scalar(scalar)?.properties.generalCategory)
  }

  private static func isPunctuation(_ scalar: UInt32) -> Bool {
    switch Unicode.Scalar(scalar)?.properties.generalCategory {
    case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation, .initialPunctuation,
      .finalPunctuation, .otherPunctuation:
      true
    default: false
    }
  }

  /// ``ascii`` with the upper-case letters as they are.
  static let casedASCII: [UInt8] = (0..<128).map { (byte: UInt8) in
    (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte : ascii[Int(byte)]
  }

  /// What the scanner does with each ASCII character: ``asciiDrop``, ``asciiSpace``, ``asciiPunctuation``, or else the
  /// letter or digit that it becomes.
  static let ascii: [UInt8] = (0..<128).map { (byte: UInt8) in
    switch byte {
    case 0x09, 0x0A, 0x0D, 0x20: asciiSpace
    case 0..<0x20, 0x7F: asciiDrop
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"): byte
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte + 0x20
    default: asciiPunctuation
    }
  }
  /// A control character, which vanishes.
  static let asciiDrop: UInt8 = 0
  /// White space.
  static let asciiSpace: UInt8 = 1
  /// A punctuation mark, which stays as it is.
  static let asciiPunctuation: UInt8 = 2
}
