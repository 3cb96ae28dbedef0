"""A MongoDB server for tests: the wire protocol here, the semantics from mongomock.

It speaks OP_MSG (with document sequences) and the old OP_QUERY handshake, and says that it is the primary of a replica
set, so that drivers use retryable writes. A write that is sent again under the same session and transaction number is
answered from memory, as a server does.

A private command makes faults and counts:

    {twinTestFault: 1, dropAfterWrites: n, beforeReply: bool, times: k}
        the n-th write command from now on, and the k - 1 next ones, lose their connection: after they were carried out
        (beforeReply true: only the answer is lost), or before; repeated ones count
    {twinTestFault: 1}
        gives {executed, replayed, dropped}: write commands carried out, answered from memory, and cut off

Prints `ready PORT` and ends when standard input ends.
"""

import itertools
import os
import socketserver
import struct
import sys
import threading
import time

import bson
import mongomock
from bson import Int64
from bson.codec_options import CodecOptions
from pymongo import ReturnDocument
from pymongo.errors import DuplicateKeyError, OperationFailure, PyMongoError

OP_REPLY, OP_QUERY, OP_MSG = 1, 2004, 2013
WRITES = {"insert", "update", "delete", "findAndModify", "findandmodify"}
OPTIONS = CodecOptions(document_class=dict)


class DropConnection(Exception):
    """The fault that was asked for."""


class Server:
    def __init__(self, address):
        self.address = address
        self.client = mongomock.MongoClient()
        self.lock = threading.RLock()
        self.cursors = {}
        self.cursor_ids = itertools.count(1)
        self.answers = {}
        self.counts = {"executed": 0, "replayed": 0, "dropped": 0}
        self.fault = None

    # One command at a time: mongomock then is as atomic as a server.
    def run(self, command):
        name = next(iter(command))
        with self.lock:
            if name in WRITES:
                return self.write(name, command)
            return self.answer(name, command)

    def write(self, name, command):
        fault = self.fault_now()
        if fault == "before":
            raise DropConnection
        transaction = None
        if "txnNumber" in command:
            transaction = (bytes(command["lsid"]["id"]), command["txnNumber"])
        reply = self.answers.get(transaction)
        self.counts["replayed" if reply else "executed"] += 1
        if not reply:
            reply = self.answer(name, command)
        if transaction:
            self.answers[transaction] = reply
        if fault == "after":
            raise DropConnection
        return reply

    def fault_now(self):
        fault = self.fault
        if not fault:
            return None
        fault["after"] -= 1
        if fault["after"] > 0:
            return None
        fault["times"] -= 1
        if fault["times"] <= 0:
            self.fault = None
        self.counts["dropped"] += 1
        return "after" if fault["beforeReply"] else "before"

    def answer(self, name, command):
        method = getattr(self, "do_" + name.lower(), None)
        if method is None:
            return failure(59, f"no such command: '{name}'", "CommandNotFound")
        try:
            reply = method(command)
        except DuplicateKeyError as error:
            return failure(11000, str(error), "DuplicateKey")
        except (OperationFailure, PyMongoError, NotImplementedError) as error:
            return failure(getattr(error, "code", None) or 2, str(error), "BadValue")
        reply.setdefault("ok", 1.0)
        return reply

    def collection(self, command, key=None):
        return self.client[command["$db"]][command[key or next(iter(command))]]

    # Handshake and service.

    def do_hello(self, command):
        return {
            "helloOk": True, "isWritablePrimary": True, "ismaster": True, "secondary": False, "setName": "twin",
            "setVersion": 1, "hosts": [self.address], "primary": self.address, "me": self.address,
            "maxBsonObjectSize": 16777216, "maxMessageSizeBytes": 48000000, "maxWriteBatchSize": 100000,
            "logicalSessionTimeoutMinutes": 30, "minWireVersion": 0, "maxWireVersion": 17, "readOnly": False,
        }

    do_ismaster = do_hello

    def do_ping(self, command):
        return {}

    do_endsessions = do_killcursors_all = do_ping

    def do_buildinfo(self, command):
        return {"version": "6.0.0-twin-test", "versionArray": [6, 0, 0, 0], "maxBsonObjectSize": 16777216}

    def do_saslstart(self, command):
        return failure(18, "Authentication failed.", "AuthenticationFailed")

    def do_twintestfault(self, command):
        if "dropAfterWrites" in command:
            self.fault = {
                "after": command["dropAfterWrites"], "beforeReply": command.get("beforeReply", True),
                "times": command.get("times", 1),
            }
        return dict(self.counts)

    # Writes.

    def do_insert(self, command):
        collection = self.collection(command)
        return self.each(command, command["documents"], lambda document, reply: collection.insert_one(document))

    def do_update(self, command):
        collection = self.collection(command)
        upserted = []

        def update(statement, reply):
            query, change, upsert = statement["q"], statement["u"], statement.get("upsert", False)
            if isinstance(change, dict) and not next(iter(change), "").startswith("$"):
                result = collection.replace_one(query, change, upsert=upsert)
            elif statement.get("multi"):
                result = collection.update_many(query, change, upsert=upsert)
            else:
                result = collection.update_one(query, change, upsert=upsert)
            if result.upserted_id is not None:
                upserted.append({"index": reply["index"], "_id": result.upserted_id})
                reply["n"] += 1
            else:
                reply["n"] += result.matched_count
                reply["nModified"] += result.modified_count

        reply = self.each(command, command["updates"], update, {"nModified": 0})
        if upserted:
            reply["upserted"] = upserted
        return reply

    def do_delete(self, command):
        collection = self.collection(command)

        def delete(statement, reply):
            many = statement.get("limit", 0) == 0
            method = collection.delete_many if many else collection.delete_one
            reply["n"] += method(statement["q"]).deleted_count

        return self.each(command, command["deletes"], delete)

    def each(self, command, statements, apply, extra=None):
        reply = {"n": 0, **(extra or {})}
        errors = []
        for index, statement in enumerate(statements):
            reply["index"] = index
            try:
                apply(statement, reply)
                if "documents" in command:
                    reply["n"] += 1
            except DuplicateKeyError as error:
                errors.append({"index": index, "code": 11000, "errmsg": str(error)})
            except PyMongoError as error:
                errors.append({"index": index, "code": getattr(error, "code", None) or 2, "errmsg": str(error)})
            if errors and command.get("ordered", True):
                break
        del reply["index"]
        if errors:
            reply["writeErrors"] = errors
        return reply

    def do_findandmodify(self, command):
        collection = self.collection(command)
        query, sort = command.get("query", {}), list(command.get("sort", {}).items()) or None
        projection = command.get("fields")
        before = collection.find_one(query, sort=sort)
        if command.get("remove"):
            value = collection.find_one_and_delete(query, projection=projection, sort=sort)
            return {"value": value, "lastErrorObject": {"n": 1 if value else 0}}
        change = command["update"]
        is_update = next(iter(change), "").startswith("$")
        method = collection.find_one_and_update if is_update else collection.find_one_and_replace
        upsert = command.get("upsert", False)
        value = method(
            query, change, projection=projection, sort=sort, upsert=upsert,
            return_document=ReturnDocument.AFTER if command.get("new") else ReturnDocument.BEFORE)
        last = {"n": 1 if before or upsert else 0, "updatedExisting": before is not None}
        if before is None and upsert and value is not None:
            last["upserted"] = value["_id"]
        return {"value": value, "lastErrorObject": last}

    # Reads.

    def do_find(self, command):
        cursor = self.collection(command).find(command.get("filter", {}), command.get("projection") or None)
        if command.get("sort"):
            cursor = cursor.sort(list(command["sort"].items()))
        if command.get("skip"):
            cursor = cursor.skip(command["skip"])
        if command.get("limit"):
            cursor = cursor.limit(abs(command["limit"]))
        return self.first_batch(command, list(cursor), command.get("batchSize", 101))

    def do_aggregate(self, command):
        results = list(self.collection(command).aggregate(command["pipeline"]))
        return self.first_batch(command, results, command.get("cursor", {}).get("batchSize", 101))

    def first_batch(self, command, documents, size):
        namespace = f"{command['$db']}.{command[next(iter(command))]}"
        identifier = 0
        if len(documents) > size:
            identifier = next(self.cursor_ids)
            self.cursors[identifier] = (namespace, documents[size:])
        return {"cursor": {"id": Int64(identifier), "ns": namespace, "firstBatch": documents[:size]}}

    def do_getmore(self, command):
        identifier = command["getMore"]
        if identifier not in self.cursors:
            return failure(43, f"cursor id {identifier} not found", "CursorNotFound")
        namespace, documents = self.cursors.pop(identifier)
        size = command.get("batchSize") or len(documents)
        if len(documents) > size:
            self.cursors[identifier] = (namespace, documents[size:])
        left = identifier if identifier in self.cursors else 0
        return {"cursor": {"id": Int64(left), "ns": namespace, "nextBatch": documents[:size]}}

    def do_killcursors(self, command):
        killed = [identifier for identifier in command["cursors"] if self.cursors.pop(identifier, None)]
        return {"cursorsKilled": killed, "cursorsNotFound": [], "cursorsAlive": [], "cursorsUnknown": []}

    def do_count(self, command):
        return {"n": self.collection(command).count_documents(command.get("query", {}))}

    def do_distinct(self, command):
        return {"values": self.collection(command).distinct(command["key"], command.get("query", {}))}

    # Collections and indexes.

    def do_createindexes(self, command):
        collection = self.collection(command)
        before = set(collection.index_information())
        for index in command["indexes"]:
            options = {key: value for key, value in index.items() if key not in ("key", "v")}
            if index["name"] in before:
                continue
            # When it makes an index, mongomock forgets its partial filter: what is outside waits aside.
            inside = index.get("partialFilterExpression", {})
            aside = list(collection.find({"$nor": [inside]})) if inside else []
            collection.delete_many({"_id": {"$in": [document["_id"] for document in aside]}})
            try:
                collection.create_index(list(index["key"].items()), **options)
            finally:
                for document in aside:
                    collection.insert_one(document)
        return {"numIndexesBefore": len(before), "numIndexesAfter": len(collection.index_information())}

    def do_listindexes(self, command):
        information = self.collection(command).index_information()
        indexes = [
            {**options, "v": 2, "name": name, "key": dict(options["key"])} for name, options in information.items()
        ]
        return self.first_batch(command, indexes, len(indexes) + 1)

    def do_listcollections(self, command):
        names = self.client[command["$db"]].list_collection_names()
        collections = [{"name": name, "type": "collection", "options": {}, "info": {}} for name in names]
        return self.first_batch({**command, "listCollections": "$cmd.listCollections"}, collections, len(names) + 1)

    def do_collstats(self, command):
        documents = list(self.collection(command).find())
        size = sum(len(bson.encode(document)) for document in documents)
        return {"ns": f"{command['$db']}.{command['collStats']}", "size": size, "count": len(documents)}

    def do_drop(self, command):
        self.collection(command).drop()
        return {}

    def do_dropdatabase(self, command):
        self.client.drop_database(command["$db"])
        return {"dropped": command["$db"]}


def failure(code, message, name):
    return {"ok": 0.0, "code": code, "errmsg": message, "codeName": name}


class Connection(socketserver.BaseRequestHandler):
    def handle(self):
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
        except (DropConnection, ConnectionError):
            return

    def receive(self, count):
        data = bytearray()
        while len(data) < count:
            part = self.request.recv(count - len(data))
            if not part:
                return b""
            data += part
        return bytes(data)

    def reply_message(self, request, body):
        flags, = struct.unpack_from("<I", body)
        end = len(body) - (4 if flags & 1 else 0)
        command, sequences, position = None, {}, 4
        while position < end:
            kind = body[position]
            position += 1
            size, = struct.unpack_from("<i", body, position)
            if kind == 0:
                command = bson.decode(body[position:position + size], OPTIONS)
            else:
                name_end = body.index(0, position + 4)
                name = body[position + 4:name_end].decode()
                sequences[name] = bson.decode_all(body[name_end + 1:position + size], OPTIONS)
            position += size
        reply = self.server.twin.run({**command, **sequences})
        # The flag moreToCome of a request: no answer is wanted.
        if not flags & 2:
            self.send(request, OP_MSG, struct.pack("<IB", 0, 0) + bson.encode(reply))

    def reply_query(self, request, body):
        name_end = body.index(0, 4)
        database = body[4:name_end].decode().split(".")[0]
        command = bson.decode(body[name_end + 9:], OPTIONS)
        command = command.get("$query", command)
        reply = self.server.twin.run({**command, "$db": database})
        self.send(request, OP_REPLY, struct.pack("<iqii", 8, 0, 0, 1) + bson.encode(reply))

    def send(self, request, code, body):
        self.request.sendall(struct.pack("<iiii", 16 + len(body), int(time.time()) & 0x7FFFFFFF, request, code) + body)


class Listener(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True
    request_queue_size = 64


def main():
    with Listener(("127.0.0.1", 0), Connection) as listener:
        port = listener.server_address[1]
        listener.twin = Server(f"127.0.0.1:{port}")
        threading.Thread(target=listener.serve_forever, daemon=True).start()
        print(f"ready {port}", flush=True)
        sys.stdin.read()
        os._exit(0)


if __name__ == "__main__":
    main()
