public import Domain

/// How much a vector store holds.
public struct VectorStoreStatistics: Codable, Hashable, Sendable {
  /// The store's address, without credentials.
  public var location: String
  /// The engine and its version.
  public var engine: String
  /// The collections that exist, by category, cleaned before embedded.
  public var collections: [Collection]

  /// One collection.
  public struct Collection: Codable, Hashable, Sendable {
    /// Its name, such as `embedded_articles`.
    public var name: String
    /// What kind of writing it holds.
    public var category: DataCategory
    /// How many documents or chunks it holds.
    public var count: Int
    /// The model of its vectors, with their dimension; nil for cleaned documents, which have none.
    public var model: EmbeddingModelInfo?
    /// The same by author, most first.
    public var authors: [Author]
  }

  /// How much of one author there is.
  public struct Author: Codable, Hashable, Sendable {
    /// The author's identifier.
    public var id: Identifier
    /// The author's full name.
    public var name: String
    /// How many documents or chunks.
    public var count: Int
  }
}

/// How much of whom a category holds.
struct CategoryTally: Sendable {
  var documents: [VectorStoreStatistics.Author] = []
  var chunks: [VectorStoreStatistics.Author] = []
  var chunkCount = 0
}
