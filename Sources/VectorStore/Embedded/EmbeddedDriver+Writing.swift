import Domain
import Foundation
import GRDB
import Storage

extension EmbeddedDriver {
  /// About how many rows one transaction writes: a transaction is fsync'ed, and readers of the file wait for no longer.
  static let rowsPerTransaction = 2000

  func replace(_ replacements: [DocumentReplacement]) async throws -> StoredCounts {
    var counts = StoredCounts()
    for batch in batches(of: replacements) {
      counts += try await database.write { [prefix, location] database in
        let spaces = try EmbeddedSpace.all(prefix: prefix, in: database)
        var counts = StoredCounts()
        for replacement in batch {
          let category = replacement.document.category
          guard let space = spaces[category] else {
            throw VectorStoreError.notPrepared(store: location, category: category)
          }
          counts += try replace(replacement, in: space, database)
        }
        return counts
      }
    }
    return counts
  }

  func delete(documents ids: [Identifier], in category: DataCategory) async throws -> Int {
    try await database.write { [prefix] database in
      guard let space = try EmbeddedSpace.all(prefix: prefix, in: database)[category] else { return 0 }
      let arguments: StatementArguments = [space.key, try ids.jsonArray]
      try database.execute(
        sql: "DELETE FROM vector_chunks WHERE space = ? AND document_id IN (SELECT value FROM json_each(?))",
        arguments: arguments)
      try database.execute(
        sql: "DELETE FROM vector_documents WHERE space = ? AND id IN (SELECT value FROM json_each(?))",
        arguments: arguments)
      return database.changesCount
    }
  }

  func purge() async throws {
    // One segment without what is marked as deleted: sqlite.org/fts5.html#the_optimize_command.
    try await database.write { try $0.execute(sql: "INSERT INTO vector_words (vector_words) VALUES ('optimize')") }
  }

  private func batches(of replacements: [DocumentReplacement]) -> [ArraySlice<DocumentReplacement>] {
    var batches: [ArraySlice<DocumentReplacement>] = []
    var (start, rows) = (0, 0)
    for (index, replacement) in replacements.enumerated() {
      rows += replacement.chunks.count + 1
      if rows >= Self.rowsPerTransaction {
        batches.append(replacements[start...index])
        (start, rows) = (index + 1, 0)
      }
    }
    if start < replacements.count { batches.append(replacements[start...]) }
    return batches
  }

  private func replace(
    _ replacement: DocumentReplacement, in space: EmbeddedSpace, _ database: Database
  ) throws -> StoredCounts {
    let deletion = try database.cachedStatement(
      sql: """
        DELETE FROM vector_chunks
        WHERE space = ? AND document_id = ? AND id NOT IN (SELECT value FROM json_each(?))
        """)
    let ids = try replacement.chunks.map(\.id).jsonArray
    try deletion.execute(arguments: [space.key, replacement.document.id.uuidString, ids])
    let deleted = database.changesCount
    for embedded in replacement.chunks { try upsert(embedded, in: space, database) }
    try upsert(replacement.document, in: space, database)
    return StoredCounts(chunksStored: replacement.chunks.count, chunksDeleted: deleted)
  }

  private func upsert(_ embedded: EmbeddedChunk, in space: EmbeddedSpace, _ database: Database) throws {
    guard embedded.model.makesSameVectors(as: space.model) else {
      throw VectorStoreError.modelMismatch(store: location, stored: space.model.name, given: embedded.model.name)
    }
    let statement = try database.cachedStatement(
      sql: """
        INSERT INTO vector_chunks
          (space, id, document_id, link, platform, author_id, author, title, headings, strategy, start, "end", tokens, text)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (space, id) DO UPDATE SET
          document_id = excluded.document_id, link = excluded.link, platform = excluded.platform,
          author_id = excluded.author_id, author = excluded.author, title = excluded.title,
          headings = excluded.headings, strategy = excluded.strategy, start = excluded.start, "end" = excluded."end",
          tokens = excluded.tokens, text = excluded.text
        RETURNING key
        """)
    let chunk = embedded.chunk
    let key = try Int64.fetchOne(
      statement,
      arguments: [
        space.key, chunk.id.uuidString, chunk.documentID.uuidString, chunk.link, chunk.platform,
        chunk.authorID.uuidString, chunk.authorFullName, chunk.title, try chunk.headings.jsonText, chunk.strategy,
        chunk.start, chunk.end, chunk.tokens, chunk.text,
      ])
    let values = try database.cachedStatement(
      sql: "INSERT OR REPLACE INTO vector_values (key, space, vector) VALUES (?, ?, ?)")
    try values.execute(arguments: [key, space.key, VectorBlob.data(of: embedded.vector)])
  }

  private func upsert(_ document: CleanedDocument, in space: EmbeddedSpace, _ database: Database) throws {
    let statement = try database.cachedStatement(
      sql: """
        INSERT INTO vector_documents
          (space, id, link, platform, author_id, author, title, path, input_hash, fingerprint, text)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (space, id) DO UPDATE SET
          link = excluded.link, platform = excluded.platform, author_id = excluded.author_id, author = excluded.author,
          title = excluded.title, path = excluded.path, input_hash = excluded.input_hash,
          fingerprint = excluded.fingerprint, text = excluded.text
        """)
    try statement.execute(
      arguments: [
        space.key, document.id.uuidString, document.link, document.platform, document.authorID.uuidString,
        document.authorFullName, document.title, document.path, document.inputHash.hexadecimal,
        document.fingerprint.hexadecimal, document.text,
      ])
  }
}
