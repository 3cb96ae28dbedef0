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
  let engine = "SQLite \(Database.sqliteLibVersionNumber.versionText)"

  var location: String { "sqlite:\(database.path)" }

  static func open(_ address: StoreAddress) async throws -> any VectorStoreDriver {
    var path = address.url.dropFirst("sqlite:".count)
    if path.hasPrefix("//") { path = path.dropFirst(2) }
    guard !path.isEmpty, path != ":memory:" else {
      throw VectorStoreError.unknownStore(url: address.url, schemes: ["sqlite:PATH"])
    }
    let database = try EmbeddedDatabase(path: String(path), migrations: EmbeddedSchema.migrations)
    return EmbeddedDriver(database: database, prefix: address.prefix)
  }

  func models() async throws -> [DataCategory: EmbeddingModelInfo] {
    try await database.read { [prefix] in try EmbeddedSpace.all(prefix: prefix, in: $0) }.mapValues(\.model)
  }

  func prepare(for model: EmbeddingModelInfo) async throws -> PreparationOutcome {
    // Nothing is to be done as a rule: find that out without waiting for another process' transaction.
    let isPrepared = try await database.read { [prefix] database in
      let spaces = try EmbeddedSpace.all(prefix: prefix, in: database)
      return DataCategory.allCases.allSatisfy { spaces[$0]?.model.makesSameVectors(as: model) == true }
    }
    if isPrepared { return PreparationOutcome() }
    return try await database.write { [prefix] database in
      var outcome = PreparationOutcome()
      let spaces = try EmbeddedSpace.all(prefix: prefix, in: database)
      for category in DataCategory.allCases {
        if let space = spaces[category] {
          if space.model.makesSameVectors(as: model) { continue }
          try space.delete(in: database)
          outcome.remade.append(category)
          outcome.previousModel = space.model
        } else {
          outcome.made.append(category)
        }
        try EmbeddedSpace.insert(prefix: prefix, category: category, model: model, in: database)
      }
      return outcome
    }
  }

  func drop() async throws {
    try await database.write { [prefix] database in
      for space in try EmbeddedSpace.all(prefix: prefix, in: database).values { try space.delete(in: database) }
    }
  }
}

extension CInt {
  /// 3040001 as `3.40.1` (sqlite.org/c3ref/c_source_id.html).
  fileprivate var versionText: String { "\(self / 1_000_000).\(self / 1000 % 1000).\(self % 1000)" }
}
