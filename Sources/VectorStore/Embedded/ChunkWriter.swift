import Domain
import Foundation
import GRDB

/// Writes chunks in one transaction: their rows, vectors, blocks and terms together.
///
/// It belongs to one transaction and so to one thread; ``finish()`` must be its last call, unless the transaction is rolled
/// back.
final class ChunkWriter {
  private let database: Database
  let blocks: BlockWriter
  private let terms: TermWriter
  /// That of the chunk before: chunks of one document follow each other as a rule.
  private var source: (value: ChunkSource, key: Int64)?

  /// - Parameter maximumBlocks: how many blocks of quantized vectors are in memory, at most.
  init(_ database: Database, maximumBlocks: Int = BlockWriter.usualMaximum) {
    self.database = database
    blocks = BlockWriter(database, maximumBlocks: maximumBlocks)
    terms = TermWriter(database)
  }

  /// Stores a chunk in the place of what the space has of it.
  ///
  /// - Throws: ``VectorStoreError/unusableVector(of:reason:)``, before anything is written, for a vector that searches
  ///   cannot compare.
  func upsert(_ embedded: EmbeddedChunk, in space: EmbeddedSpace) throws {
    let chunk = embedded.chunk
    let codes = embedded.vector.withUnsafeBufferPointer(QuantizedVector.init)
    guard codes.isUsable else {
      throw VectorStoreError.unusableVector(
        of: "the chunk \(chunk.id) of \(chunk.link)", reason: flaw(of: embedded.vector) ?? "it cannot be compared")
    }
    let row = Row(
      source: try sourceKey(of: chunk, in: space), headings: try chunk.headings.jsonText,
      digest: storedDigest(textDigest(of: chunk.text)))
    // What is new, which most chunks are, is found to be so by the index that its row must go into anyway.
    let newKey = try blocks.newKey(in: space)
    if try insert(chunk, row, newKey, in: space) {
      try setTerms(of: chunk, newKey)
      try setVector(embedded.vector, codes, newKey, in: space, replacing: false)
    } else if let stored = try stored(chunk, row, in: space) {
      try update(chunk, row, stored.key)
      if !stored.hasSameWords { try setTerms(of: chunk, stored.key) }
      try setVector(embedded.vector, codes, stored.key, in: space, replacing: true)
    }
  }

  /// The identifiers of a document's chunks in a space.
  func stored(of document: Identifier, in space: EmbeddedSpace) throws -> [String] {
    let statement = try database.cachedStatement(
      sql: """
        SELECT t.id FROM vector_sources AS s CROSS JOIN vector_chunks AS t ON t.source = s.key
        WHERE s.space = ? AND s.document_id = ?
        """)
    return try String.fetchAll(statement, arguments: [space.key, document.uuidString])
  }

  /// Deletes chunks of a space.
  ///
  /// - Parameter condition: on the columns of `vector_chunks`.
  /// - Returns: how many there were.
  func delete(
    where condition: String, _ arguments: StatementArguments, in space: EmbeddedSpace
  ) throws -> Int {
    source = nil
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

  /// What is made of a chunk for its row.
  private struct Row {
    var source: Int64
    var headings: String
    var digest: String
  }

  private func sourceKey(of chunk: Chunk, in space: EmbeddedSpace) throws -> Int64 {
    let value = ChunkSource(of: chunk, in: space)
    if let source, source.value == value { return source.key }
    let key = try value.key(in: database)
    source = (value, key)
    return key
  }

  private func stored(
    _ chunk: Chunk, _ row: Row, in space: EmbeddedSpace
  ) throws -> (key: ChunkKey, hasSameWords: Bool)? {
    let statement = try database.cachedStatement(
      sql: """
        SELECT t.key, s.title IS ? AND t.headings = ? AND t.text = ?
        FROM vector_chunks AS t JOIN vector_sources AS s ON s.key = t.source WHERE t.space = ? AND t.id = ?
        """)
    let found = try GRDB.Row.fetchOne(
      statement, arguments: [chunk.title, row.headings, chunk.text, space.key, chunk.id.uuidString])
    return found.map { (ChunkKey($0[0]), $0[1]) }
  }

  /// - Returns: false if the space has the chunk, so that nothing was done.
  private func insert(_ chunk: Chunk, _ row: Row, _ key: ChunkKey, in space: EmbeddedSpace) throws -> Bool {
    try database.cachedStatement(
      sql: """
        INSERT INTO vector_chunks (source, headings, start, "end", tokens, text, text_digest, key, space, id)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (space, id) DO NOTHING
        """
    ).execute(
      arguments: [
        row.source, row.headings, chunk.start, chunk.end, chunk.tokens, chunk.text, row.digest, key.key, space.key,
        chunk.id.uuidString,
      ])
    return database.changesCount > 0
  }

  private func update(_ chunk: Chunk, _ row: Row, _ key: ChunkKey) throws {
    try database.cachedStatement(
      sql: """
        UPDATE vector_chunks SET
          source = ?, headings = ?, start = ?, "end" = ?, tokens = ?, text = ?, text_digest = ?, duplicate_of = NULL
        WHERE key = ?
        """
    ).execute(
      arguments: [
        row.source, row.headings, chunk.start, chunk.end, chunk.tokens, chunk.text, row.digest, key.key,
      ])
  }

  private func setTerms(of chunk: Chunk, _ key: ChunkKey) throws {
    try terms.set(String(decoding: keywordTermText(of: chunk.keywordText), as: UTF8.self), of: key)
  }

  private func setVector(
    _ vector: [Float], _ codes: QuantizedVector, _ key: ChunkKey, in space: EmbeddedSpace, replacing: Bool
  ) throws {
    try database.cachedStatement(
      sql: "INSERT \(replacing ? "OR REPLACE " : "")INTO vector_values (key, space, vector) VALUES (?, ?, ?)"
    ).execute(arguments: [key.key, space.key, VectorBlob.data(of: vector)])
    try blocks.set(codes, at: key, in: space)
  }
}

/// What the tables keep of a ``textDigest(of:)``: 128 bits, of which no two texts have the same.
func storedDigest(_ digest: String) -> String { String(digest.prefix(32)) }

extension Date {
  /// Seconds since 1970, rounded down, as the tables keep them.
  var wholeSeconds: Int64 {
    // What is stored was checked; of anything else the nearest that is a date.
    Int64(max(-1e15, min(1e15, timeIntervalSince1970.rounded(.down))))
  }
}
