"""A MongoDB server that keeps documents as the bytes they came in, so that a benchmark measures its clients.

It speaks OP_MSG, says that it is the primary of a replica set (drivers then use retryable writes), and really stores
and gives back every document. It is no database: it decodes no document, knows of a document only its `_id`, which must
be a string and come first, answers queries for all documents in the order of their `_id`, and takes indexes without
keeping them.

    raw_mongo_server.py        prints `ready PORT`, and ends when standard input ends
"""

import itertools
import os
import socket
import struct
import sys
import threading

import bson
from bson.codec_options import CodecOptions
from bson.int64 import Int64
from bson.raw_bson import RawBSONDocument

OP_REPLY, OP_QUERY, OP_MSG = 1, 2004, 2013
RAW = CodecOptions(document_class=RawBSONDocument)
MAXIMUM_REPLY_BYTES = 16 << 20
LENGTH = struct.Struct("<i")
MESSAGE = struct.Struct("<iiiiIB")

# The header of the n-th document of an array in BSON: its type, its index as text, and a zero byte.
ELEMENTS = [b"\x03%d\x00" % index for index in range(100_001)]


class Collection:
    """Documents in the order of their identifiers."""

    def __init__(self):
        self.documents = []
        self.identifiers = set()
        self.last = b""
        self.is_sorted = True
        self.bytes = 0

    def insert(self, document, identifier):
        """Whether the document was not there yet."""
        if identifier in self.identifiers:
            return False
        self.identifiers.add(identifier)
        self.documents.append(document)
        self.bytes += len(document)
        self.is_sorted = self.is_sorted and identifier > self.last
        self.last = identifier
        return True

    def in_order(self):
        if not self.is_sorted:
            self.documents.sort(key=identifier_of)
            self.last, self.is_sorted = identifier_of(self.documents[-1]), True
        return self.documents


def identifier_of(document):
    """The bytes of a document's `_id`, for which BSON has: length, type 2, `_id`, zero, length, text, zero."""
    if document[4:9] != b"\x02_id\x00":
        raise ValueError("a document does not begin with an _id of type string")
    return document[13 : 12 + LENGTH.unpack_from(document, 9)[0]]


def only_identifier(document):
    end = 13 + LENGTH.unpack_from(document, 9)[0]
    return LENGTH.pack(end + 1) + document[4:end] + b"\x00"


class Server:
    def __init__(self, address):
        self.address = address
        self.lock = threading.Lock()
        self.collections = {}
        self.cursors = {}
        self.cursor_ids = itertools.count(1)
        # The last write of each session and its answer, for when it is sent again.
        self.answers = {}

    def run(self, command, sequences):
        """The answer as BSON."""
        name = next(iter(command))
        method = getattr(self, "do_" + name.lower(), None)
        if method is None:
            return failure(59, f"no such command: '{name}'", "CommandNotFound")
        with self.lock:
            if "txnNumber" not in command:
                return method(command, sequences)
            session, number = bytes(command["lsid"]["id"]), command["txnNumber"]
            answered = self.answers.get(session)
            if answered is None or answered[0] != number:
                answered = self.answers[session] = (number, method(command, sequences))
            return answered[1]

    def collection(self, command):
        name = command["$db"], command[next(iter(command))]
        return self.collections.setdefault(name, Collection())

    # Handshake and service.

    def do_hello(self, command, sequences):
        return answer(
            helloOk=True, isWritablePrimary=True, ismaster=True, secondary=False, setName="twin", setVersion=1,
            hosts=[self.address], primary=self.address, me=self.address, maxBsonObjectSize=16777216,
            maxMessageSizeBytes=48000000, maxWriteBatchSize=100000, logicalSessionTimeoutMinutes=30, minWireVersion=0,
            maxWireVersion=17, readOnly=False,
        )  # fmt: skip

    do_ismaster = do_hello

    def do_ping(self, command, sequences):
        return answer()

    do_endsessions = do_createindexes = do_ping

    def do_buildinfo(self, command, sequences):
        return answer(version="6.0.0-raw", versionArray=[6, 0, 0, 0], maxBsonObjectSize=16777216)

    def do_listcollections(self, command, sequences):
        names = [name for database, name in self.collections if database == command["$db"]]
        batch = [bson.encode({"name": name, "type": "collection", "options": {}, "info": {}}) for name in names]
        return cursor_answer(f"{command['$db']}.$cmd.listCollections", batch, 0, b"firstBatch")

    def do_listindexes(self, command, sequences):
        namespace = f"{command['$db']}.{command['listIndexes']}"
        return cursor_answer(namespace, [bson.encode({"v": 2, "key": {"_id": 1}, "name": "_id_"})], 0, b"firstBatch")

    def do_collstats(self, command, sequences):
        collection = self.collection(command)
        namespace = f"{command['$db']}.{command['collStats']}"
        return answer(ns=namespace, size=collection.bytes, count=len(collection.documents))

    def do_drop(self, command, sequences):
        self.collections.pop((command["$db"], command["drop"]), None)
        return answer()

    def do_dropdatabase(self, command, sequences):
        self.collections = {name: kept for name, kept in self.collections.items() if name[0] != command["$db"]}
        return answer(dropped=command["$db"])

    # Writes.

    def do_insert(self, command, sequences):
        collection = self.collection(command)
        if "documents" in sequences:
            documents = split(sequences["documents"])
        else:
            documents = (document.raw for document in command["documents"])
        count, errors, is_ordered = 0, [], command.get("ordered", True)
        for index, document in enumerate(documents):
            identifier = identifier_of(document)
            if collection.insert(document, identifier):
                count += 1
                continue
            message = f"E11000 duplicate key error index: _id_ dup key: {{ _id: \"{identifier.decode()}\" }}"
            errors.append({"index": index, "code": 11000, "errmsg": message})
            if is_ordered:
                break
        return answer(n=count, writeErrors=errors) if errors else answer(n=count)

    # Reads.

    def do_find(self, command, sequences):
        filter, sort = dict(command.get("filter", {})), dict(command.get("sort", {}))
        fields = list(command.get("projection", {}))
        if filter or set(sort) - {"_id"} or command.get("skip") or fields not in ([], ["_id"]):
            return failure(2, "only all documents can be found, in the order of their _id", "BadValue")
        documents = self.collection(command).in_order()
        rows = iter(documents) if sort.get("_id", 1) == 1 else reversed(documents)
        if fields:
            rows = map(only_identifier, rows)
        limit = abs(command.get("limit", 0)) or len(documents)
        namespace = f"{command['$db']}.{command['find']}"
        is_single = command.get("singleBatch", False) or command.get("limit", 0) < 0
        size = command.get("batchSize", 101)
        return self.batch(namespace, itertools.islice(rows, limit), limit, size, None, is_single, b"firstBatch")

    def do_getmore(self, command, sequences):
        identifier = command["getMore"]
        if identifier not in self.cursors:
            return failure(43, f"cursor id {identifier} not found", "CursorNotFound")
        namespace, rows, left = self.cursors.pop(identifier)
        size = command.get("batchSize") or 100_000
        return self.batch(namespace, rows, left, size, identifier, False, b"nextBatch")

    def batch(self, namespace, rows, left, size, identifier, is_single, name):
        batch, bytes_ = [], 0
        while len(batch) < min(size, 100_000) and bytes_ < MAXIMUM_REPLY_BYTES:
            document = next(rows, None)
            if document is None:
                left = 0
                break
            batch.append(document)
            bytes_ += len(document)
            left -= 1
        if left > 0 and not is_single:
            identifier = identifier or next(self.cursor_ids)
            self.cursors[identifier] = (namespace, rows, left)
        else:
            identifier = 0
        return cursor_answer(namespace, batch, identifier, name)

    def do_killcursors(self, command, sequences):
        killed = [Int64(identifier) for identifier in command["cursors"] if self.cursors.pop(identifier, None)]
        return answer(cursorsKilled=killed, cursorsNotFound=[], cursorsAlive=[], cursorsUnknown=[])

    def do_count(self, command, sequences):
        return answer(n=len(self.collection(command).documents))

    def do_aggregate(self, command, sequences):
        stages = [next(iter(stage)) for stage in command["pipeline"]]
        if not isinstance(command["aggregate"], str) or set(stages) - {"$match", "$group"} or stages[-1:] != ["$group"]:
            return failure(2, "only counting can be aggregated", "BadValue")
        if any(dict(stage["$match"]) for stage in command["pipeline"] if "$match" in stage):
            return failure(2, "only all documents can be counted", "BadValue")
        count = bson.encode({"_id": 1, "n": len(self.collection(command).documents)})
        return cursor_answer(f"{command['$db']}.{command['aggregate']}", [count], 0, b"firstBatch")


def split(data):
    """The documents of a sequence: each begins with its length."""
    position, end = 0, len(data)
    while position < end:
        length = LENGTH.unpack_from(data, position)[0]
        yield data[position : position + length]
        position += length


def answer(**fields):
    return bson.encode({**fields, "ok": 1.0})


def failure(code, message, name):
    return bson.encode({"ok": 0.0, "code": code, "errmsg": message, "codeName": name})


def cursor_answer(namespace, documents, identifier, name):
    """`{cursor: {NAME: [DOCUMENTS], id, ns}, ok: 1}`, joined from the documents' own bytes."""
    parts = [part for pair in zip(ELEMENTS, documents) for part in pair]
    array = sum(map(len, parts)) + 5
    tail = b"\x00\x12id\x00" + struct.pack("<q", identifier)
    text = namespace.encode()
    tail += b"\x02ns\x00" + LENGTH.pack(len(text) + 1) + text + b"\x00\x00"
    head = b"\x04" + name + b"\x00"
    cursor = 4 + len(head) + array - 1 + len(tail)
    ok = b"\x01ok\x00" + struct.pack("<d", 1.0) + b"\x00"
    whole = 4 + 8 + cursor + len(ok)
    start = LENGTH.pack(whole) + b"\x03cursor\x00" + LENGTH.pack(cursor) + head + LENGTH.pack(array)
    return b"".join([start, *parts, tail, ok])


class Connection(threading.Thread):
    def __init__(self, server, connection):
        super().__init__(daemon=True)
        self.server, self.connection = server, connection

    def run(self):
        try:
            while header := self.receive(16):
                length, request, _, code = struct.unpack("<iiii", header)
                body = self.receive(length - 16)
                if code == OP_MSG:
                    self.reply_message(request, body)
                elif code == OP_QUERY:
                    self.reply_query(request, body)
                else:
                    return
        except OSError:
            return

    def receive(self, count):
        data = bytearray(count)
        view, filled = memoryview(data), 0
        while filled < count:
            part = self.connection.recv_into(view[filled:])
            if not part:
                return b""
            filled += part
        return bytes(data)

    def reply_message(self, request, body):
        (flags,) = struct.unpack_from("<I", body)
        end = len(body) - (4 if flags & 1 else 0)
        command, sequences, position = None, {}, 4
        while position < end:
            kind = body[position]
            position += 1
            (size,) = LENGTH.unpack_from(body, position)
            if kind == 0:
                command = bson.decode(body[position : position + size], RAW)
            else:
                name_end = body.index(0, position + 4)
                sequences[body[position + 4 : name_end].decode()] = body[name_end + 1 : position + size]
            position += size
        reply = self.server.run(command, sequences)
        if not flags & 2:
            self.connection.sendall(MESSAGE.pack(21 + len(reply), 1, request, OP_MSG, 0, 0) + reply)

    def reply_query(self, request, body):
        name_end = body.index(0, 4)
        command = bson.decode(body[name_end + 9 :], RAW)
        reply = self.server.run({**command, "$db": body[4:name_end].decode().split(".")[0]}, {})
        head = struct.pack("<iiiiiqii", 36 + len(reply), 1, request, OP_REPLY, 8, 0, 0, 1)
        self.connection.sendall(head + reply)


def accept(listener, server):
    while True:
        connection, _ = listener.accept()
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        Connection(server, connection).start()


def main():
    listener = socket.create_server(("127.0.0.1", 0), backlog=64)
    port = listener.getsockname()[1]
    server = Server(f"127.0.0.1:{port}")
    threading.Thread(target=accept, args=(listener, server), daemon=True).start()
    print(f"ready {port}", flush=True)
    sys.stdin.read()
    os._exit(0)


if __name__ == "__main__":
    main()
