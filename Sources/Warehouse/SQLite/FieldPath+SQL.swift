import BSON
import Foundation
import GRDB

extension FieldPath {
  /// The field's value as SQL; NULL when it is missing or not of the field's kind.
  ///
  /// Paths are literals of the program (see ``Field``). Indexes are made of the very same expressions, without which
  /// SQLite would not use them.
  var sql: String {
    if self == .id { return "id" }
    switch kind {
    case .string:
      let path = jsonPath(self.path)
      return "CASE json_type(document, \(path)) WHEN 'text' THEN json_extract(document, \(path)) END"
    case .bool:
      return "CASE json_type(document, \(jsonPath(path))) WHEN 'true' THEN 1 WHEN 'false' THEN 0 END"
    case .number:
      let forms = ["$numberLong", "$numberInt", "$numberDouble"].map {
        "json_extract(document, \(jsonPath(path, $0)))"
      }
      return sqlNumber("coalesce(\(forms.joined(separator: ", ")))")
    case .date:
      return "CAST(json_extract(document, \(jsonPath(path, "$date", "$numberLong"))) AS INTEGER)"
    case .uuid:
      return """
        CASE json_extract(document, \(jsonPath(path, "$binary", "subType"))) WHEN '04' THEN json_extract(document, \(jsonPath(path, "$binary", "base64"))) END
        """
    }
  }

  /// A double's decimal digits as they are stored; NULL for everything else.
  var sqlDouble: String {
    kind == .number ? "min(json_extract(document, \(jsonPath(path, "$numberDouble"))))" : "NULL"
  }

  /// The condition that a value takes part in unique indexes, which the empty text does not; nil if every value does.
  ///
  /// SQLite uses such an index only for a query that says so in the same words.
  var sqlIsKey: String? {
    self == .id || kind != .string ? nil : "\(sql) > ''"
  }
}

extension FilterKind {
  /// The value of an element that `json_each` gives under a name, as ``FieldPath/sql`` gives that of a field.
  func sql(ofElement name: String) -> String {
    switch self {
    case .string: "CASE \(name).type WHEN 'text' THEN \(name).value END"
    case .bool: "CASE \(name).type WHEN 'true' THEN 1 WHEN 'false' THEN 0 END"
    case .number:
      sqlNumber(
        "CASE \(name).type WHEN 'object' THEN coalesce(\(["$numberLong", "$numberInt", "$numberDouble"].map { "json_extract(\(name).value, '$.\"\($0)\"')" }.joined(separator: ", "))) END"
      )
    case .date:
      "CASE \(name).type WHEN 'object' THEN CAST(json_extract(\(name).value, '$.\"$date\".\"$numberLong\"') AS INTEGER) END"
    case .uuid:
      """
      CASE \(name).type WHEN 'object' THEN CASE json_extract(\(name).value, '$."$binary"."subType"') WHEN '04' THEN json_extract(\(name).value, '$."$binary"."base64"') END END
      """
    }
  }

  /// What an expression of ``FieldPath/sql`` gave, as BSON.
  ///
  /// - Parameter decimal: what ``FieldPath/sqlDouble`` gave. SQLite reads decimals less exactly than Swift.
  func value(of value: DatabaseValue, decimal: String?) -> BSONValue {
    switch (self, value.storage) {
    case (.string, .string(let text)): .string(text)
    case (.bool, .int64(let number)): .bool(number != 0)
    case (.number, .int64(let number)): .int64(number)
    case (.number, .double(let number)): .double(decimal.flatMap(Double.init) ?? number)
    case (.date, .int64(let milliseconds)): .date(milliseconds: milliseconds)
    case (.uuid, .string(let text)):
      .binary(BSONBinary(subtype: BSONBinary.uuidSubtype, bytes: Data(base64Encoded: text).map(Array.init) ?? []))
    default: .null
    }
  }
}

/// The number that a string of extended JSON means; SQLite has no NaN.
private func sqlNumber(_ text: String) -> String {
  """
  CASE \(text) WHEN 'Infinity' THEN 9e999 WHEN '-Infinity' THEN -9e999 WHEN 'NaN' THEN NULL ELSE CAST(\(text) AS NUMERIC) END
  """
}

/// A JSON path of a dotted path and keys behind it, as a literal of SQL. Every key is in quotes, so that none means more
/// than itself.
func jsonPath(_ path: String, _ more: String...) -> String {
  let keys = path.split(separator: ".").map(String.init) + more
  return "'$" + keys.map { ".\"" + $0.replacing("'", with: "''") + "\"" }.joined() + "'"
}

/// The expression of a document that has only the identifier and the fields of dotted paths.
func projection(_ paths: [String]) -> String {
  func object(_ paths: [ArraySlice<String>], prefix: [String]) -> [String] {
    var keys: [String] = []
    for path in paths { if let key = path.first, !keys.contains(key) { keys.append(key) } }
    return keys.flatMap { key in
      let inner = paths.filter { $0.first == key }.map { $0.dropFirst() }
      let name = "'" + key.replacing("'", with: "''") + "'"
      let path = prefix + [key]
      let place = jsonPath(path.joined(separator: "."))
      if inner.contains(where: \.isEmpty) { return [name, "document -> \(place)"] }
      let fields = object(inner, prefix: path).joined(separator: ", ")
      return [
        name,
        "json(CASE json_type(document, \(place)) WHEN 'object' THEN json_object(\(fields)) ELSE document -> \(place) END)",
      ]
    }
  }
  let pairs = object(paths.map { $0.split(separator: ".").map(String.init)[...] }, prefix: [])
  return "json_object(" + (["'_id'", "id"] + pairs).joined(separator: ", ") + ")"
}
