import Domain
import Foundation
import GRDB

/// The tables as the first version made them, and how they become those of ``EmbeddedSchema2``.
enum EmbeddedSchema1 {
  static let tables = """
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

  /// Gives the tables other names, so that those of the next version can be made beside them.
  static let setAside = """
    DROP TRIGGER vector_chunks_inserted;
    DROP TRIGGER vector_chunks_deleted;
    DROP TRIGGER vector_chunks_updated;
    DROP TABLE vector_words;
    DROP INDEX vector_documents_author;
    DROP INDEX vector_chunks_document;
    DROP INDEX vector_chunks_author;
    ALTER TABLE vector_spaces RENAME TO vector_spaces_1;
    ALTER TABLE vector_documents RENAME TO vector_documents_1;
    ALTER TABLE vector_chunks RENAME TO vector_chunks_1;
    ALTER TABLE vector_values RENAME TO vector_values_1;
    """

  /// Copies what is in the tables that were set aside, and drops them. What searches read is left to the next version's
  /// copy, which makes it of the chunks.
  static func copy(in database: Database) throws {
    try database.execute(
      sql: """
        INSERT INTO vector_spaces
            (key, prefix, category, generation, model_name, model_digest, dimension, maximum_tokens)
          SELECT key, prefix, category, 'active', model_name, model_digest, dimension, maximum_tokens
          FROM vector_spaces_1;
        INSERT INTO vector_documents
            (key, space, id, link, platform, author_id, author, title, path, input_hash, fingerprint, text)
          SELECT key, space, id, link, platform, author_id, author, title, path, input_hash, fingerprint, text
          FROM vector_documents_1;
        INSERT INTO vector_chunks
            (key, space, id, document_id, link, platform, author_id, author, title, headings, strategy, size, overlap,
             start, "end", tokens, text, text_digest)
          SELECT key, space, id, document_id, link, platform, author_id, author, title, headings, strategy, 0, 0,
            start, "end", tokens, text, ''
          FROM vector_chunks_1;
        INSERT INTO vector_values (key, space, vector) SELECT key, space, vector FROM vector_values_1;
        """)
    for text in try String.fetchAll(database, sql: "SELECT DISTINCT strategy FROM vector_chunks") {
      let method = ChunkingMethod(version1: text)
      try database.execute(
        sql: "UPDATE vector_chunks SET strategy = ?, size = ?, overlap = ? WHERE strategy = ?",
        arguments: [method.strategy, method.size, method.overlap, text])
    }
    try database.execute(
      sql: """
        DROP TABLE vector_values_1;
        DROP TABLE vector_chunks_1;
        DROP TABLE vector_documents_1;
        DROP TABLE vector_spaces_1;
        """)
  }
}

extension ChunkingMethod {
  /// `markdown/256/32` as it was written once.
  fileprivate init(version1 text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    let numbers = parts.suffix(2).compactMap { Int($0) }
    if parts.count > 2, numbers.count == 2 {
      self.init(strategy: parts.dropLast(2).joined(separator: "/"), size: numbers[0], overlap: numbers[1])
    } else {
      self.init(strategy: text, size: 0, overlap: 0)
    }
  }
}
