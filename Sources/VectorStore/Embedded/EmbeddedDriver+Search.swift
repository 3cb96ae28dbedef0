import Domain
import Foundation
import GRDB
import Storage

extension EmbeddedDriver {
  func nearest(to vector: [Float], _ search: ChunkSearch) async throws -> [ScoredChunk] {
    try await nearest(toEach: [vector], search).first ?? []
  }

  /// Exact: ``NearestSearch``. The queries share one snapshot, and pass the quantized vectors together.
  func nearest(toEach vectors: [[Float]], _ search: ChunkSearch) async throws -> [[ScoredChunk]] {
    while true {
      let found: [[ScoredChunk]]? = try await database.read { [prefix, location, cache] database in
        let all = try EmbeddedSpace.all(prefix: prefix, in: database)
        let spaces = Self.spaces(search, of: all)
        let nearest = NearestSearch(
          database: database, location: location, spaces: spaces, limit: search.limit, minimum: search.minimumScore)
        let best = try nearest.best(vectors, search.filter) {
          try cache.indexes(of: spaces, all: all, in: database)
        }
        return try best?.map { try Self.chunks($0, search, spaces, in: database) }
      }
      if let found { return found }
      // Another search has seen a later snapshot of the file meanwhile: take one that is as late.
      try Task.checkCancellation()
    }
  }

  func matching(_ terms: [String], _ search: ChunkSearch) async throws -> [ScoredChunk] {
    if terms.isEmpty { return [] }
    // A term has no quote in it; the quotes keep it from being read as AND, OR, NOT or NEAR.
    let expression = terms.map { "\"\($0)\"" }.joined(separator: " OR ")
    return try await database.read { [prefix] database in
      let spaces = Self.spaces(search, of: try EmbeddedSpace.all(prefix: prefix, in: database))
      // The index of words is one for all collections.
      let selected = try FilterSelection(of: spaces, in: database).keys(search.filter)
      var best = BestKeys(limit: search.limit)
      let rows = try Row.fetchCursor(
        try database.cachedStatement(
          sql: "SELECT rowid, -bm25(vector_words) FROM vector_words WHERE vector_words MATCH ?"),
        arguments: [expression])
      while let row = try rows.next() {
        let key: Int64 = row[0]
        if selected.contains(key) { best.offer(key: key, score: row[1]) }
      }
      return try Self.chunks(best.entries, search, spaces, in: database)
    }
  }

  private static func spaces(_ search: ChunkSearch, of all: [EmbeddedSpace]) -> [EmbeddedSpace] {
    all.filter { $0.generation == .active && search.categories.contains($0.category) }
  }

  /// The chunks of the keys that a ranking found, best first: of those that tie for the last place, the ones with the
  /// smallest identifiers.
  private static func chunks(
    _ entries: [BestKeys.Entry], _ search: ChunkSearch, _ spaces: [EmbeddedSpace], in database: Database
  ) throws -> [ScoredChunk] {
    let statement = try database.cachedStatement(
      sql: """
        SELECT \(Chunk.columns), t.space, t.duplicate_of, \(search.includesVectors ? "v.vector" : "NULL")
        FROM \(Chunk.tables) JOIN vector_values AS v ON v.key = t.key WHERE t.key = ?
        """)
    var chunks: [ScoredChunk] = []
    for entry in try first(search.limit, of: entries, in: database) {
      guard let row = try Row.fetchOne(statement, arguments: [entry.key]),
        let space = spaces.first(where: { $0.key == row[Chunk.columnCount] })
      else { continue }
      let duplicateOf: String = row[Chunk.columnCount + 1] ?? ""
      let vector: Data? = row[Chunk.columnCount + 2]
      chunks.append(
        ScoredChunk(
          chunk: try Chunk(row: row, category: space.category), score: entry.score,
          vector: vector.flatMap { VectorBlob.vector(from: $0, dimension: space.model.dimension) },
          duplicateOf: duplicateOf.isEmpty ? nil : Identifier(existing: duplicateOf)))
    }
    return chunks.sorted(by: ScoredChunk.isBetter)
  }

  /// At most `limit` of what ``BestKeys/entries`` gives.
  private static func first(
    _ limit: Int, of entries: [BestKeys.Entry], in database: Database
  ) throws -> [BestKeys.Entry] {
    guard entries.count > limit, let last = entries.last else { return entries }
    let better = entries.prefix { $0.score > last.score }
    let statement = try database.cachedStatement(sql: "SELECT id FROM vector_chunks WHERE key = ?")
    let tied = try entries[better.count...].map { entry in
      (id: try String.fetchOne(statement, arguments: [entry.key]) ?? "", entry: entry)
    }
    return better + tied.sorted { $0.id < $1.id }.prefix(limit - better.count).map(\.entry)
  }
}
