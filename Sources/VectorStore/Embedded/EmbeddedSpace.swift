import Domain
import GRDB

/// A row of `vector_spaces`: a category's collections and the model of their vectors.
struct EmbeddedSpace: Sendable {
  let key: Int64
  let category: DataCategory
  let generation: Generation
  let model: EmbeddingModelInfo
  /// How many transactions have changed its vectors.
  let revision: Int64

  /// All of the prefix, in the order of the categories.
  static func all(prefix: String, in database: Database) throws -> [EmbeddedSpace] {
    let statement = try database.cachedStatement(
      sql: """
        SELECT key, category, generation, model_name, model_digest, dimension, maximum_tokens, revision
        FROM vector_spaces
        WHERE prefix = ? ORDER BY category, generation
        """)
    var spaces: [EmbeddedSpace] = []
    let rows = try Row.fetchCursor(statement, arguments: [prefix])
    while let row = try rows.next() {
      // A category that a later version knows is none of ours.
      guard let category = DataCategory(rawValue: row[1]), let generation = Generation(rawValue: row[2]) else {
        continue
      }
      let model = EmbeddingModelInfo(name: row[3], digest: row[4], dimension: row[5], maximumTokens: row[6])
      spaces.append(
        EmbeddedSpace(key: row[0], category: category, generation: generation, model: model, revision: row[7]))
    }
    return spaces
  }

  /// The one that a collection is of; nil if it is not there.
  static func find(
    _ collection: CollectionReference, prefix: String, in database: Database
  ) throws -> EmbeddedSpace? {
    try all(prefix: prefix, in: database).first {
      $0.category == collection.category && $0.generation == collection.generation
    }
  }

  static func insert(
    prefix: String, category: DataCategory, generation: Generation, model: EmbeddingModelInfo, in database: Database
  ) throws {
    try database.execute(
      sql: """
        INSERT INTO vector_spaces (prefix, category, generation, model_name, model_digest, dimension, maximum_tokens)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        """,
      arguments: [
        prefix, category.rawValue, generation.rawValue, model.name, model.digest, model.dimension, model.maximumTokens,
      ])
  }

  func activate(in database: Database) throws {
    try database.execute(
      sql: "UPDATE vector_spaces SET generation = ? WHERE key = ?", arguments: [Generation.active.rawValue, key])
  }

  func delete(in database: Database) throws {
    try database.execute(sql: "DELETE FROM vector_spaces WHERE key = ?", arguments: [key])
  }
}
