import Domain

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

  // MARK: Collections

  /// The models of what exists.
  func models() async throws -> StoredModels
  /// Makes what is missing. Where the active collections hold another model's vectors, makes pending ones beside them,
  /// or goes on with those that an interrupted change left; pending ones of a third model are dropped, which the outcome
  /// says. Asked for the active model, it leaves a change to another one as it is. An activation that broke off is
  /// completed before anything is dropped.
  func prepare(for model: EmbeddingModelInfo) async throws -> PreparationOutcome
  /// Puts the pending collections into the place of the active ones, which are dropped; nothing if there are none.
  /// Searches find the old ones or the new ones at any moment; interrupted, it is completed by calling it again.
  func activate() async throws
  /// Drops the pending collections, a half of them too that others have left. An activation that broke off is completed
  /// instead: what was active may be gone already.
  ///
  /// - Returns: the model that they were made for; nil if there were none.
  func dropPending() async throws -> EmbeddingModelInfo?
  /// Removes everything that ``prepare(for:)`` makes.
  func drop() async throws
  /// Whether there is anything for ``drop()`` to remove, also what the models do not tell of because a part is missing.
  func hasCollections() async throws -> Bool

  // MARK: Writing

  /// Replaces each document and its chunks. An interruption at any moment leaves each document either as it was, or
  /// as it shall be, or with a state that equals no fingerprint, so that the next run makes it again.
  func replace(_ replacements: [DocumentReplacement], in generation: Generation) async throws -> StoredCounts
  /// Deletes documents and their chunks, pending ones too; an interrupted deletion leaves the document's state behind,
  /// unequal to any fingerprint.
  ///
  /// - Returns: how many active documents there were.
  func delete(documents ids: [Identifier], in category: DataCategory) async throws -> Int
  /// Stores documents by themselves, whatever else there is: a document without its chunks, chunks without theirs.
  func upsert<Document: VectorDocument>(_ documents: [Document], into collection: CollectionReference) async throws
  /// Deletes what passes the filter from one collection.
  ///
  /// - Returns: how many there were.
  func delete(where filter: VectorFilter, from collection: CollectionReference) async throws -> Int
  /// Notes which chunks say the same as others; those that are not there are passed over. Storing a chunk makes it
  /// unlinked again; so does deleting the chunk that stands for it, before that is gone.
  func link(_ links: [DuplicateLink], in collection: CollectionReference) async throws
  /// Forgets of chunks whether they say the same as others.
  func unlink(_ ids: [Identifier], in collection: CollectionReference) async throws
  /// Removes what deleted texts may have left in the engine's own files.
  ///
  /// - Returns: false if someone who reads an older state of the files keeps a part of it there.
  func purge() async throws -> Bool

  // MARK: Reading

  /// States in the order of their identifiers; one that cannot be read is that of an incomplete document.
  func states(
    of category: DataCategory, authors: [Identifier]?, in generation: Generation, from cursor: Identifier?
  ) async throws -> Page<IdentifiedState>
  /// What passes the filter, in the order of the identifiers; of documents, complete ones only. What cannot be read is
  /// named beside the others (``Page/unreadable``), or the error says so that is thrown for all.
  func page<Document: VectorDocument>(
    of type: Document.Type, in collection: CollectionReference, where filter: VectorFilter, from cursor: Identifier?
  ) async throws -> Page<Document>
  /// Chunks and whose they are, in the order of their identifiers; ``ChunkReference/nobody``'s if they do not say.
  func references(
    in collection: CollectionReference, where filter: VectorFilter, from cursor: Identifier?
  ) async throws -> Page<ChunkReference>
  /// How many pass the filter.
  func count(where filter: VectorFilter, in collection: CollectionReference) async throws -> Int
  /// How many of those that pass the filter have each value of a field.
  func counts(
    by field: VectorField, where filter: VectorFilter, in collection: CollectionReference
  ) async throws -> [String: Int]

  /// The full name of the author of one of those that pass the filter; nil if none does.
  func authorName(where filter: VectorFilter, in collection: CollectionReference) async throws -> String?

  /// What is wrong with that which the engine makes of documents and chunks for its searches, in words.
  ///
  /// - Parameter mending: whether it is made anew.
  func indexProblems(mending: Bool) async throws -> [String]

  // MARK: Searching

  /// The chunks whose vectors have the smallest angle to `vector` (of unit length), best first.
  func nearest(to vector: [Float], _ search: ChunkSearch) async throws -> [ScoredChunk]
  /// The same for several vectors, in their order.
  func nearest(toEach vectors: [[Float]], _ search: ChunkSearch) async throws -> [[ScoredChunk]]
  /// The chunks that match the terms (``keywordTerms(of:)``) best by BM25, best first.
  func matching(_ terms: [String], _ search: ChunkSearch) async throws -> [ScoredChunk]
  /// The first of both rankings joined, each of `depth` chunks at most; as many as the search's limit.
  func fused(
    nearest vector: [Float], matching terms: [String], by fusion: Fusion, depth: Int, _ search: ChunkSearch
  ) async throws -> FusedRanking

  // MARK: Snapshots

  /// Copies the active collections, documents before chunks.
  func makeSnapshots() async throws -> [CollectionSnapshot]
  /// The copies of the active collections, the newest first.
  func snapshots() async throws -> [CollectionSnapshot]
  /// Puts an active collection back to what it was.
  func restore(_ snapshot: CollectionSnapshot) async throws
  /// Removes a copy, if it is there.
  func remove(_ snapshot: CollectionSnapshot) async throws
}

extension VectorStoreDriver {
  /// None: an engine that keeps nothing of the kind, or looks after it by itself.
  func indexProblems(mending: Bool) async throws -> [String] { [] }

  /// One after the other.
  func nearest(toEach vectors: [[Float]], _ search: ChunkSearch) async throws -> [[ScoredChunk]] {
    var found: [[ScoredChunk]] = []
    for vector in vectors { found.append(try await nearest(to: vector, search)) }
    return found
  }

  /// Joins what ``nearest(to:_:)`` and ``matching(_:_:)`` find.
  func fused(
    nearest vector: [Float], matching terms: [String], by fusion: Fusion, depth: Int, _ search: ChunkSearch
  ) async throws -> FusedRanking {
    let deep = ChunkSearch(
      categories: search.categories, filter: search.filter, limit: depth, includesVectors: search.includesVectors)
    async let dense = nearest(to: vector, deep)
    async let keyword = matching(terms, deep)
    let rankings = try await (dense: dense, keyword: keyword)
    let chunks = fusion.fused(dense: rankings.dense, keyword: rankings.keyword)
    return FusedRanking(
      chunks: Array(chunks.prefix(search.limit)),
      areAll: rankings.dense.count < depth && rankings.keyword.count < depth && chunks.count <= search.limit)
  }
}
