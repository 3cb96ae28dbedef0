/// The scripts that are told apart.
enum WritingScript: Int, CaseIterable {
  case latin, cyrillic, greek, hebrew, arabic, indic, thai, hangul, kana, han

  /// The tag of the script's language, or that of any language of the script (BCP 47).
  var tag: String {
    switch self {
    case .latin: "und-Latn"
    case .cyrillic: "und-Cyrl"
    case .greek: "el"
    case .hebrew: "he"
    case .arabic: "und-Arab"
    case .indic: "und-Deva"
    case .thai: "th"
    case .hangul: "ko"
    case .kana: "und-Kana"
    case .han: "und-Hani"
    }
  }

  /// The script of a letter, by the blocks of Unicode; nil for what is none.
  init?(_ scalar: UInt32) {
    switch scalar {
    case 0x41...0x5A, 0x61...0x7A, 0xC0...0xD6, 0xD8...0xF6, 0xF8...0x24F, 0x1E00...0x1EFF: self = .latin
    case 0x370...0x3FF, 0x1F00...0x1FFF: self = .greek
    case 0x400...0x52F: self = .cyrillic
    case 0x5D0...0x5EA: self = .hebrew
    case 0x620...0x6FF, 0x750...0x77F: self = .arabic
    case 0x900...0x97F: self = .indic
    case 0xE01...0xE4E: self = .thai
    case 0x1100...0x11FF, 0xAC00...0xD7A3: self = .hangul
    case 0x3041...0x30FF: self = .kana
    case 0x3400...0x4DBF, 0x4E00...0x9FFF, 0x20000...0x2FA1F: self = .han
    default: return nil
    }
  }
}
