import Domain
import Foundation
import GRDB

/// The tables as the second version made them, and how they become those of ``EmbeddedSchema``.
enum EmbeddedSchema2 {
  static let tables = """
    CREATE TABLE vector_spaces (
      key INTEGER PRIMARY KEY AUTOINCREMENT,
      prefix TEXT NOT NULL,
      category TEXT NOT NULL,
      generation TEXT NOT NULL,
      model_name TEXT NOT NULL,
      model_digest TEXT NOT NULL,
      dimension INTEGER NOT NULL,
      maximum_tokens INTEGER NOT NULL,
      revision INTEGER NOT NULL DEFAULT 0,
      UNIQUE (prefix, category, generation)
    );

    CREATE TABLE vector_documents (
      key INTEGER PRIMARY KEY,
      space INTEGER NOT NULL REFERENCES vector_spaces (key) ON DELETE CASCADE,
      id TEXT NOT NULL,
      link TEXT NOT NULL,
      platform TEXT NOT NULL,
      author_id TEXT NOT NULL,
      author TEXT NOT NULL,
      title TEXT,
      path TEXT,
      published_at INTEGER,
      input_hash TEXT NOT NULL,
      fingerprint TEXT NOT NULL,
      text TEXT NOT NULL,
      UNIQUE (space, id)
    );
    CREATE INDEX vector_documents_author ON vector_documents (space, author_id, id);

    CREATE TABLE vector_chunks (
      key INTEGER PRIMARY KEY,
      space INTEGER NOT NULL REFERENCES vector_spaces (key) ON DELETE CASCADE,
      id TEXT NOT NULL,
      document_id TEXT NOT NULL,
      link TEXT NOT NULL,
      platform TEXT NOT NULL,
      author_id TEXT NOT NULL,
      author TEXT NOT NULL,
      title TEXT,
      headings TEXT NOT NULL,
      strategy TEXT NOT NULL,
      size INTEGER NOT NULL,
      overlap INTEGER NOT NULL,
      start INTEGER NOT NULL,
      "end" INTEGER NOT NULL,
      tokens INTEGER NOT NULL,
      published_at INTEGER,
      text TEXT NOT NULL,
      text_digest TEXT NOT NULL,
      duplicate_of TEXT,
      UNIQUE (space, id)
    );
    CREATE INDEX vector_chunks_document ON vector_chunks (space, document_id);
    CREATE INDEX vector_chunks_author ON vector_chunks (space, author_id);
    CREATE INDEX vector_chunks_platform ON vector_chunks (space, platform);
    CREATE INDEX vector_chunks_link ON vector_chunks (space, link);
    CREATE INDEX vector_chunks_published ON vector_chunks (space, published_at);
    CREATE INDEX vector_chunks_text_digest ON vector_chunks (space, text_digest);
    CREATE INDEX vector_chunks_duplicate_of ON vector_chunks (space, duplicate_of);

    CREATE TABLE vector_values (
      key INTEGER PRIMARY KEY REFERENCES vector_chunks (key) ON DELETE CASCADE,
      space INTEGER NOT NULL,
      vector BLOB NOT NULL
    );

    CREATE TABLE vector_blocks (
      number INTEGER PRIMARY KEY,
      space INTEGER NOT NULL REFERENCES vector_spaces (key) ON DELETE CASCADE,
      revision INTEGER NOT NULL,
      count INTEGER NOT NULL,
      codes BLOB NOT NULL
    );
    CREATE INDEX vector_blocks_revision ON vector_blocks (space, revision);
    CREATE INDEX vector_blocks_room ON vector_blocks (space, number) WHERE count < 256;

    CREATE VIRTUAL TABLE vector_words USING fts5 (terms, tokenize="ascii tokenchars '.+#'");

    CREATE TRIGGER vector_chunks_deleted AFTER DELETE ON vector_chunks BEGIN
      DELETE FROM vector_words WHERE rowid = old.key;
      UPDATE vector_chunks SET duplicate_of = NULL
        WHERE duplicate_of = old.id AND space IN (
          SELECT other.key FROM vector_spaces AS own JOIN vector_spaces AS other USING (prefix, generation)
          WHERE own.key = old.space);
    END;
    """

  /// Gives the tables other names, so that those of the next version can be made beside them.
  static let setAside = """
    DROP TRIGGER vector_chunks_deleted;
    DROP TABLE vector_words;
    DROP TABLE vector_blocks;
    DROP INDEX vector_documents_author;
    DROP INDEX vector_chunks_document;
    DROP INDEX vector_chunks_author;
    DROP INDEX vector_chunks_platform;
    DROP INDEX vector_chunks_link;
    DROP INDEX vector_chunks_published;
    DROP INDEX vector_chunks_text_digest;
    DROP INDEX vector_chunks_duplicate_of;
    ALTER TABLE vector_spaces RENAME TO vector_spaces_2;
    ALTER TABLE vector_documents RENAME TO vector_documents_2;
    ALTER TABLE vector_chunks RENAME TO vector_chunks_2;
    ALTER TABLE vector_values RENAME TO vector_values_2;
    """

  /// Copies what is in the tables that were set aside, and drops them.
  static func copy(in database: Database) throws {
    try database.execute(
      sql: """
        INSERT INTO vector_spaces
            (key, prefix, category, generation, model_name, model_digest, dimension, maximum_tokens, revision)
          SELECT key, prefix, category, generation, model_name, model_digest, dimension, maximum_tokens, revision
          FROM vector_spaces_2;
        INSERT INTO vector_documents
            (key, space, id, link, platform, author_id, author, title, path, published_at, input_hash, fingerprint, text)
          SELECT key, space, id, link, platform, author_id, author, title, path, published_at, input_hash, fingerprint,
            text
          FROM vector_documents_2;
        """)
    let prefixes = try String.fetchAll(database, sql: "SELECT DISTINCT prefix FROM vector_spaces")
    for space in try prefixes.flatMap({ try EmbeddedSpace.all(prefix: $0, in: database) }) {
      try copyChunks(of: space, in: database)
    }
    try database.execute(
      sql: """
        DROP TABLE vector_values_2;
        DROP TABLE vector_chunks_2;
        DROP TABLE vector_documents_2;
        DROP TABLE vector_spaces_2;
        """)
  }

  private static func copyChunks(of space: EmbeddedSpace, in database: Database) throws {
    let writer = ChunkWriter(database)
    let keys = try Int64.fetchAll(
      database, sql: "SELECT key FROM vector_chunks_2 WHERE space = ? ORDER BY key", arguments: [space.key])
    let statement = try database.makeStatement(
      sql: """
        SELECT t.id, t.document_id, t.link, t.platform, t.author_id, t.author, t.title, t.headings, t.strategy, t.size,
          t.overlap, t.start, t."end", t.tokens, t.published_at, t.text, t.duplicate_of, v.vector
        FROM vector_chunks_2 AS t JOIN vector_values_2 AS v ON v.key = t.key WHERE t.key = ?
        """)
    let link = try database.makeStatement(
      sql: "UPDATE vector_chunks SET duplicate_of = ? WHERE space = ? AND id = ?")
    for key in keys {
      // A vector that is damaged leaves its chunk behind: the document is seen to be without it, and made again.
      guard let row = try Row.fetchOne(statement, arguments: [key]),
        let vector = VectorBlob.vector(from: row[Chunk.columnCount + 1], dimension: space.model.dimension),
        vector.withUnsafeBufferPointer(QuantizedVector.init).isUsable
      else { continue }
      let chunk = try Chunk(row: row, category: space.category)
      try writer.upsert(EmbeddedChunk(chunk: chunk, vector: vector, model: space.model), in: space)
      if let duplicateOf: String = row[Chunk.columnCount] {
        try link.execute(arguments: [duplicateOf, space.key, chunk.id.uuidString])
      }
    }
    try writer.finish()
  }
}
