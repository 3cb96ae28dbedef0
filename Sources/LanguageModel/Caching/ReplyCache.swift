import Foundation
import GRDB
import Storage

/// The replies of earlier requests, in an SQLite file: asking the same of the same weights again costs nothing.
///
/// What was not used for longest goes first when there is more than ``limit``.
public struct ReplyCache: Sendable {
  private let database: EmbeddedDatabase
  private let replies: KeptValues

  /// The most bytes of replies that are kept.
  public var limit: Int { replies.limit }

  /// Opens the file, which is made if it does not exist.
  ///
  /// - Parameter limit: the most bytes of replies that are kept.
  /// - Throws: `StorageError`.
  public init(path: String, limit: Int = 1_000_000_000) throws {
    database = try EmbeddedDatabase(path: path, migrations: Self.migrations)
    replies = KeptValues(database, table: Self.table, limit: limit)
  }

  /// The reply that is kept under a key, or nil. One that cannot be read is none.
  ///
  /// - Throws: `StorageError`.
  public func lookup(_ key: ReplyKey) async throws -> GenerationReply? {
    guard let data = try await replies.values(for: [key.data])[key.data],
      var reply = try? JSONDecoder().decode(GenerationReply.self, from: data)
    else { return nil }
    reply.isCached = true
    return reply
  }

  /// Which of some keys have a reply: what a run would not have to ask for.
  ///
  /// - Throws: `StorageError`.
  public func contains(_ keys: some Sequence<ReplyKey> & Sendable) async throws -> Set<ReplyKey> {
    let known = try await replies.contains(keys.map(\.data))
    return Set(keys.filter { known.contains($0.data) })
  }

  /// Keeps a reply.
  ///
  /// - Parameters:
  ///   - subject: what the request was about (``GenerationRequest/subject``).
  /// - Throws: `StorageError`.
  public func store(_ reply: GenerationReply, for key: ReplyKey, subject: String? = nil) async throws {
    // A number without a JSON form is nothing that a server sent.
    guard let data = try? JSONEncoder().encode(reply) else { return }
    try await replies.store([KeptValues.Entry(key: key.data, value: data, subject: subject)])
  }

  /// How many replies are to requests about these subjects, or about nobody has said what.
  ///
  /// - Throws: `StorageError`.
  public func count(subjects: Set<String>) async throws -> Int { try await replies.count(subjects: subjects) }

  /// Forgets the replies to requests about these subjects: what was made of a document goes with it. What nobody has said
  /// the subject of may be of any document, and goes, too. Nothing of it is left in the file.
  ///
  /// - Returns: how many there were.
  /// - Throws: `StorageError`.
  @discardableResult
  public func forget(subjects: Set<String>) async throws -> Int { try await replies.forget(subjects: subjects) }

  /// How many replies are kept, and how many bytes they have.
  ///
  /// - Throws: `StorageError`.
  public func size() async throws -> (count: Int, bytes: Int) { try await replies.size() }

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

  private static let table = "replies"

  private static let migrations = [
    Migration("replies-1") { database in
      try database.execute(
        sql: "CREATE TABLE model_schemas (digest TEXT PRIMARY KEY, finding BLOB NOT NULL) WITHOUT ROWID")
    },
    // Files of before have their replies in a table of another shape. They are but copies.
    Migration("replies-2") { database in
      try database.execute(sql: "DROP TABLE IF EXISTS model_replies; DROP TABLE IF EXISTS model_replies_size")
    },
    KeptValues.migration(table: table),
  ]
}
