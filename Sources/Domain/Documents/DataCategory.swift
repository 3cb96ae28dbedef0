/// What kind of writing a document is; each stage dispatches on it.
///
/// The raw values are the names of the warehouse's collections, and what `--category` takes.
public enum DataCategory: String, Codable, CaseIterable, Sendable, Comparable {
  /// Short posts, such as LinkedIn's.
  case posts
  /// Articles, essays and notes.
  case articles
  /// The files of a source code repository, one document each.
  case repositories

  /// Orders as declared.
  public static func < (left: DataCategory, right: DataCategory) -> Bool { left.rawValue < right.rawValue }
}
