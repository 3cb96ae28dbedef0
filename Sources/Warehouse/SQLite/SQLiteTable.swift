import Domain
import GRDB

/// The table of one collection, inside a transaction.
struct SQLiteTable<D: Document> {
  let database: Database
  let name: String

  /// The readable documents that the condition means, by identifier.
  func documents(_ condition: FilterCondition) throws -> [D] {
    try rows(condition).compactMap { try? $0.decoded(as: D.self).get() }
  }

  func save(_ document: D) throws -> SaveOutcome {
    do {
      guard let stored = try stored(matching: document) else {
        try insert(document)
        return .inserted
      }
      switch stored.reconciliation(with: document) {
      case .keep:
        return .unchanged
      case .refresh(let merged):
        try update(merged)
        return .unchanged
      case .replace(let merged):
        try update(merged)
        return .updated
      }
    } catch let error as WarehouseError {
      return .failed(error)
    }
  }

  func insert(_ document: D) throws {
    try database.execute(
      sql: "INSERT INTO \"\(name)\" (id, document) VALUES (?, ?)",
      arguments: [document.id.uuidString, try text(of: document)])
  }

  private func update(_ document: D) throws {
    try database.execute(
      sql: "UPDATE \"\(name)\" SET document = ? WHERE id = ?",
      arguments: [try text(of: document), document.id.uuidString])
  }

  /// The stored row of the same unique key, else of the same identifier.
  private func stored(matching document: D) throws -> StoredRow<D>? {
    if let key = document.uniqueKey, let row = try rows(.isIn(key.field, [.string(key.value)])).first { return row }
    return try rows(.isIn("_id", [document.id.filterValue])).first
  }

  private func rows(_ condition: FilterCondition) throws -> [StoredRow<D>] {
    let (expression, arguments) = condition.sql
    let rows = try Row.fetchAll(
      database, sql: "SELECT id, document FROM \"\(name)\" WHERE \(expression) ORDER BY id", arguments: arguments)
    return rows.map { StoredRow($0, of: D.self, in: name) }
  }

  private func text(of document: D) throws -> String {
    let label = document.label
    let text: String
    do {
      text = try DocumentJSON.text(of: document)
    } catch {
      throw WarehouseError.unencodable(collection: name, document: label, reason: readableReason(of: error))
    }
    guard text.utf8.count <= Warehouse.maximumDocumentBytes else {
      throw WarehouseError.documentTooLarge(collection: name, document: label, bytes: text.utf8.count)
    }
    return text
  }
}
