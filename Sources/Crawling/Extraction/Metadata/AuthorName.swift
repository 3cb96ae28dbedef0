/// Cleans what stands where an author's name should stand.
enum AuthorName {
  /// The names in a byline: without "By", dates, addresses and roles; empty when it holds no name.
  static func split(_ text: String) -> [String] {
    var line = TextCleaner.line(text)
    if line.contains("://") || line.contains("www.") { return [] }
    for prefix in prefixes where line.lowercased().hasPrefix(prefix) {
      line = String(line.dropFirst(prefix.count))
      break
    }
    for mark in [" | ", " \u{2022} ", " \u{00B7} ", " // ", "(", " \u{2013} ", " \u{2014} ", " - ", " on ", " am "] {
      if let range = line.range(of: mark), range.lowerBound > line.startIndex {
        line = String(line[..<range.lowerBound])
      }
    }
    return parts(line).map(trimmed).filter(isName)
  }

  private static let prefixes = [
    "written by ", "publi\u{E9} par ", "erstellt von ", "auteur: ", "auteur : ", "geschrieben von ", "verfasst von ",
    "verfasser: ", "escrito por ", "pubblicato da ", "posted by ", "published by ", "by: ", "by ", "von ", "par ",
    "por ", "di ", "door ", "autor: ",
    "author: ",
    "text: ", "av ", "autor ", "author ", "vom ",
  ]

  private static func parts(_ line: String) -> [String] {
    var names = line.split(whereSeparator: { $0 == ";" || $0 == "," || $0 == "/" }).map(String.init)
    // "Surname, First name" is one name.
    if names.count == 2, names.allSatisfy({ !$0.trimmingSpaces.contains(" ") }) {
      names = [names[1].trimmingSpaces + " " + names[0].trimmingSpaces]
    }
    for joiner in [" and ", " und ", " & ", " et ", " y "] {
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
    if name.contains(where: \.isNumber) { return false }
    let none: Set<String> = [
      "admin", "administrator", "editor", "staff", "redaktion", "unknown", "author", "webmaster", "user", "by", "guest",
      "anonymous", "default",
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
