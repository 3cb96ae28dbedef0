import GRDB
import Storage

@testable import Warehouse

extension SQLiteDriver {
  /// How SQLite would look for what the condition means.
  func plan(of condition: FilterCondition, in table: String) async throws -> String {
    try await database.read { database in
      let condition = condition.sql
      let rows = try Row.fetchAll(
        database, sql: "EXPLAIN QUERY PLAN SELECT id FROM \"\(table)\" WHERE \(condition.text)",
        arguments: condition.arguments)
      return rows.map { $0["detail"] ?? "" }.joined(separator: "; ")
    }
  }
}
