"""The peers' half: `peer.py NAME build|query COUNT FOLDER [ANSWERS]` prints its figures as a line of JSON.

Each stores a number, a vector and a text for each, and answers with the numbers and texts of the ten nearest.
"""

import hashlib
import json
import pathlib
import resource
import sys
from time import perf_counter, process_time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))

import data
import numpy

BATCH = 5000
TOP = 10

# What our store keeps of a chunk beside its vector and its text, and what it keeps an index of.
FIELDS = {
    "id": str, "document_id": str, "link": str, "platform": str, "author_id": str, "author": str, "title": str,
    "headings": str, "strategy": str, "size": int, "overlap": int, "start": int, "end": int, "tokens": int,
    "published_at": int, "text_digest": str,
}
INDEXED = ["id", "document_id", "author_id", "platform", "link", "published_at", "text_digest"]


def fields(number, text):
    """A chunk's fields; ten chunks are one document's."""
    document = number // 10
    return (
        hashlib.md5(b"chunk %d" % number).hexdigest(), hashlib.md5(b"document %d" % document).hexdigest(),
        f"https://example.org/{document}", "blog", "00000000000000000000000000000001", "Ada Example", "A title", "[]",
        "benchmark", 256, 0, number, number + 1, 60, 1_700_000_000 + document, hashlib.sha256(text.encode()).hexdigest(),
    )


class NumPy:
    """All vectors in memory, a product with every one of them, and the best ten: the least that an exact search does."""

    def __init__(self, folder):
        self.path = folder / "numpy.npy"

    def build(self, vectors, text, count):
        numpy.save(self.path, vectors[:count])

    def open(self, text):
        self.vectors = numpy.load(self.path)
        self.text = text

    def query(self, vector):
        scores = self.vectors @ vector
        best = numpy.argpartition(scores, -TOP)[-TOP:]
        best = best[numpy.argsort(-scores[best], kind="stable")]
        return [(int(number), self.text(number)) for number in best]


class QdrantLocal:
    """qdrant-client's local mode, on disk."""

    def __init__(self, folder):
        self.path = str(folder / "qdrant")

    def build(self, vectors, text, count):
        from qdrant_client import QdrantClient, models

        client = QdrantClient(path=self.path)
        size = models.VectorParams(size=vectors.shape[1], distance=models.Distance.COSINE)
        client.create_collection("chunks", vectors_config=size)
        for start in range(0, count, BATCH):
            numbers = range(start, min(start + BATCH, count))
            points = [models.PointStruct(id=n, vector=vectors[n].tolist(), payload={"text": text(n)}) for n in numbers]
            client.upsert("chunks", points)
        client.close()

    def open(self, text):
        from qdrant_client import QdrantClient

        self.client = QdrantClient(path=self.path)

    def query(self, vector):
        found = self.client.query_points("chunks", query=vector.tolist(), limit=TOP).points
        return [(point.id, point.payload["text"]) for point in found]


class LanceDB:
    """A table without a vector index, which LanceDB scans."""

    full_text = False
    whole = False

    def __init__(self, folder):
        self.path = str(folder / f"lance-{self.full_text}-{self.whole}")

    def build(self, vectors, text, count):
        import lancedb
        import pyarrow

        kind = pyarrow.list_(pyarrow.float32(), vectors.shape[1])
        types = {str: pyarrow.string(), int: pyarrow.int64()}
        described = [(name, types[kind]) for name, kind in FIELDS.items()] if self.whole else []
        schema = pyarrow.schema(
            [("number", pyarrow.int64()), ("vector", kind), ("text", pyarrow.string()), *described]
        )

        def batches():
            for start in range(0, count, BATCH):
                some = vectors[start : min(start + BATCH, count)]
                numbers = range(start, start + len(some))
                column = pyarrow.FixedSizeListArray.from_arrays(pyarrow.array(some.reshape(-1)), vectors.shape[1])
                texts = [text(number) for number in numbers]
                columns = [pyarrow.array(numbers, pyarrow.int64()), column, pyarrow.array(texts)]
                if self.whole:
                    columns += map(pyarrow.array, zip(*map(fields, numbers, texts)))
                yield pyarrow.RecordBatch.from_arrays(columns, schema=schema)

        table = lancedb.connect(self.path).create_table("chunks", batches(), schema=schema)
        if self.full_text:
            table.create_fts_index("text")
        for name in INDEXED if self.whole else []:
            table.create_scalar_index(name)

    def open(self, text):
        import lancedb

        self.table = lancedb.connect(self.path).open_table("chunks")

    def query(self, vector):
        query = self.table.search(vector, vector_column_name="vector").distance_type("cosine").limit(TOP)
        return [(row["number"], row["text"]) for row in query.to_list()]


class LanceDBWithWords(LanceDB):
    """The same with an index of words, as ours has."""

    full_text = True


class LanceDBWhole(LanceDBWithWords):
    """The same with all that ours stores of a chunk, and an index of each field by which searches are filtered."""

    whole = True


class SQLiteVec:
    """A vec0 table, with the texts beside it."""

    full_text = False
    whole = False

    def __init__(self, folder):
        self.path = str(folder / f"vec-{self.full_text}-{self.whole}.sqlite")

    def connect(self):
        import pysqlite3 as sqlite3

        import sqlite_vec

        self.connection = sqlite3.connect(self.path, isolation_level=None)
        self.connection.enable_load_extension(True)
        sqlite_vec.load(self.connection)
        self.connection.execute("PRAGMA journal_mode = WAL")
        self.connection.execute("PRAGMA synchronous = FULL")

    def build(self, vectors, text, count):
        self.connect()
        run = self.connection.execute
        run(f"CREATE VIRTUAL TABLE vectors USING vec0(vector float[{vectors.shape[1]}] distance_metric=cosine)")
        types = {str: "TEXT", int: "INTEGER"}
        described = [f'"{name}" {types[kind]}' for name, kind in FIELDS.items()] if self.whole else []
        columns = ", ".join(["number INTEGER PRIMARY KEY", "text TEXT NOT NULL", *described])
        run(f"CREATE TABLE texts ({columns})")
        for name in INDEXED if self.whole else []:
            run(f'CREATE INDEX texts_{name} ON texts ("{name}")')
        row = f"INSERT INTO texts VALUES (?, ?{', ?' * len(described)})"
        if self.full_text:
            run("CREATE VIRTUAL TABLE words USING fts5(text)")
        for start in range(0, count, BATCH):
            numbers = range(start, min(start + BATCH, count))
            run("BEGIN IMMEDIATE")
            self.connection.executemany(
                "INSERT INTO vectors (rowid, vector) VALUES (?, ?)", ((n, vectors[n].tobytes()) for n in numbers)
            )
            texts = [text(number) for number in numbers]
            described = map(fields, numbers, texts) if self.whole else [()] * len(texts)
            self.connection.executemany(row, ((n, one, *more) for n, one, more in zip(numbers, texts, described)))
            if self.full_text:
                self.connection.executemany(
                    "INSERT INTO words (rowid, text) VALUES (?, ?)", zip(numbers, texts)
                )
            run("COMMIT")
        self.connection.close()

    def open(self, text):
        self.connect()

    def query(self, vector):
        return self.connection.execute(
            "WITH found AS (SELECT rowid, distance FROM vectors WHERE vector MATCH ? AND k = ?) "
            "SELECT number, text FROM found JOIN texts ON number = found.rowid ORDER BY distance",
            (vector.tobytes(), TOP),
        ).fetchall()


class SQLiteVecWithWords(SQLiteVec):
    """The same with an index of words, as ours has."""

    full_text = True


class SQLiteVecWhole(SQLiteVecWithWords):
    """The same with all that ours stores of a chunk, and an index of each field by which searches are filtered."""

    whole = True


PEERS = {
    "numpy": NumPy,
    "qdrant-local": QdrantLocal,
    "lancedb": LanceDB,
    "lancedb-words": LanceDBWithWords,
    "lancedb-whole": LanceDBWhole,
    "sqlite-vec": SQLiteVec,
    "sqlite-vec-words": SQLiteVecWithWords,
    "sqlite-vec-whole": SQLiteVecWhole,
}


def main():
    name, phase, count, folder = sys.argv[1], sys.argv[2], int(sys.argv[3]), pathlib.Path(sys.argv[4])
    vectors, text, queries = data.load(folder)
    peer = PEERS[name](folder)
    start = perf_counter()
    figures = {"count": count}
    if phase == "build":
        peer.build(vectors, text, count)
    else:
        times, processor, answers = [], [], []
        peer.open(text)
        for query in queries:
            answers.append([number for number, _ in peer.query(query)])
            times.append(perf_counter() - start)
            processor.append(process_time())
        figures["queries"] = [(end - begin) * 1000 for begin, end in zip([0, *times], times)]
        figures["processor"] = [(end - begin) * 1000 for begin, end in zip(processor, processor[1:])]
        if len(sys.argv) > 5:
            pathlib.Path(sys.argv[5]).write_text(json.dumps(answers))
    figures["wall"] = perf_counter() - start
    usage = resource.getrusage(resource.RUSAGE_SELF)
    figures["cpu"] = usage.ru_utime + usage.ru_stime
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
