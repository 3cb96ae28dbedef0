import Domain
import Foundation
import GRDB

/// A filter as an SQL condition on a table of one kind of documents, its values bound and never a part of the text.
struct FilterCondition {
  private(set) var sql = ""
  private(set) var arguments = StatementArguments()

  /// - Parameter table: the alias of `vector_documents` or `vector_chunks` in the statement.
  init(_ filter: VectorFilter, kind: CollectionKind, table: String) throws {
    sql = try text(filter, kind, table)
  }

  private mutating func text(_ filter: VectorFilter, _ kind: CollectionKind, _ table: String) throws -> String {
    switch filter {
    case .field(let field, let values):
      guard let column = field.column(kind) else { return "FALSE" }
      return try isOneOf("\(table).\(column)", values)
    case .identifier(let ids):
      return try isOneOf("\(table).id", ids.map(\.uuidString))
    case .published(let from, let before):
      let period = PublicationPeriod(from: from, before: before)
      var conditions: [String] = []
      if let first = period.first {
        conditions.append("\(table).published_at >= ?")
        arguments += [first]
      }
      if let end = period.end {
        conditions.append("\(table).published_at < ?")
        arguments += [end]
      }
      // No date is before or after another: NULL would make `NOT` of it NULL, too.
      return conditions.isEmpty
        ? "TRUE" : "(\(table).published_at IS NOT NULL AND \(conditions.joined(separator: " AND ")))"
    case .isDuplicate:
      // NULL is not known, and no text is before the empty one, which is a chunk's that stands for itself.
      return kind == .embedded ? "(\(table).duplicate_of IS NOT NULL AND \(table).duplicate_of > '')" : "FALSE"
    case .isIncomplete:
      return kind == .cleaned ? "\(table).fingerprint = ''" : "FALSE"
    case .isUnlinked:
      return kind == .embedded ? "\(table).duplicate_of IS NULL" : "FALSE"
    case .all(let filters):
      return try joined(filters, by: " AND ", none: "TRUE", kind, table)
    case .any(let filters):
      return try joined(filters, by: " OR ", none: "FALSE", kind, table)
    case .not(let filter):
      return "NOT \(try text(filter, kind, table))"
    }
  }

  private mutating func joined(
    _ filters: [VectorFilter], by word: String, none: String, _ kind: CollectionKind, _ table: String
  ) throws -> String {
    if filters.isEmpty { return none }
    var parts: [String] = []
    for filter in filters { parts.append(try text(filter, kind, table)) }
    return joined(parts[...], by: word)
  }

  /// The parts joined two by two: SQLite allows an expression a depth of 1,000, and `a AND b AND c` has that of its parts.
  private func joined(_ parts: ArraySlice<String>, by word: String) -> String {
    if parts.count < 3 { return "(\(parts.joined(separator: word)))" }
    let middle = parts.startIndex + parts.count / 2
    return "(\(joined(parts[..<middle], by: word))\(word)\(joined(parts[middle...], by: word)))"
  }

  private mutating func isOneOf(_ column: String, _ values: [String]) throws -> String {
    if values.isEmpty { return "FALSE" }
    if values.count == 1 {
      arguments += [values[0]]
      return "\(column) IS ?"
    }
    arguments += [try values.jsonText]
    return "(\(column) IS NOT NULL AND \(column) IN (SELECT value FROM json_each(?)))"
  }
}

extension VectorField {
  /// The column of the kind's table; nil if it has none.
  func column(_ kind: CollectionKind) -> String? {
    switch (self, kind) {
    case (.author, _): "author_id"
    case (.document, .cleaned): "id"
    case (.document, .embedded): "document_id"
    case (.platform, _): "platform"
    case (.link, _): "link"
    case (.textDigest, .embedded): "text_digest"
    case (.duplicateOf, .embedded): "duplicate_of"
    case (.textDigest, .cleaned), (.duplicateOf, .cleaned): nil
    }
  }
}
