import Domain
import Foundation
import GRDB

/// Writes chunks in one transaction: their rows, vectors, blocks and terms together. ``finish()`` must be its last call,
/// unless the transaction is rolled back.
struct ChunkWriter {
  private let database: Database
  let blocks: BlockWriter
  private let terms: TermWriter

  /// - Parameter maximumBlocks: how many blocks of quantized vectors are in memory, at most.
  init(_ database: Database, maximumBlocks: Int = BlockWriter.usualMaximum) {
    self.database = database
    blocks = BlockWriter(database, maximumBlocks: maximumBlocks)
    terms = TermWriter(database)
  }

  /// Stores a chunk in the place of what the space has of it.
  ///
  /// - Parameter isNew: whether it is known that it has nothing of it, which saves looking.
  /// - Throws: ``VectorStoreError/unusableVector(of:reason:)``, before anything is written, for a vector that searches
  ///   cannot compare.
  func upsert(_ embedded: EmbeddedChunk, in space: EmbeddedSpace, isNew: Bool = false) throws {
    let chunk = embedded.chunk
    let codes = embedded.vector.withUnsafeBufferPointer(QuantizedVector.init)
    guard codes.isUsable else {
      throw VectorStoreError.unusableVector(
        of: "the chunk \(chunk.id) of \(chunk.link)", reason: flaw(of: embedded.vector) ?? "it cannot be compared")
    }
    let headings = try chunk.headings.jsonText
    let stored = isNew ? nil : try stored(chunk, headings, in: space)
    let key = try stored?.key ?? blocks.newKey(in: space)
    let values: StatementArguments = [
      chunk.documentID.uuidString, chunk.link, chunk.platform, chunk.authorID.uuidString, chunk.authorFullName,
      chunk.title, headings, chunk.chunking.strategy, chunk.chunking.size, chunk.chunking.overlap, chunk.start,
      chunk.end, chunk.tokens, chunk.publishedAt?.wholeSeconds, chunk.text, textDigest(of: chunk.text),
    ]
    if stored == nil {
      try insert.execute(arguments: values + [key.key, space.key, chunk.id.uuidString])
    } else {
      try update.execute(arguments: values + [key.key])
    }
    let storing = stored == nil ? "INSERT" : "INSERT OR REPLACE"
    try database.cachedStatement(sql: "\(storing) INTO vector_values (key, space, vector) VALUES (?, ?, ?)")
      .execute(arguments: [key.key, space.key, VectorBlob.data(of: embedded.vector)])
    if stored?.hasSameWords != true {
      try terms.set(String(decoding: keywordTermText(of: chunk.keywordText), as: UTF8.self), of: key)
    }
    try blocks.set(codes, at: key, in: space)
  }

  /// The identifiers of a document's chunks, and those of `ids` that the space has, whosever they are.
  func stored(_ ids: [Identifier], of document: Identifier, in space: EmbeddedSpace) throws -> Set<String> {
    // Each half is answered by an index.
    let statement = try database.cachedStatement(
      sql: """
        SELECT id FROM vector_chunks WHERE space = ?1 AND document_id = ?2
        UNION ALL
        SELECT id FROM vector_chunks WHERE space = ?1 AND id IN (SELECT value FROM json_each(?3))
        """)
    return try String.fetchSet(statement, arguments: [space.key, document.uuidString, ids.jsonArray])
  }

  /// Deletes chunks of a space.
  ///
  /// - Parameter condition: on the columns of `vector_chunks`.
  /// - Returns: how many there were.
  func delete(
    where condition: String, _ arguments: StatementArguments, in space: EmbeddedSpace
  ) throws -> Int {
    let statement = try database.cachedStatement(
      sql: "DELETE FROM vector_chunks WHERE space = ? AND \(condition) RETURNING key")
    let keys = try Int64.fetchAll(statement, arguments: [space.key] + arguments)
    try blocks.free(keys, in: space)
    terms.forget(keys)
    return keys.count
  }

  /// Writes the blocks that were changed, and the terms.
  func finish() throws {
    try blocks.finish()
    try terms.finish()
  }

  private func stored(
    _ chunk: Chunk, _ headings: String, in space: EmbeddedSpace
  ) throws -> (key: ChunkKey, hasSameWords: Bool)? {
    let statement = try database.cachedStatement(
      sql: """
        SELECT key, title IS ? AND headings = ? AND text = ? FROM vector_chunks WHERE space = ? AND id = ?
        """)
    let row = try Row.fetchOne(
      statement, arguments: [chunk.title, headings, chunk.text, space.key, chunk.id.uuidString])
    return row.map { (ChunkKey($0[0]), $0[1]) }
  }

  private var insert: Statement {
    get throws {
      try database.cachedStatement(
        sql: """
          INSERT INTO vector_chunks
            (document_id, link, platform, author_id, author, title, headings, strategy, size, overlap, start, "end",
             tokens, published_at, text, text_digest, key, space, id)
          VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
          """)
    }
  }

  private var update: Statement {
    get throws {
      try database.cachedStatement(
        sql: """
          UPDATE vector_chunks SET
            document_id = ?, link = ?, platform = ?, author_id = ?, author = ?, title = ?, headings = ?, strategy = ?,
            size = ?, overlap = ?, start = ?, "end" = ?, tokens = ?, published_at = ?, text = ?, text_digest = ?,
            duplicate_of = NULL
          WHERE key = ?
          """)
    }
  }
}

extension Date {
  /// Seconds since 1970, rounded down, as the tables keep them.
  var wholeSeconds: Int64 {
    // What is stored was checked; of anything else the nearest that is a date.
    Int64(max(-1e15, min(1e15, timeIntervalSince1970.rounded(.down))))
  }
}
