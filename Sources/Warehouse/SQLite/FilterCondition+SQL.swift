import BSON
import Foundation
import GRDB

extension FilterCondition {
  /// The documents of one identifier.
  static func isIdentifier(_ id: String) -> FilterCondition { .compare(.id, .equal, .string(id)) }

  /// The condition as SQL.
  var sql: SQLFragment {
    switch self {
    case .compare(_, .equal, let value) where value.hasNUL:
      SQLFragment("FALSE")
    case .compare(_, .notEqual, let value) where value.hasNUL:
      SQLFragment("TRUE")
    case .compare(let field, let comparison, let value):
      SQLFragment("\(field.sql) \(comparison.sql) \(value.parameter)", [value.databaseValue])
        .and(comparison == .equal && value != .string("") ? field.sqlIsKey : nil)
    case .isIn(_, let values) where values.isEmpty:
      SQLFragment("FALSE")
    case .isIn(let field, let values):
      // One argument however many values there are: SQLite bounds the number of arguments.
      SQLFragment(
        "\(field.sql) IN (SELECT \(field.kind == .number ? "CAST(value AS NUMERIC)" : "value") FROM json_each(?))",
        [jsonArray(of: values.filter { !$0.hasNUL })]
      ).and(values.contains(.string("")) ? nil : field.sqlIsKey)
    case .isNil(let field) where field == .id:
      SQLFragment("FALSE")
    case .isNil(let field):
      SQLFragment("coalesce(json_type(document, \(jsonPath(field.path))), 'null') = 'null'")
    case .contains(let field, let value):
      SQLFragment(
        """
        json_type(document, \(jsonPath(field.path))) = 'array' AND EXISTS (SELECT 1 FROM json_each(document, \(jsonPath(field.path))) AS element WHERE \(field.kind.sql(ofElement: "element")) = \(value.parameter))
        """, [value.databaseValue]
      ).and(value.hasNUL ? "FALSE" : nil)
    case .all(let conditions):
      conditions.isEmpty ? SQLFragment("TRUE") : conditions.dropFirst().reduce(conditions[0].sql) { $0.and($1.sql) }
    case .any(let conditions):
      conditions.isEmpty ? SQLFragment("FALSE") : conditions.dropFirst().reduce(conditions[0].sql) { $0.or($1.sql) }
    case .not(let condition):
      // What SQL does not know is not so.
      SQLFragment("NOT coalesce((\(condition.sql.text)), FALSE)", condition.sql.arguments)
    }
  }
}

extension FilterComparison {
  fileprivate var sql: String {
    switch self {
    case .equal: "="
    case .notEqual: "IS NOT"
    case .less: "<"
    case .lessOrEqual: "<="
    case .greater: ">"
    case .greaterOrEqual: ">="
    }
  }
}

extension FilterValue {
  /// The value of a field that was stored as BSON; nil for what filters do not compare.
  init?(_ value: BSONValue) {
    switch value {
    case .string(let text): self = .string(text)
    case .int32(let number): self = .integer(Int64(number))
    case .int64(let number): self = .integer(number)
    case .double(let number): self = .double(number)
    case .bool(let truth): self = .bool(truth)
    case .date(let milliseconds): self = .date(milliseconds: milliseconds)
    case .binary(let binary):
      guard binary.subtype == BSONBinary.uuidSubtype, binary.bytes.count == 16 else { return nil }
      self = .uuid(binary.bytes.withUnsafeBytes { UUID(uuid: $0.loadUnaligned(as: uuid_t.self)) })
    default: return nil
    }
  }

  /// SQLite reads text as far as its first NUL character, so that none that has one is equal to what a filter means.
  fileprivate var hasNUL: Bool {
    if case .string(let text) = self { text.utf8.contains(0) } else { false }
  }

  /// The parameter that ``databaseValue`` is bound to. A double goes through the same reading of decimals as the stored
  /// ones, which in SQLite is not always exact to the last bit.
  fileprivate var parameter: String {
    if case .double(let number) = self, number.isFinite { "CAST(? AS NUMERIC)" } else { "?" }
  }

  /// The value as the expressions of ``FieldPath/sql`` give it.
  fileprivate var databaseValue: DatabaseValue {
    switch self {
    case .string(let text): text.databaseValue
    case .integer(let number): number.databaseValue
    case .double(let number): number.isFinite ? number.description.databaseValue : number.databaseValue
    case .bool(let truth): truth.databaseValue
    case .date(let milliseconds): milliseconds.databaseValue
    case .uuid(let uuid): base64(of: uuid).databaseValue
    }
  }
}

/// The values as a JSON array that `json_each` reads, in the form of ``FilterValue/databaseValue``.
private func jsonArray(of values: [FilterValue]) -> String {
  let items = values.map { value in
    switch value {
    case .string(let text): jsonString(text)
    case .integer(let number): String(number)
    case .double(let number):
      number.isFinite ? "\"\(number)\"" : number.isNaN ? "null" : number < 0 ? "-9e999" : "9e999"
    case .bool(let truth): String(truth)
    case .date(let milliseconds): String(milliseconds)
    case .uuid(let uuid): jsonString(base64(of: uuid))
    }
  }
  return "[" + items.joined(separator: ",") + "]"
}

private func base64(of uuid: UUID) -> String {
  withUnsafeBytes(of: uuid.uuid) { Data($0).base64EncodedString() }
}

/// A JSON string literal (RFC 8259, section 7).
private func jsonString(_ text: String) -> String {
  var bytes = [UInt8(ascii: "\"")]
  for byte in text.utf8 {
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
    case 0..<0x20: bytes += Array("\\u00\(byte < 16 ? "0" : "")\(String(byte, radix: 16))".utf8)
    default: bytes.append(byte)
    }
  }
  bytes.append(UInt8(ascii: "\""))
  return String(decoding: bytes, as: UTF8.self)
}
