import Domain
import GRDB
import Storage

extension EmbeddedDriver {
  func indexProblems(mending: Bool) async throws -> [String] {
    try await (mending ? mendIndex() : checkIndex()).problems
  }

  /// Compares everything that searches read with the chunks that it was made from; reads all of it.
  func checkIndex() async throws -> IndexFindings {
    var findings = try await database.read { [prefix] database in
      var findings = IndexFindings()
      for space in try EmbeddedSpace.all(prefix: prefix, in: database) {
        try IndexChecker(space: space, database: database).check(into: &findings)
      }
      findings.strays += try strays.reduce(0) { sum, stray in
        sum + (try Int.fetchOne(database, sql: "SELECT count(*) FROM \(stray)") ?? 0)
      }
      return findings
    }
    findings.hasDamagedWords = try await hasDamagedWords()
    return findings
  }

  /// Makes anew what ``checkIndex()`` finds wrong. Chunks without a vector are deleted, and their documents marked as
  /// incomplete, so that the next run makes them again.
  ///
  /// - Returns: what it found.
  func mendIndex() async throws -> IndexFindings {
    let findings = try await checkIndex()
    if findings.isWhole { return findings }
    try await database.write { [prefix] database in
      for stray in strays { try database.execute(sql: "DELETE FROM \(stray)") }
      // From the terms that it keeps: sqlite.org/fts5.html#the_rebuild_command.
      try database.execute(sql: "INSERT INTO vector_words (vector_words) VALUES ('rebuild')")
      for space in try EmbeddedSpace.all(prefix: prefix, in: database) {
        try IndexChecker(space: space, database: database).mend()
      }
    }
    return findings
  }

  /// SQLite's own check is a command, and as such a writer's: sqlite.org/fts5.html#the_integrity_check_command.
  private func hasDamagedWords() async throws -> Bool {
    try await database.write { database in
      do {
        try database.execute(sql: "INSERT INTO vector_words (vector_words) VALUES ('integrity-check')")
        return false
      } catch let error as DatabaseError where error.resultCode == .SQLITE_CORRUPT {
        return true
      }
    }
  }
}

/// Rows that are no chunk's.
private let strays = [
  "vector_values WHERE key NOT IN (SELECT key FROM vector_chunks)",
  "vector_words WHERE rowid NOT IN (SELECT key FROM vector_chunks)",
  "vector_sources WHERE key NOT IN (SELECT source FROM vector_chunks)",
]

/// Compares the index of one space with its chunks, block by block.
private struct IndexChecker {
  let space: EmbeddedSpace
  let database: Database

  /// A chunk, and what is stored for searches.
  private struct Stored {
    var key: ChunkKey
    var id: Identifier
    /// Those that the vector has; nil if that is missing or damaged.
    var codes: QuantizedVector?
    var terms: String?
    var expectedTerms: String
  }

  func check(into findings: inout IndexFindings) throws {
    for number in try numbers() {
      let block: VectorBlock?
      do {
        block = try storedBlock(number)
      } catch is DatabaseError {
        findings.damagedBlocks += 1
        block = nil
      }
      var taken = Set((0..<VectorBlock.capacity).filter { block?[$0] != nil })
      for stored in try chunks(ofBlock: number) {
        findings.chunks += 1
        taken.remove(stored.key.slot)
        if stored.terms != stored.expectedTerms { findings.withoutTerms.append(stored.id) }
        guard let codes = stored.codes else {
          findings.withoutVector.append(stored.id)
          continue
        }
        if block?[stored.key.slot] != codes { findings.withoutCodes.append(stored.id) }
      }
      findings.strays += taken.count
    }
  }

  func mend() throws {
    let revision = space.revision + 1
    for number in try numbers() {
      var block = VectorBlock(number: number, dimension: space.model.dimension)
      for stored in try chunks(ofBlock: number) {
        guard let codes = stored.codes else {
          try delete(stored)
          continue
        }
        block[stored.key.slot] = codes
        if stored.terms != stored.expectedTerms {
          try database.execute(
            sql: "INSERT OR REPLACE INTO vector_words (rowid, terms) VALUES (?, ?)",
            arguments: [stored.key.key, stored.expectedTerms])
        }
      }
      try database.execute(
        sql: """
          INSERT INTO vector_blocks (number, space, revision, count, codes) VALUES (?, ?, ?, ?, ?)
          ON CONFLICT (number) DO UPDATE SET
            revision = excluded.revision, count = excluded.count, codes = excluded.codes
          """,
        arguments: [number, space.key, revision, block.count, block.stored])
    }
    try database.execute(
      sql: "UPDATE vector_spaces SET revision = ? WHERE key = ?", arguments: [revision, space.key])
  }

  private func delete(_ stored: Stored) throws {
    try database.execute(
      sql: """
        UPDATE vector_documents SET fingerprint = ''
        WHERE space = ?
          AND id = (SELECT document_id FROM vector_sources WHERE key = (SELECT source FROM vector_chunks WHERE key = ?))
        """,
      arguments: [space.key, stored.key.key])
    try database.execute(sql: "DELETE FROM vector_chunks WHERE key = ?", arguments: [stored.key.key])
  }

  /// The blocks that are there, and those that the chunks say they are in.
  private func numbers() throws -> [Int64] {
    try Int64.fetchAll(
      database,
      sql: """
        SELECT number FROM vector_blocks WHERE space = ?
        UNION SELECT key / \(VectorBlock.capacity) FROM vector_chunks WHERE space = ? ORDER BY 1
        """,
      arguments: [space.key, space.key])
  }

  private func storedBlock(_ number: Int64) throws -> VectorBlock? {
    let row = try Row.fetchOne(
      database, sql: "SELECT codes, count FROM vector_blocks WHERE number = ? AND space = ?",
      arguments: [number, space.key])
    guard let row else { return nil }
    let block = try VectorBlock(row, at: 0, number: number, dimension: space.model.dimension)
    guard block.count == row[1] else {
      throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "the block \(number) is counted wrongly")
    }
    return block
  }

  private func chunks(ofBlock number: Int64) throws -> [Stored] {
    let first = ChunkKey(block: number, slot: 0).key
    let rows = try Row.fetchCursor(
      database,
      sql: """
        SELECT \(Chunk.columns), t.key, v.vector, w.terms
        FROM \(Chunk.tables) LEFT JOIN vector_values AS v ON v.key = t.key
          LEFT JOIN vector_words AS w ON w.rowid = t.key
        WHERE t.space = ? AND t.key >= ? AND t.key < ?
        """,
      arguments: [space.key, first, first + Int64(VectorBlock.capacity)])
    var chunks: [Stored] = []
    while let row = try rows.next() {
      let chunk = try Chunk(row: row, category: space.category)
      let column = Chunk.columnCount
      chunks.append(
        Stored(
          key: ChunkKey(row[column]), id: chunk.id, codes: try codes(row, column + 1), terms: row[column + 2],
          expectedTerms: String(decoding: keywordTermText(of: chunk.keywordText), as: UTF8.self)))
    }
    return chunks
  }

  private func codes(_ row: Row, _ column: Int) throws -> QuantizedVector? {
    try row.withUnsafeData(atIndex: column) { data in
      let vector = data.flatMap { VectorBlob.vector(from: $0, dimension: space.model.dimension) }
      let codes = vector?.withUnsafeBufferPointer(QuantizedVector.init)
      return codes.flatMap { $0.isUsable ? $0 : nil }
    }
  }
}
