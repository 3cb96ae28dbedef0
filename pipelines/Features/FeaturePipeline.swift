public import DataflowMacros

/// Warehouse to vector store: cleans, cuts, embeds and loads the documents that changed, and deletes what is gone.
///
/// Documents flow through one by one, so that it does not matter how many there are. A document is done when its cleaned
/// form is in the vector store with the hash of its input and the fingerprint of the code and parameters; that form is
/// written last, so that an interrupted document is done again.
@Pipeline
public struct FeaturePipeline {
  let warehouse: Warehouse
  let vectors: VectorStore
  let cleaner: Cleaner
  let chunker: Chunker
  let embedder: any Embedder
  let loader: DocumentLoader
  /// What code and parameters make of a document: another fingerprint means that everything is made again.
  let fingerprint: ContentHash
  let remakesAll: Bool

  /// Makes the pipeline.
  ///
  /// - Parameter remakesAll: whether documents that have not changed are made again, too.
  public init(
    warehouse: Warehouse, vectors: VectorStore, cleaner: Cleaner, chunker: Chunker, embedder: any Embedder,
    remakesAll: Bool = false
  ) {
    self.warehouse = warehouse
    self.vectors = vectors
    self.cleaner = cleaner
    self.chunker = chunker
    self.embedder = embedder
    loader = DocumentLoader(vectors: vectors, embedder: embedder)
    self.remakesAll = remakesAll
    fingerprint = featureFingerprint(cleaner: cleaner, chunker: chunker, model: embedder.model)
  }

  /// The users of the named authors, or everyone in the warehouse when none is named.
  @Step(cache: .recompute)
  public func users(authorNames: [String]) async throws -> [User] {
    try await warehouse.users(named: authorNames)
  }

  /// Their documents, those that cannot be read included.
  @Step(cache: .recompute)
  public func rawDocuments(users: [User], categories: [DataCategory]) -> ItemStream<CollectedDocument> {
    ItemStream(CollectedDocuments(warehouse: warehouse, categories: categories, authors: users.map(\.id)))
  }

  /// What the vector store has of them by the configured model.
  ///
  /// - Throws: ``PipelineError/modelChangeForSome(stored:configured:others:)`` if a change of the model would drop what
  ///   this run does not make again.
  @Step(cache: .recompute)
  public func storedFeatures(
    users: [User], authorNames: [String], categories: [DataCategory]
  ) async throws -> StoredFeatures {
    let isForAll = authorNames.isEmpty && categories.count == DataCategory.allCases.count
    return try await states(of: users, in: categories, isForAll: isForAll)
  }

  /// Makes the collections of the vector store that are missing; beside those that another model filled, new ones.
  @Step(cache: .disable)
  public func preparedStore(storedFeatures: StoredFeatures) async throws -> PreparedStore {
    try await PreparedStore(vectors, for: embedder.model)
  }

  /// The lines that many documents of an author repeat, which are left out of them. Of all documents, changed or not: the
  /// others decide about each.
  @Step(cache: .recompute)
  public func boilerplate(users: [User], categories: [DataCategory]) async throws -> BoilerplateLines {
    let found = try await BoilerplateLines(in: warehouse, categories, authors: users.map(\.id), cleaner.boilerplate)
    StepContext.current.record("lines", found.notes)
    return found
  }

  /// What has to be done about one document.
  @Step(cache: .recompute)
  public func documentChanges(
    rawDocuments document: Each<CollectedDocument>, storedFeatures: StoredFeatures, boilerplate: BoilerplateLines
  ) -> DocumentChange {
    let changed = document.document.map { ChangedDocument($0, without: boilerplate) }
    return DocumentChange(
      id: document.id, category: document.category, kind: change(of: changed, since: storedFeatures))
  }

  /// The document, if it is to be made, and what is to be left out of it.
  ///
  /// - Throws: ``PipelineError/unreadableDocument(name:reason:)``.
  @Step(cache: .recompute)
  public func changedDocuments(
    rawDocuments document: Each<CollectedDocument>, storedFeatures: StoredFeatures, boilerplate: BoilerplateLines
  ) throws -> Flat<ChangedDocument> {
    guard let raw = document.document else {
      throw PipelineError.unreadableDocument(name: document.itemName, reason: document.problem ?? "nobody knows why")
    }
    let changed = ChangedDocument(raw, without: boilerplate)
    let isUnchanged = change(of: changed, since: storedFeatures) == .unchanged
    StepContext.current.count(computed: isUnchanged ? 0 : 1, cached: isUnchanged ? 1 : 0)
    return isUnchanged ? [] : [changed]
  }

  /// Cleans one document, by its category.
  @Step
  public func cleanedDocuments(changedDocuments changed: Each<ChangedDocument>) -> CleaningResult {
    let cleaned = cleaner.cleaned(changed.document, without: Set(changed.boilerplate))
    var document = CleanedDocument(of: changed.document, text: cleaned.text, fingerprint: fingerprint)
    document.inputHash = changed.inputHash
    return CleaningResult(document: document, removals: Removals(cleaned))
  }

  /// Cuts one document, by its category.
  @Step
  public func chunks(cleanedDocuments cleaned: Each<CleaningResult>) throws -> ChunkedDocument {
    ChunkedDocument(
      document: cleaned.document, chunks: try chunker.chunks(of: cleaned.document), removals: cleaned.removals)
  }

  /// Embeds one document, and loads it in the place of what an earlier version left.
  ///
  /// - Throws: what keeps the document from being loaded; `StepFailure` if it keeps all of them from it.
  @Step(concurrency: 32, cache: .disable)
  public func loadedDocuments(
    chunks document: Each<ChunkedDocument>, preparedStore: PreparedStore
  ) async throws -> LoadedDocument {
    try await failingWithStore { try await loader.load(document) }
  }

  /// What the warehouse no longer has. A document that cannot be read, or that failed, is not gone.
  @Step(cache: .recompute)
  public func goneDocuments(storedFeatures: StoredFeatures, documentChanges: [DocumentChange]) -> [StoredDocument] {
    gone(from: storedFeatures, since: documentChanges)
  }

  /// Deletes it from the vector store.
  @Step(cache: .disable)
  public func deletedDocuments(goneDocuments: [StoredDocument]) async throws -> Int {
    var deleted = 0
    for category in DataCategory.allCases {
      let ids = goneDocuments.filter { $0.category == category }.map(\.id)
      if !ids.isEmpty { deleted += try await vectors.delete(documents: ids, in: category) }
    }
    StepContext.current.count(deleted: deleted)
    return deleted
  }

  /// Puts the vectors of another model into the place of the old ones once no document is missing that searches find:
  /// a change that documents keep failing at costs nothing that there is.
  @Step(cache: .disable)
  public func activatedStore(
    preparedStore: PreparedStore, loadedDocuments: [LoadedDocument], deletedDocuments: Int
  ) async throws -> ActivatedStore {
    var store = ActivatedStore(abandonedModel: preparedStore.abandonedModel, changesTo: preparedStore.changesTo)
    guard let previous = preparedStore.previousModel else { return store }
    store.waitsFor = try await vectors.missingInChange().values.map(\.count).reduce(0, +)
    guard store.waitsFor == 0 else { return store }
    try await vectors.activate()
    store.replacedVectorsOf = previous.name
    return store
  }

  /// Finds chunks that say the same as others, which searches then leave out.
  @Step(cache: .disable)
  public func linkedDuplicates(activatedStore: ActivatedStore) async throws -> DuplicateReport {
    try await linkDuplicates(in: vectors)
  }

  /// Adds the documents up. Never cached: what it notes is of this run.
  @Step(cache: .disable)
  public func featureSummary(
    loadedDocuments: [LoadedDocument], documentChanges: [DocumentChange], goneDocuments: [StoredDocument],
    deletedDocuments: Int, activatedStore: ActivatedStore, linkedDuplicates: DuplicateReport
  ) -> FeatureSummary {
    let summary = FeatureSummary(
      changed: documentChanges.count { $0.kind == .changed },
      unchanged: documentChanges.count { $0.kind == .unchanged }, gone: goneDocuments.count,
      documentsByCategory: tally(loadedDocuments.map(\.category.rawValue)),
      documentsByAuthor: tally(loadedDocuments.map(\.authorFullName)),
      languages: loadedDocuments.reduce(into: LanguageTally()) { $0.add($1.language) },
      lengths: ChunkLengths(loadedDocuments.flatMap(\.tokens)),
      removals: loadedDocuments.reduce(into: Removals()) { $0.add($1.removals) }, duplicates: linkedDuplicates)
    note(summary, activatedStore)
    return summary
  }
}
