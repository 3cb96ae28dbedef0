public import Domain

/// What a vector store keeps: a value that knows its collection. Its identifier is deterministic, so that storing it twice
/// stores it once.
///
/// The two that there are: ``Domain/CleanedDocument``, which has no vector, and ``Domain/EmbeddedChunk``, which is found
/// by its own; each in one collection for each category.
public protocol VectorDocument: Codable, Hashable, Identifiable, Sendable where ID == Identifier {
  /// The kind of collection that it is kept in.
  static var kind: CollectionKind { get }
  /// What kind of writing it is, or comes from: with ``kind`` it says which collection it is kept in.
  var category: DataCategory { get }
}

extension VectorDocument {
  /// The name of the collection that it is kept in, such as `embedded_articles`, without a store's prefix.
  public var collection: String { Self.kind.collection(of: category) }
}

extension CleanedDocument: VectorDocument {
  /// Kept without a vector.
  public static var kind: CollectionKind { .cleaned }
}

extension EmbeddedChunk: VectorDocument {
  /// Kept with its vector.
  public static var kind: CollectionKind { .embedded }
  /// What kind of writing the chunk's document is.
  public var category: DataCategory { chunk.category }
}

extension Sequence where Element: VectorDocument {
  /// The documents of each category, in their order.
  public func groupedByCategory() -> [DataCategory: [Element]] {
    Dictionary(grouping: self, by: \.category)
  }
}
