/// Cleans what stands where an author's name should stand.
enum AuthorName {
  /// Whether a short line begins as bylines do and names someone.
  static func isByline(_ text: String) -> Bool {
    let line = TextCleaner.line(text)
    guard line.utf8.count <= 100, let prefix = prefix(of: line) else { return false }
    let name = line.dropFirst(prefix.count)
    guard let first = name.first(where: \.isLetter), first.isUppercase || !first.isCased else { return false }
    return !split(line).isEmpty
  }

  private static func prefix(of line: String) -> String? {
    let lowered = line.lowercased()
    return prefixes.first { lowered.hasPrefix($0) }
  }

  /// The names in a byline: without "By", dates, addresses and roles; empty when it holds no name.
  static func split(_ text: String) -> [String] {
    var line = TextCleaner.line(text)
    if line.contains("://") || line.contains("www.") { return [] }
    if let prefix = prefix(of: line) { line = String(line.dropFirst(prefix.count)) }
    for mark in [" | ", " \u{2022} ", " \u{00B7} ", " // ", "(", " \u{2013} ", " \u{2014} ", " - ", " on ", " am "] {
      if let range = line.range(of: mark), range.lowerBound > line.startIndex {
        line = String(line[..<range.lowerBound])
      }
    }
    return parts(line).map(trimmed).filter(isName)
  }

  /// How bylines begin, longer ones first, in lower case.
  private static let prefixes = [
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
  /// The range of the first occurrence.
  fileprivate func range(of part: String) -> Range<String.Index>? { ranges(of: part).first }

  fileprivate func split(_ separator: String) -> [String] {
    split(separator: separator).map(String.init)
  }
}
