import Domain
import GRDB
import Storage

/// The warehouse in the embedded SQLite file.
///
/// Every call is one transaction of GRDB's, on GRDB's own queues: a save is stored as a whole or not at all.
struct SQLiteDriver: WarehouseDriver {
  let database: EmbeddedDatabase

  func batch<D: Document, Value: Decodable & Sendable>(
    _ query: Query<D>, as type: Value.Type, fields: [String]?
  ) async throws -> DocumentBatch<Value> {
    try await database.read { database in
      let (condition, arguments) = query.filter.condition.sql
      let rows = try Row.fetchCursor(
        database,
        sql: """
          SELECT id, \(fields.map(projection) ?? "document") AS document FROM "\(query.collection)" WHERE \(condition) AND id > ? ORDER BY id LIMIT \(query.limit)
          """,
        arguments: arguments + [query.after ?? ""])
      var batch = DocumentBatch<Value>()
      var (count, bytes) = (0, 0)
      while let row = try rows.next() {
        let stored = StoredRow(row, of: D.self, in: query.collection)
        batch.add(stored.decoded(as: Value.self))
        (count, bytes) = (count + 1, bytes + stored.text.utf8.count)
        if count == query.limit || bytes > query.maximumBytes {
          batch.last = stored.id
          break
        }
      }
      return batch
    }
  }

  func count<D: Document>(_ filter: Filter<D>, in collection: String) async throws -> Int {
    try await database.read { database in
      let (condition, arguments) = filter.condition.sql
      return try Int.fetchOne(
        database, sql: "SELECT count(*) FROM \"\(collection)\" WHERE \(condition)", arguments: arguments) ?? 0
    }
  }

  func save<D: Document>(_ documents: [D], in collection: String) async throws -> [SaveOutcome] {
    try await database.write { database in
      let table = SQLiteTable<D>(database: database, name: collection)
      return try documents.map { try table.save($0) }
    }
  }

  func findOrInsert<D: Document>(_ document: D, matching filter: Filter<D>, in collection: String) async throws -> D {
    try await database.write { database in
      let table = SQLiteTable<D>(database: database, name: collection)
      let stored = try table.documents(filter.condition)
      if let found = preferred(among: stored, over: document) { return found }
      if let same = try table.documents(.isIn("_id", [document.id.filterValue])).first { return same }
      try table.insert(document)
      return document
    }
  }

  func delete<D: Document>(_ filter: Filter<D>, in collection: String) async throws -> Int {
    try await database.write { database in
      let (condition, arguments) = filter.condition.sql
      try database.execute(sql: "DELETE FROM \"\(collection)\" WHERE \(condition)", arguments: arguments)
      return database.changesCount
    }
  }

  func statistics(of collection: String) async throws -> CollectionStatistics {
    try await database.read { database in
      func counts(by path: String) throws -> [String: Int] {
        let rows = try Row.fetchAll(
          database,
          sql: "SELECT \(column(path)) AS name, count(*) AS count FROM \"\(collection)\" WHERE name != '' GROUP BY 1")
        return Dictionary(rows.map { ($0["name"], $0["count"]) }, uniquingKeysWith: +)
      }
      let totals = try Row.fetchOne(
        database,
        sql: "SELECT count(*) AS count, total(length(CAST(document AS BLOB))) AS bytes FROM \"\(collection)\"")
      return CollectionStatistics(
        name: collection, count: totals?["count"] ?? 0, bytes: totals?["bytes"] ?? 0,
        authors: try counts(by: "author_full_name"), platforms: try counts(by: "platform"))
    }
  }

  func information() async throws -> WarehouseInformation {
    let version = try await database.read { try String.fetchOne($0, sql: "SELECT sqlite_version()") }
    return WarehouseInformation(kind: "SQLite", version: version ?? "unknown", location: database.path)
  }
}
