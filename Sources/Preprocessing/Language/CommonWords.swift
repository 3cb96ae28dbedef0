/// The commonest words of some languages. A word of several languages counts for each.
struct CommonWords: Sendable {
  /// The table of ``wordsByLanguage``.
  static let all = CommonWords(wordsByLanguage)

  /// The tags of the languages; words give their places in it.
  let languages: [String]
  /// The words of ASCII that fit into a number, which are nearly all; see ``packed(_:)``.
  private let short: [UInt64: [Int]]
  /// The other words, which a string knows however their accents are encoded.
  private let others: [String: [Int]]
  /// How many bytes the longest of the others has.
  private let longest: Int

  private init(_ words: KeyValuePairs<String, String>) {
    languages = words.map(\.key)
    var (short, others): ([UInt64: [Int]], [String: [Int]]) = ([:], [:])
    for (language, words) in words.map(\.value).enumerated() {
      for word in words.split(separator: " ") {
        if let key = Self.packed(word.utf8) {
          short[key, default: []].append(language)
        } else {
          others[String(word), default: []].append(language)
        }
      }
    }
    (self.short, self.others) = (short, others)
    longest = others.keys.map(\.utf8.count).max() ?? 0
  }

  /// At most eight bytes of ASCII as a number, the first of them the most significant; nil for any other word.
  private static func packed(_ word: some Collection<UInt8>) -> UInt64? {
    guard word.count <= 8, word.allSatisfy({ $0 < 0x80 }) else { return nil }
    return word.reduce(0) { $0 << 8 | UInt64($1) }
  }

  /// The languages that a word is common in, by their places.
  ///
  /// - Parameter key: the bytes of a word of ASCII of at most eight, in lower case, as a number with the first of them the
  ///   most significant.
  func places(ofShort key: UInt64) -> [Int] { short[key] ?? [] }

  /// The same of any word in lower case.
  func places(of word: String) -> [Int] {
    if let key = Self.packed(word.utf8) { return places(ofShort: key) }
    // A word may be written with accents of their own, which take more bytes.
    return word.utf8.count > 2 * longest ? [] : others[word] ?? []
  }
}

/// Some twenty-five words of grammar of each language: articles, prepositions, pronouns, conjunctions and forms of its
/// auxiliary verbs, in lower case.
private let wordsByLanguage: KeyValuePairs<String, String> = [
  "en": """
  the and of to a in is that it was for on are with as be this have from by not or which you they we an at but
  """,
  "de": """
  der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er hat dass \
  sie nach wird bei einer um am sind noch wie einem über einen so zum war haben nur oder aber vor zur bis mehr durch
  """,
  "fr": """
  de la le et les des en un une du est que qui dans pour par sur plus pas au ne se ce il sont avec cette mais nous \
  vous aux leur être ont comme ou où elle
  """,
  "es": """
  de la que el en y a los se del las un por con no una su para es al lo como más o pero sus le ha este sí porque esta \
  entre cuando muy sin sobre también me hasta hay
  """,
  "pt": """
  de que e do da em um para é com não uma os no se na por mais as dos como mas foi ao ele das tem à seu sua ou ser \
  quando muito há nos já está eu também só pelo pela até isso
  """,
  "it": """
  di che è e la il un a per in una non sono con si da come le del dei nel alla più ma della gli lo delle ha anche \
  questo dal nella ci al o
  """,
  "nl": """
  de van een het en in is dat op te zijn met die voor niet aan er om ook als dan maar bij door naar uit nog over \
  heeft tot wordt je ze
  """,
  "sv": """
  och i att det som en på är av för med till den har de inte om ett han men var jag sig från vi så kan när än
  """,
  "da": """
  og i at det er en til på som for af de med den der ikke et har om vi var jeg men fra sig han kan når blev efter
  """,
  "nb": """
  og i det er på som en til å for av at med de den ikke et har om vi var jeg men fra seg han kan når ble etter
  """,
  "fi": """
  ja on ei että se oli hän mutta joka kun niin kuin ovat myös tai sen olla jos hänen vain ole mitä ne
  """,
  "pl": """
  i w na z nie się do to że jest o jak od po za dla co ale przez tym był być ma są tego już oraz tak czy które
  """,
  "cs": """
  a v se na je že s z to do i o k ve pro za by ale si po jako jsem jeho tak od jsou který také nebo není byl
  """,
  "hu": """
  a az és hogy nem is egy meg ez de van csak el már ha mint még volt azt ki kell ezt lehet vagy
  """,
  "ro": """
  de și în a la cu nu pe o că din care un se este mai pentru sunt au fost ca dar să ce prin sau
  """,
  "tr": """
  ve bir bu da de için çok ile daha gibi ne olan olarak kadar var ama sonra o değil en her mi ya
  """,
  "id": """
  yang dan di dengan untuk dari ini pada tidak itu dalam akan adalah ke juga oleh karena ada bisa sebagai atau
  """,
  "vi": """
  và của là có không cho được một trong các với những này người đã khi để như từ ở
  """,
]
