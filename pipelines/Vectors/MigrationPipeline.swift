public import DataflowMacros

/// Vector store to itself: embeds what it holds with another model, beside what searches find, and puts it into its place
/// once every document is there.
///
/// It is a pipeline so that it leaves a record, and documents that cannot be embedded are found where all that failed is
/// found. An interrupted migration is gone on with: what is there already is not made again.
@Pipeline
public struct MigrationPipeline {
  /// What records call it.
  public static let recordedName = "vectors.migrate"

  let vectors: VectorStore
  let cleaner: Cleaner
  let chunker: Chunker
  let embedder: any Embedder
  let loader: DocumentLoader
  let leavesOutFailed: Bool

  /// Makes the pipeline.
  ///
  /// - Parameter leavesOutFailed: whether the new vectors take the place of the old ones though some documents could not be
  ///   embedded, which searches then do not find any more.
  init(
    vectors: VectorStore, cleaner: Cleaner, chunker: Chunker, embedder: any Embedder, leavesOutFailed: Bool = false
  ) {
    self.vectors = vectors
    self.cleaner = cleaner
    self.chunker = chunker
    self.embedder = embedder
    self.leavesOutFailed = leavesOutFailed
    loader = DocumentLoader(vectors: vectors, embedder: embedder)
  }

  /// Makes the collections for the new vectors, unless the store has vectors of the configured model already.
  @Step(cache: .disable)
  public func migratedStore() async throws -> MigratedStore {
    let active = try await vectors.models()
    let model = embedder.model
    StepContext.current.record(uri: vectors.location)
    StepContext.current.count(computed: 0)
    guard let former = active.values.first(where: { !$0.makesSameVectors(as: model) }) else {
      return MigratedStore(model: model)
    }
    let outcome = try await vectors.prepare(for: model)
    var store = MigratedStore(former: former, model: model, isResumed: outcome.isResumed)
    store.fingerprints = MigrationFingerprints(cleaner: cleaner, chunker: chunker, from: former, to: model)
    for category in active.keys {
      store.documents += try await vectors.collection(CleanedDocument.self, of: category).count(where: !.isIncomplete)
    }
    return store
  }

  /// What the new collections have already.
  @Step(cache: .recompute)
  public func migratedFeatures(migratedStore: MigratedStore) async throws -> StoredFeatures {
    var features = StoredFeatures()
    guard migratedStore.former != nil else { return features }
    for category in DataCategory.allCases {
      let states = try await vectors.states(of: category, madeBy: embedder.model)
      features.states[category.rawValue] = Dictionary(
        states.map { ($0.key.uuidString, $0.value) }, uniquingKeysWith: { $1 })
    }
    return features
  }

  /// The documents that searches find.
  @Step(cache: .recompute)
  public func storedDocuments(migratedStore: MigratedStore) -> ItemStream<CleanedDocument> {
    guard migratedStore.former != nil else { return ItemStream([CleanedDocument]()) }
    return ItemStream(StoredDocuments(vectors: vectors, total: migratedStore.documents))
  }

  /// The document with its new mark, if it is to be embedded.
  @Step(cache: .recompute)
  public func remainingDocuments(
    storedDocuments document: Each<CleanedDocument>, migratedStore: MigratedStore, migratedFeatures: StoredFeatures
  ) -> Flat<CleanedDocument> {
    guard let fingerprints = migratedStore.fingerprints else { return [] }
    if fingerprints.isMade(document, as: migratedFeatures.state(of: document.id, in: document.category)) {
      StepContext.current.count(cached: 1)
      return []
    }
    StepContext.current.count(computed: 1)
    var remade = document
    remade.fingerprint = fingerprints.migrated(document)
    return [remade]
  }

  /// Cuts one document, by its category.
  @Step(cache: .recompute)
  public func chunks(remainingDocuments document: Each<CleanedDocument>) throws -> ChunkedDocument {
    ChunkedDocument(document: document, chunks: try chunker.chunks(of: document))
  }

  /// Embeds one document, and loads it into the new collections.
  @Step(concurrency: 16, cache: .disable)
  public func loadedDocuments(
    chunks document: Each<ChunkedDocument>, migratedStore: MigratedStore
  ) async throws -> LoadedDocument {
    try await loader.load(document)
  }

  /// Makes sure that every document is there with its chunks, and puts the new collections into the place of the old ones.
  ///
  /// - Throws: ``PipelineError/incompleteMigration(reason:)`` when what should be there is not.
  @Step(cache: .disable)
  public func migrationSummary(
    loadedDocuments: Results<LoadedDocument>, migratedStore: MigratedStore
  ) async throws -> MigrationSummary {
    let loaded = loadedDocuments.compactMap(\.value)
    var summary = MigrationSummary(
      embedded: loaded.count, kept: max(0, migratedStore.documents - loadedDocuments.count),
      failed: loadedDocuments.count - loaded.count, isActive: true,
      lengths: ChunkLengths(loaded.flatMap(\.tokens)))
    if migratedStore.former != nil { summary.isActive = try await complete(hasFailed: summary.failed > 0) }
    // With all documents there already, to put them into place is still something that was done.
    StepContext.current.count(computed: migratedStore.former != nil && summary.isActive ? 1 : 0)
    note(summary, migratedStore)
    return summary
  }

  /// - Returns: whether searches find the new vectors now.
  private func complete(hasFailed: Bool) async throws -> Bool {
    let missing = try await vectors.missingInChange().values.reduce(0) { $0 + $1.count }
    if missing > 0, !(hasFailed && leavesOutFailed) {
      if hasFailed { return false }
      throw PipelineError.incompleteMigration(
        reason: "\(missing) documents that searches find have no vectors by the new model")
    }
    if let report = try await vectors.verifyChange(), report.hasDamage {
      throw PipelineError.incompleteMigration(reason: "what was made is not sound")
    }
    try await vectors.activate()
    // Which chunks say the same is a question of their vectors, too.
    try await vectors.linkDuplicates()
    return true
  }

  private func note(_ summary: MigrationSummary, _ store: MigratedStore) {
    let context = StepContext.current
    context.record("embedded", summary.embedded)
    context.record("kept", summary.kept)
    context.record("failed", summary.failed)
    context.record("active", summary.isActive)
    context.record("chunks", summary.lengths)
    context.record("model", store.model)
    if let former = store.former { context.record("former", former.name) }
    context.record(uri: vectors.location)
  }
}
