import Domain
import HTTP

extension QdrantDriver {
  func models() async throws -> StoredModels {
    let catalog = try await catalog()
    let active = catalog.whole(.active)
    return StoredModels(
      active: active.compactMapValues(\.model), pending: catalog.whole(.pending).compactMapValues(\.model),
      outdated: Set(active.filter { $0.value.schema != QdrantRecord.currentSchema }.keys))
  }

  func prepare(for model: EmbeddingModelInfo) async throws -> PreparationOutcome {
    var catalog = try await catalog()
    let descriptions = try await refuseForeign(in: catalog, for: model)
    if !catalog.collections.contains(recordCollection) { try await create(recordCollection, QdrantRequest.Create()) }
    // What is pending may be all that there is, of whatever model: nothing is dropped before it is in its place.
    if catalog.isActivating || catalog.whole(.active).isEmpty && isFitting(catalog.whole(.pending), model) {
      try await activate()
      catalog = try await self.catalog()
    }
    let halves = catalog.halves(.active)
    try await drop(
      catalog.leftovers + catalog.collections(of: halves, .active)
        + catalog.collections(of: catalog.halves(.pending), .pending), from: &catalog)

    let (active, pending) = (catalog.whole(.active), catalog.whole(.pending))
    let fits = active.values.allSatisfy { $0.fits(model) }
    let isResumed = !fits && isFitting(pending, model)
    let pendingModel = pending.min { $0.key < $1.key }?.value.model
    let isOthers = pendingModel?.makesSameVectors(as: model) == false
    var outcome = PreparationOutcome()
    if !isResumed, !(fits && isOthers) {
      try await drop(catalog.collections(of: pending.keys.sorted(), .pending), from: &catalog)
      if isOthers { outcome.abandoned = pendingModel }
    }
    let generation = fits ? Generation.active : .pending
    let missing = DataCategory.allCases.filter { catalog.whole(generation)[$0] == nil }
    // Those of both generations, which an earlier version may have made, are read by filters.
    for collection in catalog.collections(of: DataCategory.allCases, .active)
      + catalog.collections(of: DataCategory.allCases, .pending)
    {
      try await addMissingIndexes(to: collection, descriptions[collection])
    }
    try await make(missing, generation, for: model)
    outcome.made = fits ? missing.filter { !halves.contains($0) } : []
    outcome.remade = fits ? missing.filter(halves.contains) : missing
    outcome.isResumed = isResumed
    outcome.previousModel = fits ? nil : active.min { $0.key < $1.key }?.value.model
    return outcome
  }

  func dropPending() async throws -> EmbeddingModelInfo? {
    var catalog = try await catalog()
    try await refuseForeign(in: catalog, for: nil)
    guard !catalog.isActivating else {
      try await activate()
      return nil
    }
    let pending = catalog.collections(of: DataCategory.allCases, .pending)
    let model = pending.lazy.compactMap { catalog.records[$0]?.model }.first
    try await drop(pending, from: &catalog)
    return model
  }

  func hasCollections() async throws -> Bool {
    let catalog = try await catalog()
    return catalog.records.keys.contains(where: catalog.collections.contains)
  }

  func activate() async throws {
    var catalog = try await catalog()
    let categories = catalog.whole(.pending).keys.sorted()
    try await refuseForeign(in: catalog, for: nil)
    let names = categories.flatMap { catalog.names(of: $0, .active) }
    // An alias cannot have the name of a collection: one of an earlier version of twin has to be gone before. What takes
    // their places is marked, so that whoever comes after an interruption knows that it is all that there is.
    let named = names.filter { catalog.aliases[$0] == nil && catalog.collections.contains($0) }
    if !named.isEmpty {
      let pending = catalog.collections(of: categories, .pending).compactMap { catalog.records[$0] }
      try await write(pending.map(\.activating))
      try await drop(named, from: &catalog)
    }
    var actions: [QdrantRequest.AliasChange] = []
    for name in names {
      guard let collection = catalog.collection(name + QdrantCatalog.pendingSuffix) else { continue }
      actions.append(.delete(name + QdrantCatalog.pendingSuffix))
      if catalog.aliases[name] != nil { actions.append(.delete(name)) }
      actions.append(.create(name, collection))
    }
    if !actions.isEmpty {
      try await change(actions)
      catalog = try await self.catalog()
    }
    try await drop(catalog.leftovers, from: &catalog)
  }

  func drop() async throws {
    var catalog = try await catalog()
    try await drop(catalog.records.keys.filter(catalog.collections.contains).sorted(), from: &catalog)
    if catalog.collections.contains(recordCollection), try await isRecordCollection() {
      try await remove(recordCollection)
    }
  }

  /// Makes the collections of categories; their names lead to them when all are ready, so that an interruption leaves
  /// either all of them or leftovers.
  private func make(
    _ categories: [DataCategory], _ generation: Generation, for model: EmbeddingModelInfo
  ) async throws {
    var actions: [QdrantRequest.AliasChange] = []
    var records: [QdrantRecord] = []
    for reference in references(of: categories) {
      let name = name(of: reference)
      let collection = QdrantRecord.collection(behind: name, for: model)
      records.append(QdrantRecord(collection: collection, model: reference.kind == .embedded ? model : nil))
      actions.append(.create(generation == .active ? name : name + QdrantCatalog.pendingSuffix, collection))
    }
    if records.isEmpty { return }
    try await write(records)
    for record in records {
      try await create(record.collection, QdrantRequest.Create(for: record.model))
      try await addMissingIndexes(to: record.collection)
    }
    try await change(actions)
  }

  private func references(of categories: [DataCategory]) -> [CollectionReference] {
    categories.flatMap { category in
      CollectionKind.allCases.map { CollectionReference(kind: $0, category: category) }
    }
  }

  /// Whether there are some, and all of them hold what would be stored for `model`.
  private func isFitting(_ collections: [DataCategory: QdrantRecord], _ model: EmbeddingModelInfo) -> Bool {
    !collections.isEmpty && collections.values.allSatisfy { $0.fits(model) }
  }

  /// Drops collections that twin made, and what is recorded of them.
  private func drop(_ collections: [String], from catalog: inout QdrantCatalog) async throws {
    if collections.isEmpty { return }
    for collection in collections { try await remove(collection) }
    let ids = collections.map { QdrantRecord(collection: $0).id }
    try await delete(from: recordCollection, QdrantFilter(must: [.hasID(ids)]))
    catalog = try await self.catalog()
  }

  /// - Returns: what the collections are like.
  /// - Throws: ``VectorStoreError/foreignCollection(store:name:reason:)`` if one of our names leads to a collection that
  ///   twin did not make, or one that was made anew since.
  @discardableResult
  private func refuseForeign(
    in catalog: QdrantCatalog, for model: EmbeddingModelInfo?
  ) async throws -> [String: QdrantReply.Collection] {
    var descriptions: [String: QdrantReply.Collection] = [:]
    var names = catalog.names
    if let model {
      names += references(of: DataCategory.allCases).map { QdrantRecord.collection(behind: name(of: $0), for: model) }
    }
    for name in names {
      guard let collection = catalog.collection(name) else { continue }
      guard let record = catalog.records[collection] else {
        let leads = name == collection ? "it" : "\(collection), where that name leads,"
        throw VectorStoreError.foreignCollection(
          store: location, name: name, reason: "\(leads) is not recorded in \(recordCollection)")
      }
      let description = try await describe(collection)
      descriptions[collection] = description
      guard description.namedVectors == record.vectors else {
        throw VectorStoreError.foreignCollection(
          store: location, name: name, reason: "its vectors are not those that twin makes")
      }
    }
    if catalog.collections.contains(recordCollection), try await !isRecordCollection() {
      throw VectorStoreError.foreignCollection(store: location, name: recordCollection, reason: "it has vectors")
    }
    return descriptions
  }

  private func isRecordCollection() async throws -> Bool {
    try await describe(recordCollection).namedVectors?.isEmpty == true
  }
}

extension QdrantRecord {
  /// The record while the collection takes the place of another one.
  fileprivate var activating: QdrantRecord {
    var record = self
    record.isActivating = true
    return record
  }

  /// The vectors that the collection's points have.
  fileprivate var vectors: [String: QdrantReply.Collection.Vector] {
    model.map { ["dense": .init(size: $0.dimension, distance: "Cosine")] } ?? [:]
  }
}
