import Foundation

/// `Shares.csv` of a LinkedIn data export: one row for each post.
struct SharesFile: Sendable {
  /// One row, decoded.
  struct Share: Sendable, Hashable {
    /// Where the row begins.
    var line: Int
    var link: String
    var commentary: String
    var date: Date?
    /// `PUBLIC` or `MEMBER_NETWORK`, as the file writes it.
    var visibility: String?
    /// What was shared, if that has an address.
    var sharedURL: String
    /// The post's picture or film.
    var mediaURL: String
  }

  /// The rows, in the order of the file.
  let shares: [Share]
  /// What stopped the reading before the end of the file, if anything did.
  let problem: String?

  /// Reads a file. Columns are found by name, without regard to letter case.
  init(_ bytes: [UInt8]) {
    let table = ExportTable(bytes, required: ["ShareLink", "ShareCommentary"])
    problem = table.problem
    shares = table.rows.map { row in
      let link = row.trimmed("sharelink")
      let visibility = row.trimmed("visibility")
      return Share(
        line: row.line, link: link, commentary: decodedCommentary(row["sharecommentary"]),
        date: checkedDate(exportDate(row.trimmed("date")), made: LinkedInPostName(in: link)?.date),
        visibility: visibility.isEmpty ? nil : visibility, sharedURL: row.trimmed("sharedurl"),
        mediaURL: row.trimmed("mediaurl"))
    }
  }
}
