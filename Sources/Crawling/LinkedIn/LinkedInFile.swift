/// The files of a LinkedIn export that are read. All others (messages, connections, reactions, …) are private or not the
/// member's own words, and are never opened.
enum LinkedInFile: String, Sendable, CaseIterable {
  case shares, comments, profile, positions, projects, publications
  case richMedia = "rich media"
  case profileSummary = "profile summary"

  /// The file that a path names; nil if it is none of them.
  ///
  /// Newer exports put the member's number into some names: `Shares_4711.csv`.
  init?(_ path: String) {
    guard let (name, _) = Self.parts(path), let file = LinkedInFile(rawValue: name) else { return nil }
    self = file
  }

  /// Whether a name is the file's own, without a number.
  static func isPlain(_ path: String) -> Bool { parts(path)?.number.isEmpty ?? false }

  /// Whether a path is that of another file by which one knows an export of LinkedIn's.
  static func isTypical(_ path: String) -> Bool {
    ["connections", "messages", "reactions", "invitations", "ad targeting"].contains(parts(path)?.name)
  }

  /// Whether a path is that of an article of the member's.
  static func isArticle(_ path: String) -> Bool {
    let folders = path.split(separator: "/").dropLast()
    return fileSuffix(path) == "html" && folders.contains { $0.lowercased() == "articles" }
  }

  /// The name in lower case, with spaces for underscores, and the number behind it.
  private static func parts(_ path: String) -> (name: String, number: String)? {
    guard fileSuffix(path) == "csv" else { return nil }
    let name = fileName(path).dropLast(4).lowercased().replacing("_", with: " ")
    let words = name.split(separator: " ")
    guard words.count > 1, let last = words.last, last.utf8.allSatisfy(isDigit) else { return (name, "") }
    return (words.dropLast().joined(separator: " "), String(last))
  }
}
