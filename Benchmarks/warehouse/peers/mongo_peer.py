"""pymongo's half: `mongo_peer.py insert|read|verify COUNT URL [BATCH]`; see work.py."""

import pymongo
from bson.int64 import Int64

import documents
import work
from clock import Clock


def insert(collection, count, batch):
    clock = Clock()
    with clock:
        # The indexes that our type declares.
        collection.create_index("link", unique=True)
        collection.create_index("author")
    for some in documents.batches(count, batch, whole=Int64):
        with clock:
            result = collection.insert_many(some, ordered=False)
        assert len(result.inserted_ids) == len(some)
    return clock


def rows(collection, batch):
    return collection.find(sort=[("_id", 1)], batch_size=batch)


def connect(url):
    return pymongo.MongoClient(url).get_default_database()["small_posts"]


if __name__ == "__main__":
    work.main(connect, insert, rows)
