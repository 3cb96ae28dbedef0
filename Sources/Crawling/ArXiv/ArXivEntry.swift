import Foundation

/// What arXiv's interface says of a paper.
struct ArXivEntry: Sendable, Hashable {
  /// The identifier with its version, such as `2101.00001v2`.
  var identifier: String
  var title: String?
  var summary: String?
  var authors: [String] = []
  /// When the first version came.
  var published: Date?
  /// When this version came, as arXiv writes it.
  var updated: String?
  /// What its author says of it, such as that it is withdrawn.
  var comment: String?
  /// The categories, such as `cs.LG`, the primary one first.
  var categories: [String] = []

  /// Whether its author has withdrawn it: the last version then holds nothing.
  var isWithdrawn: Bool {
    let words = comment?.lowercased() ?? ""
    return words.contains("withdrawn by") || words.contains("has been withdrawn") || words == "withdrawn"
  }

  /// The identifier without its version, which is the paper's.
  var paper: String { ArXivSelection.withoutVersion(identifier) }
}
