import BSON
import GRDB
import Storage

/// The warehouse in the embedded SQLite file.
///
/// Each collection is a table of identifiers and documents, the latter as canonical extended JSON
/// (<https://github.com/mongodb/specifications/blob/master/source/extended-json.md>), which keeps every type of BSON
/// and which SQLite's own JSON functions read. Every call is one transaction of GRDB's, on GRDB's own queues: what it
/// stores is stored as a whole or not at all.
struct SQLiteDriver: WarehouseDriver {
  let database: EmbeddedDatabase

  func cursor(_ query: Query) -> any DocumentCursor {
    SQLiteCursor(database: database, query: query)
  }

  func count(_ condition: FilterCondition, in collection: String) async throws -> Int {
    try await database.read { database in
      let condition = condition.sql
      return try Int.fetchOne(
        database, sql: "SELECT count(*) FROM \(quoted(collection)) WHERE \(condition.text)",
        arguments: condition.arguments) ?? 0
    }
  }

  func groupCounts(
    by field: FieldPath, where condition: FilterCondition, in collection: String
  ) async throws -> [(value: BSONValue, count: Int)] {
    try await database.read { database in
      let condition = condition.sql
      let rows = try Row.fetchAll(
        database,
        sql: """
          SELECT \(field.sql) AS value, \(field.sqlDouble) AS decimal, count(*) AS count FROM \(quoted(collection)) WHERE \(condition.text) GROUP BY 1
          """,
        arguments: condition.arguments)
      return rows.map { (field.kind.value(of: $0["value"], decimal: $0["decimal"]), $0["count"]) }
    }
  }

  func insert(
    _ documents: [EncodedDocument], ordered: Bool, in collection: String
  ) async throws -> [InsertOutcome] {
    try await database.write { database in
      let table = SQLiteTable(database: database, name: collection)
      var outcomes: [InsertOutcome] = []
      for document in documents {
        if ordered, case .failed = outcomes.last { break }
        do {
          try table.insert(document)
          outcomes.append(.inserted)
        } catch let error as WarehouseError {
          outcomes.append(.failed(error))
        }
      }
      return outcomes + Array(repeating: .skipped, count: documents.count - outcomes.count)
    }
  }

  func save(
    _ requests: [SaveRequest], uniqueField: FieldPath?, in collection: String
  ) async throws -> [SaveOutcome] {
    try await database.write { database in
      let table = SQLiteTable(database: database, name: collection)
      return try requests.map { try table.save($0, uniqueField: uniqueField) }
    }
  }

  func findOrInsert(
    _ document: EncodedDocument, matching condition: FilterCondition, in collection: String
  ) async throws -> [UInt8] {
    try await database.write { database in
      let table = SQLiteTable(database: database, name: collection)
      if let found = try table.first(condition) ?? table.first(.isIdentifier(document.id)) {
        return try found.bson.get()
      }
      try table.insert(document)
      return document.bytes
    }
  }

  func update(
    _ condition: FilterCondition, _ changes: [FieldChange], in collection: String
  ) async throws -> UpdateOutcome {
    try await database.write { database in
      let table = SQLiteTable(database: database, name: collection)
      var outcome = UpdateOutcome(matched: 0, modified: 0)
      var last = ""
      while true {
        // By identifier, so that no document is met again after it was changed.
        let rows = try table.rows(.all([condition, .compare(.id, .greater, .string(last))]), limit: 100)
        guard let end = rows.last else { return outcome }
        last = end.id
        outcome.matched += rows.count
        for row in rows where try table.apply(changes, to: row) != nil { outcome.modified += 1 }
      }
    }
  }

  func updateFirst(_ query: Query, _ changes: [FieldChange]) async throws -> [UInt8]? {
    try await database.write { database in
      let table = SQLiteTable(database: database, name: query.collection)
      guard let row = try table.rows(query.condition, order: query.order, limit: 1).first else { return nil }
      return try table.apply(changes, to: row) ?? row.bson.get()
    }
  }

  func delete(_ condition: FilterCondition, in collection: String) async throws -> Int {
    try await database.write { database in
      let condition = condition.sql
      try database.execute(
        sql: "DELETE FROM \(quoted(collection)) WHERE \(condition.text)", arguments: condition.arguments)
      return database.changesCount
    }
  }

  func size(of collection: String) async throws -> (count: Int, bytes: Int) {
    try await database.read { database in
      let row = try Row.fetchOne(
        database,
        sql: """
          SELECT count(*) AS count, CAST(total(length(CAST(document AS BLOB))) AS INTEGER) AS bytes FROM \(quoted(collection))
          """)
      return (row?["count"] ?? 0, row?["bytes"] ?? 0)
    }
  }

  func information() async throws -> WarehouseInformation {
    let version = try await database.read { try String.fetchOne($0, sql: "SELECT sqlite_version()") }
    return WarehouseInformation(kind: "SQLite", version: version ?? "unknown", location: database.path)
  }
}
