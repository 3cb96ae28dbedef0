import Domain
import Foundation
import GRDB

/// A filter as an SQL condition on the tables of one kind of documents, its values bound and never a part of the text.
///
/// The table of the kind is `t` in the statement, and `vector_sources` is `s`.
struct FilterCondition {
  private(set) var sql = ""
  private(set) var arguments = StatementArguments()
  /// Whether it concerns what is in `vector_sources`, so that the statement must read that, too.
  private(set) var concernsSources = false

  init(_ filter: VectorFilter, kind: CollectionKind) throws {
    sql = try text(filter, kind)
  }

  /// What tells SQLite that the sources of a space's chunks are the space's, too, by which their indexes begin.
  func ofSpace(_ space: EmbeddedSpace) -> String { concernsSources ? "s.space = \(space.key)" : "TRUE" }

  private mutating func text(_ filter: VectorFilter, _ kind: CollectionKind) throws -> String {
    switch filter {
    case .field(let field, let values):
      guard let column = field.column(kind) else { return "FALSE" }
      return try isOneOf(self.column(column), field == .textDigest ? values.map(storedDigest) : values)
    case .identifier(let ids):
      return try isOneOf("t.id", ids.map(\.uuidString))
    case .published(let from, let before):
      let period = PublicationPeriod(from: from, before: before)
      let column = self.column(VectorField.published(kind))
      var conditions: [String] = []
      if let first = period.first {
        conditions.append("\(column) >= ?")
        arguments += [first]
      }
      if let end = period.end {
        conditions.append("\(column) < ?")
        arguments += [end]
      }
      // No date is before or after another: NULL would make `NOT` of it NULL, too.
      return conditions.isEmpty
        ? "TRUE" : "(\(column) IS NOT NULL AND \(conditions.joined(separator: " AND ")))"
    case .isDuplicate:
      // NULL is not known, and no text is before the empty one, which is a chunk's that stands for itself.
      return kind == .embedded ? "(t.duplicate_of IS NOT NULL AND t.duplicate_of > '')" : "FALSE"
    case .isIncomplete:
      return kind == .cleaned ? "t.fingerprint = ''" : "FALSE"
    case .isUnlinked:
      return kind == .embedded ? "t.duplicate_of IS NULL" : "FALSE"
    case .all(let filters):
      return try joined(filters, by: " AND ", none: "TRUE", kind)
    case .any(let filters):
      return try joined(filters, by: " OR ", none: "FALSE", kind)
    case .not(let filter):
      return "NOT \(try text(filter, kind))"
    }
  }

  private mutating func column(_ column: StoredColumn) -> String {
    if column.isOfSource { concernsSources = true }
    return column.sql
  }

  private mutating func joined(
    _ filters: [VectorFilter], by word: String, none: String, _ kind: CollectionKind
  ) throws -> String {
    if filters.isEmpty { return none }
    var parts: [String] = []
    for filter in filters { parts.append(try text(filter, kind)) }
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

/// A column by which documents or chunks are told apart.
struct StoredColumn {
  /// With the alias of its table.
  let sql: String
  /// Whether it is one of `vector_sources`.
  let isOfSource: Bool

  fileprivate init(_ name: String, isOfSource: Bool) {
    sql = (isOfSource ? "s." : "t.") + name
    self.isOfSource = isOfSource
  }
}

extension VectorField {
  /// The column of what a kind stores; nil if it has none.
  func column(_ kind: CollectionKind) -> StoredColumn? {
    let name: String? =
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
    let isChunksOwn = self == .textDigest || self == .duplicateOf
    return name.map { StoredColumn($0, isOfSource: kind == .embedded && !isChunksOwn) }
  }

  fileprivate static func published(_ kind: CollectionKind) -> StoredColumn {
    StoredColumn("published_at", isOfSource: kind == .embedded)
  }
}
