import Domain
import GRDB

/// Finds which chunks of some spaces pass a filter, before anything of theirs is compared.
///
/// Each condition is answered from indexes alone, without a look at the chunks, and joined with the others as bits: the
/// cost does not grow with the text, nor with how the conditions are joined.
struct FilterSelection {
  private let database: Database
  /// The keys of the spaces as SQL.
  private let spaces: String
  /// Every key that chunks of the spaces may have.
  let all: KeySet

  init(of spaces: [EmbeddedSpace], in database: Database) throws {
    self.database = database
    self.spaces = spaces.map { String($0.key) }.joined(separator: ", ")
    let numbers = try Int64.fetchAll(
      database,
      sql: "SELECT number FROM vector_blocks INDEXED BY vector_blocks_revision WHERE space IN (\(self.spaces))")
    var all = KeySet(lastBlock: numbers.max() ?? 0)
    for number in numbers { all.insert(block: number) }
    self.all = all
  }

  /// The keys that pass; some of them may be of places where no chunk is.
  func keys(_ filter: VectorFilter) throws -> KeySet {
    switch filter {
    case .all(let filters):
      var keys = all
      for filter in filters {
        // What is left out costs as little as what is rare.
        if case .not(let other) = filter {
          keys.subtract(try self.keys(other))
        } else {
          keys.formIntersection(try self.keys(filter))
        }
      }
      return keys
    case .any(let filters):
      var keys = none
      for filter in filters { keys.formUnion(try self.keys(filter)) }
      return keys
    case .not(let other):
      return try keys(.all([.not(other)]))
    case .published(from: nil, before: nil):
      return all
    case .isIncomplete:
      return none
    case .field, .identifier, .published, .isDuplicate, .isUnlinked:
      return try stored(filter)
    }
  }

  private var none: KeySet {
    var none = all
    none.subtract(all)
    return none
  }

  private func stored(_ filter: VectorFilter) throws -> KeySet {
    let condition = try FilterCondition(filter, kind: .embedded)
    // The order of the tables is the faster one here, whatever SQLite may think: sqlite.org/optoverview.html#crossjoin.
    let tables =
      condition.concernsSources
      ? "vector_sources AS s CROSS JOIN vector_chunks AS t ON t.source = s.key WHERE s.space"
      : "vector_chunks AS t WHERE t.space"
    let found = try Int64.fetchCursor(
      database, sql: "SELECT t.key FROM \(tables) IN (\(spaces)) AND \(condition.sql)", arguments: condition.arguments)
    var keys = none
    while let key = try found.next() { keys.insert(key) }
    return keys
  }
}
