import Domain
import Foundation
import GRDB
import Storage

/// The tables of the embedded driver.
///
/// - `vector_spaces`: a row for each category and generation of each prefix, with the model of its vectors. A key is never
///   used again, and `revision` counts the transactions that changed its vectors, so that both together say what a
///   search has in memory.
/// - `vector_documents`: the cleaned documents.
/// - `vector_sources`: what the chunks of a document have in common, once for all of them; it goes with the last of them.
///   It is not the document, which a collection of chunks need not have.
/// - `vector_chunks`: the chunks, without their vectors. `text_digest` is the first 128 bits of
///   ``textDigest(of:)``.
///   `duplicate_of` is NULL while it is not known whether another chunk says the same, and empty for a chunk that stands
///   for itself.
/// - `vector_values`: the chunks' vectors: the components at unit length as IEEE 754 binary32, little-endian, one after
///   the other.
/// - `vector_blocks`: the same vectors as 8-bit integers (``QuantizedVector``), 256 to a row, which is what a search reads
///   all of. The key of a chunk is the number of its block times 256, plus its place there.
/// - `vector_words`: the FTS5 index of the chunks' terms. They are ours (``keywordTerms(of:)``), one after the other with
///   spaces between them, so that the tokenizer has nothing to do but to split them there.
///
/// Each condition of a filter has an index that answers it without a look at the chunks. Those that concern documents are
/// indexed where they are stored once, which makes a load a third shorter than an index of each chunk's would.
enum EmbeddedSchema {
  static let migrations = [
    Migration("vector-store-1") { try $0.execute(sql: EmbeddedSchema1.tables) },
    Migration("vector-store-2") { database in
      try database.execute(sql: EmbeddedSchema1.setAside)
      try database.execute(sql: EmbeddedSchema2.tables)
      try EmbeddedSchema1.copy(in: database)
    },
    Migration("vector-store-3") { database in
      try database.execute(sql: EmbeddedSchema2.setAside)
      try database.execute(sql: tables)
      try EmbeddedSchema2.copy(in: database)
    },
  ]

  private static let tables = """
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

    CREATE TABLE vector_sources (
      key INTEGER PRIMARY KEY,
      space INTEGER NOT NULL REFERENCES vector_spaces (key) ON DELETE CASCADE,
      document_id TEXT NOT NULL,
      link TEXT NOT NULL,
      platform TEXT NOT NULL,
      author_id TEXT NOT NULL,
      author TEXT NOT NULL,
      title TEXT,
      published_at INTEGER,
      strategy TEXT NOT NULL,
      size INTEGER NOT NULL,
      overlap INTEGER NOT NULL
    );
    CREATE INDEX vector_sources_document ON vector_sources (space, document_id);
    CREATE INDEX vector_sources_author ON vector_sources (space, author_id);
    CREATE INDEX vector_sources_platform ON vector_sources (space, platform);
    CREATE INDEX vector_sources_link ON vector_sources (space, link);
    CREATE INDEX vector_sources_published ON vector_sources (space, published_at);

    CREATE TABLE vector_chunks (
      key INTEGER PRIMARY KEY,
      space INTEGER NOT NULL,
      source INTEGER NOT NULL REFERENCES vector_sources (key) ON DELETE CASCADE,
      id TEXT NOT NULL,
      headings TEXT NOT NULL,
      start INTEGER NOT NULL,
      "end" INTEGER NOT NULL,
      tokens INTEGER NOT NULL,
      text TEXT NOT NULL,
      text_digest TEXT NOT NULL,
      duplicate_of TEXT,
      UNIQUE (space, id)
    );
    CREATE INDEX vector_chunks_source ON vector_chunks (source);
    CREATE INDEX vector_chunks_text_digest ON vector_chunks (space, text_digest);
    CREATE INDEX vector_chunks_duplicate_of ON vector_chunks (space, duplicate_of);

    CREATE TABLE vector_values (
      key INTEGER PRIMARY KEY,
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
    CREATE INDEX vector_blocks_room ON vector_blocks (space, number) WHERE count < \(VectorBlock.capacity);

    CREATE VIRTUAL TABLE vector_words USING fts5 (terms, tokenize="ascii tokenchars '.+#'");

    CREATE TRIGGER vector_chunks_deleted AFTER DELETE ON vector_chunks BEGIN
      DELETE FROM vector_values WHERE key = old.key;
      DELETE FROM vector_words WHERE rowid = old.key;
      DELETE FROM vector_sources
        WHERE key = old.source AND NOT EXISTS (SELECT * FROM vector_chunks WHERE source = old.source);
      UPDATE vector_chunks SET duplicate_of = NULL
        WHERE duplicate_of = old.id AND space IN (
          SELECT other.key FROM vector_spaces AS own JOIN vector_spaces AS other USING (prefix, generation)
          WHERE own.key = old.space);
    END;
    CREATE TRIGGER vector_chunks_moved AFTER UPDATE OF source ON vector_chunks WHEN old.source <> new.source BEGIN
      DELETE FROM vector_sources
        WHERE key = old.source AND NOT EXISTS (SELECT * FROM vector_chunks WHERE source = old.source);
    END;
    """
}
