import Foundation
import GRDB

/// A database file that this process may read and not write: on a read-only medium, or in a folder or with the
/// permissions of somebody else.
struct ReadOnlyFile {
  private let path: String

  /// Nil if there is no such file, or it may be written as any other.
  init?(path: String) {
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
    let files = ["", "-wal", "-shm"].map { path + $0 }
    guard access(path, R_OK) == 0 else { return nil }
    // In a folder that cannot be written, what SQLite needs may be there all the same.
    let isWritable =
      access(path, W_OK) == 0 && (access(folder, W_OK) == 0 || files.allSatisfy { access($0, W_OK) == 0 })
    if isWritable { return nil }
    self.path = path
  }

  /// Opens the file, and leaves it and its folder as they are.
  ///
  /// Readers of a file in WAL mode need a `-shm` beside it, which cannot be made here. Where nobody has the file open, and
  /// what was written is all in it, SQLite is told that it does not change, and needs none
  /// (sqlite.org/c3ref/open.html, `immutable`). Who begins to write meanwhile may make readings fail or mix two states.
  ///
  /// - Throws: ``StorageError/notAccessible(path:reason:)`` when the file would have to be written before it is read; else
  ///   GRDB's errors.
  func open() throws -> any DatabaseWriter {
    var configuration = Configuration()
    configuration.readonly = true
    configuration.busyMode = .timeout(EmbeddedDatabase.busyTimeout)
    configuration.label = "twin.sqlite"
    let hasLog = (size(of: "-wal") ?? 0) > 0
    if size(of: "-shm") != nil, size(of: "-wal") != nil {
      // Both are kept by whoever writes.
      return try DatabaseQueue(path: path, configuration: configuration)
    }
    guard !hasLog else {
      throw StorageError.notAccessible(
        path: path,
        reason: "what was written last is in \(path)-wal only, which must be brought into the file first. Copy both to "
          + "where they can be written")
    }
    return try DatabaseQueue(
      path: URL(fileURLWithPath: path).absoluteString + "?immutable=1", configuration: configuration)
  }

  /// - Throws: ``StorageError/notAccessible(path:reason:)`` when the file lacks some of the migrations.
  func requireApplied(_ migrations: [Migration], in database: any DatabaseReader) throws {
    let applied = try database.read { database in
      try database.tableExists("grdb_migrations")
        ? String.fetchSet(database, sql: "SELECT identifier FROM grdb_migrations") : []
    }
    guard let missing = migrations.first(where: { !applied.contains($0.name) }) else { return }
    throw StorageError.notAccessible(
      path: path,
      reason:
        "it may only be read, and has to be brought up to date (\(missing.name)). Copy it to where it can be written")
  }

  private func size(of suffix: String) -> Int? {
    var status = stat()
    return stat(path + suffix, &status) == 0 ? Int(status.st_size) : nil
  }
}
