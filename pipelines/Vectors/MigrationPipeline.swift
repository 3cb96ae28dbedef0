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

  /// Makes the collections for the new vectors, unless the store has vectors of the configured model already, stored as
  /// this version of twin does.
  @Step(cache: .disable)
  public func migratedStore() async throws -> MigratedStore {
    let model = embedder.model
    StepContext.current.record(uri: vectors.location)
    StepContext.current.count(computed: 0)
    // It also completes an earlier change that broke off when it was put into place.
    let prepared = try await PreparedStore(vectors, for: model)
    var store = MigratedStore(
      former: prepared.previousModel, model: model, isResumed: prepared.isResumed,
      abandonedModel: prepared.abandonedModel, changesTo: prepared.changesTo)
    guard let former = store.former else { return store }
    store.fingerprints = MigrationFingerprints(cleaner: cleaner, chunker: chunker, from: former, to: model)
    for category in try await vectors.models().keys {
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
  ///
  /// - Throws: what keeps the document from being loaded; `StepFailure` if it keeps all of them from it.
  @Step(concurrency: 32, cache: .disable)
  public func loadedDocuments(
    chunks document: Each<ChunkedDocument>, migratedStore: MigratedStore
  ) async throws -> LoadedDocument {
    try await failingWithStore { try await loader.load(document) }
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
    if migratedStore.former != nil {
      summary.incomplete = try await putAsideIncomplete()
      summary.isActive = try await activate(leavingOut: summary.failed + summary.incomplete)
      // With all documents there already, to put them into place is still something that was done.
      StepContext.current.count(computed: summary.isActive ? 1 : 0)
    }
    // Which chunks say the same is a question of their vectors, too; an earlier run may have broken off before this.
    if summary.isActive { try await linkDuplicates(in: vectors) }
    note(summary, migratedStore)
    return summary
  }

  /// Puts the documents into quarantine that searches find in part, and that therefore were not embedded.
  ///
  /// - Returns: how many there are.
  private func putAsideIncomplete() async throws -> Int {
    let complete = try await vectors.missingInChange()
    var count = 0
    for (category, ids) in try await vectors.missingInChange(includesIncomplete: true).sorted(by: { $0.key < $1.key }) {
      for id in Set(ids).subtracting(complete[category, default: []]).sorted() {
        let name = "\(category.rawValue) \(id)"
        StepContext.current.quarantine(item: name, error: PipelineError.incompleteDocument(name: name))
        count += 1
      }
    }
    return count
  }

  /// Puts the new vectors into place if everything is there, but for so many documents that cannot be.
  ///
  /// - Returns: whether searches find the new vectors now.
  private func activate(leavingOut failures: Int) async throws -> Bool {
    if failures > 0, !leavesOutFailed { return false }
    let missing = try await vectors.missingInChange().values.reduce(0) { $0 + $1.count }
    guard missing <= failures else {
      throw PipelineError.incompleteMigration(
        reason: "\(missing) documents that searches find have no vectors by the new model")
    }
    if let report = try await vectors.verifyChange(), report.hasDamage {
      throw PipelineError.incompleteMigration(reason: "what was made is not sound")
    }
    try await vectors.activate()
    return true
  }

  private func note(_ summary: MigrationSummary, _ store: MigratedStore) {
    let context = StepContext.current
    context.record("embedded", summary.embedded)
    context.record("kept", summary.kept)
    context.record("failed", summary.failed)
    context.record("incomplete", summary.incomplete)
    context.record("active", summary.isActive)
    context.record("chunks", summary.lengths)
    context.record("model", store.model)
    if let former = store.former {
      context.record("former", former.name)
      context.record("changes_form", former.makesSameVectors(as: store.model))
    }
    if let abandoned = store.abandonedModel { context.record("abandoned_change_to", abandoned) }
    if let model = store.changesTo { context.record("changes_to", model) }
    context.record(uri: vectors.location)
  }
}
