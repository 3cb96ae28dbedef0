public import Foundation
import GRDB

/// A table of values that can be made again, in an embedded file: what was not used for longest goes first when there is
/// more than ``limit``.
public struct KeptValues: Sendable {
  /// A value to keep.
  public struct Entry: Sendable {
    /// What it is kept under.
    public var key: Data
    /// The value.
    public var value: Data
    /// What it was made of, by which it can be forgotten; nil when nobody says.
    public var subject: String?

    /// Makes an entry.
    public init(key: Data, value: Data, subject: String? = nil) {
      (self.key, self.value, self.subject) = (key, value, subject)
    }
  }

  /// The most bytes of values that are kept.
  public let limit: Int
  private let database: EmbeddedDatabase
  private let table: String

  /// Names the table; ``migration(table:)`` makes it.
  public init(_ database: EmbeddedDatabase, table: String, limit: Int) {
    self.database = database
    self.table = table
    self.limit = limit
  }

  /// Makes the table.
  ///
  /// - Parameter table: letters and underscores.
  public static func migration(table: String) -> Migration {
    Migration("kept-\(table)-1") { database in
      try database.execute(
        sql: """
          CREATE TABLE \(table) (
            key BLOB PRIMARY KEY, subject TEXT, value BLOB NOT NULL, used INTEGER NOT NULL
          ) WITHOUT ROWID;
          CREATE INDEX \(table)_by_subject ON \(table) (subject) WHERE subject IS NOT NULL;
          CREATE INDEX \(table)_by_use ON \(table) (used, key);
          CREATE TABLE \(table)_size (count INTEGER NOT NULL, bytes INTEGER NOT NULL);
          INSERT INTO \(table)_size VALUES (0, 0);
          CREATE TRIGGER \(table)_added AFTER INSERT ON \(table) BEGIN
            UPDATE \(table)_size SET count = count + 1, bytes = bytes + length(new.value);
          END;
          CREATE TRIGGER \(table)_removed AFTER DELETE ON \(table) BEGIN
            UPDATE \(table)_size SET count = count - 1, bytes = bytes - length(old.value);
          END;
          """)
    }
  }

  /// When a value was used is written again after so many seconds at the earliest: reading need not write each time.
  private static let useResolution = 3600

  /// The values that are kept under some keys.
  ///
  /// - Throws: `StorageError`.
  public func values(for keys: [Data]) async throws -> [Data: Data] {
    let (table, now) = (table, Int(Date().timeIntervalSince1970))
    let (found, stale) = try await database.read { database in
      let statement = try database.cachedStatement(sql: "SELECT value, used FROM \(table) WHERE key = ?")
      var found: [Data: Data] = [:]
      var stale: [Data] = []
      for key in keys {
        guard let row = try Row.fetchOne(statement, arguments: [key]) else { continue }
        found[key] = row["value"]
        if (row["used"] as Int) < now - Self.useResolution { stale.append(key) }
      }
      return (found, stale)
    }
    if !stale.isEmpty {
      try await database.write { database in
        let statement = try database.cachedStatement(sql: "UPDATE \(table) SET used = ? WHERE key = ?")
        for key in stale { try statement.execute(arguments: [now, key]) }
      }
    }
    return found
  }

  /// Which of some keys have a value.
  ///
  /// - Throws: `StorageError`.
  public func contains(_ keys: [Data]) async throws -> Set<Data> {
    let table = table
    return try await database.read { database in
      let statement = try database.cachedStatement(sql: "SELECT 1 FROM \(table) WHERE key = ?")
      return Set(try keys.filter { try Bool.fetchOne(statement, arguments: [$0]) ?? false })
    }
  }

  /// Keeps values, in the place of those under the same keys.
  ///
  /// - Throws: `StorageError`.
  public func store(_ entries: [Entry]) async throws {
    let (table, limit, now) = (table, limit, Int(Date().timeIntervalSince1970))
    try await database.write { database in
      // Not REPLACE, which removes without the trigger.
      let removal = try database.cachedStatement(sql: "DELETE FROM \(table) WHERE key = ?")
      let insertion = try database.cachedStatement(
        sql: "INSERT INTO \(table) (key, subject, value, used) VALUES (?, ?, ?, ?)")
      for entry in entries {
        try removal.execute(arguments: [entry.key])
        try insertion.execute(arguments: [entry.key, entry.subject, entry.value, now])
      }
      let total = try Int.fetchOne(database, sql: "SELECT bytes FROM \(table)_size") ?? 0
      if total > limit { try Self.evict(total - limit * 9 / 10, from: table, in: database) }
    }
  }

  /// How many values are of some subjects, or of nobody has said what.
  ///
  /// - Throws: `StorageError`.
  public func count(subjects: Set<String>) async throws -> Int {
    let table = table
    return try await database.read { database in
      let unnamed = try Int.fetchOne(database, sql: "SELECT count(*) FROM \(table) WHERE subject IS NULL") ?? 0
      let statement = try database.cachedStatement(sql: "SELECT count(*) FROM \(table) WHERE subject = ?")
      return try subjects.reduce(unnamed) { $0 + (try Int.fetchOne(statement, arguments: [$1]) ?? 0) }
    }
  }

  /// Forgets the values of some subjects, and those of which nobody has said the subject: they may be of any. Nothing of
  /// them is left in the file.
  ///
  /// - Returns: how many there were.
  /// - Throws: `StorageError`.
  @discardableResult
  public func forget(subjects: Set<String>) async throws -> Int {
    let table = table
    let count = try await database.write { database in
      try database.execute(sql: "DELETE FROM \(table) WHERE subject IS NULL")
      var count = database.changesCount
      for subject in subjects.sorted() {
        try database.execute(sql: "DELETE FROM \(table) WHERE subject = ?", arguments: [subject])
        count += database.changesCount
      }
      return count
    }
    if count > 0 { _ = try await database.emptyLog() }
    return count
  }

  /// How many values are kept, and how many bytes they have.
  ///
  /// - Throws: `StorageError`.
  public func size() async throws -> (count: Int, bytes: Int) {
    let table = table
    return try await database.read { database in
      let row = try Row.fetchOne(database, sql: "SELECT count, bytes FROM \(table)_size")
      return (count: row?["count"] ?? 0, bytes: row?["bytes"] ?? 0)
    }
  }

  /// Removes at least so many bytes of what was not used for longest.
  private static func evict(_ bytes: Int, from table: String, in database: Database) throws {
    var removed = 0
    let oldest = try Row.fetchCursor(
      database, sql: "SELECT key, length(value) AS bytes FROM \(table) ORDER BY used, key")
    var keys: [Data] = []
    while removed < bytes, let row = try oldest.next() {
      keys.append(row["key"])
      removed += row["bytes"] as Int
    }
    let removal = try database.cachedStatement(sql: "DELETE FROM \(table) WHERE key = ?")
    for key in keys { try removal.execute(arguments: [key]) }
  }
}
