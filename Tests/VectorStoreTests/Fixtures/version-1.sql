-- What the first version of the embedded vector store left behind: two articles and a post, and one more article under
-- another prefix. `version-1.sqlite` was made of it, in this folder, by
--
--   rm -f version-1.sqlite && sqlite3 version-1.sqlite < version-1.sql
--
-- It never changes: the tests bring a copy of it up to date.
PRAGMA page_size = 1024;
PRAGMA foreign_keys = ON;

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

CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY);
INSERT INTO grdb_migrations VALUES ('vector-store-1');

INSERT INTO vector_spaces VALUES
  (1, '', 'articles', 'by-hand', '1', 4, 64),
  (2, '', 'posts', 'by-hand', '1', 4, 64),
  (3, 'other_', 'articles', 'by-hand', '1', 4, 64);

INSERT INTO vector_documents VALUES
  (1, 1, '00000000-0000-4000-8000-000000000001', 'https://example.org/bread', 'blog',
   '00000000-0000-4000-8000-0000000000a1', 'Ada Example', 'Bread', NULL, 'h1', 'f1', 'Sourdough rises in the kitchen'),
  (2, 1, '00000000-0000-4000-8000-000000000002', 'https://example.org/bees', 'medium',
   '00000000-0000-4000-8000-0000000000a1', 'Ada Example', NULL, NULL, 'h2', 'f1', 'Bees dance'),
  (3, 2, '00000000-0000-4000-8000-000000000003', 'https://example.org/snow', 'blog',
   '00000000-0000-4000-8000-0000000000a2', 'Ben Sample', NULL, NULL, 'h3', 'f1', 'Ёлка и снег'),
  (4, 3, '00000000-0000-4000-8000-000000000001', 'https://example.org/bread', 'blog',
   '00000000-0000-4000-8000-0000000000a1', 'Ada Example', 'Bread', NULL, 'h1', 'f1', 'Sourdough too');

INSERT INTO vector_chunks VALUES
  (1, 1, '00000000-0000-4000-8000-000000000011', '00000000-0000-4000-8000-000000000001', 'https://example.org/bread',
   'blog', '00000000-0000-4000-8000-0000000000a1', 'Ada Example', 'Bread', '["Bread","Start"]', 'markdown/256/32',
   0, 30, 8, 'Sourdough rises in the kitchen'),
  (2, 1, '00000000-0000-4000-8000-000000000012', '00000000-0000-4000-8000-000000000001', 'https://example.org/bread',
   'blog', '00000000-0000-4000-8000-0000000000a1', 'Ada Example', 'Bread', '[]', 'markdown/256/32',
   30, 62, 8, 'The oven of getUserName2 is warm'),
  (5, 1, '00000000-0000-4000-8000-000000000021', '00000000-0000-4000-8000-000000000002', 'https://example.org/bees',
   'medium', '00000000-0000-4000-8000-0000000000a1', 'Ada Example', NULL, '[]', 'markdown/256/32',
   0, 10, 4, 'Bees dance'),
  (6, 2, '00000000-0000-4000-8000-000000000031', '00000000-0000-4000-8000-000000000003', 'https://example.org/snow',
   'blog', '00000000-0000-4000-8000-0000000000a2', 'Ben Sample', NULL, '[]', 'plain',
   0, 19, 6, 'Ёлка и снег'),
  (7, 3, '00000000-0000-4000-8000-000000000011', '00000000-0000-4000-8000-000000000001', 'https://example.org/bread',
   'blog', '00000000-0000-4000-8000-0000000000a1', 'Ada Example', 'Bread', '[]', 'markdown/256/32',
   0, 13, 4, 'Sourdough too');

-- [1, 0, 0, 0], [0.6, 0.8, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0], [1, 0, 0, 0].
INSERT INTO vector_values VALUES
  (1, 1, x'0000803f000000000000000000000000'),
  (2, 1, x'9a99193fcdcc4c3f0000000000000000'),
  (5, 1, x'000000000000803f0000000000000000'),
  (6, 2, x'00000000000000000000803f00000000'),
  (7, 3, x'0000803f000000000000000000000000');
