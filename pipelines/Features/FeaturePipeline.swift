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

  /// What has to be done about their documents: the warehouse is read beside what the vector store has of them by the
  /// configured model.
  ///
  /// - Throws: ``PipelineError/modelChangeForSome(stored:configured:others:)`` if a change of the model would drop what
  ///   this run does not make again.
  @Step(cache: .recompute)
  public func documentChanges(
    users: [User], authorNames: [String], categories: [DataCategory]
  ) async throws -> DocumentChanges {
    let isForAll = authorNames.isEmpty && categories.count == DataCategory.allCases.count
    async let stored = states(of: users, in: categories, isForAll: isForAll)
    let survey = try await DocumentSurvey(
      of: warehouse, categories, authors: users.map(\.id), cleaner.boilerplate)
    let changes = changes(in: survey, since: try await stored)
    note(survey, changes)
    return changes
  }

  /// Makes the collections of the vector store that are missing; beside those that another model filled, new ones.
  @Step(cache: .disable)
  public func preparedStore(documentChanges: DocumentChanges) async throws -> PreparedStore {
    try await PreparedStore(vectors, for: embedder.model)
  }

  /// The documents that are to be made, and those that cannot be read.
  @Step(cache: .recompute)
  public func rawDocuments(documentChanges: DocumentChanges) -> ItemStream<CollectedDocument> {
    ItemStream(CollectedDocuments(warehouse: warehouse, changes: documentChanges))
  }

  /// The document, and what is to be left out of it.
  ///
  /// - Throws: ``PipelineError/unreadableDocument(name:reason:)``.
  @Step(cache: .recompute)
  public func changedDocuments(
    rawDocuments document: Each<CollectedDocument>, documentChanges: DocumentChanges
  ) throws -> ChangedDocument {
    guard let raw = document.document else {
      throw PipelineError.unreadableDocument(name: document.itemName, reason: document.problem ?? "nobody knows why")
    }
    return ChangedDocument(raw, without: documentChanges.boilerplate)
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

  /// What the warehouse no longer has.
  @Step(cache: .recompute)
  public func goneDocuments(documentChanges: DocumentChanges) -> [DocumentReference] {
    documentChanges.gone
  }

  /// Deletes it from the vector store, once what is there has the indexes that finding it takes.
  @Step(cache: .disable)
  public func deletedDocuments(
    goneDocuments: [DocumentReference], preparedStore: PreparedStore
  ) async throws -> Int {
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
    loadedDocuments: [LoadedDocument], documentChanges: DocumentChanges, goneDocuments: [DocumentReference],
    deletedDocuments: Int, activatedStore: ActivatedStore, linkedDuplicates: DuplicateReport
  ) -> FeatureSummary {
    let summary = FeatureSummary(
      changed: documentChanges.changed.count, unchanged: documentChanges.unchanged, gone: goneDocuments.count,
      documentsByCategory: tally(loadedDocuments.map(\.category.rawValue)),
      documentsByAuthor: tally(loadedDocuments.map(\.authorFullName)),
      languages: loadedDocuments.reduce(into: LanguageTally()) { $0.add($1.language) },
      lengths: ChunkLengths(loadedDocuments.flatMap(\.tokens)),
      removals: loadedDocuments.reduce(into: Removals()) { $0.add($1.removals) }, duplicates: linkedDuplicates)
    note(summary, activatedStore)
    return summary
  }
}
