/// What the patterns of byte-level models tell characters apart by, as the `tokenizers` package's engines do.
struct CharacterClass: OptionSet, Sendable {
  let rawValue: UInt8

  /// `\p{L}`.
  static let letter = CharacterClass(rawValue: 1)
  /// `\p{N}`.
  static let number = CharacterClass(rawValue: 2)
  /// `\s`.
  static let space = CharacterClass(rawValue: 4)
  /// What the `Digits` step takes for a number, by tables of another Unicode version than those of ``number``.
  static let digit = CharacterClass(rawValue: 8)

  /// The classes of a character that may be of any script.
  static func of(_ scalar: UInt32) -> CharacterClass {
    if scalar < 128 { return ascii[Int(scalar)] }
    var low = 0
    var high = starts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if starts[middle] <= scalar { low = middle } else { high = middle }
    }
    return CharacterClass(rawValue: classes[low])
  }

  /// The classes of the ASCII characters.
  static let ascii: [CharacterClass] = (0..<128).map { (byte: UInt8) in
    switch byte {
    case 0x09...0x0D, 0x20: .space
    case UInt8(ascii: "0")...UInt8(ascii: "9"): [.number, .digit]
    case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"): .letter
    default: []
    }
  }
}
