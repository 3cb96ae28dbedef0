import BSON
import Foundation
import GRDB
import Storage

/// The tables of the embedded warehouse that its file brings along: one per collection of the warehouse itself.
///
/// Tables of other collections, and the indexes that a type declares, are made when a collection is first used. A
/// migration is never edited once it has shipped: a change is a new one.
enum SQLiteSchema {
  private static let tables = ["users", "posts", "articles", "repositories"]

  /// How the names of tables begin that are not the warehouse's and may be made in the file at any time: those of the
  /// vector store, of GRDB's migrations, and of SQLite itself. Letter case does not matter.
  static let reservedPrefixes = ["vector_", "grdb_", "sqlite_"]

  static let migrations = [
    Migration("warehouse-1") { database in
      for table in tables {
        try database.execute(
          sql: """
            CREATE TABLE "\(table)" (id TEXT NOT NULL PRIMARY KEY, document TEXT NOT NULL CHECK (json_valid(document)))
            """)
      }
      try database.execute(
        sql: """
          CREATE INDEX users_name ON users (json_extract(document, '$.last_name'), json_extract(document, '$.first_name'))
          """)
      for table in tables.dropFirst() {
        try database.execute(
          sql: """
            CREATE UNIQUE INDEX \(table)_link ON \(table) (json_extract(document, '$.link'));
            CREATE INDEX \(table)_source ON \(table) (json_extract(document, '$.crawl.source'));
            CREATE INDEX \(table)_author ON \(table) (json_extract(document, '$.author_id'));
            """)
      }
    },
    // Until here documents were plain JSON with dates as text.
    Migration("warehouse-2") { database in
      let indexes = ["users_name"] + tables.dropFirst().flatMap { ["\($0)_link", "\($0)_source", "\($0)_author"] }
      for index in indexes { try database.execute(sql: "DROP INDEX \(quoted(index))") }
      for table in tables { try makeCanonical(table, database) }
    },
  ]

  private static func makeCanonical(_ table: String, _ database: Database) throws {
    let update = try database.makeStatement(sql: "UPDATE \(quoted(table)) SET document = ? WHERE id = ?")
    for id in try String.fetchAll(database, sql: "SELECT id FROM \(quoted(table))") {
      let select = "SELECT id, document FROM \(quoted(table)) WHERE id = ?"
      guard let row = try Row.fetchOne(database, sql: select, arguments: [id]) else { continue }
      var document = try BSONDocument(bytes: bson(of: row, in: table).get())
      for path in ["published_at", "crawl.fetched_at"] {
        guard case .string(let text) = document[path: path],
          let date = try? BSONDecoder().decode(Date.self, from: .string(text))
        else { continue }
        _ = document.set(.date(milliseconds: MillisecondDate(date).milliseconds), atPath: path)
      }
      try update.execute(arguments: [canonicalJSON(of: document.bytes()), id])
    }
  }
}
