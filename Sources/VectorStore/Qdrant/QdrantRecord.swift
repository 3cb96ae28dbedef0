import Domain

/// What the collection `twin_collections` tells of a collection that twin made: a point without vectors, its identifier
/// derived from the collection's name.
///
/// It is written before the collection is made, so that one that an interruption left half made is known to be twin's.
struct QdrantRecord: Codable, Sendable {
  /// What the collection of the records is called, after the prefix.
  static let collection = "twin_collections"

  /// The name of the collection.
  var collection: String
  /// The model of its vectors; nil when it has none.
  var model: EmbeddingModelInfo?

  /// The point's identifier.
  var id: Identifier { Identifier("collection", [collection]) }
}
