import GRDB
import Storage

/// The tables of the embedded driver.
///
/// - `vector_spaces`: a row for each category of each prefix, with the model of its vectors.
/// - `vector_documents`: the cleaned documents.
/// - `vector_chunks`: the chunks, without their vectors.
/// - `vector_values`: the chunks' vectors, apart so that a search reads nothing else: `vector` is the components at unit
///   length as IEEE 754 binary32, little-endian, one after the other.
/// - `vector_words`: the FTS5 index of the chunks' words; it keeps no text of its own.
enum EmbeddedSchema {
  static let migrations = [
    Migration("vector-store-1") { database in
      try database.execute(sql: spaces + documents + chunks + words)
    }
  ]

  private static let spaces = """
    CREATE TABLE vector_spaces (
      key INTEGER PRIMARY KEY,
      prefix TEXT NOT NULL,
      category TEXT NOT NULL,
      model_name TEXT NOT NULL,
      model_digest TEXT NOT NULL,
      dimension INTEGER NOT NULL,
      maximum_tokens INTEGER NOT NULL,
      UNIQUE (prefix, category)
    );
    """

  private static let documents = """
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
      input_hash TEXT NOT NULL,
      fingerprint TEXT NOT NULL,
      text TEXT NOT NULL,
      UNIQUE (space, id)
    );
    CREATE INDEX vector_documents_author ON vector_documents (space, author_id, id);
    """

  private static let chunks = """
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
      start INTEGER NOT NULL,
      "end" INTEGER NOT NULL,
      tokens INTEGER NOT NULL,
      text TEXT NOT NULL,
      UNIQUE (space, id)
    );
    CREATE INDEX vector_chunks_document ON vector_chunks (space, document_id);
    CREATE INDEX vector_chunks_author ON vector_chunks (space, author_id);
    CREATE TABLE vector_values (
      key INTEGER PRIMARY KEY REFERENCES vector_chunks (key) ON DELETE CASCADE,
      space INTEGER NOT NULL,
      vector BLOB NOT NULL
    );
    """

  // An external content table is told of every change by triggers: sqlite.org/fts5.html#external_content_tables.
  private static let words = """
    CREATE VIRTUAL TABLE vector_words USING fts5 (
      title, headings, text, content='vector_chunks', content_rowid='key', tokenize='unicode61 remove_diacritics 2'
    );
    CREATE TRIGGER vector_chunks_inserted AFTER INSERT ON vector_chunks BEGIN
      INSERT INTO vector_words (rowid, title, headings, text) VALUES (new.key, new.title, new.headings, new.text);
    END;
    CREATE TRIGGER vector_chunks_deleted AFTER DELETE ON vector_chunks BEGIN
      INSERT INTO vector_words (vector_words, rowid, title, headings, text)
        VALUES ('delete', old.key, old.title, old.headings, old.text);
    END;
    CREATE TRIGGER vector_chunks_updated AFTER UPDATE ON vector_chunks BEGIN
      INSERT INTO vector_words (vector_words, rowid, title, headings, text)
        VALUES ('delete', old.key, old.title, old.headings, old.text);
      INSERT INTO vector_words (rowid, title, headings, text) VALUES (new.key, new.title, new.headings, new.text);
    END;
    """
}
