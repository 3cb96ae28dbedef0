/// What a writer does to each document.
package enum WritingMode: String, CaseIterable, Sendable {
  /// Inserts documents; those that are there already are refused.
  case insert
  /// Saves documents, in the place of those with their key or identifier.
  case save
  /// The same, without asking whether they are different.
  case upsert
  /// Gets or creates users, and prints the identifier of each.
  case user
}
