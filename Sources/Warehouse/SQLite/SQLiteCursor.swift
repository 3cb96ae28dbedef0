import BSON
import GRDB
import Storage
import Synchronization

/// Reads the documents of a query, each batch in a snapshot of its own that begins behind the last document.
///
/// Between batches nothing is held open: a slow reader keeps no writer from reusing what it has freed.
final class SQLiteCursor: DocumentCursor {
  /// The values of the order's keys and the identifier of the last document that was read.
  private struct Position {
    let keys: [DatabaseValue]
    let id: String
  }

  private enum State {
    case before
    case behind(Position)
    case ended
  }

  private let database: EmbeddedDatabase
  private let query: Query
  private let state = Mutex((position: State.before, left: Int.max))

  init(database: EmbeddedDatabase, query: Query) {
    self.database = database
    self.query = query
    state.withLock { $0.left = query.limit ?? .max }
  }

  func next() async throws -> RawBatch? {
    let (position, left) = state.withLock { $0 }
    guard case .ended = position else {
      let (batch, last) = try await database.read { [query] in
        try Self.batch(of: query, behind: position, limit: min(left, query.batchSize), $0)
      }
      state.withLock { state in
        state.left -= batch.count + batch.unreadable.count
        state.position = last.map { state.left > 0 ? .behind($0) : .ended } ?? .ended
      }
      return batch.isEmpty ? nil : batch
    }
    return nil
  }

  func close() {
    state.withLock { $0.position = .ended }
  }

  /// - Returns: the documents, and where the last one lies if there may be more.
  private static func batch(
    of query: Query, behind position: State, limit: Int, _ database: Database
  ) throws -> (RawBatch, Position?) {
    var condition = query.condition.sql
    if case .behind(let position) = position {
      condition = condition.and(query.order.sql(behind: position.keys, id: position.id))
    }
    let document = query.fields.map(projection) ?? "document"
    let keys = query.order.enumerated().map { ", \($1.field.sql) AS key\($0)" }.joined()
    let order = (query.order.map(\.sql) + ["id"]).joined(separator: ", ")
    let table = quoted(query.collection)
    // Places first: where SQLite has to sort, it would carry all documents that are left along, for every batch.
    let places = try Int64.fetchAll(
      database.cachedStatement(
        sql: "SELECT rowid FROM \(table) WHERE \(condition.text) ORDER BY \(order) LIMIT \(limit)"),
      arguments: condition.arguments)
    let statement = try database.cachedStatement(
      sql: "SELECT id, \(document) AS document\(keys) FROM \(table) WHERE rowid = ?")
    var batch = RawBatch()
    var read = 0
    for place in places {
      guard let row = try Row.fetchOne(statement, arguments: [place]) else { continue }
      switch bson(of: row, in: query.collection) {
      case .success(let bytes): bytes.withUnsafeBytes { batch.append($0) }
      case .failure(.unreadable(let document)): batch.append(document)
      case .failure(let error): throw error
      }
      read += 1
      if read == limit || batch.bytes.count > query.maximumBatchBytes {
        return (batch, Position(keys: query.order.indices.map { row["key\($0)"] }, id: row["id"]))
      }
    }
    return (batch, nil)
  }
}

extension [OrderKey] {
  /// The condition of what comes behind a place in the order.
  fileprivate func sql(behind values: [DatabaseValue], id: String) -> SQLFragment {
    var alternatives: [SQLFragment] = []
    var equal = SQLFragment("TRUE")
    for (key, value) in zip(self, values) {
      alternatives.append(equal.and(key.sql(behind: value)))
      equal = equal.and(SQLFragment("\(key.field.sql) IS ?", [value]))
    }
    alternatives.append(equal.and(SQLFragment("id > ?", [id.databaseValue])))
    return alternatives.dropFirst().reduce(alternatives[0]) { $0.or($1) }
  }
}

extension OrderKey {
  /// The key as `ORDER BY` and indexes have it. NULL is less than any value.
  var sql: String { field.sql + (isDescending ? " DESC" : "") }

  fileprivate func sql(behind value: DatabaseValue) -> SQLFragment {
    switch (isDescending, value.isNull) {
    case (false, true): SQLFragment("\(field.sql) IS NOT NULL")
    case (false, false): SQLFragment("\(field.sql) > ?", [value])
    case (true, true): SQLFragment("FALSE")
    case (true, false): SQLFragment("(\(field.sql) < ? OR \(field.sql) IS NULL)", [value])
    }
  }
}
