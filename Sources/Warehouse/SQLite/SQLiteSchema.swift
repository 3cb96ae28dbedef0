import GRDB
import Storage

/// The tables of the embedded warehouse: one per collection, each document a JSON text beside its identifier.
///
/// A migration is never edited once it has shipped: a change is a new one.
enum SQLiteSchema {
  static let migrations = [
    Migration("warehouse-1") { database in
      for table in ["users", "posts", "articles", "repositories"] {
        try database.execute(
          sql: """
            CREATE TABLE "\(table)" (id TEXT NOT NULL PRIMARY KEY, document TEXT NOT NULL CHECK (json_valid(document)))
            """)
      }
      try database.execute(
        sql: """
          CREATE INDEX users_name ON users (json_extract(document, '$.last_name'), json_extract(document, '$.first_name'))
          """)
      for table in ["posts", "articles", "repositories"] {
        try database.execute(
          sql: """
            CREATE UNIQUE INDEX \(table)_link ON \(table) (json_extract(document, '$.link'));
            CREATE INDEX \(table)_source ON \(table) (json_extract(document, '$.crawl.source'));
            CREATE INDEX \(table)_author ON \(table) (json_extract(document, '$.author_id'));
            """)
      }
    }
  ]
}
