import Foundation

/// What a member says about themselves: the headline, the summary, and what they did in their positions and projects, and
/// published. Nothing else of a profile (the address, the date of birth, …) is read.
struct LinkedInProfile: Sendable {
  /// The line below the name.
  let headline: String?
  /// The summary, and a section for each position, project and publication that has a description, as Markdown; nil if
  /// there is none of it.
  let words: String?

  /// Reads the files of a profile, as far as they are there.
  init(
    profile: [UInt8]?, summary: [UInt8]?, positions: [UInt8]?, projects: [UInt8]? = nil, publications: [UInt8]? = nil
  ) {
    let person = profile.flatMap { ExportTable($0, required: []).rows.first }
    headline = person.flatMap { Self.text($0, "headline") }
    let written = summary.flatMap { ExportTable($0, required: []).rows.first }.flatMap {
      Self.text($0, "profile summary")
    }
    let tables = [
      (positions, ["title", "company name"], " at "), (projects, ["title"], ""),
      (publications, ["name", "publisher"], ", "),
    ]
    let sections = tables.flatMap { file, columns, separator in
      (file.map { ExportTable($0, required: []).rows } ?? []).compactMap {
        Self.section($0, titled: columns, joinedBy: separator)
      }
    }
    let parts = [person.flatMap { Self.text($0, "summary") } ?? written].compactMap { $0 } + sections
    words = parts.isEmpty ? nil : parts.joined(separator: "\n\n")
  }

  private static func section(
    _ row: ExportTable.Row, titled columns: [String], joinedBy separator: String
  ) -> String? {
    guard let description = text(row, "description") else { return nil }
    let title = columns.compactMap { text(row, $0) }.joined(separator: separator).split(whereSeparator: \.isNewline)
      .joined(separator: " ")
    return title.isEmpty ? description : "## \(title)\n\n\(description)"
  }

  private static func text(_ row: ExportTable.Row, _ column: String) -> String? {
    let text = row.trimmed(column)
    return text.isEmpty ? nil : text
  }
}
