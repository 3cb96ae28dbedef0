import Foundation
import GRDB
import Storage

/// The replies of earlier requests, in an SQLite file: asking the same of the same weights again costs nothing.
///
/// What was not used for longest goes first when there is more than ``limit``.
public struct ReplyCache: Sendable {
  /// The most bytes of replies that are kept.
  public let limit: Int
  private let database: EmbeddedDatabase

  /// Opens the file, which is made if it does not exist.
  ///
  /// - Parameter limit: the most bytes of replies that are kept.
  /// - Throws: `StorageError`.
  public init(path: String, limit: Int = 1_000_000_000) throws {
    self.limit = limit
    database = try EmbeddedDatabase(path: path, migrations: Self.migrations)
  }

  /// The reply that is kept under a key, or nil. One that cannot be read is none.
  ///
  /// - Throws: `StorageError`.
  public func lookup(_ key: ReplyKey) async throws -> GenerationReply? {
    let now = Int(Date().timeIntervalSince1970)
    let data: Data? = try await database.write { database in
      try database.execute(
        sql: "UPDATE model_replies SET used = ? WHERE key = ? AND used < ?",
        arguments: [now, key.hexadecimal, now - Self.useResolution])
      return try Data.fetchOne(
        database, sql: "SELECT reply FROM model_replies WHERE key = ?", arguments: [key.hexadecimal])
    }
    guard let data, var reply = try? JSONDecoder().decode(GenerationReply.self, from: data) else { return nil }
    reply.isCached = true
    return reply
  }

  /// Which of some keys have a reply: what a run would not have to ask for.
  ///
  /// - Throws: `StorageError`.
  public func contains(_ keys: some Sequence<ReplyKey> & Sendable) async throws -> Set<ReplyKey> {
    try await database.read { database in
      let statement = try database.makeStatement(sql: "SELECT 1 FROM model_replies WHERE key = ?")
      return Set(try keys.filter { try Bool.fetchOne(statement, arguments: [$0.hexadecimal]) ?? false })
    }
  }

  /// Keeps a reply.
  ///
  /// - Parameters:
  ///   - subject: what the request was about (``GenerationRequest/subject``).
  /// - Throws: `StorageError`.
  public func store(_ reply: GenerationReply, for key: ReplyKey, subject: String? = nil) async throws {
    let data: Data
    do {
      data = try JSONEncoder().encode(reply)
    } catch {
      return  // A number without a JSON form: nothing that a server sent.
    }
    let (limit, now) = (limit, Int(Date().timeIntervalSince1970))
    try await database.write { database in
      // Not REPLACE, which removes without the trigger.
      try database.execute(sql: "DELETE FROM model_replies WHERE key = ?", arguments: [key.hexadecimal])
      try database.execute(
        sql: "INSERT INTO model_replies (key, model, subject, reply, used) VALUES (?, ?, ?, ?, ?)",
        arguments: [key.hexadecimal, reply.model, subject, data, now])
      let total = try Int.fetchOne(database, sql: "SELECT bytes FROM model_replies_size") ?? 0
      if total > limit { try Self.evict(total - limit * 9 / 10, in: database) }
    }
  }

  /// How many replies are to requests about these subjects, or about nobody has said what.
  ///
  /// - Throws: `StorageError`.
  public func count(subjects: Set<String>) async throws -> Int {
    try await database.read { database in
      let unnamed = try Int.fetchOne(database, sql: "SELECT count(*) FROM model_replies WHERE subject IS NULL") ?? 0
      let statement = try database.makeStatement(sql: "SELECT count(*) FROM model_replies WHERE subject = ?")
      return try subjects.reduce(unnamed) { $0 + (try Int.fetchOne(statement, arguments: [$1]) ?? 0) }
    }
  }

  /// Forgets the replies to requests about these subjects: what was made of a document goes with it. What nobody has said
  /// the subject of may be of any document, and goes, too. Nothing of it is left in the file.
  ///
  /// - Returns: how many there were.
  /// - Throws: `StorageError`.
  @discardableResult
  public func forget(subjects: Set<String>) async throws -> Int {
    let count = try await database.write { database in
      try database.execute(sql: "DELETE FROM model_replies WHERE subject IS NULL")
      var count = database.changesCount
      for subject in subjects.sorted() {
        try database.execute(sql: "DELETE FROM model_replies WHERE subject = ?", arguments: [subject])
        count += database.changesCount
      }
      return count
    }
    if count > 0 { _ = try await database.emptyLog() }
    return count
  }

  /// How many replies are kept, and how many bytes they have.
  ///
  /// - Throws: `StorageError`.
  public func size() async throws -> (count: Int, bytes: Int) {
    try await database.read { database in
      let row = try Row.fetchOne(database, sql: "SELECT count, bytes FROM model_replies_size")
      return (count: row?["count"] ?? 0, bytes: row?["bytes"] ?? 0)
    }
  }

  // MARK: Findings about servers

  /// What was found out about how a model keeps to schemas, or nil.
  ///
  /// - Throws: `StorageError`.
  func enforcement(of digest: String) async throws -> SchemaEnforcement? {
    let data: Data? = try await database.read {
      try Data.fetchOne($0, sql: "SELECT finding FROM model_schemas WHERE digest = ?", arguments: [digest])
    }
    return data.flatMap { try? JSONDecoder().decode(SchemaEnforcement.self, from: $0) }
  }

  /// Keeps what was found out.
  ///
  /// - Throws: `StorageError`.
  func store(_ enforcement: SchemaEnforcement, of digest: String) async throws {
    guard let data = try? JSONEncoder().encode(enforcement) else { return }
    try await database.write {
      try $0.execute(
        sql: "INSERT OR REPLACE INTO model_schemas (digest, finding) VALUES (?, ?)", arguments: [digest, data])
    }
  }

  // MARK: The file

  /// When a reply was used is written again after so many seconds at the earliest: reading need not write each time.
  private static let useResolution = 3600

  /// Removes at least so many bytes of what was not used for longest.
  private static func evict(_ bytes: Int, in database: Database) throws {
    var removed = 0
    let oldest = try Row.fetchCursor(
      database, sql: "SELECT key, length(reply) AS bytes FROM model_replies ORDER BY used, key")
    var keys: [String] = []
    while removed < bytes, let row = try oldest.next() {
      keys.append(row["key"])
      removed += row["bytes"] as Int
    }
    for key in keys { try database.execute(sql: "DELETE FROM model_replies WHERE key = ?", arguments: [key]) }
  }

  private static let migrations = [
    Migration("replies-1") { database in
      try database.execute(
        sql: """
          CREATE TABLE model_replies (
            key TEXT PRIMARY KEY, model TEXT NOT NULL, subject TEXT, reply BLOB NOT NULL, used INTEGER NOT NULL
          ) WITHOUT ROWID;
          CREATE INDEX model_replies_by_subject ON model_replies (subject) WHERE subject IS NOT NULL;
          CREATE INDEX model_replies_by_use ON model_replies (used, key);
          CREATE TABLE model_replies_size (count INTEGER NOT NULL, bytes INTEGER NOT NULL);
          INSERT INTO model_replies_size VALUES (0, 0);
          CREATE TRIGGER model_replies_added AFTER INSERT ON model_replies BEGIN
            UPDATE model_replies_size SET count = count + 1, bytes = bytes + length(new.reply);
          END;
          CREATE TRIGGER model_replies_removed AFTER DELETE ON model_replies BEGIN
            UPDATE model_replies_size SET count = count - 1, bytes = bytes - length(old.reply);
          END;
          CREATE TABLE model_schemas (digest TEXT PRIMARY KEY, finding BLOB NOT NULL) WITHOUT ROWID;
          """)
    }
  ]
}
