import GRDB
import Storage

extension SQLiteDriver {
  func collectionNames() async throws -> [String] {
    try await database.read { database in
      try String.fetchAll(database, sql: "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
        .filter { try database.columns(in: $0).map(\.name) == SQLiteTable.columns }
    }
  }

  func prepare(_ collection: CollectionDescription, for use: CollectionUse) async throws {
    // Most often all is there, and nobody need wait for another writer.
    let (isReady, hasTable) = try await database.read { database in
      (try missingStatements(for: collection, database).isEmpty, try database.tableExists(collection.name))
    }
    // What may only be read can do without indexes.
    if isReady || self.database.isReadOnly && hasTable && use == .reading { return }
    try await database.write { database in
      for statement in try missingStatements(for: collection, database) {
        do {
          try database.execute(sql: statement)
        } catch let error as DatabaseError where error.breaksUniqueIndex {
          throw WarehouseError.duplicates(
            location: self.database.path, collection: collection.name, reason: error.message ?? "a unique index")
        }
      }
    }
  }

  /// What makes the table and the indexes that are not there yet, or that are there with another meaning.
  private func missingStatements(for collection: CollectionDescription, _ database: Database) throws -> [String] {
    try requireName(collection.name, database)
    var statements: [String] = []
    if try !database.tableExists(collection.name) {
      statements.append(
        """
        CREATE TABLE \(quoted(collection.name)) (id TEXT NOT NULL PRIMARY KEY, document TEXT NOT NULL CHECK (json_valid(document)))
        """)
    }
    for index in collection.indexes {
      let name = index.name(in: collection.name)
      let wanted = index.statement(name: name, table: collection.name)
      let stored = try String.fetchOne(
        database, sql: "SELECT sql FROM sqlite_schema WHERE type = 'index' AND name = ?", arguments: [name])
      if stored == wanted { continue }
      if stored != nil { statements.append("DROP INDEX \(quoted(name))") }
      statements.append(wanted)
    }
    return statements
  }

  /// Makes sure that the table of a name is that of the collection, if there is one.
  private func requireName(_ name: String, _ database: Database) throws {
    let select = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name = ? COLLATE NOCASE"
    guard let table = try String.fetchOne(database, sql: select, arguments: [name]) else {
      return try requireFreeName(name)
    }
    guard table == name else {
      throw WarehouseError.unknownCollection(
        name: name,
        reason: "\(self.database.path) has \(table), and its collections must differ in more than the case of letters")
    }
    guard try database.columns(in: name).map(\.name) == SQLiteTable.columns else {
      throw WarehouseError.unknownCollection(
        name: name,
        reason: "the table of that name in \(self.database.path) holds something else; choose another name")
    }
  }

  /// Makes sure that a new table cannot stand in the way of what else lives in the file.
  private func requireFreeName(_ name: String) throws(WarehouseError) {
    guard SQLiteSchema.reservedPrefixes.contains(where: { name.lowercased().hasPrefix($0) }) else { return }
    throw .unknownCollection(
      name: name,
      reason:
        "what begins with \(SQLiteSchema.reservedPrefixes.joined(separator: ", ")) is kept for the other stores of "
        + "\(self.database.path); choose another name")
  }
}

extension CollectionDescription.IndexDescription {
  /// A name that no other index has: a collection's has no colon, and a path no comma.
  fileprivate func name(in collection: String) -> String {
    let keys = keys.map { $0.field.path + ($0.isDescending ? " descending" : "") }.joined(separator: ",")
    return "\(collection):\(keys)" + (isUnique ? " unique" : "")
  }

  fileprivate func statement(name: String, table: String) -> String {
    // With the identifier behind them an index has the rows of one value in the order in which they are read.
    let keys = (keys.map(\.sql) + (isUnique ? [] : ["id"])).joined(separator: ", ")
    let statement = "INDEX \(quoted(name)) ON \(quoted(table)) (\(keys))"
    guard isUnique else { return "CREATE " + statement }
    let conditions = self.keys.compactMap(\.field.sqlIsKey)
    return "CREATE UNIQUE " + statement
      + (conditions.isEmpty ? "" : " WHERE " + conditions.joined(separator: " AND "))
  }
}
