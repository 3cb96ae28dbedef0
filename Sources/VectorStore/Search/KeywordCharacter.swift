/// What a character is to the words of a text.
enum KeywordCharacter: Equatable {
  case letter, digit
  /// On the letter before it; begins no word.
  case mark
  /// Seen by nobody, and in the middle of words: a soft hyphen, or what tells a font how to join letters.
  case ignored
  /// A character of a script that has no spaces between its words.
  case unspaced
  /// Parts words.
  case other

  init(_ scalar: Unicode.Scalar) {
    self = Self.common(scalar.value) ?? Self.byCategory(scalar)
  }

  /// Of the commonest characters, without a look at Unicode's tables.
  private static func common(_ value: UInt32) -> KeywordCharacter? {
    switch value {
    case 0x30...0x39: .digit
    case 0x41...0x5A, 0x61...0x7A: .letter
    case 0..<0x80: .other
    case 0xC0...0xD6, 0xD8...0xF6, 0xF8...0x24F: .letter
    case 0xAD, 0x200B...0x200D, 0x2060, 0xFEFF: .ignored
    case 0x300...0x36F: .mark
    case 0x391...0x3A1, 0x3A3...0x3FF, 0x400...0x481, 0x48A...0x52F: value == 0x3F6 ? .other : .letter
    case 0x2010...0x2027, 0x3000...0x3004: .other
    case 0x3041...0x3096, 0x30A1...0x30FA, 0x30FC...0x30FF, 0x3400...0x4DBF, 0x4E00...0x9FFF: .unspaced
    case 0xAC00...0xD7A3: .letter
    // The voice marks of half-width Kana.
    case 0xFF9E...0xFF9F: .mark
    default: nil
    }
  }

  private static func byCategory(_ scalar: Unicode.Scalar) -> KeywordCharacter {
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .spacingMark, .enclosingMark: .mark
    case .decimalNumber, .letterNumber, .otherNumber: .digit
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .privateUse:
      isUnspaced(scalar.value) ? .unspaced : .letter
    default: .other
    }
  }

  /// Thai, Lao, Burmese, Khmer; the rest of Kana and Han (Unicode's Blocks.txt).
  private static func isUnspaced(_ value: UInt32) -> Bool {
    switch value {
    case 0x0E00...0x0EFF, 0x1000...0x109F, 0x1780...0x17FF, 0x3005...0x3007, 0x3021...0x312F, 0x31A0...0x31BF,
      0x31F0...0x31FF, 0xF900...0xFAFF, 0xFF66...0xFF9F, 0x1AFF0...0x1B16F, 0x20000...0x323AF:
      true
    default: false
    }
  }
}

/// What a character says of the parts of a word.
enum KeywordCase: Equatable {
  case upper, lower, digit
  /// Nothing: it is a mark.
  case none

  init(_ scalar: Unicode.Scalar) {
    switch scalar.value {
    case 0x30...0x39: self = .digit
    case 0x41...0x5A: self = .upper
    case 0x61...0x7A: self = .lower
    default:
      switch scalar.properties.generalCategory {
      case .uppercaseLetter, .titlecaseLetter: self = .upper
      case .decimalNumber, .letterNumber, .otherNumber: self = .digit
      case .nonspacingMark, .spacingMark, .enclosingMark, .format: self = .none
      default: self = .lower
      }
    }
  }
}

extension UInt8 {
  var isASCIIDigit: Bool { self &- 0x30 < 10 }
  var isASCIILowercase: Bool { self &- 0x61 < 26 }
  /// Whether it is ASCII that is no part of a word, nor of what joins words or makes them names.
  var partsWords: Bool { self < 0x80 && !isASCIILetterOrDigit && !mayJoinWords && self != 0x23 && self != 0x2B }
  /// Whether it joins the words on both of its sides: `_`, `-`, `'`, `.`.
  var mayJoinWords: Bool { self == 0x5F || self == 0x2D || self == 0x27 || self == 0x2E }
  var isASCIIUppercase: Bool { self &- 0x41 < 26 }
  var isASCIILetterOrDigit: Bool { (self | 0x20) &- 0x61 < 26 || isASCIIDigit }
  var asciiLowercased: UInt8 { isASCIIUppercase ? self | 0x20 : self }
  /// Whether a name such as `.NET` may follow: white space, or what opens something.
  var isASCIIBeforeName: Bool {
    switch self {
    case 0x09...0x0D, 0x20, UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "\""), UInt8(ascii: "`"),
      UInt8(ascii: "*"), UInt8(ascii: "'"), UInt8(ascii: ","), UInt8(ascii: "/"):
      true
    default: false
    }
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// The scalar that begins at `index` of well-formed UTF-8, and its length in bytes.
  func scalar(at index: Int) -> (value: Unicode.Scalar, length: Int) {
    let lead = self[index]
    if lead < 0x80 { return (Unicode.Scalar(lead), 1) }
    let length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
    var value = UInt32(lead) & (0xFF >> UInt32(length + 1))
    for offset in 1..<length { value = value << 6 | UInt32(self[index + offset] & 0x3F) }
    return (Unicode.Scalar(value) ?? "\u{FFFD}", length)
  }
}
