import GRDB

extension FilterCondition {
  /// The condition as an SQL expression; every value is a bound argument, never SQL.
  var sql: (expression: String, arguments: StatementArguments) {
    switch self {
    case .isIn(_, let values) where values.isEmpty:
      ("FALSE", [])
    case .isIn(let path, let values) where values.count == 1:
      ("\(column(path)) = ?", [values[0].databaseValue])
    case .isIn(let path, let values):
      // One argument however many values there are: SQLite bounds the number of arguments.
      ("\(column(path)) IN (SELECT value FROM json_each(?))", [jsonArray(of: values)])
    case .all(let conditions) where conditions.isEmpty:
      ("TRUE", [])
    case .all(let conditions):
      conditions.map(\.sql).reduce(into: ("", [])) { result, next in
        result.0 += (result.0.isEmpty ? "(" : " AND (") + next.expression + ")"
        result.1 += next.arguments
      }
    }
  }
}

/// The column or expression of a path. Paths are literals of the program (see ``Field``); the expression is spelt as in
/// the indexes, without which SQLite would not use them.
func column(_ path: String) -> String {
  path == "_id" ? "id" : "json_extract(document, '$.\(path)')"
}

/// The expression of a document that has only the identifier and the fields, which are literals of the program too.
func projection(_ fields: [String]) -> String {
  let pairs = fields.map { ", '\($0)', json_extract(document, '$.\($0)')" }.joined()
  return "json_object('_id', id\(pairs))"
}

extension FilterValue {
  fileprivate var databaseValue: DatabaseValue {
    switch self {
    case .string(let text): text.databaseValue
    case .integer(let number): number.databaseValue
    case .bool(let truth): truth.databaseValue
    }
  }
}

private func jsonArray(of values: [FilterValue]) -> String {
  let items = values.map { value in
    switch value {
    case .string(let text): DocumentJSON.quoted(text)
    case .integer(let number): String(number)
    case .bool(let truth): String(truth)
    }
  }
  return "[" + items.joined(separator: ",") + "]"
}
