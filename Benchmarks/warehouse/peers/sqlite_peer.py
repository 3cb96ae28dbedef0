"""The same work in Python's sqlite3: `sqlite_peer.py insert|read|verify COUNT sqlite:PATH [BATCH]`.

Documents are JSON text in a table as ours is, with the same indexes, the same durability and the same batches: each a
transaction when writing, and a query when reading, that begins behind the last identifier.
"""

import datetime
import json
import sqlite3

import documents
import work
from clock import Clock

SCHEMA = """
CREATE TABLE IF NOT EXISTS small_posts (id TEXT NOT NULL PRIMARY KEY, document TEXT NOT NULL CHECK (json_valid(document)));
CREATE UNIQUE INDEX IF NOT EXISTS small_posts_link ON small_posts (json_extract(document, '$.link'));
CREATE INDEX IF NOT EXISTS small_posts_author ON small_posts (json_extract(document, '$.author'));
"""


def connect(url):
    connection = sqlite3.connect(url.removeprefix("sqlite:"), isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    return connection


def insert(connection, count, batch):
    clock = Clock()
    with clock:
        connection.executescript(SCHEMA)
    for some in documents.batches(count, batch, date=datetime.datetime.isoformat):
        with clock:
            connection.execute("BEGIN IMMEDIATE")
            rows = ((document["_id"], json.dumps(document, ensure_ascii=False)) for document in some)
            connection.executemany("INSERT INTO small_posts (id, document) VALUES (?, ?)", rows)
            connection.execute("COMMIT")
    return clock


def rows(connection, batch):
    last = ""
    while True:
        some = connection.execute(
            "SELECT id, document FROM small_posts WHERE id > ? ORDER BY id LIMIT ?", (last, batch)
        ).fetchall()
        for last, text in some:
            document = json.loads(text)
            document["published_at"] = datetime.datetime.fromisoformat(document["published_at"])
            yield document
        if len(some) < batch:
            return


if __name__ == "__main__":
    work.main(connect, insert, rows)
