/// Cleans what stands where an author's name should stand.
enum AuthorName {
  /// Whether a short line begins as bylines do and names someone.
  static func isByline(_ text: String) -> Bool {
    let line = Array(TextCleaner.line(text).utf8)
    guard line.count <= 100, let length = prefix(of: line) else { return false }
    let name = String(decoding: line[length...], as: UTF8.self)
    guard let first = name.first(where: \.isLetter), first.isUppercase || !first.isCased else { return false }
    return !split(name).isEmpty
  }

  /// Whether a line that begins with this byte could be a byline.
  static func mayBeginByline(_ byte: UInt8) -> Bool { prefixes[ASCII.lowercased(byte)] != nil || byte >= 0x80 }

  /// The length of what a byline begins with; nil for other lines.
  private static func prefix(of line: [UInt8]) -> Int? {
    guard let first = line.first, mayBeginByline(first) else { return nil }
    if first < 0x80 {
      return prefixes[ASCII.lowercased(first)]?.first { prefix in
        line.count >= prefix.count && prefix.indices.allSatisfy { ASCII.lowercased(line[$0]) == prefix[$0] }
      }?.count
    }
    let lowered = Array(String(decoding: line.prefix(40), as: UTF8.self).lowercased().utf8)
    return lowered.first.flatMap { prefixes[$0] }?.first { lowered.starts(with: $0) }?.count
  }

  /// The names in a byline: without "By", dates, addresses and roles; empty when it holds no name.
  static func split(_ text: String) -> [String] {
    var line = Array(TextCleaner.line(text).utf8)
    if ASCII.find("://", in: line, from: 0) != nil || ASCII.find("www.", in: line, from: 0) != nil { return [] }
    if let length = prefix(of: line) { line.removeFirst(length) }
    for mark in marks {
      if let position = ASCII.find(mark, in: line, from: 0), position > 0 { line.removeSubrange(position...) }
    }
    return parts(String(decoding: line, as: UTF8.self)).map(trimmed).filter(isName)
  }

  /// What follows a name without being a part of it.
  private static let marks: [StaticString] = [
    " | ", " \u{2022} ", " \u{00B7} ", " // ", "(", " \u{2013} ", " \u{2014} ", " - ", " on ", " am ",
  ]

  /// How bylines begin, longer ones first, in lower case, by their first bytes.
  private static let prefixes: [UInt8: [[UInt8]]] = Dictionary(grouping: beginnings.map { Array($0.utf8) }) { $0[0] }

  private static let beginnings = [
    "written by ", "posted by ", "published by ", "reported by ", "reviewed by ", "story by ", "words by ", "text by ",
    "by: ", "by ", "author: ", "author ", "authors: ", "erstellt von ", "geschrieben von ", "verfasst von ",
    "ver\u{F6}ffentlicht von ", "text von ", "ein beitrag von ", "ein artikel von ", "verfasser: ", "autorin: ",
    "autor/in: ",
    "- redaktion: ", "redaktion: ", "text: ", "von ", "vom ", "publi\u{E9} par ", "r\u{E9}dig\u{E9} par ",
    "\u{E9}crit par ", "auteur: ", "auteur : ", "auteure : ", "par ", "escrito por ", "publicado por ",
    "redactado por ",
    "escribe ", "texto: ", "texto de ", "por: ", "por ", "pubblicato da ", "scritto da ", "a cura di ", "autore: ",
    "di ",
    "door ", "geschreven door ", "autor: ", "autor ", "autora: ", "av ", "tekst: ", "skrevet af ", "skrevet av ",
    "\u{430}\u{432}\u{442}\u{43E}\u{440}: ", "\u{4F5C}\u{8005}\u{FF1A}", "\u{8D23}\u{4EFB}\u{7F16}\u{8F91}\u{FF1A}",
    "\u{7F16}\u{8F91}\u{FF1A}", "\u{8BB0}\u{8005} ", "\u{6587}\u{FF0F}",
  ]

  private static func parts(_ line: String) -> [String] {
    var names = line.split(whereSeparator: { $0 == ";" || $0 == "," }).map(String.init)
    // "Surname, First name" is one name.
    if names.count == 2, names.allSatisfy({ !$0.trimmingSpaces.contains(" ") }) {
      names = [names[1].trimmingSpaces + " " + names[0].trimmingSpaces]
    }
    for joiner in [" and ", " und ", " & ", " et ", " y ", " / "] {
      names = names.flatMap { name in name.split(joiner) }
    }
    return names
  }

  private static func trimmed(_ name: String) -> String {
    let edges = Set(" .,:;-|\"'\u{201C}\u{201D}\u{2014}\u{2013}@")
    return String(name.drop { edges.contains($0) }.reversed().drop { edges.contains($0) && $0 != "." }.reversed())
  }

  private static func isName(_ name: String) -> Bool {
    let lowered = name.lowercased()
    guard (2...60).contains(name.count), name.contains(where: \.isLetter) else { return false }
    if lowered.contains("http") || lowered.contains("www.") || lowered.contains("@") { return false }
    if lowered.hasSuffix(".com") || lowered.hasSuffix(".de") || lowered.hasSuffix(".org") { return false }
    // A user's name may hold digits, a line of several words with digits is a date.
    if name.contains(where: \.isNumber), name.contains(" ") || name.first?.isLetter != true { return false }
    let none: Set<String> = [
      "admin", "administrator", "editor", "staff", "author", "webmaster", "user", "by", "guest", "anonymous", "default",
    ]
    return !none.contains(lowered) && name.split(separator: " ").count <= 6
  }
}

extension String {
  fileprivate func split(_ separator: String) -> [String] {
    split(separator: separator).map(String.init)
  }
}
