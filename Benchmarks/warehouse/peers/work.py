"""What both peers do: `PEER insert|read|verify COUNT URL [BATCH]` prints its figures as a line of JSON."""

import json
import sys

import documents
from clock import Clock


def main(connect, insert, rows):
    """Runs the case that the command line names.

    :param connect: gives the store behind a URL.
    :param insert: stores so many documents in batches of a size, and gives the clock that counted it.
    :param rows: the documents of a store in the order of their identifiers, with dates, read in batches of a size.
    """
    case, count, url = sys.argv[1], int(sys.argv[2]), sys.argv[3]
    batch = int(sys.argv[4]) if len(sys.argv) > 4 else 1000
    store = connect(url)
    if case == "verify":
        digest, found = digested(rows(store, batch))
        print(json.dumps({"digest": digest, "count": found}))
        return
    clock, found = (insert(store, count, batch), count) if case == "insert" else read(store, rows, count, batch)
    print(json.dumps({"wall": clock.wall, "cpu": clock.cpu, "count": found}))


def read(store, rows, count, batch):
    clock = Clock()
    found = total = 0
    with clock:
        for document in rows(store, batch):
            found += 1
            total += document["likes"]
    assert total == 3 * count * (count - 1) // 2
    return clock, found


def digested(rows):
    digest = documents.Digest()
    found = 0
    for document in rows:
        found += 1
        digest.add(document, document["published_at"])
    return digest.hexadecimal(), found
