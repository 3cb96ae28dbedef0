import GRDB
import Synchronization

/// The indexes of the spaces that were searched, as the last search has seen them; a search brings them up to its own
/// snapshot of the file, whoever has changed it.
final class IndexCache: Sendable {
  private let indexes = Mutex<[Int64: SpaceIndex]>([:])

  /// The indexes of the spaces as they are in the snapshot of `database`.
  ///
  /// Others wait meanwhile, so that what many ask for at once is read once; they are threads of the database's, not of
  /// the cooperative pool.
  /// - Parameter all: every space of the store; the indexes of others are of collections that are gone, and dropped.
  /// - Returns: nil if a later snapshot was searched already: take a new one.
  func indexes(
    of spaces: [EmbeddedSpace], all: [EmbeddedSpace], in database: Database
  ) throws -> [SpaceIndex]? {
    try indexes.withLock { indexes in
      let keys = Set(all.map(\.key))
      indexes = indexes.filter { keys.contains($0.key) }
      var found: [SpaceIndex] = []
      for space in spaces {
        let known = indexes[space.key]
        if let known, known.revision > space.revision { return nil }
        let index =
          if let known, known.revision == space.revision { known } else {
            try SpaceIndex(of: space, from: known, in: database)
          }
        indexes[space.key] = index
        found.append(index)
      }
      return found
    }
  }
}
