public import Domain

/// What a store has, whether or not searches find it.
extension VectorStore {
  /// The documents of a category that pass a filter or have a chunk that does, with the number of those chunks.
  ///
  /// Everything counts: what searches find and what a change of the model has made so far (a chunk that is in both, twice),
  /// documents that are incomplete, and chunks without their document.
  public func contents(
    of category: DataCategory, where filter: VectorFilter
  ) async throws -> [Identifier: Int] {
    var contents: [Identifier: Int] = [:]
    for collection in references(of: category) {
      for (id, count) in try await driver.counts(by: .document, where: filter, in: collection) {
        contents[Identifier(existing: id), default: 0] += collection.kind == .embedded ? count : 0
      }
    }
    return contents
  }

  /// The authors of all that is stored, as ``contents(of:where:)`` counts it, with their full names; a name that is not
  /// stored is empty.
  public func authors() async throws -> [Identifier: String] {
    var names: [Identifier: String] = [:]
    for category in DataCategory.allCases {
      for collection in references(of: category) {
        for text in try await driver.counts(by: .author, where: .everything, in: collection).keys {
          let id = Identifier(existing: text)
          if names[id, default: ""].isEmpty {
            names[id] = try await driver.authorName(where: .author(id), in: collection) ?? ""
          }
        }
      }
    }
    return names
  }

  /// What is left of categories of which one collection was removed by others, so that nothing reads the rest:
  /// ``prepare(for:)`` removes it, and so do ``drop()`` and ``empty(_:)``.
  public func remains() async throws -> [VectorStoreStatistics.Collection] {
    let models = try await driver.models()
    var remains: [VectorStoreStatistics.Collection] = []
    for category in DataCategory.allCases {
      for collection in references(of: category) where models[collection.generation][category] == nil {
        let count = try await driver.count(where: .everything, in: collection)
        guard count > 0 else { continue }
        remains.append(
          VectorStoreStatistics.Collection(
            name: collection.kind.collection(of: category, prefix: prefix), kind: collection.kind, category: category,
            count: count, authors: [], platforms: [:]))
      }
    }
    return remains
  }

  private func references(of category: DataCategory) -> [CollectionReference] {
    Generation.allCases.flatMap { generation in
      CollectionKind.allCases.map { CollectionReference(kind: $0, category: category, generation: generation) }
    }
  }
}
