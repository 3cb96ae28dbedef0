import Foundation
public import GRDB

/// The embedded SQLite file, opened once for a process and shared by every store that lives in it.
///
/// Each store names its own migrations (``Migration``); the file is in WAL mode, so that readers of another process do
/// not wait for a writer, and a second writer waits up to ``busyTimeout`` for the first.
public struct EmbeddedDatabase: Sendable {
  /// How long a writer waits for another process' transaction, in seconds.
  public static let busyTimeout: Double = 30
  /// The most memory that the pages of a transaction take, in bytes; SQLite's own default is 2 MB.
  private static let writersCacheSize = 32 << 20

  /// The size of a new file's pages, in bytes; an old one keeps its own. Of what is stored, texts and vectors of 1.5 kB
  /// and more, larger pages waste less, and their indexes have fewer to write: a load of vectors takes four fifths of
  /// the time that it takes with SQLite's 4,096.
  private static let pageSize = 8192
  /// When the write-ahead log is copied into the file, in bytes of the log: SQLite's own default is 4 MB, which is less
  /// than one large transaction, so that pages which each transaction changes were copied every time.
  private static let logSize = 32 << 20

  /// The path of the file.
  public let path: String
  /// Whether the file can only be read: what writes to it fails.
  public let isReadOnly: Bool
  private let connection: any DatabaseWriter

  /// Opens the file, which is made if it does not exist, and brings it up to date.
  ///
  /// - Parameters:
  ///   - path: the file's path; missing folders are made.
  ///   - migrations: the steps of the stores that use the file, each applied once, in this order.
  ///   - isForReading: whether nothing will be written. Then a file that may not be written, for itself or for its
  ///     folder, is opened as it is; it must be up to date.
  /// - Throws: ``StorageError`` when the file cannot be opened, is not a database, is damaged, or was changed by a newer
  ///   version of one of the stores.
  public init(path: String, migrations: [Migration], isForReading: Bool = false) throws {
    self.path = path
    if isForReading, let file = ReadOnlyFile(path: path) {
      isReadOnly = true
      connection = try opened(path) {
        let database = try file.open()
        try refuseNewer(database, migrations, path: path)
        try file.requireApplied(migrations, in: database)
        return database
      }
      return
    }
    isReadOnly = false
    do {
      let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    } catch {
      throw StorageError.notAccessible(path: path, reason: "its folder cannot be made: " + systemReason(of: error))
    }
    connection = try opened(path) {
      var configuration = Configuration()
      configuration.busyMode = .timeout(Self.busyTimeout)
      configuration.label = "twin.sqlite"
      configuration.prepareDatabase { database in
        // FULL is what makes a commit survive a power cut in WAL mode (sqlite.org/pragma.html#pragma_synchronous).
        // What is deleted is overwritten, as some builds of SQLite do by default.
        try database.execute(sql: "PRAGMA page_size = \(Self.pageSize)")
        try database.execute(sql: "PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON")
      }
      let pool = try waitingForOthers { try DatabasePool(path: path, configuration: configuration) }
      // A transaction whose pages do not fit is written, read and written again before its end (“cache spill”). This is
      // the most that they take, and of the one connection that writes.
      try pool.writeWithoutTransaction { database in
        try database.execute(sql: "PRAGMA cache_size = -\(Self.writersCacheSize >> 10)")
        let pageSize = try Int.fetchOne(database, sql: "PRAGMA page_size") ?? Self.pageSize
        try database.execute(sql: "PRAGMA wal_autocheckpoint = \(Self.logSize / pageSize)")
      }
      try refuseNewer(pool, migrations, path: path)
      try migrate(pool, migrations)
      return pool
    }
  }

  /// Reads in one snapshot, off the cooperative pool.
  ///
  /// - Throws: ``StorageError/operationFailed(path:reason:)``, ``StorageError/notAccessible(path:reason:)``,
  ///   ``StorageError/cannotGrow(path:reason:)``, or what `body` throws of its own.
  public func read<Value: Sendable>(_ body: @Sendable @escaping (Database) throws -> Value) async throws -> Value {
    try await translatingErrors { try await connection.read(body) }
  }

  /// Writes in one transaction, off the cooperative pool: all of it is stored, or none.
  ///
  /// - Throws: ``StorageError/operationFailed(path:reason:)``, ``StorageError/notAccessible(path:reason:)``,
  ///   ``StorageError/cannotGrow(path:reason:)``, or what `body` throws of its own.
  public func write<Value: Sendable>(_ body: @Sendable @escaping (Database) throws -> Value) async throws -> Value {
    try await translatingErrors { try await connection.write(body) }
  }

  /// Writes what is in the write-ahead log to the file, and makes the log empty, so that only what is stored now is in
  /// either: sqlite.org/pragma.html#pragma_wal_checkpoint.
  ///
  /// - Returns: false if someone still reads an older state after ``busyTimeout``, so that the log had to be kept.
  /// - Throws: as ``write(_:)``.
  public func emptyLog() async throws -> Bool {
    try await translatingErrors {
      try await connection.writeWithoutTransaction { database in
        try Int.fetchOne(database, sql: "PRAGMA wal_checkpoint(TRUNCATE)") == 0
      }
    }
  }

  /// Checks the whole file (`PRAGMA integrity_check`).
  ///
  /// - Throws: ``StorageError/damaged(path:findings:)`` naming what SQLite found.
  public func checkIntegrity() async throws {
    let findings = try await read { try String.fetchAll($0, sql: "PRAGMA integrity_check(10)") }
    if findings != ["ok"] { throw StorageError.damaged(path: path, findings: findings) }
  }

  private func translatingErrors<Value: Sendable>(
    _ body: @Sendable () async throws -> Value
  ) async throws -> Value {
    do {
      return try await body()
    } catch let error as DatabaseError {
      throw systemError(error, path: path) ?? .operationFailed(path: path, reason: reason(of: error))
    }
  }
}

/// - Throws: ``StorageError`` for whatever keeps the file from being opened.
private func opened(_ path: String, _ body: () throws -> any DatabaseWriter) throws -> any DatabaseWriter {
  do {
    return try body()
  } catch let error as StorageError {
    throw error
  } catch {
    throw systemError(error, path: path) ?? .cannotOpen(path: path, reason: reason(of: error))
  }
}

/// Tries again for as long as another process has the file locked, up to ``EmbeddedDatabase/busyTimeout``.
///
/// To make a new file one in WAL mode, SQLite locks it for reading and then for writing. Where a process that is doing the
/// same came in between, it does not wait but fails at once, since each might wait for the other
/// (sqlite.org/c3ref/busy_handler.html).
private func waitingForOthers<Value>(_ body: () throws -> Value) throws -> Value {
  let end = ContinuousClock.now + .seconds(EmbeddedDatabase.busyTimeout)
  while true {
    do {
      return try body()
    } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY && ContinuousClock.now < end {
      Thread.sleep(forTimeInterval: 0.01)
    }
  }
}

/// Makes sure that no newer version of one of the stores has changed the file. Other stores may live in it, too: their
/// migrations have names with another beginning.
///
/// - Throws: ``StorageError/newerVersion(path:migration:)``.
private func refuseNewer(_ pool: any DatabaseReader, _ migrations: [Migration], path: String) throws {
  let applied = try pool.read { database in
    try database.tableExists("grdb_migrations")
      ? String.fetchAll(database, sql: "SELECT identifier FROM grdb_migrations ORDER BY identifier") : []
  }
  let known = Set(migrations.map(\.name))
  let stores = Set(migrations.map { store(ofMigration: $0.name) })
  if let newer = applied.first(where: { !known.contains($0) && stores.contains(store(ofMigration: $0)) }) {
    throw StorageError.newerVersion(path: path, migration: newer)
  }
}

/// `warehouse` of `warehouse-2`.
private func store(ofMigration name: String) -> Substring {
  name.prefix(upTo: name.lastIndex(of: "-") ?? name.endIndex)
}

/// Applies the migrations that the file does not have yet.
///
/// GRDB reads which those are before it locks the file, so of two processes that open a new file at once the second may
/// find its migration applied in between and fail on tables that exist. As long as others make progress it looks again;
/// what fails without is a true failure.
private func migrate(_ pool: DatabasePool, _ migrations: [Migration]) throws {
  var migrator = DatabaseMigrator()
  for migration in migrations {
    migrator.registerMigration(migration.name) { try migration.apply($0) }
  }
  var applied = try pool.read(migrator.appliedIdentifiers)
  while true {
    do {
      return try migrator.migrate(pool)
    } catch {
      let appliedNow = try pool.read(migrator.appliedIdentifiers)
      guard appliedNow.count > applied.count else { throw error }
      applied = appliedNow
    }
  }
}

/// What the system has against it, whatever was being done; nil when it is something in the file or in the statement.
private func systemError(_ error: any Error, path: String) -> StorageError? {
  guard let error = error as? DatabaseError else { return nil }
  switch (error.resultCode, error.extendedResultCode) {
  case (.SQLITE_READONLY, _), (.SQLITE_CANTOPEN, _), (.SQLITE_PERM, _):
    return .notAccessible(path: path, reason: reason(of: error))
  // SQLite calls a disk full only when the system says ENOSPC. A quota, or a limit of the files' size, is a failed write.
  case (.SQLITE_FULL, _), (_, .SQLITE_IOERR_WRITE), (_, .SQLITE_IOERR_FSYNC), (_, .SQLITE_IOERR_SHMSIZE):
    return .cannotGrow(path: path, reason: reason(of: error))
  default:
    return nil
  }
}

private func reason(of error: any Error) -> String {
  guard let error = error as? DatabaseError else { return systemReason(of: error) }
  return error.message ?? error.resultCode.description
}
