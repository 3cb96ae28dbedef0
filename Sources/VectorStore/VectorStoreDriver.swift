import Domain
import Storage

/// What an engine must do to be a vector store; ``VectorStore`` checks what comes in before a driver sees it.
///
/// Conforming: one file of a type with a URL scheme of its own, and one line in ``VectorStore/drivers``. The shared
/// suite in `VectorStoreTests` says what is asked of it. Reading from collections that do not exist finds nothing;
/// writing to them throws ``VectorStoreError/notPrepared(store:category:)``.
protocol VectorStoreDriver: Sendable {
  /// The schemes of the URLs that name such a store.
  static var schemes: [String] { get }

  /// Connects, and checks that the engine is one that can be used.
  static func open(_ address: StoreAddress) async throws -> any VectorStoreDriver

  /// The engine and its version, such as `Qdrant 1.15.0`.
  var engine: String { get }
  /// Where it is, without credentials.
  var location: String { get }
  /// What the names of its collections begin with.
  var prefix: String { get }

  /// The model of each category's vectors, of the categories that exist.
  func models() async throws -> [DataCategory: EmbeddingModelInfo]
  /// Makes what is missing, and makes anew what belongs to another model.
  func prepare(for model: EmbeddingModelInfo) async throws -> PreparationOutcome
  /// Removes everything that ``prepare(for:)`` makes.
  func drop() async throws

  /// Replaces each document and its chunks. An interruption at any moment leaves each document either as it was, or
  /// as it shall be, or with a state that equals no fingerprint, so that the next run makes it again.
  func replace(_ replacements: [DocumentReplacement]) async throws -> StoredCounts
  /// Deletes documents and their chunks; an interrupted deletion leaves the document's state behind, unequal to any
  /// fingerprint.
  ///
  /// - Returns: how many documents there were.
  func delete(documents ids: [Identifier], in category: DataCategory) async throws -> Int

  /// Removes what deleted texts may have left in the engine's own files.
  func purge() async throws

  /// States in the order of their identifiers.
  func states(of category: DataCategory, authors: [Identifier]?, from cursor: Identifier?) async throws
    -> Page<IdentifiedState>
  /// Complete documents in the order of their identifiers.
  func documents(in category: DataCategory, authors: [Identifier]?, from cursor: Identifier?) async throws
    -> Page<CleanedDocument>
  /// Chunks with their vectors, in the order of their identifiers.
  func chunks(in category: DataCategory, filter: ChunkFilter, from cursor: Identifier?) async throws
    -> Page<EmbeddedChunk>
  /// Chunks and whose they are, in the order of their identifiers.
  func references(in category: DataCategory, from cursor: Identifier?) async throws -> Page<ChunkReference>
  /// How much of whom there is.
  func tally(of category: DataCategory) async throws -> CategoryTally

  /// The chunks whose vectors have the smallest angle to `vector` (of unit length), best first.
  func nearest(to vector: [Float], filter: ChunkFilter, limit: Int) async throws -> [SearchHit]
  /// The chunks that match the words (``keywordWords(of:)``) best by BM25, best first.
  func matching(_ words: [String], filter: ChunkFilter, limit: Int) async throws -> [SearchHit]
}
