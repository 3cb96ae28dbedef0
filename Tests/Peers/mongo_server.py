"""A MongoDB server for tests: the wire protocol, sessions and faults here, what is done with documents in
mongo_semantics.py.

It speaks OP_MSG (with document sequences) and the old OP_QUERY handshake, and says that it is the primary of a replica
set, so that drivers use retryable writes. A write that is sent again under the same session and transaction number is
answered from memory, as a server does. What is larger than the announced limits is refused, or its connection cut off.

    mongo_server.py [--standalone] [--limits DOCUMENT,MESSAGE,BATCH] [--wire VERSION]
                    [--user NAME --password PASSWORD] [--tls CERTIFICATE KEY]

    --standalone    is in no replica set, and so knows no transaction numbers
    --limits        announces and enforces other limits: bytes of a document, bytes of a message, writes of a command
    --wire          the version of the protocol that it says it speaks
    --user          wants SCRAM-SHA-256 (RFC 7677) of every connection

A private command makes faults and counts:

    {twinTestFault: 1, dropAfterWrites: n, beforeReply: bool, times: k}
        the n-th write command from now on, and the k - 1 next ones, lose their connection: after they were carried out
        (beforeReply true: only the answer is lost), or before; repeated ones count
    {twinTestFault: 1, drop: [names], after: n, beforeReply: bool, times: k}
        the same for the commands of these names
    {twinTestFault: 1, fail: [names], code: c, after: n, times: k}
        the n-th of these commands, and the k - 1 next ones, are answered with an error and not carried out
    {twinTestFault: 1, delay: [names], milliseconds: m, after: n, times: k}
        the same, carried out at once and answered that much later; others are answered meanwhile
    {twinTestFault: 1, unreplicated: k}
        the next k writes are carried out and not confirmed by the replicas
    {twinTestFault: 1, forgetCursors: true}
        all cursors are forgotten
    {twinTestFault: 1}
        gives {executed, replayed, dropped}: write commands carried out, answered from memory, and cut off;
        {commands}: how often each command came; {batches}: the writes of each write command; {cursors}: the cursors
        that are open; {most}: the most connections that were open at once; {modes}: the read preference that each
        command had the last time
"""

import argparse
import base64
import hashlib
import hmac
import itertools
import os
import secrets
import socketserver
import ssl
import struct
import sys
import threading
import time

import bson
from bson import Int64
from bson.raw_bson import RawBSONDocument

import mongo_semantics
from mongo_semantics import OPTIONS, Collection, Failure, key

OP_REPLY, OP_QUERY, OP_MSG = 1, 2004, 2013
WRITES = {"insert", "update", "delete", "findAndModify", "findandmodify"}
OPEN = {"hello", "ismaster", "isMaster", "ping", "saslStart", "saslContinue", "twinTestFault"}


class DropConnection(Exception):
    """The fault that was asked for."""


class Fault:
    """Something that happens to some commands of the future."""

    def __init__(self, names, command, after):
        self.names, self.after, self.times = set(names), after, command.get("times", 1)
        self.code = command.get("code")
        self.delay = command.get("milliseconds", 0) / 1000
        self.lose_reply = command.get("beforeReply", True)

    def is_now(self, name):
        if name not in self.names or self.times <= 0:
            return False
        self.after -= 1
        if self.after > 0:
            return False
        self.times -= 1
        return True


class Server:
    def __init__(self, address, arguments):
        self.address = address
        self.arguments = arguments
        self.limits = [int(part) for part in arguments.limits.split(",")]
        self.databases = {}
        self.lock = threading.RLock()
        self.cursors = {}
        self.cursor_ids = itertools.count(1)
        self.answers = {}
        self.counts = {"executed": 0, "replayed": 0, "dropped": 0}
        self.commands, self.modes, self.batches = {}, {}, []
        self.faults, self.unreplicated = [], 0
        self.connections, self.most = 0, 0

    def run(self, command, connection):
        reply, delay = self.carry_out(command, connection)
        time.sleep(delay)
        return reply

    # One command at a time.
    def carry_out(self, command, connection):
        """The reply, and the seconds until it goes out."""
        name = next(iter(command))
        with self.lock:
            self.commands[name] = self.commands.get(name, 0) + 1
            self.modes[name] = command.get("$readPreference", {}).get("mode", "primary")
            if self.arguments.user and not connection.is_authenticated and name not in OPEN:
                return Failure(13, f"command {name} requires authentication", "Unauthorized").reply(), 0
            if name.startswith("sasl"):
                return self.answer(name, command, connection), 0
            fault = next((fault for fault in self.faults if fault.is_now(name)), None)
            if fault and fault.code is not None:
                return self.failed(fault.code, name), 0
            delay = fault.delay if fault else 0
            is_dropped = fault is not None and not delay
            self.counts["dropped"] += is_dropped
            if is_dropped and not fault.lose_reply:
                raise DropConnection
            reply = self.write(name, command) if name in WRITES else self.answer(name, command)
            if is_dropped:
                raise DropConnection
            return reply, delay

    def failed(self, code, name):
        reply = Failure(code, f"{name} was made to fail", "TestFault").reply()
        if code in (91, 189, 10107, 11600, 11602, 13435, 13436):
            reply["errorLabels"] = ["RetryableWriteError"]
        return reply

    def write(self, name, command):
        transaction = None
        if "txnNumber" in command:
            if self.arguments.standalone:
                message = "Transaction numbers are only allowed on a replica set member or mongos"
                return Failure(20, message, "IllegalOperation").reply()
            session = bytes(command["lsid"]["id"])
            transaction = (session, command["txnNumber"])
        answered = self.answers.get(transaction[0]) if transaction else None
        if answered and answered[0] == transaction[1]:
            self.counts["replayed"] += 1
            return answered[1]
        self.counts["executed"] += 1
        reply = self.answer(name, command)
        if self.unreplicated > 0:
            self.unreplicated -= 1
            reply["writeConcernError"] = {
                "code": 64, "codeName": "WriteConcernFailed", "errmsg": "waiting for replication timed out",
                "errInfo": {"wtimeout": True},
            }
        if transaction:
            self.answers[transaction[0]] = (transaction[1], reply)
        return reply

    def answer(self, name, command, *connection):
        method = getattr(self, "do_" + name.lower(), None)
        if method is None:
            return Failure(59, f"no such command: '{name}'", "CommandNotFound").reply()
        try:
            reply = method(command, *connection)
        except Failure as failure:
            return failure.reply()
        reply.setdefault("ok", 1.0)
        return reply

    def collection(self, command, is_made=False):
        name = command[next(iter(command))]
        database = self.databases.setdefault(command["$db"], {})
        if name not in database and not is_made:
            return Collection(f"{command['$db']}.{name}")
        return database.setdefault(name, Collection(f"{command['$db']}.{name}"))

    # Handshake and service.

    def do_hello(self, command):
        reply = {
            "helloOk": True, "isWritablePrimary": True, "ismaster": True, "maxBsonObjectSize": self.limits[0],
            "maxMessageSizeBytes": self.limits[1], "maxWriteBatchSize": self.limits[2],
            "logicalSessionTimeoutMinutes": 30, "minWireVersion": 0, "maxWireVersion": self.arguments.wire,
            "readOnly": False,
        }
        if not self.arguments.standalone:
            reply |= {
                "setName": "twin", "setVersion": 1, "secondary": False, "hosts": [self.address],
                "primary": self.address, "me": self.address,
            }
        if "saslSupportedMechs" in command:
            reply["saslSupportedMechs"] = ["SCRAM-SHA-256"]
        return reply

    do_ismaster = do_hello

    def do_ping(self, command):
        return {}

    do_endsessions = do_ping

    def do_buildinfo(self, command):
        return {"version": "6.0.0-twin-test", "versionArray": [6, 0, 0, 0], "maxBsonObjectSize": self.limits[0]}

    def do_saslstart(self, command, connection):
        if command["mechanism"] != "SCRAM-SHA-256" or not self.arguments.user:
            raise Failure(18, "Authentication failed.", "AuthenticationFailed")
        connection.scram = Scram(self.arguments.user, self.arguments.password)
        payload = connection.scram.first(bytes(command["payload"]))
        return {"conversationId": 1, "done": False, "payload": payload}

    def do_saslcontinue(self, command, connection):
        if not connection.scram:
            raise Failure(17, "No SASL session state found", "ProtocolError")
        payload = connection.scram.final(bytes(command["payload"]))
        connection.is_authenticated = True
        return {"conversationId": 1, "done": True, "payload": payload}

    def do_twintestfault(self, command):
        if "dropAfterWrites" in command:
            self.faults.append(Fault(WRITES, command, command["dropAfterWrites"]))
        if "drop" in command:
            self.faults.append(Fault(command["drop"], command, command.get("after", 1)))
        if "delay" in command:
            self.faults.append(Fault(command["delay"], command, command.get("after", 1)))
        if "fail" in command:
            self.faults.append(Fault(command["fail"], command, command.get("after", 1)))
        self.unreplicated += command.get("unreplicated", 0)
        if command.get("forgetCursors"):
            self.cursors.clear()
        return {
            **self.counts, "commands": dict(self.commands), "batches": self.batches[-1000:],
            "cursors": len(self.cursors), "most": self.most, "modes": dict(self.modes),
        }

    # Writes.

    def do_insert(self, command):
        collection = self.collection(command, is_made=True)
        documents = [raw if isinstance(raw, bytes) else bson.encode(raw) for raw in command["documents"]]

        def insert(raw, reply):
            if len(raw) > self.limits[0]:
                raise Failure(10334, "object to insert too large", "BSONObjectTooLarge")
            collection.insert(raw)
            reply["n"] += 1

        return self.each(command, documents, insert)

    def do_update(self, command):
        collection = self.collection(command, is_made=True)
        upserted = []

        def update(statement, reply):
            matched, modified, made = self.update(
                collection, statement["q"], statement["u"], statement.get("multi", False),
                statement.get("upsert", False))
            reply["n"] += matched
            reply["nModified"] += modified
            if made is not None:
                upserted.append({"index": reply["index"], "_id": made})
                reply["n"] += 1

        reply = self.each(command, command["updates"], update, {"nModified": 0})
        if upserted:
            reply["upserted"] = upserted
        return reply

    def update(self, collection, query, change, multi, upsert, sort=None):
        """Carries out one update: how many were meant and changed, and the `_id` of what was made."""
        if upsert:
            mongo_semantics.equalities(query)
        rows = collection.find(query, sort)
        rows = list(rows) if multi else list(itertools.islice(rows, 1))
        modified = 0
        for identifier, raw, document in rows:
            before = document or mongo_semantics.decode(raw)
            modified += collection.replace(identifier, before, self.changed(before, change, False))
        if rows or not upsert:
            return len(rows), modified, None
        start = mongo_semantics.updated({}, {"$set": mongo_semantics.equalities(query)}, True)
        return 0, 0, collection.insert(bson.encode(self.changed(start, change, True)))

    def changed(self, document, change, is_insert):
        if not isinstance(change, dict):
            raise Failure(2, "this test server has no pipelines in updates", "BadValue")
        if next(iter(change), "").startswith("$"):
            document = mongo_semantics.updated(document, change, is_insert)
        else:
            document = {"_id": document["_id"], **change} if "_id" in document else change
        if len(bson.encode(document)) > self.limits[0]:
            raise Failure(10334, "the resulting document is too large", "BSONObjectTooLarge")
        return document

    def do_delete(self, command):
        collection = self.collection(command)

        def delete(statement, reply):
            rows = collection.find(statement["q"])
            rows = list(rows) if statement.get("limit", 0) == 0 else list(itertools.islice(rows, 1))
            for identifier, raw, document in rows:
                collection.remove(identifier, document or mongo_semantics.decode(raw))
            reply["n"] += len(rows)

        return self.each(command, command["deletes"], delete)

    def each(self, command, statements, apply, extra=None):
        if len(statements) > self.limits[2]:
            raise Failure(21, f"Write batch sizes must be between 1 and {self.limits[2]}", "InvalidLength")
        self.batches.append(len(statements))
        reply = {"n": 0, **(extra or {})}
        errors = []
        for index, statement in enumerate(statements):
            reply["index"] = index
            try:
                apply(statement, reply)
            except Failure as failure:
                errors.append({"index": index, "code": failure.code, "errmsg": failure.message})
                if command.get("ordered", True):
                    break
        del reply["index"]
        if errors:
            reply["writeErrors"] = errors
        return reply

    def do_findandmodify(self, command):
        collection = self.collection(command, is_made=True)
        query, sort = command.get("query", {}), command.get("sort")
        row = next(iter(collection.find(query, sort)), None)
        before = (row[2] or mongo_semantics.decode(row[1])) if row else None
        if command.get("remove"):
            if row:
                collection.remove(row[0], before)
            return {"value": before, "lastErrorObject": {"n": 1 if row else 0}}
        _, _, made = self.update(collection, query, command["update"], False, command.get("upsert", False), sort)
        identifier = row[0] if row else key(made) if made is not None else None
        after = collection.documents.get(identifier)
        last = {"n": 1 if identifier is not None else 0, "updatedExisting": row is not None}
        if made is not None:
            last["upserted"] = made
        value = (RawBSONDocument(after) if after else None) if command.get("new") else before
        return {"value": value, "lastErrorObject": last}

    # Reads.

    def do_find(self, command):
        rows = self.collection(command).find(command.get("filter", {}), command.get("sort"))
        rows = itertools.islice(rows, command.get("skip", 0), None)
        if command.get("limit"):
            rows = itertools.islice(rows, abs(command["limit"]))
        fields = command.get("projection")
        if fields:
            documents = (
                mongo_semantics.project(document or mongo_semantics.decode(raw), fields) for _, raw, document in rows)
            documents = (bson.encode(document) for document in documents)
        else:
            documents = (raw for _, raw, _ in rows)
        return self.first_batch(command, documents, command.get("batchSize", 101), command.get("singleBatch"))

    def do_aggregate(self, command):
        database = self.databases.get(command["$db"], {})
        first = next(iter(command["pipeline"]), {})
        if "$collStats" in first and command["aggregate"] not in database:
            raise Failure(26, f"Collection [{command['$db']}.{command['aggregate']}] not found.", "NamespaceNotFound")
        results = mongo_semantics.aggregate(self.collection(command), command["pipeline"])
        documents = (bson.encode(result) for result in results)
        return self.first_batch(command, documents, command.get("cursor", {}).get("batchSize", 101))

    def first_batch(self, command, documents, size, is_single=False):
        namespace = f"{command['$db']}.{command[next(iter(command))]}"
        batch, rest = self.take(documents, size)
        identifier = 0
        if rest is not None and not is_single:
            identifier = next(self.cursor_ids)
            self.cursors[identifier] = (namespace, rest)
        return {"cursor": {"id": Int64(identifier), "ns": namespace, "firstBatch": batch}}

    def take(self, documents, count):
        """The first documents that fit in a reply, and an iterator over the rest; None if there is no rest."""
        batch, size = [], 0
        documents = iter(documents)
        for raw in documents:
            if len(batch) == count or (batch and size + len(raw) > min(16 << 20, self.limits[1] // 2)):
                return batch, itertools.chain([raw], documents)
            batch.append(RawBSONDocument(raw))
            size += len(raw)
        return batch, None

    def do_getmore(self, command):
        identifier = command["getMore"]
        if identifier not in self.cursors:
            raise Failure(43, f"cursor id {identifier} not found", "CursorNotFound")
        namespace, documents = self.cursors.pop(identifier)
        batch, rest = self.take(documents, command.get("batchSize") or sys.maxsize)
        if rest is not None:
            self.cursors[identifier] = (namespace, rest)
        left = identifier if rest is not None else 0
        return {"cursor": {"id": Int64(left), "ns": namespace, "nextBatch": batch}}

    def do_killcursors(self, command):
        killed = [identifier for identifier in command["cursors"] if self.cursors.pop(identifier, None)]
        return {"cursorsKilled": killed, "cursorsNotFound": [], "cursorsAlive": [], "cursorsUnknown": []}

    def do_count(self, command):
        return {"n": sum(1 for _ in self.collection(command).find(command.get("query", {})))}

    # Collections and indexes.

    def do_create(self, command):
        if command["create"] in self.databases.get(command["$db"], {}):
            raise Failure(48, f"Collection {command['$db']}.{command['create']} already exists.", "NamespaceExists")
        self.collection(command, is_made=True)
        return {}

    def do_createindexes(self, command):
        collection = self.collection(command, is_made=True)
        before = len(collection.indexes) + 1
        for specification in command["indexes"]:
            collection.create_index(specification)
        return {"numIndexesBefore": before, "numIndexesAfter": len(collection.indexes) + 1}

    def do_dropindexes(self, command):
        self.collection(command).indexes.pop(command["index"], None)
        return {}

    def do_listindexes(self, command):
        if command["listIndexes"] not in self.databases.get(command["$db"], {}):
            raise Failure(26, f"ns does not exist: {command['$db']}.{command['listIndexes']}", "NamespaceNotFound")
        indexes = [index.specification for index in self.collection(command).indexes.values()]
        indexes = [{"v": 2, "key": {"_id": 1}, "name": "_id_"}] + [{"v": 2, **index} for index in indexes]
        return self.first_batch(command, (bson.encode(index) for index in indexes), len(indexes) + 1)

    def do_listcollections(self, command):
        names = list(self.databases.get(command["$db"], {}))
        collections = [{"name": name, "type": "collection", "options": {}, "info": {}} for name in names]
        collections = [item for item in collections if mongo_semantics.matches(command.get("filter", {}), item)]
        documents = (bson.encode(item) for item in collections)
        return self.first_batch({**command, "listCollections": "$cmd.listCollections"}, documents, len(names) + 1)

    def do_drop(self, command):
        self.databases.get(command["$db"], {}).pop(command["drop"], None)
        return {}

    def do_dropdatabase(self, command):
        self.databases.pop(command["$db"], None)
        return {"dropped": command["$db"]}


class Scram:
    """The server's side of SCRAM-SHA-256 (RFC 5802, RFC 7677)."""

    def __init__(self, user, password):
        self.user, self.password = user, password

    def first(self, payload):
        self.bare = payload.decode().split(",", 2)[2]
        fields = dict(part.split("=", 1) for part in self.bare.split(","))
        self.salt, self.is_known = secrets.token_bytes(28), fields["n"] == self.user
        self.nonce = fields["r"] + secrets.token_hex(12)
        self.challenge = f"r={self.nonce},s={base64.b64encode(self.salt).decode()},i=4096"
        return self.challenge.encode()

    def final(self, payload):
        without_proof, proof = payload.decode().rsplit(",p=", 1)
        message = ",".join([self.bare, self.challenge, without_proof]).encode()
        salted = hashlib.pbkdf2_hmac("sha256", self.password.encode(), self.salt, 4096)
        client_key = hmac.digest(salted, b"Client Key", "sha256")
        stored_key = hashlib.sha256(client_key).digest()
        signature = hmac.digest(stored_key, message, "sha256")
        claimed = bytes(left ^ right for left, right in zip(base64.b64decode(proof), signature))
        if not self.is_known or not hmac.compare_digest(hashlib.sha256(claimed).digest(), stored_key):
            raise Failure(18, "Authentication failed.", "AuthenticationFailed")
        server_key = hmac.digest(salted, b"Server Key", "sha256")
        return b"v=" + base64.b64encode(hmac.digest(server_key, message, "sha256"))


class Connection(socketserver.BaseRequestHandler):
    def setup(self):
        self.is_authenticated, self.scram = False, None
        server = self.server.twin
        with server.lock:
            server.connections += 1
            server.most = max(server.most, server.connections)

    def finish(self):
        with self.server.twin.lock:
            self.server.twin.connections -= 1

    def handle(self):
        try:
            if self.server.tls:
                self.request = self.server.tls.wrap_socket(self.request, server_side=True)
            while header := self.receive(16):
                length, request, _, code = struct.unpack("<iiii", header)
                if length > self.server.twin.limits[1]:
                    # As a server does with what is larger than it announced.
                    return
                body = self.receive(length - 16)
                if code == OP_MSG:
                    self.reply_message(request, body)
                elif code == OP_QUERY:
                    self.reply_query(request, body)
                else:
                    return
        except (DropConnection, OSError):
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
                sequences[name] = documents(body, name_end + 1, position + size, name == "documents")
            position += size
        reply = self.server.twin.run({**command, **sequences}, self)
        # The flag moreToCome of a request: no answer is wanted.
        if not flags & 2:
            self.send(request, OP_MSG, struct.pack("<IB", 0, 0) + bson.encode(reply))

    def reply_query(self, request, body):
        name_end = body.index(0, 4)
        database = body[4:name_end].decode().split(".")[0]
        command = bson.decode(body[name_end + 9:], OPTIONS)
        command = command.get("$query", command)
        reply = self.server.twin.run({**command, "$db": database}, self)
        self.send(request, OP_REPLY, struct.pack("<iqii", 8, 0, 0, 1) + bson.encode(reply))

    def send(self, request, code, body):
        self.request.sendall(struct.pack("<iiii", 16 + len(body), int(time.time()) & 0x7FFFFFFF, request, code) + body)


def documents(body, position, end, is_raw):
    """The documents of a sequence; those that are to be stored stay bytes."""
    found = []
    while position < end:
        size, = struct.unpack_from("<i", body, position)
        raw = body[position:position + size]
        found.append(raw if is_raw else bson.decode(raw, OPTIONS))
        position += size
    return found


class Listener(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True
    request_queue_size = 1024


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--standalone", action="store_true")
    parser.add_argument("--limits", default="16777216,48000000,100000")
    parser.add_argument("--wire", type=int, default=17)
    parser.add_argument("--user")
    parser.add_argument("--password")
    parser.add_argument("--tls", nargs=2)
    arguments = parser.parse_args()
    with Listener(("127.0.0.1", 0), Connection) as listener:
        port = listener.server_address[1]
        # With TLS by the name that the certificate has.
        host = "localhost" if arguments.tls else "127.0.0.1"
        listener.twin = Server(f"{host}:{port}", arguments)
        listener.tls = None
        if arguments.tls:
            listener.tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            listener.tls.load_cert_chain(*arguments.tls)
        threading.Thread(target=listener.serve_forever, daemon=True).start()
        print(f"ready {port}", flush=True)
        sys.stdin.read()
        os._exit(0)


if __name__ == "__main__":
    main()
