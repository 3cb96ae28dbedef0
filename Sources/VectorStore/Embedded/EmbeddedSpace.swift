import Domain
import GRDB

/// A row of `vector_spaces`: a category's collections and the model of their vectors.
struct EmbeddedSpace: Sendable {
  let key: Int64
  let category: DataCategory
  let model: EmbeddingModelInfo

  static func all(prefix: String, in database: Database) throws -> [DataCategory: EmbeddedSpace] {
    let statement = try database.cachedStatement(
      sql: """
        SELECT key, category, model_name, model_digest, dimension, maximum_tokens FROM vector_spaces WHERE prefix = ?
        """)
    var spaces: [DataCategory: EmbeddedSpace] = [:]
    let rows = try Row.fetchCursor(statement, arguments: [prefix])
    while let row = try rows.next() {
      // A category that a later version knows is none of ours.
      guard let category = DataCategory(rawValue: row[1]) else { continue }
      let model = EmbeddingModelInfo(name: row[2], digest: row[3], dimension: row[4], maximumTokens: row[5])
      spaces[category] = EmbeddedSpace(key: row[0], category: category, model: model)
    }
    return spaces
  }

  static func insert(
    prefix: String, category: DataCategory, model: EmbeddingModelInfo, in database: Database
  ) throws {
    try database.execute(
      sql: """
        INSERT INTO vector_spaces (prefix, category, model_name, model_digest, dimension, maximum_tokens)
        VALUES (?, ?, ?, ?, ?, ?)
        """,
      arguments: [prefix, category.rawValue, model.name, model.digest, model.dimension, model.maximumTokens])
  }

  func delete(in database: Database) throws {
    try database.execute(sql: "DELETE FROM vector_spaces WHERE key = ?", arguments: [key])
  }
}
