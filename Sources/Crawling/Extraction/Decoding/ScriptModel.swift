/// What text of one language or script looks like, roughly: enough to tell in which encoding a sample makes sense.
struct ScriptModel: Sendable {
  /// How the characters are counted.
  enum Kind: Sendable { case latin, alphabet, japanese, ideographs, hangul }

  /// An encoding with the languages that are written in it.
  struct Candidate: Sendable {
    let encoding: CharacterEncoding
    let models: [ScriptModel]
  }

  let kind: Kind
  /// The languages' tags.
  let languages: Set<String>
  /// The letters above ASCII (of an alphabet, in lower case) or the most frequent characters.
  let letters: Set<UInt32>
  /// Of an alphabet that is not Latin: its most frequent letters, about half of any text.
  let frequent: Set<UInt32>

  init(_ kind: Kind, _ languages: String, _ letters: String, frequent: String = "") {
    self.kind = kind
    self.languages = Set(languages.split(separator: " ").map(String.init))
    self.letters = Set(letters.unicodeScalars.map(\.value))
    self.frequent = Set(frequent.unicodeScalars.map(\.value))
  }

  /// How well a text reads: about 1 for text of the language, 0 or less for what is none; counted over its characters
  /// above ASCII.
  func score(_ text: [Unicode.Scalar]) -> Double {
    var points = 0.0
    var counted = 0
    var letterCount = 0
    var frequentCount = 0
    for (index, scalar) in text.enumerated() where scalar.value >= 0x80 {
      let before = index > 0 ? text[index - 1] : " "
      let after = index + 1 < text.count ? text[index + 1] : " "
      if scalar == "\u{FFFD}" {
        points -= 3
        counted += 1
      } else if Self.isPunctuation(scalar.value) {
        continue
      } else {
        counted += 1
        points += value(of: scalar, before: before, after: after)
        let lowered = Self.lowercased(scalar)
        if letters.contains(lowered) { letterCount += 1 }
        if frequent.contains(lowered) { frequentCount += 1 }
      }
    }
    // Only quotation marks and dashes: any encoding of Western languages will do.
    guard counted > 0 else { return kind == .latin ? 0.3 : 0 }
    let score = points / Double(counted)
    switch kind {
    case .alphabet:
      let share = Double(frequentCount) / Double(max(letterCount, 1))
      return score * (0.5 + 0.5 * min(1, share / 0.5))
    case .japanese: return letterCount * 8 < counted ? 0 : score
    default: return score
    }
  }

  private func value(of scalar: Unicode.Scalar, before: Unicode.Scalar, after: Unicode.Scalar) -> Double {
    let isBetweenLatin = Self.isLatin(before) || Self.isLatin(after)
    switch kind {
    case .latin, .alphabet:
      guard letters.contains(Self.lowercased(scalar)) else { return -1 }
      if kind == .alphabet, isBetweenLatin { return -1 }
      return scalar.properties.isUppercase && before.properties.isLowercase ? -1 : 1
    case .japanese:
      if letters.contains(scalar.value) { return isBetweenLatin ? 0.5 : 1 }
      return isIdeograph(scalar) ? (isBetweenLatin ? -0.3 : 0.5) : -1
    case .ideographs, .hangul:
      if letters.contains(scalar.value) { return 1.3 }
      if kind == .hangul, (0xAC00...0xD7A3).contains(scalar.value) { return isBetweenLatin ? -0.3 : 0.5 }
      return isIdeograph(scalar) ? (isBetweenLatin ? -0.5 : kind == .hangul ? -0.1 : 0.25) : -1
    }
  }

  private func isIdeograph(_ scalar: Unicode.Scalar) -> Bool { (0x4E00...0x9FA5).contains(scalar.value) }

  private static func isLatin(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value < 0x80 && ASCII.isLetter(UInt8(scalar.value))
  }

  private static func lowercased(_ scalar: Unicode.Scalar) -> UInt32 {
    scalar.properties.lowercaseMapping.unicodeScalars.first?.value ?? scalar.value
  }

  /// Marks that stand in texts of all languages: they tell nothing.
  private static func isPunctuation(_ value: UInt32) -> Bool {
    switch value {
    case 0xA0, 0xA7, 0xA9, 0xAB, 0xAE, 0xB0, 0xB7, 0xBB, 0x2010...0x203A, 0x20AC, 0x2116, 0x2122: true
    case 0x3000...0x303F, 0xFF01...0xFF5E: true
    default: false
    }
  }
}
