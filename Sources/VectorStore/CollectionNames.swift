import Domain

/// The names of a category's two collections.
struct CollectionNames: Sendable {
  /// The cleaned documents, without vectors: `cleaned_posts`.
  let cleaned: String
  /// The chunks with their vectors: `embedded_posts`.
  let embedded: String

  /// The names for `category`, each after `prefix`.
  init(_ category: DataCategory, prefix: String) {
    cleaned = "\(prefix)cleaned_\(category.rawValue)"
    embedded = "\(prefix)embedded_\(category.rawValue)"
  }
}
