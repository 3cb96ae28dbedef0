import Foundation

/// What a member says about themselves: the headline, the summary, and what they did in their positions. Nothing else of
/// a profile (the address, the date of birth, …) is read.
struct LinkedInProfile: Sendable {
  /// The line below the name.
  let headline: String?
  /// The summary, and a section for each position that has a description, as Markdown; nil if there is neither.
  let words: String?

  /// Reads the files of a profile, as far as they are there.
  init(profile: [UInt8]?, summary: [UInt8]?, positions: [UInt8]?) {
    let person = profile.flatMap { ExportTable($0, required: []).rows.first }
    headline = person.flatMap { Self.text($0, "headline") }
    let written = summary.flatMap { ExportTable($0, required: []).rows.first }.flatMap {
      Self.text($0, "profile summary")
    }
    let sections = positions.map { ExportTable($0, required: []).rows.compactMap(Self.section) } ?? []
    let parts = [person.flatMap { Self.text($0, "summary") } ?? written].compactMap { $0 } + sections
    words = parts.isEmpty ? nil : parts.joined(separator: "\n\n")
  }

  private static func section(_ position: ExportTable.Row) -> String? {
    guard let description = text(position, "description") else { return nil }
    let names = [text(position, "title"), text(position, "company name")].compactMap { $0 }
    let title = names.joined(separator: " at ").split(whereSeparator: \.isNewline).joined(separator: " ")
    return title.isEmpty ? description : "## \(title)\n\n\(description)"
  }

  private static func text(_ row: ExportTable.Row, _ column: String) -> String? {
    let text = row.trimmed(column)
    return text.isEmpty ? nil : text
  }
}
