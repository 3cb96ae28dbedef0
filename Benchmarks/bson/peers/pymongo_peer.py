"""pymongo's half: `pymongo_peer.py CASE KIND FILE PASSES` reads the documents of a file, goes over all of them once,
uncounted, and then PASSES times, and prints the CPU seconds of one pass as a line of JSON."""

import json
import pathlib
import struct
import sys
from time import process_time

import bson


def documents(data):
    """The documents that a file holds one after the other."""
    found, position = [], 0
    while position < len(data):
        (length,) = struct.unpack_from("<i", data, position)
        found.append(data[position : position + length])
        position += length
    return found


def passes_of(work, items, passes):
    for item in items:
        work(item)
    start = process_time()
    for _ in range(passes):
        for item in items:
            work(item)
    return (process_time() - start) / passes


def main():
    case, _, path, passes = sys.argv[1:]
    assert bson.has_c(), "pymongo is without its C extension"
    found = documents(pathlib.Path(path).read_bytes())
    if case == "decode":
        work, items = bson.decode, found
    elif case == "encode":
        work, items = bson.encode, [bson.decode(item) for item in found]
        assert all(bson.encode(item) == raw for item, raw in zip(items, found))
    else:
        sys.exit(f"there is no case {case}")
    seconds = passes_of(work, items, int(passes))
    print(json.dumps({"seconds": seconds, "documents": len(found), "bytes": sum(map(len, found))}))


if __name__ == "__main__":
    main()
