"""Reads and writes BSON with pymongo, to be compared with ours.

Usage: bson_peer.py FOLDER. `FOLDER/ours.bson` has our documents one after the other. Each is decoded and encoded again
into `FOLDER/theirs.bson`. Of each, canonical extended JSON goes to `FOLDER/theirs.ndjson`, a line each.
"""

import pathlib
import struct
import sys

import bson
from bson import json_util
from bson.codec_options import CodecOptions, DatetimeConversion

# Dates beyond Python's years stay numbers, and UUIDs stay binary data.
OPTIONS = CodecOptions(datetime_conversion=DatetimeConversion.DATETIME_MS)


def documents(data):
    position = 0
    while position < len(data):
        (length,) = struct.unpack_from("<i", data, position)
        yield data[position : position + length]
        position += length


def main():
    folder = pathlib.Path(sys.argv[1])
    with open(folder / "theirs.bson", "wb") as copies, open(folder / "theirs.ndjson", "w", encoding="utf-8") as lines:
        for data in documents((folder / "ours.bson").read_bytes()):
            decoded = bson.decode(data, OPTIONS)
            copies.write(bson.encode(decoded, codec_options=OPTIONS))
            lines.write(json_util.dumps(decoded, json_options=json_util.CANONICAL_JSON_OPTIONS) + "\n")


if __name__ == "__main__":
    main()
