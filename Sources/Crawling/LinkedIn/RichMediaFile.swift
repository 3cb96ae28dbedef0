import Foundation

/// `Rich_Media.csv` of a LinkedIn data export: what the member said about pictures, films and papers of posts.
struct RichMediaFile: Sendable {
  /// One row that has words.
  struct Medium: Sendable, Hashable {
    /// Where the row begins.
    var line: Int
    var link: String
    var description: String
    var date: Date?
  }

  /// The rows with words, in the order of the file.
  private(set) var media: [Medium] = []
  /// How many rows have none.
  private(set) var wordless = 0
  /// What stopped the reading before the end of the file, if anything did.
  let problem: String?

  /// Reads a file.
  init(_ bytes: [UInt8]) {
    let table = ExportTable(bytes, required: ["Media Link"])
    problem = table.problem
    for row in table.rows {
      let description = row.trimmed("media description")
      guard Self.hasWords(description) else {
        wordless += 1
        continue
      }
      media.append(
        Medium(
          line: row.line, link: row.trimmed("media link"), description: description,
          date: proseDate(row["date/time"])))
    }
  }

  /// Whether a description is one, rather than a hyphen or the name of a file.
  private static func hasWords(_ text: String) -> Bool {
    guard text.contains(where: \.isLetter) else { return false }
    return text.contains(where: \.isWhitespace) || fileSuffix(text).isEmpty
  }
}
