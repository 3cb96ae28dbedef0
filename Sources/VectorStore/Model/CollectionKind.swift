public import Domain

/// What the documents of a collection are.
public enum CollectionKind: String, Codable, CaseIterable, Sendable {
  /// Cleaned documents, without vectors.
  case cleaned
  /// Chunks with their vectors.
  case embedded

  /// The name of a category's collection, such as `cleaned_posts`.
  ///
  /// - Parameter prefix: what the names of the store's collections begin with.
  public func collection(of category: DataCategory, prefix: String = "") -> String {
    "\(prefix)\(rawValue)_\(category.rawValue)"
  }
}
