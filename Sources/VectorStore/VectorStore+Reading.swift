public import Domain

extension VectorStore {
  /// What each stored document of a category was made from and by.
  ///
  /// - Parameters:
  ///   - authors: only documents of these authors; nil for all.
  ///   - model: of the collections that ``prepare(for:)`` leaves or goes on with for this model, which may not be those
  ///     that searches find yet; nil for those. Where it makes new ones, there are no states.
  public func states(
    of category: DataCategory, authors: [Identifier]? = nil, madeBy model: EmbeddingModelInfo? = nil
  ) async throws -> [Identifier: DocumentState] {
    let models = try await driver.models()
    var generation = Generation.active
    if let model {
      guard let kept = models.generation(for: model) else { return [:] }
      generation = kept
    }
    // What has the name of a collection and was not made by twin is nothing to read: ``prepare(for:)`` refuses it.
    guard models[generation][category] != nil else { return [:] }
    return try await states(of: category, authors: authors, in: generation)
  }

  /// The cleaned documents of a category in the order of their identifiers; those whose replacement or deletion was
  /// interrupted are left out.
  ///
  /// - Parameter authors: only documents of these authors; nil for all.
  public func cleanedDocuments(
    in category: DataCategory, authors: [Identifier]? = nil
  ) -> StoredSequence<CleanedDocument> {
    collection(CleanedDocument.self, of: category).documents(where: authors.map(VectorFilter.authors) ?? .everything)
  }

  /// The chunks of a category with their vectors (of unit length), in the order of their identifiers.
  ///
  /// - Parameter authors: only chunks of these authors; nil for all.
  public func chunks(in category: DataCategory, authors: [Identifier]? = nil) -> StoredSequence<EmbeddedChunk> {
    collection(EmbeddedChunk.self, of: category).documents(where: authors.map(VectorFilter.authors) ?? .everything)
  }

  /// The chunks of one document with their vectors, in the order of the text.
  public func chunks(of document: Identifier, in category: DataCategory) async throws -> [EmbeddedChunk] {
    var chunks: [EmbeddedChunk] = []
    for try await chunk in collection(EmbeddedChunk.self, of: category).documents(where: .document(document)) {
      chunks.append(chunk)
    }
    return chunks.sorted { ($0.chunk.start, $0.chunk.end, $0.id) < ($1.chunk.start, $1.chunk.end, $1.id) }
  }

  /// Whether ``prepare(for:)`` begins a change for this model, or goes on with one: the vectors that searches find are of
  /// another one, or are stored as an earlier version of twin did.
  public func needsChange(for model: EmbeddingModelInfo) async throws -> Bool {
    try await driver.models().generation(for: model) != .active
  }

  /// The documents that searches find and of which the pending collections have no complete one, by category: what a
  /// change of the model waits for; nothing if none is under way.
  ///
  /// - Parameter includesIncomplete: whether those count, too, whose replacement or deletion was interrupted.
  public func missingInChange(includesIncomplete: Bool = false) async throws -> [DataCategory: [Identifier]] {
    let models = try await driver.models()
    var missing: [DataCategory: [Identifier]] = [:]
    guard !models.pending.isEmpty else { return missing }
    for category in models.active.keys {
      let made = try await states(of: category, in: .pending)
      let wanted = try await states(of: category, in: .active)
      let ids = wanted.filter { includesIncomplete || $0.value.isComplete }.keys
        .filter { made[$0]?.isComplete != true }.sorted()
      if !ids.isEmpty { missing[category] = ids }
    }
    return missing
  }

  func states(
    of category: DataCategory, authors: [Identifier]? = nil, in generation: Generation
  ) async throws -> [Identifier: DocumentState] {
    let driver = driver
    var states: [Identifier: DocumentState] = [:]
    for try await state in StoredSequence(page: {
      try await driver.states(of: category, authors: authors, in: generation, from: $0)
    }) {
      states[state.id] = state.state
    }
    return states
  }
}
