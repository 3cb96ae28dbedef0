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
    "mira:", "mira tambi\u{E9}n", "vea tambi\u{E9}n", "vea:", "vea m\u{E1}s", "lee tambi\u{E9}n", "lee adem\u{E1}s",
    "lee:", "lee m\u{E1}s", "adem\u{E1}s:", "adem\u{E1}s lea", "te recomendamos", "le recomendamos", "recomendado",
    "notas relacionadas", "m\u{E1}s noticias", "m\u{E1}s informaci\u{F3}n:", "no te pierdas", "sigue leyendo",
    "temas relacionados", "not\u{ED}cias relacionadas", "veja mais", "leia:", "saiba mais", "confira tamb\u{E9}m",
    "read:", "read |", "watch:", "watch |", "listen:", "see also:", "related:", "more:", "also:", "also see",
    "also on", "you might like", "you may like", "latest stories", "more like this", "keep reading", "next up",
    "editors' picks", "more to explore", "more to read", "editor's picks", "what to read next", "top stories",
    "reader interactions",
    "join the conversation",
    "post a comment", "add a comment", "share article", "share:", "share", "print", "permalink", "latest posts",
    "siehe auch", "lesetipp", "im video:", "mehr lesen", "weiterlesen", "jetzt lesen", "auch lesen", "dazu passend",
    "mehr infos", "weitere infos", "hier geht es", "hier geht's", "neueste artikel", "neueste beitr\u{E4}ge",
    "aktuelle beitr\u{E4}ge", "beliebte beitr\u{E4}ge", "das k\u{F6}nnte sie", "das k\u{F6}nnte dich", "mehr artikel",
    "entdecke weitere", "weitere nachrichten", "weitere pressemitteilungen", "weitere tipps", "top-themen",
    "verwandte artikel", "artikel teilen", "beitrag teilen", "jetzt teilen", "news teilen", "seite teilen",
    "\u{E0} lire aussi", "\u{E0} voir aussi", "lire la suite", "lire :", "lire:", "voir :", "articles r\u{E9}cents",
    "derniers articles", "dans la m\u{EA}me rubrique", "sur le m\u{EA}me th\u{E8}me", "partager", "plus d'infos",
    "per approfondire", "vedi anche", "leggi:", "leggi tutto", "articoli recenti", "condividi", "guarda anche",
    "lees:", "zie ook", "meer lezen", "lees verder", "czytaj te\u{17C}", "zobacz te\u{17C}", "przeczytaj te\u{17C}",
    "polecamy", "czytaj wi\u{119}cej", "l\u{E4}s mer", "les mer", "l\u{E6}s ogs\u{E5}", "lue my\u{F6}s",
    "ilgili haberler", "\u{44D}\u{442}\u{43E} \u{438}\u{43D}\u{442}\u{435}\u{440}\u{435}\u{441}\u{43D}\u{43E}",
    "\u{441}\u{43C}\u{43E}\u{442}\u{440}\u{438}\u{442}\u{435} \u{442}\u{430}\u{43A}\u{436}\u{435}",
    "\u{76F8}\u{5173}", "\u{76F8}\u{95DC}", "\u{5EF6}\u{4F38}\u{9605}\u{8BFB}", "\u{5EF6}\u{4F38}\u{95B1}\u{8B80}",
    "\u{63A8}\u{8350}\u{9605}\u{8BFB}", "\u{95A2}\u{9023}", "\u{AD00}\u{B828}",
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

  /// Words by which a sentence asks the reader to do something other than read on: to subscribe, follow, install.
  private static let calls = phrases([
    "subscribe to our", "subscribe now", "sign up for our", "sign up to our", "sign up for the", "follow us",
    "follow @",
    "join our", "like us on", "download the app", "download our", "apps for ", "get the app", "with our app",
    "our newsletter",
    "support us", "make a donation", "become a member", "buy me a coffee", "click here to", "folge uns", "folgt uns",
    "folgen sie uns", "folg uns", "jetzt abonnieren", "newsletter abonnieren", "ausgabe bestellen", "jetzt bestellen",
    "unterst\u{FC}tzen sie uns", "kostenlos anmelden", "unserem newsletter", "unseren newsletter", "s\u{ED}guenos",
    "\u{FA}nete a", "\u{FA}nete desde", "suscr\u{ED}bete", "suscr\u{ED}base", "nuestro canal", "suivez-nous",
    "abonnez-vous",
    "inscrivez-vous", "notre newsletter", "seguici", "iscriviti", "siga-nos", "inscreva-se", "assine a", "volg ons op",
    "abonneer je", "obserwuj nas", "zapisz si\u{119}", "sledujte n\u{E1}s",
    "\u{43F}\u{43E}\u{434}\u{43F}\u{438}\u{441}\u{44B}\u{432}\u{430}\u{439}",
  ])

  /// Words by which a caption names who made its picture.
  private static let pictureCredits = phrases([
    "foto:", "photo:", "photo by", "photo credit", "photograph:", "bild:", "bildrechte", "bildquelle", "bildnachweis",
    "getty images", "imago images", "picture alliance", "shutterstock", "istock", "unsplash", "symbolfoto",
    "symbolbild", "archivfoto", "foto \u{A9}", "\u{A9} dpa", "image:", "image credit", "picture:", "file photo",
    "photo courtesy", "cr\u{E9}dit photo", "cr\u{E9}dits photo", "foto de archivo", "screenshot:",
  ])

  /// Whether a line ends as captions do, in the name of who made the picture. One that is not beside a picture must be
  /// short and no sentence.
  static func endsInCredit(_ text: String, besidePicture: Bool) -> Bool {
    let isFree = text.utf8.count < 160 && text.trimmingSpaces.utf8.last != UInt8(ascii: ".")
    guard besidePicture ? text.utf8.count < 400 : isFree else { return false }
    return contains(Array(text.lowercased().utf8.suffix(60)), pictureCredits)
  }

  /// Names of services to which such a sentence has a link.
  private static let services = phrases([
    "newsletter", "whatsapp", "telegram", "patreon", "donate", "spenden", "abonnier", "suscri", "subscri",
  ])

  /// Whether a paragraph only asks the reader to subscribe, follow or install something.
  static func isPromotion(_ text: String, hasLinks: Bool, isLast: Bool) -> Bool {
    guard text.utf8.count < 260 else { return false }
    let lowered = Array(text.lowercased().utf8)
    return (hasLinks || isLast) && contains(lowered, calls) || hasLinks && isLast && contains(lowered, services)
  }

  /// Phrases by their first two bytes.
  private static func phrases(_ phrases: [String]) -> [UInt16: [[UInt8]]] {
    Dictionary(grouping: phrases.map { Array($0.utf8) }) { UInt16($0[0]) << 8 | UInt16($0[1]) }
  }

  private static func contains(_ text: [UInt8], _ phrases: [UInt16: [[UInt8]]]) -> Bool {
    for index in text.indices.dropLast() {
      guard let candidates = phrases[UInt16(text[index]) << 8 | UInt16(text[index + 1])] else { continue }
      if candidates.contains(where: { text[index...].starts(with: $0) }) { return true }
    }
    return false
  }

  /// The first two bytes of all labels, by which most lines are told from them without building a string.
  private static let beginnings: Set<UInt16> = Set(
    relatedLabels.values.joined().map { $0.count > 1 ? UInt16($0[0]) << 8 | UInt16($0[1]) : UInt16($0[0]) << 8 })

  /// Whether a line that begins with these two bytes could be a label.
  static func mayBeginLabel(_ bytes: ArraySlice<UInt8>) -> Bool {
    guard bytes.count == 2, let first = bytes.first, let second = bytes.last else { return false }
    if first >= 0x80 || second >= 0x80 { return true }
    return beginnings.contains(UInt16(ASCII.lowercased(first)) << 8 | UInt16(ASCII.lowercased(second)))
  }

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
      guard lowered.count > label.count else { return true }
      // A word alone also begins sentences; before a colon it announces something.
      if lowered.count > 40, !label.contains(0x20), label.last != UInt8(ascii: ":") {
        return lowered[label.count] == UInt8(ascii: ":")
      }
      // A label ends where its word ends.
      guard let last = label.last, ASCII.isLetter(last) else { return true }
      return !ASCII.isAlphanumeric(lowered[label.count]) && lowered[label.count] < 0x80
    }
  }
}
