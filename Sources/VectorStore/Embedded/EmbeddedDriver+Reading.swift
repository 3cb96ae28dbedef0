import Domain
import Foundation
import GRDB
import Storage

extension EmbeddedDriver {
  /// How many rows are read at a time.
  static let statesPerPage = 2000
  static let documentsPerPage = 64
  static let chunksPerPage = 256

  func states(
    of category: DataCategory, authors: [Identifier]?, from cursor: Identifier?
  ) async throws -> Page<IdentifiedState> {
    try await documentRows(
      "id, input_hash, fingerprint", in: category, authors: authors, from: cursor, limit: Self.statesPerPage
    ) { row in
      let state = DocumentState(
        inputHash: ContentHash(stored: row[1]), fingerprint: ContentHash(stored: row[2]))
      return IdentifiedState(id: Identifier(existing: row[0]), state: state)
    }
  }

  func documents(
    in category: DataCategory, authors: [Identifier]?, from cursor: Identifier?
  ) async throws -> Page<CleanedDocument> {
    try await documentRows(
      "id, link, platform, author_id, author, title, path, text, input_hash, fingerprint", in: category,
      authors: authors, from: cursor, limit: Self.documentsPerPage
    ) { row in
      CleanedDocument(
        id: Identifier(existing: row[0]), category: category, link: row[1], platform: row[2],
        authorID: Identifier(existing: row[3]), authorFullName: row[4], title: row[5], path: row[6], text: row[7],
        inputHash: ContentHash(stored: row[8]), fingerprint: ContentHash(stored: row[9]))
    }
  }

  func chunks(
    in category: DataCategory, filter: ChunkFilter, from cursor: Identifier?
  ) async throws -> Page<EmbeddedChunk> {
    try await page(of: category, limit: Self.chunksPerPage) { [location] database, space in
      var condition = try ChunkCondition(filter, spaces: [space])
      condition.bind(cursor?.uuidString ?? "", as: "cursor")
      condition.bind(Self.chunksPerPage, as: "limit")
      let rows = try Row.fetchCursor(
        database,
        sql: """
          SELECT \(ChunkRow.columns), v.vector FROM vector_chunks AS c JOIN vector_values AS v ON v.key = c.key
          WHERE \(condition.sql) AND c.id > :cursor ORDER BY c.id LIMIT :limit
          """,
        arguments: StatementArguments(condition.arguments))
      var chunks: [EmbeddedChunk] = []
      while let row = try rows.next() {
        let chunk = try ChunkRow.chunk(from: row, category: category)
        let dimension = space.model.dimension
        guard let vector = VectorBlob.vector(from: row[ChunkRow.columnCount], dimension: dimension) else {
          throw VectorStoreError.unusableVector(of: "the chunk \(chunk.id) in \(location)", reason: "it is damaged")
        }
        chunks.append(EmbeddedChunk(chunk: chunk, vector: vector, model: space.model))
      }
      return chunks
    }
  }

  func references(in category: DataCategory, from cursor: Identifier?) async throws -> Page<ChunkReference> {
    try await page(of: category, limit: Self.statesPerPage) { database, space in
      try Row.fetchAll(
        database,
        sql: "SELECT id, document_id FROM vector_chunks WHERE space = ? AND id > ? ORDER BY id LIMIT ?",
        arguments: [space.key, cursor?.uuidString ?? "", Self.statesPerPage]
      ).map { ChunkReference(id: Identifier(existing: $0[0]), documentID: Identifier(existing: $0[1])) }
    }
  }

  func tally(of category: DataCategory) async throws -> CategoryTally {
    try await database.read { [prefix] database in
      guard let space = try EmbeddedSpace.all(prefix: prefix, in: database)[category] else { return CategoryTally() }
      let documents = try authors(in: "vector_documents", space, database)
      let chunks = try authors(in: "vector_chunks", space, database)
      return CategoryTally(documents: documents, chunks: chunks, chunkCount: chunks.map(\.count).reduce(0, +))
    }
  }

  private func authors(
    in table: String, _ space: EmbeddedSpace, _ database: Database
  ) throws -> [VectorStoreStatistics.Author] {
    try Row.fetchAll(
      database,
      sql: "SELECT author_id, MIN(author), COUNT(*) FROM \(table) WHERE space = ? GROUP BY author_id",
      arguments: [space.key]
    ).map { VectorStoreStatistics.Author(id: Identifier(existing: $0[0]), name: $0[1], count: $0[2]) }
  }

  private func documentRows<Element: Identifiable & Sendable>(
    _ columns: String, in category: DataCategory, authors: [Identifier]?, from cursor: Identifier?, limit: Int,
    _ element: @Sendable @escaping (Row) -> Element
  ) async throws -> Page<Element> where Element.ID == Identifier {
    try await page(of: category, limit: limit) { database, space in
      var condition = ""
      var arguments: StatementArguments = ["space": space.key, "cursor": cursor?.uuidString ?? "", "limit": limit]
      if let authors {
        condition = "AND author_id IN (SELECT value FROM json_each(:authors))"
        arguments += ["authors": try authors.jsonArray]
      }
      let rows = try Row.fetchCursor(
        database,
        sql: """
          SELECT \(columns) FROM vector_documents
          WHERE space = :space AND id > :cursor \(condition) ORDER BY id LIMIT :limit
          """,
        arguments: arguments)
      return try Array(rows.map(element))
    }
  }

  /// Reads one page in a snapshot; a full page may have one after it, which begins after its last identifier.
  private func page<Element: Identifiable & Sendable>(
    of category: DataCategory, limit: Int,
    _ read: @Sendable @escaping (Database, EmbeddedSpace) throws -> [Element]
  ) async throws -> Page<Element> where Element.ID == Identifier {
    try await database.read { [prefix] database in
      guard let space = try EmbeddedSpace.all(prefix: prefix, in: database)[category] else { return Page() }
      let elements = try read(database, space)
      return Page(elements, next: elements.count == limit ? elements.last?.id : nil)
    }
  }
}
