import Domain

/// A query made ready for a driver.
struct SearchPlan: Sendable {
  /// Those of the query's categories that there are.
  var categories: [DataCategory]
  var filter: VectorFilter
  /// Of unit length; nil if no dense ranking counts.
  var vector: [Float]?
  /// What the ranking by keywords looks for; nil if none counts.
  var terms: [String]?
  /// The terms of the query that are highlighted, whether they are looked for or not.
  var highlighted: Set<String>
  /// How the rankings are joined; nil if there is one only.
  var fusion: Fusion?
  /// Whether one of several candidates that say the same is kept only.
  var joinsDuplicates = false
  /// Whether the vectors of what is found are wanted.
  var includesVectors = false

  func search(_ limit: Int) -> ChunkSearch {
    ChunkSearch(categories: categories, filter: filter, limit: limit, includesVectors: includesVectors)
  }
}
