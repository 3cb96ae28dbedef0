/// The language that most of a text is in, as its BCP 47 tag; nil if that does not show, as in a few words, or in code.
///
/// A script of one language tells at once; one of many gives a tag such as `und-Cyrl`. In the Latin script the language is
/// the one whose commonest words are found most often (``commonWords``): words of grammar, which make up a third of any
/// prose, whatever it is about. Fenced code, code in lines and links say nothing. It is meant to tell English prose from
/// other prose, not dialects from each other.
///
/// - Parameter text: Markdown or plain text, of which the first 16 KiB are looked at.
public func dominantLanguage(of text: String) -> String? {
  var census = ScriptCensus()
  var isCode = false
  for line in String(decoding: text.utf8.prefix(16 << 10), as: UTF8.self).split(separator: "\n") {
    let isFence = ["```", "~~~"].contains { line.drop { $0 == " " }.hasPrefix($0) }
    if isFence { isCode.toggle() }
    guard !isFence, !isCode else { continue }
    for (index, part) in line.split(separator: "`", omittingEmptySubsequences: false).enumerated()
    where index.isMultiple(of: 2) {
      census.add(part)
    }
  }
  return census.language
}

/// What letters and common words a text has.
private struct ScriptCensus {
  private var letters: [Script: Int] = [:]
  private var words = 0
  private var hits: [String: Int] = [:]

  /// Fewer words, or letters of a script without spaces, may be a name or a title.
  private static let leastWords = 8
  private static let leastLetters = 12
  /// The share of all words that the common ones must be, in tenths: prose has more, lists of names have less.
  private static let leastTenths = 1

  mutating func add(_ text: Substring) {
    for word in text.split(whereSeparator: \.isWhitespace) where !word.contains("://") {
      var letters = 0
      for scalar in word.unicodeScalars {
        guard let script = Script(scalar) else { continue }
        self.letters[script, default: 0] += 1
        letters += 1
      }
      guard letters > 0 else { continue }
      words += 1
      let bare = word.drop { !$0.isLetter }.lowercased()
      let end = bare.firstIndex { !$0.isLetter && $0 != "'" && $0 != "’" } ?? bare.endIndex
      for language in commonWords[bare[..<end].replacing("’", with: "'")] ?? [] { hits[language, default: 0] += 1 }
    }
  }

  var language: String? {
    let all = letters.values.reduce(0, +)
    guard let (script, count) = letters.max(by: { ($0.value, $1.key.rawValue) < ($1.value, $0.key.rawValue) }),
      count * 2 > all
    else {
      // Japanese is written in two scripts, neither of which need have the most letters.
      return japanese(all)
    }
    switch script {
    case .latin: return latinLanguage
    case .han, .kana: return japanese(all) ?? (count >= Self.leastLetters ? "zh" : nil)
    default: return count >= Self.leastLetters ? script.rawValue : nil
    }
  }

  private func japanese(_ all: Int) -> String? {
    let (kana, han) = (letters[.kana, default: 0], letters[.han, default: 0])
    return kana * 10 > han && (kana + han) * 2 > all && kana + han >= Self.leastLetters ? "ja" : nil
  }

  private var latinLanguage: String? {
    let ranked = hits.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    guard words >= Self.leastWords, let best = ranked.first, best.value * 10 >= words * Self.leastTenths,
      best.value >= 3
    else { return nil }
    // As many hits for two languages tell neither.
    return ranked.dropFirst().first.map { $0.value < best.value } ?? true ? best.key : nil
  }
}

/// The scripts that are told apart; the raw value is the language's tag, or that of any language of the script.
private enum Script: String {
  case latin = "und-Latn"
  case cyrillic = "und-Cyrl"
  case greek = "el"
  case hebrew = "he"
  case arabic = "und-Arab"
  case indic = "und-Deva"
  case thai = "th"
  case hangul = "ko"
  case kana = "und-Kana"
  case han = "und-Hani"

  /// The script of a letter, by the blocks of Unicode; nil for what is none.
  init?(_ scalar: Unicode.Scalar) {
    switch scalar.value {
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
