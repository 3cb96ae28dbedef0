public import DataflowMacros

/// Warehouse to vector store: cleans, cuts, embeds and loads the documents that changed, and deletes what is gone.
///
/// A document is done when its cleaned form is in the vector store with the hash of its input and the fingerprint of
/// the code and parameters; that form is written last, so that an interrupted document is done again.
@Pipeline
public struct FeaturePipeline {
  /// How many documents are embedded and loaded in one movement: what an interruption costs at most.
  static let batchSize = 16

  let warehouse: Warehouse
  let vectors: VectorStore
  let cleaner: Cleaner
  let chunker: Chunker
  let embedder: any Embedder

  /// Makes the pipeline.
  public init(
    warehouse: Warehouse, vectors: VectorStore, cleaner: Cleaner, chunker: Chunker, embedder: any Embedder
  ) {
    self.warehouse = warehouse
    self.vectors = vectors
    self.cleaner = cleaner
    self.chunker = chunker
    self.embedder = embedder
  }

  /// What code and parameters make of a document: another fingerprint means that everything is made again.
  var fingerprint: ContentHash {
    ContentHash(ofParts: [cleaner.fingerprint, chunker.fingerprint, embedder.model.name, embedder.model.digest])
  }

  /// The users of the named authors, or everyone in the warehouse when none is named.
  @Step
  public func users(authorNames: [String]) async throws -> [User] {
    try await warehouse.users(named: authorNames)
  }

  /// Their posts.
  @Step
  public func posts(users: [User], categories: [DataCategory]) async throws -> CollectedDocuments {
    try await documents(.posts, of: users, among: categories)
  }

  /// Their articles.
  @Step
  public func articles(users: [User], categories: [DataCategory]) async throws -> CollectedDocuments {
    try await documents(.articles, of: users, among: categories)
  }

  /// The files of their repositories.
  @Step
  public func repositories(users: [User], categories: [DataCategory]) async throws -> CollectedDocuments {
    try await documents(.repositories, of: users, among: categories)
  }

  /// What has to be done. Makes the collections of the vector store that are missing, or that another model filled.
  @Step
  public func plan(
    users: [User], authorNames: [String], categories: [DataCategory], posts: CollectedDocuments,
    articles: CollectedDocuments, repositories: CollectedDocuments
  ) async throws -> FeaturePlan {
    try await prepareStore(for: users, isForAll: authorNames.isEmpty && categories.count == DataCategory.allCases.count)
    let fingerprint = fingerprint
    var plan = FeaturePlan(changed: [], unchanged: 0, gone: [:])
    for (category, collected) in [
      (DataCategory.posts, posts), (.articles, articles), (.repositories, repositories),
    ] where categories.contains(category) {
      var states = try await vectors.states(of: category, authors: users.map(\.id))
      // What cannot be read is not gone: its features stay until it can.
      for id in collected.unreadable { states[id] = nil }
      for document in collected.documents {
        let state = states.removeValue(forKey: document.id)
        if let state, state.inputHash == document.contentHash, state.fingerprint == fingerprint {
          plan.unchanged += 1
        } else {
          plan.changed.append(document)
        }
      }
      if !states.isEmpty { plan.gone[category] = states.keys.sorted() }
    }
    StepContext.current.record("changed", plan.changed.count)
    StepContext.current.record("unchanged", plan.unchanged)
    StepContext.current.record("gone", plan.gone.values.reduce(0) { $0 + $1.count })
    return plan
  }

  /// The documents to be made.
  @Step
  public func changedDocuments(plan: FeaturePlan) -> [RawDocument] { plan.changed }

  /// Cleans one document, by its category.
  @Step
  public func cleanedDocuments(changedDocuments document: Each<RawDocument>) -> CleanedDocument {
    CleanedDocument(of: document, text: cleaner.clean(document), fingerprint: fingerprint)
  }

  /// Cuts one document, by its category.
  @Step
  public func chunks(cleanedDocuments document: Each<CleanedDocument>) throws -> ChunkedDocument {
    ChunkedDocument(document: document, chunks: try chunker.chunks(of: document))
  }

  /// Embeds and loads documents, a few at a time, and replaces what earlier versions of them left.
  @Step
  public func loadedDocuments(chunks: [ChunkedDocument], plan: FeaturePlan) async throws -> LoadSummary {
    let context = StepContext.current
    var summary = LoadSummary(chunks: chunks, model: embedder.model)
    for start in stride(from: 0, to: chunks.count, by: Self.batchSize) {
      try Task.checkCancellation()
      let batch = Array(chunks[start..<min(start + Self.batchSize, chunks.count)])
      try await load(batch, counting: &summary)
      context.progress(completed: min(start + Self.batchSize, chunks.count), total: chunks.count)
    }
    context.count(computed: summary.documents, cached: plan.unchanged, deleted: summary.chunksDeleted)
    context.record("documents", summary.documentsByCategory)
    context.record("documents_per_author", summary.documentsByAuthor)
    context.record("chunks", summary.lengths)
    context.record("embedding", embedder.model)
    context.record(uri: vectors.location)
    return summary
  }

  /// Deletes from the vector store what the warehouse no longer has.
  @Step
  public func deletedDocuments(plan: FeaturePlan) async throws -> Int {
    var deleted = 0
    for (category, ids) in plan.gone.sorted(by: { $0.key < $1.key }) {
      deleted += try await vectors.delete(documents: ids, in: category)
    }
    StepContext.current.count(deleted: deleted)
    return deleted
  }
}
