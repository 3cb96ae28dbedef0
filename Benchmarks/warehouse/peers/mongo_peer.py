"""pymongo's half: `mongo_peer.py insert|read|verify COUNT URL [BATCH]` prints its figures as a line of JSON."""

import json
import sys

import pymongo
from bson.int64 import Int64

import documents
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
    return clock, count


def read(collection, count, batch):
    clock = Clock()
    found = total = 0
    with clock:
        for document in collection.find(sort=[("_id", 1)], batch_size=batch):
            found += 1
            total += document["likes"]
    assert total == 3 * count * (count - 1) // 2
    return clock, found


def verify(collection, count, batch):
    digest = documents.Digest()
    found = 0
    for document in collection.find(sort=[("_id", 1)], batch_size=batch):
        found += 1
        digest.add(document, document["published_at"])
    return digest.hexadecimal(), found


def main():
    case, count, url = sys.argv[1], int(sys.argv[2]), sys.argv[3]
    batch = int(sys.argv[4]) if len(sys.argv) > 4 else 1000
    client = pymongo.MongoClient(url)
    collection = client.get_default_database()["small_posts"]
    if case == "verify":
        digest, found = verify(collection, count, batch)
        print(json.dumps({"digest": digest, "count": found}))
        return
    clock, found = {"insert": insert, "read": read}[case](collection, count, batch)
    print(json.dumps({"wall": clock.wall, "cpu": clock.cpu, "count": found}))


if __name__ == "__main__":
    main()
