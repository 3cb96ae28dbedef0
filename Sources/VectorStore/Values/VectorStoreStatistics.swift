public import Domain

/// How much a vector store holds.
public struct VectorStoreStatistics: Codable, Hashable, Sendable {
  /// The store's address, without credentials.
  public var location: String
  /// The engine and its version.
  public var engine: String
  /// The collections that exist, by category, cleaned before embedded.
  public var collections: [Collection]
  /// The change of the model that is under way; nil if none is.
  public var pending: Change?

  /// One collection that searches read.
  public struct Collection: Codable, Hashable, Sendable {
    /// Its name, such as `embedded_articles`.
    public var name: String
    /// Whether it holds documents or chunks.
    public var kind: CollectionKind
    /// What kind of writing it holds.
    public var category: DataCategory
    /// How many documents or chunks it holds.
    public var count: Int
    /// The model of its vectors, with their dimension; nil for cleaned documents, which have none.
    public var model: EmbeddingModelInfo?
    /// The same by author, most first.
    public var authors: [Author]
    /// The same by platform.
    public var platforms: [String: Int]
    /// Of documents: how many are incomplete, since their replacement or deletion was interrupted; nil for chunks.
    public var incomplete: Int?
    /// Of chunks: how many say the same as another one; nil for documents.
    public var duplicates: Int?
    /// Of chunks: how many are not compared with the others yet; nil for documents.
    public var unlinked: Int?
    /// The bytes of the vectors by themselves, four for each component; nil for documents.
    public var vectorBytes: Int?

    enum CodingKeys: String, CodingKey {
      case name, kind, category, count, model, authors, platforms, incomplete, duplicates, unlinked
      case vectorBytes = "vector_bytes"
    }
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

  /// What a change of the model has made beside the collections that searches read.
  public struct Change: Codable, Hashable, Sendable {
    /// The model that makes the new vectors.
    public var model: EmbeddingModelInfo
    /// How many documents have their chunks by it.
    public var documents: Int
    /// How many chunks those are.
    public var chunks: Int
    /// How many documents that searches find have none by it yet: what the change waits for.
    public var missing: Int
  }
}
