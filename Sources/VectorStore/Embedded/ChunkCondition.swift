import Domain
import GRDB

/// A filter as an SQL condition on `vector_chunks AS c`, its values bound and never a part of the text.
struct ChunkCondition {
  private(set) var sql: String
  private(set) var arguments: [String: any DatabaseValueConvertible & Sendable]

  init(_ filter: ChunkFilter, spaces: [EmbeddedSpace]) throws {
    sql = "c.space IN (\(spaces.map { String($0.key) }.joined(separator: ", ")))"
    arguments = [:]
    if let authors = filter.authors { try restrict("c.author_id", to: authors, as: "authors") }
    if let documents = filter.documents { try restrict("c.document_id", to: documents, as: "documents") }
    if let platform = filter.platform { add("c.platform = :platform", platform, as: "platform") }
    if let link = filter.link { add("c.link = :link", link, as: "link") }
  }

  /// Whether all chunks of the spaces pass, so that their `space` is the only column that is asked for.
  var isOfSpacesOnly: Bool { arguments.isEmpty }

  /// Binds one more value.
  mutating func bind(_ value: any DatabaseValueConvertible & Sendable, as name: String) {
    arguments[name] = value
  }

  private mutating func restrict(_ column: String, to ids: [Identifier], as name: String) throws {
    add("\(column) IN (SELECT value FROM json_each(:\(name)))", try ids.jsonArray, as: name)
  }

  private mutating func add(_ condition: String, _ value: String, as name: String) {
    sql += " AND \(condition)"
    arguments[name] = value
  }
}
