import Domain
import Foundation
import GRDB
import Storage

extension EmbeddedDriver {
  /// About how many rows one transaction writes: each is fsync'ed, and writes the pages of the indexes that it touches
  /// anew; other writers of the file wait for no longer.
  static let rowsPerTransaction = 5000

  func replace(_ replacements: [DocumentReplacement], in generation: Generation) async throws -> StoredCounts {
    var counts = StoredCounts()
    for batch in batches(of: replacements) {
      counts += try await database.write { database in
        var counts = StoredCounts()
        let writer = ChunkWriter(database)
        for replacement in batch {
          let space = try space(replacement.document.category, generation, in: database)
          counts += try replace(replacement, in: space, writer, database)
        }
        try writer.finish()
        return counts
      }
    }
    return counts
  }

  func upsert<Document: VectorDocument>(_ documents: [Document], into collection: CollectionReference) async throws {
    for start in stride(from: 0, to: documents.count, by: Self.rowsPerTransaction) {
      let batch = documents[start..<min(start + Self.rowsPerTransaction, documents.count)]
      try await database.write { database in
        let space = try space(collection.category, collection.generation, in: database)
        let writer = ChunkWriter(database)
        for document in batch {
          if let chunk = document as? EmbeddedChunk { try upsert(chunk, in: space, writer) }
          if let document = document as? CleanedDocument { try upsert(document, in: space, database) }
        }
        try writer.finish()
      }
    }
  }

  func delete(documents ids: [Identifier], in category: DataCategory) async throws -> Int {
    try await database.write { [prefix] database in
      var deleted = 0
      for generation in Generation.allCases {
        let cleaned = CollectionReference(kind: .cleaned, category: category, generation: generation)
        guard let space = try EmbeddedSpace.find(cleaned, prefix: prefix, in: database) else { continue }
        _ = try delete(where: .documents(ids), .embedded, in: space, database)
        let documents = try delete(where: .documents(ids), .cleaned, in: space, database)
        if generation == .active { deleted = documents }
      }
      return deleted
    }
  }

  func delete(where filter: VectorFilter, from collection: CollectionReference) async throws -> Int {
    try await database.write { [prefix] database in
      guard let space = try EmbeddedSpace.find(collection, prefix: prefix, in: database) else { return 0 }
      return try delete(where: filter, collection.kind, in: space, database)
    }
  }

  func link(_ links: [DuplicateLink], in collection: CollectionReference) async throws {
    try await database.write { [prefix] database in
      guard let space = try EmbeddedSpace.find(collection, prefix: prefix, in: database) else { return }
      let statement = try database.cachedStatement(
        sql: "UPDATE vector_chunks SET duplicate_of = ? WHERE space = ? AND id = ?")
      for link in links {
        try statement.execute(arguments: [link.duplicateOf?.uuidString ?? "", space.key, link.id.uuidString])
      }
    }
  }

  func unlink(_ ids: [Identifier], in collection: CollectionReference) async throws {
    try await database.write { [prefix] database in
      guard let space = try EmbeddedSpace.find(collection, prefix: prefix, in: database) else { return }
      let statement = try database.cachedStatement(
        sql: "UPDATE vector_chunks SET duplicate_of = NULL WHERE space = ? AND id = ?")
      for id in ids { try statement.execute(arguments: [space.key, id.uuidString]) }
    }
  }

  func purge() async throws -> Bool {
    // One segment without what is marked as deleted: sqlite.org/fts5.html#the_optimize_command.
    try await database.write { try $0.execute(sql: "INSERT INTO vector_words (vector_words) VALUES ('optimize')") }
    return try await database.emptyLog()
  }

  private func space(
    _ category: DataCategory, _ generation: Generation, in database: Database
  ) throws -> EmbeddedSpace {
    let collection = CollectionReference(kind: .cleaned, category: category, generation: generation)
    guard let space = try EmbeddedSpace.find(collection, prefix: prefix, in: database) else {
      throw VectorStoreError.notPrepared(store: location, category: category)
    }
    return space
  }

  private func delete(
    where filter: VectorFilter, _ kind: CollectionKind, in space: EmbeddedSpace, _ database: Database
  ) throws -> Int {
    let condition = try FilterCondition(filter, kind: kind)
    let keys = """
      SELECT t.key FROM \(kind.tables(withSources: condition.concernsSources))
      WHERE t.space = \(space.key) AND \(condition.ofSpace(space)) AND \(condition.sql)
      """
    switch kind {
    case .cleaned:
      try database.execute(
        sql: "DELETE FROM vector_documents WHERE key IN (\(keys))", arguments: condition.arguments)
      return database.changesCount
    case .embedded:
      let writer = ChunkWriter(database)
      let deleted = try writer.delete(where: "key IN (\(keys))", condition.arguments, in: space)
      try writer.finish()
      return deleted
    }
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
    _ replacement: DocumentReplacement, in space: EmbeddedSpace, _ writer: ChunkWriter, _ database: Database
  ) throws -> StoredCounts {
    let stored = try writer.stored(of: replacement.document.id, in: space)
    let stale = stored.isEmpty ? [] : Set(stored).subtracting(replacement.chunks.map(\.id.uuidString))
    let deleted =
      stale.isEmpty
      ? 0 : try writer.delete(where: "id IN (SELECT value FROM json_each(?))", [stale.sorted().jsonText], in: space)
    for embedded in replacement.chunks { try upsert(embedded, in: space, writer) }
    try upsert(replacement.document, in: space, database)
    return StoredCounts(chunksStored: replacement.chunks.count, chunksDeleted: deleted)
  }

  private func upsert(_ embedded: EmbeddedChunk, in space: EmbeddedSpace, _ writer: ChunkWriter) throws {
    guard embedded.model.makesSameVectors(as: space.model) else {
      throw VectorStoreError.modelMismatch(store: location, stored: space.model.name, given: embedded.model.name)
    }
    try writer.upsert(embedded, in: space)
  }

  private func upsert(_ document: CleanedDocument, in space: EmbeddedSpace, _ database: Database) throws {
    let statement = try database.cachedStatement(
      sql: """
        INSERT INTO vector_documents
          (space, id, link, platform, author_id, author, title, path, published_at, input_hash, fingerprint, text)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (space, id) DO UPDATE SET
          link = excluded.link, platform = excluded.platform, author_id = excluded.author_id, author = excluded.author,
          title = excluded.title, path = excluded.path, published_at = excluded.published_at,
          input_hash = excluded.input_hash, fingerprint = excluded.fingerprint, text = excluded.text
        """)
    try statement.execute(
      arguments: [
        space.key, document.id.uuidString, document.link, document.platform, document.authorID.uuidString,
        document.authorFullName, document.title, document.path, document.publishedAt?.wholeSeconds,
        document.inputHash.hexadecimal, document.fingerprint.hexadecimal, document.text,
      ])
  }
}
