import Domain
import GRDB

/// The quantized vectors of a space at a revision.
struct SpaceIndex: Sendable {
  let space: Int64
  let revision: Int64
  /// In the order of their numbers; those without a vector are left out.
  let blocks: [VectorBlock]

  /// Of those of `known` that were not changed since, and the others from the file.
  ///
  /// - Throws: `DatabaseError`.
  init(of space: EmbeddedSpace, from known: SpaceIndex?, in database: Database) throws {
    self.space = space.key
    revision = space.revision
    let rows = try Row.fetchCursor(
      try database.cachedStatement(
        sql: "SELECT number, count, codes FROM vector_blocks WHERE space = ? AND revision > ?"),
      arguments: [space.key, known?.revision ?? 0])
    var blocks: [VectorBlock] = []
    var changed: Set<Int64> = []
    while let row = try rows.next() {
      let number: Int64 = row[0]
      changed.insert(number)
      if row[1] == 0 { continue }
      blocks.append(try VectorBlock(row, at: 2, number: number, dimension: space.model.dimension))
    }
    if let known { blocks += known.blocks.filter { !changed.contains($0.number) } }
    self.blocks = blocks.sorted { $0.number < $1.number }
  }
}
