import Domain
import Foundation
import GRDB

/// The blocks that one transaction changes: each is read when it is first touched, and written at the end, or when so many
/// are in memory that room must be made for others.
///
/// It belongs to one transaction and so to one thread; ``finish()`` must be its last call.
final class BlockWriter {
  /// The blocks in memory, at most, unless it is said: 25 MB of vectors of 384 components.
  static let usualMaximum = 256

  private let database: Database
  private let maximumBlocks: Int
  private var blocks: [Int64: VectorBlock] = [:]
  /// By the key of a space.
  private var spaces: [Int64: Space] = [:]

  private struct Space {
    var revision: Int64
    /// A block that has room.
    var open: Int64?
    var changed: Set<Int64> = []
    /// Whether some that were changed are written already.
    var hasWritten = false
  }

  /// - Parameter maximumBlocks: how many blocks are in memory, at most.
  init(_ database: Database, maximumBlocks: Int = usualMaximum) {
    self.database = database
    self.maximumBlocks = maximumBlocks
  }

  /// How many blocks are in memory.
  var count: Int { blocks.count }

  /// The key for a new chunk: its place is taken by ``set(_:at:in:)``.
  func newKey(in space: EmbeddedSpace) throws -> ChunkKey {
    try touch(space.key)
    if let number = spaces[space.key]?.open, let slot = blocks[number]?.freeSlot {
      return ChunkKey(block: number, slot: slot)
    }
    let number = try numberWithRoom(in: space) ?? insertBlock(in: space)
    spaces[space.key]?.open = number
    guard let slot = try block(number, in: space)?.freeSlot else {
      throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "the block \(number) has no room where it says so")
    }
    return ChunkKey(block: number, slot: slot)
  }

  /// Stores the codes of a chunk's vector.
  func set(_ vector: QuantizedVector, at key: ChunkKey, in space: EmbeddedSpace) throws {
    try touch(space.key)
    guard try block(key.block, in: space) != nil else {
      throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "there is no block \(key.block)")
    }
    blocks[key.block]?[key.slot] = vector
    spaces[space.key]?.changed.insert(key.block)
  }

  /// Frees the places of chunks that were deleted.
  func free(_ keys: [Int64], in space: EmbeddedSpace) throws {
    if keys.isEmpty { return }
    try touch(space.key)
    // In their order, so that each block is read once, however many they are.
    for key in keys.sorted().map(ChunkKey.init) where try block(key.block, in: space) != nil {
      blocks[key.block]?[key.slot] = nil
      spaces[space.key]?.changed.insert(key.block)
    }
  }

  /// Writes what was changed, under a new revision of each space, by which readers see what they have to read anew.
  func finish() throws {
    try write()
    for (key, space) in spaces where space.hasWritten {
      try database.execute(
        sql: "UPDATE vector_spaces SET revision = ? WHERE key = ?", arguments: [space.revision + 1, key])
    }
    spaces = [:]
  }

  /// Writes what was changed, and forgets all blocks.
  private func write() throws {
    let update = try database.cachedStatement(
      sql: "UPDATE vector_blocks SET revision = ?, count = ?, codes = ? WHERE number = ?")
    for (key, space) in spaces where !space.changed.isEmpty {
      for number in space.changed.sorted() {
        guard let block = blocks[number] else { continue }
        try update.execute(arguments: [space.revision + 1, block.count, block.stored, number])
      }
      spaces[key]?.changed = []
      spaces[key]?.hasWritten = true
    }
    blocks = [:]
  }

  private func makeRoom() throws {
    if blocks.count >= maximumBlocks { try write() }
  }

  private func touch(_ space: Int64) throws {
    if spaces[space] != nil { return }
    let revision = try Int64.fetchOne(
      database, sql: "SELECT revision FROM vector_spaces WHERE key = ?", arguments: [space])
    spaces[space] = Space(revision: revision ?? 0)
  }

  /// A block that has room by its row, and was not filled since.
  private func numberWithRoom(in space: EmbeddedSpace) throws -> Int64? {
    let numbers = try Int64.fetchCursor(
      try database.cachedStatement(
        sql: "SELECT number FROM vector_blocks WHERE space = ? AND count < \(VectorBlock.capacity) ORDER BY number"),
      arguments: [space.key])
    while let number = try numbers.next() {
      if blocks[number].map({ $0.freeSlot != nil }) ?? true { return number }
    }
    return nil
  }

  private func insertBlock(in space: EmbeddedSpace) throws -> Int64 {
    try makeRoom()
    let number = try Int64.fetchOne(database, sql: "SELECT ifnull(max(number), 0) + 1 FROM vector_blocks") ?? 1
    let block = VectorBlock(number: number, dimension: space.model.dimension)
    try database.execute(
      sql: "INSERT INTO vector_blocks (number, space, revision, count, codes) VALUES (?, ?, 0, 0, ?)",
      arguments: [number, space.key, block.stored])
    blocks[number] = block
    return number
  }

  private func block(_ number: Int64, in space: EmbeddedSpace) throws -> VectorBlock? {
    if let block = blocks[number] { return block }
    let statement = try database.cachedStatement(
      sql: "SELECT codes FROM vector_blocks WHERE number = ? AND space = ?")
    guard let row = try Row.fetchOne(statement, arguments: [number, space.key]) else { return nil }
    let block = try VectorBlock(row, at: 0, number: number, dimension: space.model.dimension)
    try makeRoom()
    blocks[number] = block
    return block
  }
}

extension VectorBlock {
  /// Reads a stored one.
  ///
  /// - Throws: `DatabaseError` if it is none.
  init(_ row: Row, at column: Int, number: Int64, dimension: Int) throws {
    let block = try row.withUnsafeData(atIndex: column) { data in
      data?.withUnsafeBytes { VectorBlock(number: number, dimension: dimension, stored: $0) }
    }
    guard let block else {
      throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "the vectors of block \(number) are damaged")
    }
    self = block
  }
}
