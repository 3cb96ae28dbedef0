public import Domain

extension VectorStore {
  /// What each stored document of a category was made from and by.
  ///
  /// - Parameter authors: only documents of these authors; nil for all.
  public func states(
    of category: DataCategory, authors: [Identifier]? = nil
  ) async throws -> [Identifier: DocumentState] {
    let driver = driver
    var states: [Identifier: DocumentState] = [:]
    for try await state in StoredSequence(page: {
      try await driver.states(of: category, authors: authors, from: $0)
    }) {
      states[state.id] = state.state
    }
    return states
  }

  /// The cleaned documents of a category in the order of their identifiers; those whose replacement or deletion was
  /// interrupted are left out.
  ///
  /// - Parameter authors: only documents of these authors; nil for all.
  public func cleanedDocuments(
    in category: DataCategory, authors: [Identifier]? = nil
  ) -> StoredSequence<CleanedDocument> {
    let driver = driver
    return StoredSequence { try await driver.documents(in: category, authors: authors, from: $0) }
  }

  /// The chunks of a category with their vectors (of unit length), in the order of their identifiers.
  ///
  /// - Parameter authors: only chunks of these authors; nil for all.
  public func chunks(in category: DataCategory, authors: [Identifier]? = nil) -> StoredSequence<EmbeddedChunk> {
    let driver = driver
    let filter = ChunkFilter(categories: [category], authors: authors)
    return StoredSequence { try await driver.chunks(in: category, filter: filter, from: $0) }
  }

  /// The chunks of one document with their vectors, in the order of the text.
  public func chunks(of document: Identifier, in category: DataCategory) async throws -> [EmbeddedChunk] {
    let driver = driver
    let filter = ChunkFilter(categories: [category], documents: [document])
    var chunks: [EmbeddedChunk] = []
    for try await chunk in StoredSequence(page: {
      try await driver.chunks(in: category, filter: filter, from: $0)
    }) {
      chunks.append(chunk)
    }
    return chunks.sorted { ($0.chunk.start, $0.chunk.end, $0.id) < ($1.chunk.start, $1.chunk.end, $1.id) }
  }

  /// How much the store holds, by collection and author.
  public func statistics() async throws -> VectorStoreStatistics {
    var collections: [VectorStoreStatistics.Collection] = []
    for (category, model) in try await driver.models().sorted(by: { $0.key < $1.key }) {
      let names = CollectionNames(category, prefix: driver.prefix)
      let tally = try await driver.tally(of: category)
      collections.append(
        .init(
          name: names.cleaned, category: category, count: tally.documents.map(\.count).reduce(0, +),
          authors: tally.documents.sorted(by: hasMore)))
      collections.append(
        .init(
          name: names.embedded, category: category, count: tally.chunkCount, model: model,
          authors: tally.chunks.sorted(by: hasMore)))
    }
    return VectorStoreStatistics(location: location, engine: engine, collections: collections)
  }

  /// Looks for chunks without their document, documents without chunks, and interrupted work.
  public func verify() async throws -> VerificationReport {
    var report = VerificationReport()
    for category in DataCategory.allCases {
      try await verify(category, report: &report)
    }
    return report
  }

  private func verify(_ category: DataCategory, report: inout VerificationReport) async throws {
    let driver = driver
    let states = try await states(of: category)
    var found: Set<Identifier> = []
    for try await reference in StoredSequence(page: { try await driver.references(in: category, from: $0) }) {
      report.chunks += 1
      if states[reference.documentID] == nil { report.chunksWithoutDocument.append(reference.id) }
      found.insert(reference.documentID)
    }
    report.documents += states.count
    report.incompleteDocuments += states.filter { !$0.value.isComplete }.keys.sorted()
    report.documentsWithoutChunks += states.filter { $0.value.isComplete && !found.contains($0.key) }.keys.sorted()
  }
}

private func hasMore(_ left: VectorStoreStatistics.Author, _ right: VectorStoreStatistics.Author) -> Bool {
  left.count == right.count ? left.id < right.id : left.count > right.count
}
