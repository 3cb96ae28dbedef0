import Domain

extension VectorStore {
  /// How much the store holds, by collection, author and platform.
  public func statistics() async throws -> VectorStoreStatistics {
    var collections: [VectorStoreStatistics.Collection] = []
    for (category, model) in try await driver.models().active.sorted(by: { $0.key < $1.key }) {
      for kind in CollectionKind.allCases {
        collections.append(try await statistics(of: CollectionReference(kind: kind, category: category), model))
      }
    }
    return VectorStoreStatistics(
      location: location, engine: engine, collections: collections, pending: try await changeStatistics())
  }

  private func statistics(
    of collection: CollectionReference, _ model: EmbeddingModelInfo
  ) async throws -> VectorStoreStatistics.Collection {
    let authors = try await driver.counts(by: .author, where: .everything, in: collection)
    var statistics = VectorStoreStatistics.Collection(
      name: collection.kind.collection(of: collection.category, prefix: prefix), kind: collection.kind,
      category: collection.category, count: authors.values.reduce(0, +),
      authors: try await named(authors, collection.category),
      platforms: try await driver.counts(by: .platform, where: .everything, in: collection))
    switch collection.kind {
    case .cleaned:
      statistics.incomplete = try await driver.count(where: .isIncomplete, in: collection)
    case .embedded:
      statistics.model = model
      statistics.duplicates = try await driver.count(where: .isDuplicate, in: collection)
      statistics.unlinked = try await driver.count(where: .isUnlinked, in: collection)
      statistics.vectorBytes = statistics.count * model.dimension * MemoryLayout<Float>.size
    }
    return statistics
  }

  /// The authors with their names, most first.
  private func named(_ counts: [String: Int], _ category: DataCategory) async throws -> [VectorStoreStatistics.Author] {
    var authors: [VectorStoreStatistics.Author] = []
    for (id, count) in counts {
      let filter = VectorFilter.author(Identifier(existing: id))
      var name = ""
      for kind in CollectionKind.allCases where name.isEmpty {
        name = try await driver.authorName(where: filter, in: CollectionReference(kind: kind, category: category)) ?? ""
      }
      authors.append(.init(id: Identifier(existing: id), name: name, count: count))
    }
    return authors.sorted { $0.count == $1.count ? $0.id < $1.id : $0.count > $1.count }
  }

  private func changeStatistics() async throws -> VectorStoreStatistics.Change? {
    let models = try await driver.models()
    guard let model = models.pending.min(by: { $0.key < $1.key })?.value else { return nil }
    var change = VectorStoreStatistics.Change(model: model, documents: 0, chunks: 0, missing: 0)
    for category in models.pending.keys {
      let (cleaned, embedded) = (
        CollectionReference(kind: .cleaned, category: category, generation: .pending),
        CollectionReference(kind: .embedded, category: category, generation: .pending)
      )
      change.documents += try await driver.count(where: !.isIncomplete, in: cleaned)
      change.chunks += try await driver.count(where: .everything, in: embedded)
    }
    change.missing = try await missingInChange().values.reduce(0) { $0 + $1.count }
    return change
  }
}
