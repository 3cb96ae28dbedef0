/// Short lines that stand in articles everywhere without being part of their text, as data: how they begin, in the
/// languages that many pages are written in.
enum LineVocabulary {
  /// Beginnings of headings over lists of other pages; all in lower case.
  private static let relatedLabels = beginnings(of: [
    "related", "read more", "read also", "read next", "also read", "more on", "more from", "more about", "see also",
    "you may also", "you might also", "recommended", "most read", "most popular", "trending", "latest news",
    "further reading on", "more stories", "more news", "up next", "don't miss", "popular posts", "recent posts",
    "share this", "share on", "like this", "leave a", "comments", "leave a comment", "about the author", "tags",
    "filed under", "posted in", "categories", "subscribe", "newsletter", "sign up", "follow us", "follow me", "topics",
    "mehr zum thema", "mehr dazu", "mehr aus", "mehr von", "weitere artikel", "weitere beitr\u{E4}ge", "weitere themen",
    "weitere informationen", "weitere meldungen", "weitere news", "weitere pressemitteilungen", "lesen sie auch",
    "lesen sie mehr", "auch interessant", "das k\u{F6}nnte", "passend zum thema", "zum thema", "themen im artikel",
    "top themen", "\u{E4}hnliche", "verwandte", "meistgelesen", "empfohlen", "kommentare", "schlagw\u{F6}rter",
    "schlagworte", "teilen", "\u{FC}ber den autor", "\u{FC}ber die autorin", "pressekontakt", "kontakt:",
    "weiterf\u{FC}hrende", "links zum thema", "diesen artikel", "artikel teilen", "folgen sie",
    "lire aussi", "\u{E0} lire", "a lire", "voir aussi", "sur le m\u{EA}me sujet", "articles li\u{E9}s",
    "plus d'articles",
    "le puede interesar", "lea tambi\u{E9}n", "lea m\u{E1}s", "lea:", "te puede interesar", "tambi\u{E9}n te puede",
    "noticias relacionadas", "art\u{ED}culos relacionados", "leer tambi\u{E9}n", "ver tambi\u{E9}n",
    "leggi anche", "potrebbe interessarti", "articoli correlati", "leia tamb\u{E9}m", "leia mais", "veja tamb\u{E9}m",
    "czytaj tak\u{17C}e", "zobacz tak\u{17C}e", "przeczytaj", "lees ook", "lees meer", "gerelateerd",
    "l\u{E4}s ocks\u{E5}", "les ogs\u{E5}",
    "\u{10D}t\u{11B}te tak\u{E9}", "mohlo by v\u{E1}s",
    "\u{447}\u{438}\u{442}\u{430}\u{439}\u{442}\u{435} \u{442}\u{430}\u{43A}\u{436}\u{435}",
  ])

  /// Beginnings of lines that name the source of a picture or a text, or the rights in it.
  private static let creditLabels = beginnings(of: [
    "photo:", "photo by", "photo credit", "photos:", "image:", "image credit", "images:", "picture:", "source:", "via:",
    "foto:", "fotos:", "bild:", "bilder:", "bildquelle", "bildnachweis", "quelle:", "quellen:", "titelbild",
    "symbolfoto",
    "fuente:", "imagen:", "cr\u{E9}dit", "source :", "photo :", "cr\u{E9}ditos", "fonte:", "\u{17A}r\u{F3}d\u{142}o",
    "bron:", "\u{A9}",
    "(c)", "copyright", "all rights reserved", "alle rechte vorbehalten", "anzeige", "advertisement", "werbung",
    "publicidad", "publicit\u{E9}", "pubblicit\u{E0}", "sponsored", "continue reading", "story continues", "read full",
    "article continues", "permalink", "permalien", "print this", "drucken", "last updated", "updated on",
    "published on",
    "aktualisiert am", "stand:", "ver\u{F6}ffentlicht am", "publi\u{E9} le", "opublikowano", "share this", "tweet",
    "pin it",
  ])

  /// Whether a short text begins a list of other pages.
  static func isRelatedLabel(_ text: String) -> Bool { starts(text, with: relatedLabels) }

  /// Whether a short text is a line of credit or of a page's machinery.
  static func isCredit(_ text: String) -> Bool { starts(text, with: creditLabels) }

  /// The labels by their first bytes.
  private static func beginnings(of labels: [String]) -> [UInt8: [[UInt8]]] {
    Dictionary(grouping: labels.map { Array($0.utf8) }) { $0[0] }
  }

  private static func starts(_ text: String, with labels: [UInt8: [[UInt8]]]) -> Bool {
    guard text.utf8.count < 120 else { return false }
    let lowered = Array(text.lowercased().utf8)
    guard let first = lowered.first, let candidates = labels[first] else { return false }
    return candidates.contains { label in
      guard lowered.starts(with: label) else { return false }
      // A label ends where its word ends.
      guard let last = label.last, ASCII.isLetter(last), lowered.count > label.count else { return true }
      return !ASCII.isAlphanumeric(lowered[label.count]) && lowered[label.count] < 0x80
    }
  }
}
