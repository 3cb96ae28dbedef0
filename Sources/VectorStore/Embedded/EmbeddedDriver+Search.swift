import Domain
import Foundation
import GRDB
import Storage

extension EmbeddedDriver {
  /// Every vector is compared, so that the result is exact; the vectors pass by one at a time, and only the best keys
  /// are kept.
  func nearest(to vector: [Float], filter: ChunkFilter, limit: Int) async throws -> [SearchHit] {
    try await database.read { [prefix, location] database in
      let spaces = try self.spaces(filter, prefix: prefix, in: database)
      guard !spaces.isEmpty else { return [] }
      let condition = try ChunkCondition(filter, spaces: spaces)
      var best = BestKeys(limit: limit)
      // Without a filter the vectors alone are read.
      let source =
        condition.isOfSpacesOnly
        ? "c.key, c.vector FROM vector_values AS c"
        : "c.key, v.vector FROM vector_chunks AS c JOIN vector_values AS v ON v.key = c.key"
      let rows = try Row.fetchCursor(
        database, sql: "SELECT \(source) WHERE \(condition.sql)", arguments: StatementArguments(condition.arguments))
      try vector.withUnsafeBytes { query in
        while let row = try rows.next() {
          let score = try row.withUnsafeData(atIndex: 1) { data in
            data?.withUnsafeBytes { VectorBlob.dotProduct(query, $0) }
          }
          guard let score else {
            throw VectorStoreError.wrongDimension(
              of: "the query to \(location)", expected: spaces[0].model.dimension, actual: vector.count)
          }
          best.offer(key: row[0], score: score)
        }
      }
      return try hits(best.sorted, spaces: spaces, in: database)
    }
  }

  func matching(_ words: [String], filter: ChunkFilter, limit: Int) async throws -> [SearchHit] {
    // A word has no quote in it; the quotes keep it from being read as AND, OR, NOT or NEAR.
    let expression = words.map { "\"\($0)\"" }.joined(separator: " OR ")
    return try await database.read { [prefix] database in
      let spaces = try self.spaces(filter, prefix: prefix, in: database)
      guard !spaces.isEmpty else { return [] }
      var condition = try ChunkCondition(filter, spaces: spaces)
      condition.bind(expression, as: "expression")
      condition.bind(limit, as: "limit")
      let rows = try Row.fetchCursor(
        database,
        sql: """
          SELECT \(ChunkRow.columns), c.space, -bm25(vector_words) AS score
          FROM vector_words JOIN vector_chunks AS c ON c.key = vector_words.rowid
          WHERE vector_words MATCH :expression AND \(condition.sql)
          ORDER BY score DESC, c.id LIMIT :limit
          """,
        arguments: StatementArguments(condition.arguments))
      let categories = Dictionary(uniqueKeysWithValues: spaces.map { ($0.key, $0.category) })
      var hits: [SearchHit] = []
      while let row = try rows.next() {
        guard let category = categories[row[ChunkRow.columnCount]] else { continue }
        let chunk = try ChunkRow.chunk(from: row, category: category)
        hits.append(SearchHit(chunk, score: row[ChunkRow.columnCount + 1]))
      }
      return hits.sorted(by: SearchHit.isBetter)
    }
  }

  private func spaces(_ filter: ChunkFilter, prefix: String, in database: Database) throws -> [EmbeddedSpace] {
    let spaces = try EmbeddedSpace.all(prefix: prefix, in: database)
    return filter.categories.compactMap { spaces[$0] }
  }

  private func hits(
    _ entries: [BestKeys.Entry], spaces: [EmbeddedSpace], in database: Database
  ) throws -> [SearchHit] {
    let statement = try database.cachedStatement(
      sql: "SELECT \(ChunkRow.columns), c.space FROM vector_chunks AS c WHERE c.key = ?")
    let categories = Dictionary(uniqueKeysWithValues: spaces.map { ($0.key, $0.category) })
    var hits: [SearchHit] = []
    for entry in entries {
      guard let row = try Row.fetchOne(statement, arguments: [entry.key]),
        let category = categories[row[ChunkRow.columnCount]]
      else { continue }
      hits.append(SearchHit(try ChunkRow.chunk(from: row, category: category), score: Double(entry.score)))
    }
    return hits.sorted(by: SearchHit.isBetter)
  }
}
