import Domain
import HTTP

extension QdrantDriver {
  func models() async throws -> StoredModels {
    let catalog = try await describedCatalog()
    return StoredModels(
      active: catalog.whole(.active).compactMapValues(\.model),
      pending: catalog.whole(.pending).compactMapValues(\.model), outdated: catalog.outdated(.active))
  }

  func prepare(for model: EmbeddingModelInfo) async throws -> PreparationOutcome {
    var catalog = try await describedCatalog()
    try await refuseForeign(in: catalog, for: model)
    if !catalog.collections.contains(recordCollection) { try await create(recordCollection, QdrantRequest.Create()) }
    // What is pending may be all that there is, of whatever model: nothing is dropped before it is in its place.
    if catalog.isActivating || catalog.whole(.active).isEmpty && isResumable(catalog, model) {
      try await activate()
      catalog = try await describedCatalog()
    }
    let halves = catalog.halves(.active)
    try await drop(
      catalog.leftovers + catalog.collections(of: halves, .active)
        + catalog.collections(of: catalog.halves(.pending), .pending), from: &catalog)

    let (active, pending) = (catalog.whole(.active), catalog.whole(.pending))
    let fits = catalog.fits(model, .active)
    let isResumed = !fits && isResumable(catalog, model)
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
      try await addMissingIndexes(to: collection, catalog.descriptions[collection])
    }
    try await make(missing, generation, for: model, beside: catalog.collections)
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
  ///
  /// - Parameter others: the collections that there are. One of the same model is there if it does not have the form any
  ///   more that twin gave it.
  private func make(
    _ categories: [DataCategory], _ generation: Generation, for model: EmbeddingModelInfo, beside others: Set<String>
  ) async throws {
    var actions: [QdrantRequest.AliasChange] = []
    var records: [QdrantRecord] = []
    for reference in references(of: categories) {
      let name = name(of: reference)
      var collection = QdrantRecord.collection(behind: name, for: model)
      if others.contains(collection) { collection = QdrantRecord.collection(behind: name, for: model, number: 2) }
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

  /// Whether a change to a model is under way that can be gone on with.
  private func isResumable(_ catalog: QdrantCatalog, _ model: EmbeddingModelInfo) -> Bool {
    !catalog.whole(.pending).isEmpty && catalog.fits(model, .pending)
  }

  /// Drops collections that twin made, and what is recorded of them.
  private func drop(_ collections: [String], from catalog: inout QdrantCatalog) async throws {
    if collections.isEmpty { return }
    for collection in collections { try await remove(collection) }
    let ids = collections.map { QdrantRecord(collection: $0).id }
    try await delete(from: recordCollection, QdrantFilter(must: [.hasID(ids)]))
    let descriptions = catalog.descriptions
    catalog = try await self.catalog()
    catalog.descriptions = descriptions
  }

  /// - Throws: ``VectorStoreError/foreignCollection(store:name:reason:)`` if one of our names leads to a collection that
  ///   twin did not make, as far as its records tell.
  private func refuseForeign(in catalog: QdrantCatalog, for model: EmbeddingModelInfo?) async throws {
    var names = catalog.names
    if let model {
      names += references(of: DataCategory.allCases).flatMap { reference in
        [1, 2].map { QdrantRecord.collection(behind: name(of: reference), for: model, number: $0) }
      }
    }
    for name in names {
      guard let collection = catalog.collection(name), catalog.records[collection] == nil else { continue }
      let leads = name == collection ? "it" : "\(collection), where that name leads,"
      throw VectorStoreError.foreignCollection(
        store: location, name: name, reason: "\(leads) is not recorded in \(recordCollection)")
    }
    if catalog.collections.contains(recordCollection), try await !isRecordCollection() {
      throw VectorStoreError.foreignCollection(store: location, name: recordCollection, reason: "it has vectors")
    }
  }

  private func isRecordCollection() async throws -> Bool {
    try await describe(recordCollection)?.namedVectors?.isEmpty == true
  }
}

extension QdrantRecord {
  /// The record while the collection takes the place of another one.
  fileprivate var activating: QdrantRecord {
    var record = self
    record.isActivating = true
    return record
  }
}
