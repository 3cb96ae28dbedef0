import Domain
import GRDB
import Storage

/// The vector store in the user's SQLite file: exact search by angle, BM25 by SQLite's FTS5.
///
/// Each batch is one transaction, so that no document is ever half stored.
struct EmbeddedDriver: VectorStoreDriver {
  static let schemes = ["sqlite"]

  let database: EmbeddedDatabase
  let prefix: String
  /// What searches have in memory.
  let cache = IndexCache()
  let engine = "SQLite \(Database.sqliteLibVersionNumber.versionText)"

  var location: String { "sqlite:\(database.path)" }

  static func open(_ address: StoreAddress) async throws -> any VectorStoreDriver {
    var path = address.url.dropFirst("sqlite:".count)
    if path.hasPrefix("//") { path = path.dropFirst(2) }
    guard !path.isEmpty, path != ":memory:" else {
      throw VectorStoreError.noPath(url: address.url)
    }
    let database = try EmbeddedDatabase(path: String(path), migrations: EmbeddedSchema.migrations)
    return EmbeddedDriver(database: database, prefix: address.prefix)
  }

  func models() async throws -> StoredModels {
    try await database.read { [prefix] in StoredModels(try EmbeddedSpace.all(prefix: prefix, in: $0)) }
  }

  func prepare(for model: EmbeddingModelInfo) async throws -> PreparationOutcome {
    // Nothing is to be done as a rule: find that out without waiting for another process' transaction.
    let models = try await models()
    if DataCategory.allCases.allSatisfy({ models.active[$0]?.makesSameVectors(as: model) == true }),
      models.pending.values.allSatisfy({ !$0.makesSameVectors(as: model) })
    {
      return PreparationOutcome()
    }
    return try await database.write { [prefix] database in try Self.prepare(for: model, prefix: prefix, in: database) }
  }

  private static func prepare(
    for model: EmbeddingModelInfo, prefix: String, in database: Database
  ) throws -> PreparationOutcome {
    var outcome = PreparationOutcome()
    let spaces = try EmbeddedSpace.all(prefix: prefix, in: database)
    let (active, pending) = (spaces.filter { $0.generation == .active }, spaces.filter { $0.generation == .pending })
    let fits = active.allSatisfy { $0.model.makesSameVectors(as: model) }
    let isResumed = !fits && !pending.isEmpty && pending.allSatisfy { $0.model.makesSameVectors(as: model) }
    let isOthers = pending.first?.model.makesSameVectors(as: model) == false
    if !isResumed, !(fits && isOthers) {
      for space in pending { try space.delete(in: database) }
      if isOthers { outcome.abandoned = pending.first?.model }
    }
    let generation = fits ? Generation.active : .pending
    for category in DataCategory.allCases
    where !(fits ? active : isResumed ? pending : []).contains(where: { $0.category == category }) {
      try EmbeddedSpace.insert(prefix: prefix, category: category, generation: generation, model: model, in: database)
      if fits { outcome.made.append(category) } else { outcome.remade.append(category) }
    }
    outcome.isResumed = isResumed
    outcome.previousModel = fits ? nil : active.first?.model
    return outcome
  }

  func activate() async throws {
    try await database.write { [prefix] database in
      let spaces = try EmbeddedSpace.all(prefix: prefix, in: database)
      guard spaces.contains(where: { $0.generation == .pending }) else { return }
      for space in spaces where space.generation == .active { try space.delete(in: database) }
      for space in spaces where space.generation == .pending { try space.activate(in: database) }
    }
  }

  func dropPending() async throws -> EmbeddingModelInfo? {
    try await database.write { [prefix] database in
      let pending = try EmbeddedSpace.all(prefix: prefix, in: database).filter { $0.generation == .pending }
      for space in pending { try space.delete(in: database) }
      return pending.first?.model
    }
  }

  func hasCollections() async throws -> Bool {
    let models = try await models()
    return !models.active.isEmpty || !models.pending.isEmpty
  }

  func drop() async throws {
    try await database.write { [prefix] database in
      for space in try EmbeddedSpace.all(prefix: prefix, in: database) { try space.delete(in: database) }
    }
  }
}

extension StoredModels {
  fileprivate init(_ spaces: [EmbeddedSpace]) {
    for space in spaces {
      switch space.generation {
      case .active: active[space.category] = space.model
      case .pending: pending[space.category] = space.model
      }
    }
  }
}

extension CInt {
  /// 3040001 as `3.40.1` (sqlite.org/c3ref/c_source_id.html).
  fileprivate var versionText: String { "\(self / 1_000_000).\(self / 1000 % 1000).\(self % 1000)" }
}
