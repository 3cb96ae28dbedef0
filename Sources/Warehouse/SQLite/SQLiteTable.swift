import BSON
import GRDB

/// The table of one collection, inside a transaction.
struct SQLiteTable {
  /// The columns of every collection's table.
  static let columns = ["id", "document"]

  let database: Database
  let name: String

  /// A stored document: its identifier as it is stored, and the document as BSON, unless it is none.
  struct StoredRow {
    let id: String
    let bson: Result<[UInt8], WarehouseError>
  }

  /// The first of ``rows(_:order:limit:)``.
  func first(_ condition: FilterCondition) throws -> StoredRow? {
    try rows(condition, limit: 1).first
  }

  /// The documents that the condition means, in the order, then by identifier.
  func rows(_ condition: FilterCondition, order: [OrderKey] = [], limit: Int) throws -> [StoredRow] {
    let condition = condition.sql
    let order = (order.map(\.sql) + ["id"]).joined(separator: ", ")
    let rows = try Row.fetchAll(
      database.cachedStatement(
        sql: """
          SELECT id, document FROM \(quoted(name)) WHERE \(condition.text) ORDER BY \(order) LIMIT \(limit)
          """),
      arguments: condition.arguments)
    return rows.map { StoredRow(id: $0["id"], bson: bson(of: $0, in: name)) }
  }

  func save(_ request: SaveRequest, uniqueField: FieldPath?) throws -> SaveOutcome {
    do {
      try requireIdentity(of: request.document)
      guard let stored = try match(for: request.document, uniqueField: uniqueField) else {
        try insert(request.document)
        return .inserted
      }
      // What cannot be read is replaced: only its identifier counts.
      let bytes = try (try? stored.bson.get()) ?? BSONDocument([.init(key: "_id", value: .string(stored.id))]).bytes()
      switch bytes.withUnsafeBytes(request.decide) {
      case .keep(let outcome):
        return outcome
      case .replace(let bytes, let outcome):
        try replace(stored, by: bytes, label: request.document.label)
        return outcome
      }
    } catch let error as WarehouseError {
      return .failed(error)
    }
  }

  /// - Throws: ``WarehouseError/conflict(collection:document:reason:)`` when the identifier or a unique field is there.
  func insert(_ document: EncodedDocument) throws {
    try requireIdentity(of: document)
    try changing(document.label) {
      try database.cachedStatement(sql: "INSERT INTO \(quoted(name)) (id, document) VALUES (?, ?)")
        .execute(arguments: [document.id, canonicalJSON(of: document.bytes)])
    }
  }

  /// Applies changes to a stored document.
  ///
  /// - Returns: the document if it is different now.
  func apply(_ changes: [FieldChange], to row: StoredRow) throws -> [UInt8]? {
    let stored = try row.bson.get()
    var document = try BSONDocument(bytes: stored)
    for change in changes { try document.apply(change, collection: name, id: row.id) }
    let bytes = try document.bytes()
    guard bytes != stored else { return nil }
    try replace(row, by: bytes, label: row.id)
    return bytes
  }

  private func replace(_ row: StoredRow, by bytes: [UInt8], label: String) throws {
    try changing(label) {
      try database.cachedStatement(sql: "UPDATE \(quoted(name)) SET document = ? WHERE id = ?")
        .execute(arguments: [canonicalJSON(of: bytes), row.id])
    }
  }

  /// Makes sure that the document can be found again: SQLite compares text as far as its first NUL character only.
  private func requireIdentity(of document: EncodedDocument) throws(WarehouseError) {
    guard document.id.utf8.contains(0) || document.label.utf8.contains(0) else { return }
    throw .unencodable(
      collection: name, document: document.label.debugDescription,
      reason: "a NUL character is in its identifier or unique field, which an SQLite file cannot have there")
  }

  /// The stored document of the same key, else of the same identifier.
  private func match(for document: EncodedDocument, uniqueField: FieldPath?) throws -> StoredRow? {
    if let uniqueField, let value = document.key.flatMap(FilterValue.init),
      let row = try first(.compare(uniqueField, .equal, value))
    {
      return row
    }
    return try first(.isIdentifier(document.id))
  }

  /// Does something to one document. A rule that it breaks is its own error; others are the database's.
  private func changing(_ label: String, _ body: () throws -> Void) throws {
    do {
      try body()
    } catch let error as DatabaseError where error.breaksUniqueIndex {
      throw WarehouseError.conflict(
        collection: name, document: label, reason: error.message ?? "a unique index has its value")
    } catch let error as BSONError {
      throw WarehouseError.unencodable(collection: name, document: label, reason: error.description)
    }
  }
}

extension DatabaseError {
  /// Whether a value is there already that must not be there twice.
  var breaksUniqueIndex: Bool {
    extendedResultCode == .SQLITE_CONSTRAINT_UNIQUE || extendedResultCode == .SQLITE_CONSTRAINT_PRIMARYKEY
  }
}
