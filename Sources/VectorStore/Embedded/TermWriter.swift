import GRDB

/// The terms of the chunks that one transaction stores, kept until they can be written together.
///
/// SQLite begins a savepoint before each statement that could fail halfway, and FTS5 writes what it has in memory to its
/// tables at each savepoint (`xSavepoint`, sqlite.org/vtab.html): one chunk's terms between two other statements make a
/// segment of their own, and merging 100,000 of those took a third of a load's time.
///
/// It belongs to one transaction and so to one thread; ``finish()`` must be its last call.
final class TermWriter {
  /// What is kept before it is written, in bytes: enough that merging is rare, and no load for the memory.
  private static let maximumLength = 4 << 20

  private let database: Database
  /// By the key of a chunk.
  private var pending: [Int64: String] = [:]
  private var length = 0

  init(_ database: Database) {
    self.database = database
  }

  /// Stores a chunk's terms in the place of those that it had.
  func set(_ terms: String, of key: ChunkKey) throws {
    pending[key.key] = terms
    length += terms.utf8.count
    if length > Self.maximumLength { try finish() }
  }

  /// Forgets the terms of chunks that were deleted; what was written of them has gone with their rows.
  func forget(_ keys: [Int64]) {
    for key in keys { pending[key] = nil }
  }

  /// Writes what is kept.
  func finish() throws {
    let insert = try database.cachedStatement(sql: "INSERT OR REPLACE INTO vector_words (rowid, terms) VALUES (?, ?)")
    for (key, terms) in pending.sorted(by: { $0.key < $1.key }) { try insert.execute(arguments: [key, terms]) }
    pending = [:]
    length = 0
  }
}
