"""A Qdrant REST server for tests: Qdrant's own engine (qdrant-edge-py) behind the HTTP interface.

Bodies are parsed by the models that qdrant-client generates from Qdrant's OpenAPI description, which forbid unknown
fields, so that a request that Qdrant would refuse is refused here too. As in Qdrant's strict mode, which its cloud turns
on, filters may name fields only that have an index. Only what the driver uses is there; anything else is answered with
404.

Usage: qdrant_server.py [--api-key KEY] [--record FILE] [--certificate FILE --key FILE]

--record, or else the environment's TWIN_TEST_QDRANT_RECORD, names a file to which each body that was taken is appended
as one line of JSON {"method", "path", "body"}: scripts/check-qdrant-openapi compares them with Qdrant's own description.
--certificate makes it an HTTPS server.

`POST /test/fault` (not a part of Qdrant) makes trouble: {"kind": KIND, "after": N, "count": M} lets N changes pass and
then troubles the next M of them (or, for "unavailable" and "limited", requests of any kind). KIND is one of
  drop         the connection is closed, nothing was done
  gone         the same for any request, from the (N + 1)th change on, until the next order
  lose-answer  the change is done, then the connection is closed
  hold         the change is done once the next order comes, and not before
  unavailable  status 503 with Retry-After, of "seconds" (0 if it is left out)
  limited      status 429 with Retry-After, the same
  full         status 500 in the words of a full disk, nothing was done
  acknowledged a change of points is done, but the answer says that it is still to be done
`POST /test/about` {"title": TITLE, "version": VERSION} changes what the server says it is. `POST /test/answer`
{"path": PATTERN, "result": RESULT} gives requests of a path that the pattern matches this result; without a result it
does so no longer.
`GET /test/fault` tells how many requests are still to be troubled and how many are held, as {"left": 1, "held": 0}.
`GET /test/requests` tells how often each method and path was asked for, as {"GET /": 1}, and is not counted itself.
`GET /test/log` tells of each of the last requests, in the order in which they came, {"method", "path", "bytes" of the
body, "at" in seconds of a clock of its own, "under_way": how many changes of points were being answered, itself
included, "status"; 0 while there is none, or the connection was closed}.
"""

import argparse
import collections
import datetime
import json
import os
import re
import shutil
import ssl
import subprocess
import sys
import tempfile
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

import numpy
import qdrant_edge as edge
from pydantic import TypeAdapter, ValidationError
from qdrant_client.http import models

SELECTOR = TypeAdapter(models.PointsSelector)


class Refusal(Exception):
    def __init__(self, status, message):
        super().__init__(message)
        self.status = status


class Collection:
    """One collection: a shard of the engine, and the request that made it."""

    # The engine wants a vector of some kind; this one is told to nobody.
    UNUSED = "unused"

    def __init__(self, request, folder):
        self.request = request
        self.indexes = {}
        if isinstance(request.vectors, models.VectorParams):
            vectors = {"": request.vectors}
        else:
            vectors = request.vectors or {}
        sparse = request.sparse_vectors or {}
        kinds = {name: edge.EdgeSparseVectorParams(modifier=modifier(params)) for name, params in sparse.items()}
        if not vectors and not sparse:
            kinds = {self.UNUSED: edge.EdgeSparseVectorParams()}
        self.waiting = []
        self.folder = folder
        self.config = edge.EdgeConfig(
            vectors={name: edge.EdgeVectorParams(params.size, getattr(edge.Distance, params.distance.value))
                     for name, params in vectors.items()} or None,
            sparse_vectors=kinds or None, max_search_threads=1, wal_enabled=False)
        self.opened = edge.EdgeShard.create(folder, self.config)
        self.snapshots = {}

    @property
    def shard(self):
        # An index takes the engine milliseconds, and most collections of a test are never used: they are made late.
        while self.waiting:
            self.opened.update(self.waiting.pop(0))
        return self.opened

    def restore(self, copy):
        self.drop()
        os.mkdir(self.folder)
        copy_folder(copy, self.folder)
        self.opened = edge.EdgeShard.load(self.folder, self.config)

    def drop(self):
        self.opened.close()
        shutil.rmtree(self.folder)

    def description(self):
        params = {"vectors": self.request.vectors or {}, "sparse_vectors": self.request.sparse_vectors,
                  "on_disk_payload": self.request.on_disk_payload}
        return {"status": "green", "config": {"params": models.CollectionParams(**params).model_dump(
            mode="json", exclude_none=True)}, "payload_schema": self.indexes}


class Engine:
    """The collections, and the requests that change and read them."""

    COMPLETED = {"operation_id": 0, "status": "completed"}

    def __init__(self, folder):
        self.about = {"title": "qdrant - vector search engine", "version": "1.17.0"}
        self.folder = folder
        self.collections = {}
        self.aliases = {}
        self.lock = threading.Lock()

    def handle(self, method, path, body):
        for verb, pattern, action in self.routes:
            match = re.fullmatch(pattern, path)
            if verb == method and match:
                with self.lock:
                    return action(self, body, *match.groups())
        raise Refusal(404, "")

    def find(self, name):
        name = self.aliases.get(name, name)
        if name not in self.collections:
            raise Refusal(404, f"Not found: Collection `{name}` doesn't exist!")
        return self.collections[name]

    def version(self):
        return tuple(int(number) for number in self.about["version"].split(".")[:2])

    def root(self, body):
        return self.about

    def list_collections(self, body):
        return {"collections": [{"name": name} for name in self.collections]}

    def describe(self, body, name):
        return self.find(name).description()

    def create(self, body, name):
        request = parse(models.CreateCollection, body)
        if name in self.collections:
            raise Refusal(409, f"Wrong input: Collection `{name}` already exists!")
        if name in self.aliases:
            raise Refusal(400, f"Wrong input: Can't create collection with name {name}. "
                               "Alias with the same name already exists")
        self.collections[name] = Collection(request, tempfile.mkdtemp(dir=self.folder))
        return True

    def drop(self, body, name):
        self.aliases = {alias: target for alias, target in self.aliases.items() if target != name}
        collection = self.collections.pop(name, None)
        if collection:
            collection.drop()
            for _, copy in collection.snapshots.values():
                shutil.rmtree(copy)
        return collection is not None

    def list_aliases(self, body):
        return {"aliases": [{"alias_name": alias, "collection_name": target}
                            for alias, target in self.aliases.items()]}

    def change_aliases(self, body):
        # One after the other, as Qdrant does under a lock; what came before one that fails stays done.
        for action in parse(models.ChangeAliasesOperation, body).actions:
            if isinstance(action, models.CreateAliasOperation):
                alias, target = action.create_alias.alias_name, action.create_alias.collection_name
                if target not in self.collections:
                    raise Refusal(404, f"Not found: Collection `{target}` doesn't exist!")
                if alias in self.collections:
                    raise Refusal(409, f"Wrong input: Collection `{alias}` already exists!")
                self.aliases[alias] = target
            elif isinstance(action, models.DeleteAliasOperation):
                self.aliases.pop(action.delete_alias.alias_name, None)
            else:
                raise Refusal(501, "the test server does not rename aliases")
        return True

    def index(self, body, name):
        collection = self.find(name)
        request = parse(models.CreateFieldIndex, body)
        kind = request.field_schema.value
        collection.indexes[request.field_name] = {"data_type": kind, "points": 0}
        schema = getattr(edge.PayloadSchemaType, kind.capitalize())
        collection.waiting.append(edge.UpdateOperation.create_field_index(request.field_name, schema))
        return self.COMPLETED

    def upsert(self, body, name):
        points = [edge.Point(point.id, vectors(point.vector), point.payload)
                  for point in parse(models.PointsList, body).points]
        return self.update(self.find(name), edge.UpdateOperation.upsert_points(points))

    def delete(self, body, name):
        selector, collection = parse(SELECTOR, body), self.find(name)
        if isinstance(selector, models.FilterSelector):
            return self.update(collection, edge.UpdateOperation.delete_points_by_filter(
                filter(selector.filter, collection)))
        return self.update(collection, edge.UpdateOperation.delete_points(selector.points))

    def set_payload(self, body, name):
        collection = self.find(name)
        return self.update(collection, payload_change(parse(models.SetPayload, body), collection))

    def delete_payload(self, body, name):
        request, collection = parse(models.DeletePayload, body), self.find(name)
        return self.update(collection, edge.UpdateOperation.delete_payload_by_filter(
            filter(request.filter, collection), request.keys))

    def change(self, body, name):
        collection = self.find(name)
        answers = []
        for operation in parse(models.UpdateOperations, body).operations:
            if not isinstance(operation, models.SetPayloadOperation):
                raise Refusal(501, f"the test server does not know this operation: {operation}")
            answers.append(self.update(collection, payload_change(operation.set_payload, collection)))
        return answers

    def update(self, collection, operation):
        try:
            collection.shard.update(operation)
        except Exception as error:
            if str(error).startswith("No point with id"):
                raise Refusal(404, f"Not found: {error} found")
            raise
        return self.COMPLETED

    def scroll(self, body, name):
        request, collection = parse(models.ScrollRequest, body), self.find(name)
        points, following = collection.shard.scroll(edge.ScrollRequest(
            offset=request.offset, limit=request.limit or 10, filter=filter(request.filter, collection),
            with_payload=payload_selector(with_default(request.with_payload, True)),
            with_vector=with_default(request.with_vector, False)))
        return {"points": [record(point) for point in points],
                "next_page_offset": None if following is None else plain_id(following)}

    def retrieve(self, body, name):
        request = parse(models.PointRequest, body)
        points = self.find(name).shard.retrieve(
            request.ids, payload_selector(with_default(request.with_payload, True)),
            with_default(request.with_vector, False))
        return [record(point) for point in points]

    def query(self, body, name):
        return self.ranked(self.find(name), parse(models.QueryRequest, body))

    def query_batch(self, body, name):
        collection = self.find(name)
        return [self.ranked(collection, request) for request in parse(models.QueryRequestBatch, body).searches]

    def ranked(self, collection, request):
        prefetch = request.prefetch or []
        if isinstance(request.query, models.FusionQuery) and request.query.fusion == models.Fusion.DBSF:
            if self.version() < (1, 11):
                raise Refusal(400, "Format error in JSON body: unknown variant `dbsf`, expected `rrf`")
        found = collection.shard.query(edge.QueryRequest(
            limit=request.limit or 10, query=ranking(request.query, request.using),
            prefetches=[edge.Prefetch(limit=one.limit or 10, query=ranking(one.query, one.using),
                                      filter=filter(one.filter, collection))
                        for one in (prefetch if isinstance(prefetch, list) else [prefetch])],
            filter=filter(request.filter, collection), score_threshold=request.score_threshold,
            with_payload=payload_selector(with_default(request.with_payload, False)),
            with_vector=with_default(request.with_vector, False)))
        return {"points": [record(point) | {"version": point.version, "score": point.score} for point in found]}

    def facet(self, body, name):
        request, collection = parse(models.FacetRequest, body), self.find(name)
        found = collection.shard.facet(edge.FacetRequest(
            request.key, limit=request.limit or 10, exact=with_default(request.exact, False),
            filter=filter(request.filter, collection)))
        return {"hits": [{"value": hit.value, "count": hit.count} for hit in found.hits]}

    def count(self, body, name):
        request, collection = parse(models.CountRequest, body), self.find(name)
        return {"count": collection.shard.count(edge.CountRequest(
            exact=with_default(request.exact, True), filter=filter(request.filter, collection)))}

    def make_snapshot(self, body, name):
        collection = self.find(name)
        collection.shard.flush()
        copy = tempfile.mkdtemp(dir=self.folder)
        copy_folder(collection.folder, copy)
        moment = datetime.datetime.now(datetime.timezone.utc)
        made = f"{name}-{len(collection.snapshots)}-{moment:%Y-%m-%d-%H-%M-%S}.snapshot"
        size = sum(os.path.getsize(os.path.join(place, file)) for place, _, files in os.walk(copy) for file in files)
        description = {"name": made, "creation_time": f"{moment:%Y-%m-%dT%H:%M:%S}", "size": size}
        collection.snapshots[made] = (description, copy)
        return description

    def list_snapshots(self, body, name):
        return [description for description, _ in self.find(name).snapshots.values()]

    def remove_snapshot(self, body, name, snapshot):
        removed = self.find(name).snapshots.pop(snapshot, None)
        if removed is None:
            raise Refusal(404, f"Not found: Snapshot `{snapshot}` not found")
        shutil.rmtree(removed[1])
        return True

    def recover(self, body, name):
        """Reads snapshots of this server only, by their address."""
        request = parse(models.SnapshotRecover, body)
        collection = self.find(name)
        match = re.fullmatch(r"https?://[^/]+/collections/([^/]+)/snapshots/([^/]+)", request.location)
        source = match and self.collections.get(match[1])
        if not source or match[2] not in source.snapshots:
            raise Refusal(400, f"Wrong input: Snapshot file {request.location} does not exist")
        collection.restore(source.snapshots[match[2]][1])
        return True

    collection = r"/collections/([A-Za-z0-9_-]+)"
    snapshot = r"/snapshots/([A-Za-z0-9_.-]+)"
    routes = [
        ("GET", "/", root),
        ("GET", "/collections", list_collections),
        ("POST", collection + "/snapshots", make_snapshot),
        ("GET", collection + "/snapshots", list_snapshots),
        ("PUT", collection + "/snapshots/recover", recover),
        ("DELETE", collection + snapshot, remove_snapshot),
        ("GET", "/aliases", list_aliases),
        ("POST", "/collections/aliases", change_aliases),
        ("GET", collection, describe),
        ("PUT", collection, create),
        ("DELETE", collection, drop),
        ("PUT", collection + "/index", index),
        ("PUT", collection + "/points", upsert),
        ("POST", collection + "/points/delete", delete),
        ("POST", collection + "/points/payload", set_payload),
        ("POST", collection + "/points/payload/delete", delete_payload),
        ("POST", collection + "/points/batch", change),
        ("POST", collection + "/points", retrieve),
        ("POST", collection + "/points/scroll", scroll),
        ("POST", collection + "/points/query", query),
        ("POST", collection + "/points/query/batch", query_batch),
        ("POST", collection + "/facet", facet),
        ("POST", collection + "/points/count", count),
    ]


def copy_folder(source, target):
    """Copies what a folder holds. The engine's files are mostly holes, which stay holes."""
    subprocess.run(["cp", "-r", "--sparse=always", f"{source}/.", target], check=True)


def with_default(value, default):
    return default if value is None else value


def modifier(params):
    return edge.Modifier.Idf if params.modifier == models.Modifier.IDF else None


def vectors(vector):
    """A point's vectors as the engine takes them."""
    if isinstance(vector, list):
        return vector
    return {name: edge.SparseVector(value.indices, value.values) if isinstance(value, models.SparseVector) else value
            for name, value in vector.items()}


def payload_change(request, collection):
    """A change of payloads as the engine takes it."""
    if request.points is not None:
        return edge.UpdateOperation.set_payload(request.points, request.payload)
    return edge.UpdateOperation.set_payload_by_filter(filter(request.filter, collection), request.payload)


def ranking(value, using):
    """A query as the engine takes it."""
    if isinstance(value, models.RrfQuery):
        return edge.Fusion.Rrf(k=with_default(value.rrf.k, 2), weights=value.rrf.weights)
    if isinstance(value, models.FusionQuery):
        return edge.Fusion.Dbsf() if value.fusion == models.Fusion.DBSF else edge.Fusion.Rrf(k=2)
    if isinstance(value, models.NearestQuery) and value.mmr is None:
        value = value.nearest
    if isinstance(value, models.SparseVector):
        value = edge.SparseVector(value.indices, value.values)
    elif not isinstance(value, list):
        raise Refusal(501, f"the test server does not know this query: {value}")
    return edge.Query.Nearest(value, using=using)


def filter(value, collection):
    """A filter as the engine takes it; refused if a field of it has no index in the collection."""
    if value is None:
        return None
    if value.min_should:
        raise Refusal(501, "the test server does not know min_should")
    return edge.Filter(must=conditions(value.must, collection), should=conditions(value.should, collection),
                       must_not=conditions(value.must_not, collection))


def conditions(values, collection):
    if values is None:
        return None
    return [condition(value, collection) for value in (values if isinstance(values, list) else [values])]


def condition(value, collection):
    if isinstance(value, models.Filter):
        return filter(value, collection)
    if isinstance(value, models.HasIdCondition):
        return edge.HasIdCondition(set(value.has_id))
    if isinstance(value, models.IsEmptyCondition):
        check_index(value.is_empty.key, collection, "keyword", "bool", "datetime")
        return edge.IsEmptyCondition(value.is_empty.key)
    if isinstance(value, models.FieldCondition) and isinstance(value.match, models.MatchValue):
        wanted = value.match.value
        check_index(value.key, collection, "bool" if isinstance(wanted, bool) else "keyword")
        # The engine's binding takes Python's own True for the number 1.
        return edge.FieldCondition(
            value.key, match=edge.MatchValue(numpy.bool_(wanted) if isinstance(wanted, bool) else wanted))
    if isinstance(value, models.FieldCondition) and isinstance(value.match, models.MatchAny):
        check_index(value.key, collection, "keyword")
        return edge.FieldCondition(value.key, match=edge.MatchAny(value.match.any))
    if isinstance(value, models.FieldCondition) and isinstance(value.range, models.DatetimeRange):
        check_index(value.key, collection, "datetime")
        bounds = {name: bound.isoformat() for name in ("gte", "gt", "lte", "lt")
                  if (bound := getattr(value.range, name)) is not None}
        return edge.FieldCondition(value.key, range=edge.RangeDateTime(**bounds))
    raise Refusal(501, f"the test server does not know this condition: {value}")


def check_index(key, collection, *kinds):
    """Refuses what strict mode does with unindexed_filtering_retrieve and unindexed_filtering_update turned off."""
    if collection.indexes.get(key, {}).get("data_type") not in kinds:
        raise Refusal(400, f'Bad request: Index required but not found for "{key}" of one of the following types: '
                           f"[{', '.join(kinds)}]. Help: Create an index for this key or use a different filter.")


def payload_selector(value):
    return value.include if isinstance(value, models.PayloadSelectorInclude) else value


def record(point):
    """A point as JSON."""
    value = {"id": plain_id(point.id), "payload": point.payload}
    if point.vector is not None:
        value["vector"] = {name: {"indices": vector.indices, "values": vector.values}
                           if isinstance(vector, edge.SparseVector) else vector
                           for name, vector in point.vector.items()}
    return value


def plain_id(value):
    return value if isinstance(value, int) else str(value)


def parse(kind, body):
    try:
        value = json.loads(body)
        return kind.validate_python(value) if isinstance(kind, TypeAdapter) else kind.model_validate(value)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise Refusal(400, f"Format error in JSON body: {place}: {first['msg']}")
    except ValueError as error:
        raise Refusal(400, f"Format error in JSON body: {error}")


class Recorder:
    """Writes down requests that were taken, if it is asked to; several servers may share a file."""

    def __init__(self, path):
        self.file = open(path, "a") if path else None

    def record(self, method, path, body):
        if self.file and body:
            line = json.dumps({"method": method, "path": path, "body": json.loads(body)})
            # One write of a file opened to append is not torn by those of others.
            os.write(self.file.fileno(), (line + "\n").encode())


# What a server says that has too much to do.
BUSY = {"unavailable": (503, "Service unavailable"), "limited": (429, "Rate limit exceeded: Read rate limit exceeded")}


class Trouble:
    """What the tests asked to go wrong."""

    def __init__(self):
        self.lock = threading.Lock()
        self.kind, self.after, self.count, self.seconds = None, 0, 0, 0
        self.held, self.next_order = 0, threading.Event()

    def order(self, request):
        with self.lock:
            self.kind, self.after, self.count = request["kind"], request["after"], request["count"]
            self.seconds = request.get("seconds", 0)
            self.next_order.set()
            self.next_order = threading.Event()

    def next(self, is_change):
        with self.lock:
            if self.kind is None or self.count == 0:
                return None
            is_gone = self.kind == "gone" and self.after == 0
            if not (is_change or self.kind in BUSY or is_gone):
                return None
            if self.after > 0:
                self.after -= 1
                return None
            if self.kind != "gone":
                self.count -= 1
            return self.kind

    def hold(self):
        """Waits for the next order."""
        with self.lock:
            self.held += 1
            next_order = self.next_order
        next_order.wait()
        with self.lock:
            self.held -= 1

    def state(self):
        with self.lock:
            return {"left": self.count, "held": self.held}


class Log:
    """What was asked for, as far as tests want to know: the last requests only."""

    def __init__(self):
        self.lock = threading.Lock()
        self.entries, self.under_way = collections.deque(maxlen=4096), 0

    def begin(self, method, path, length, is_change):
        with self.lock:
            self.under_way += is_change
            entry = {"method": method, "path": path, "bytes": length, "at": time.monotonic(),
                     "under_way": self.under_way, "status": 0}
            self.entries.append(entry)
            return entry

    def end(self, entry, is_change, status=0):
        with self.lock:
            self.under_way -= is_change
            entry["status"] = status

    def list(self):
        with self.lock:
            return [dict(entry) for entry in self.entries]


# What of a path says that a POST changes something.
CHANGES = ("/aliases", "/points/delete", "/points/payload", "/payload/delete", "/points/batch", "/snapshots")


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def log_message(self, format, *arguments):
        pass

    def respond(self):
        path = urlsplit(self.path).path
        self.end = lambda status: None
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if path == "/test/fault":
            if body:
                self.server.trouble.order(json.loads(body))
            return self.answer(200, self.server.trouble.state())
        if path == "/test/log":
            return self.answer(200, self.server.log.list())
        if path == "/test/requests":
            with self.server.counting:
                return self.answer(200, dict(self.server.requests))
        if path == "/test/about":
            self.server.engine.about = json.loads(body)
            return self.answer(200, {})
        if path == "/test/answer":
            self.server.lie = json.loads(body)
            return self.answer(200, {})
        with self.server.counting:
            self.server.requests[f"{self.command} {path}"] += 1
        is_change = self.command in ("PUT", "DELETE") or self.command == "POST" and path.endswith(CHANGES)
        changes_points = is_change and "/points" in path
        entry = self.server.log.begin(self.command, path, len(body), changes_points)
        self.end = lambda status: self.server.log.end(entry, changes_points, status)
        self.respond_to(path, body, is_change)

    do_GET = do_PUT = do_POST = do_DELETE = respond

    def respond_to(self, path, body, is_change):
        if path != "/" and self.server.key and self.headers.get("api-key") != self.server.key:
            return self.answer_text(401, "Must provide an API key or an Authorization bearer token")
        trouble = self.server.trouble.next(is_change)
        if trouble in ("drop", "gone"):
            return self.hang_up()
        if trouble == "hold":
            self.server.trouble.hold()
        if trouble in BUSY:
            status, message = BUSY[trouble]
            return self.answer(status, {"status": {"error": message}, "time": 0.0}, {"Retry-After": str(self.server.trouble.seconds)})
        if trouble == "full":
            message = "Service internal error: No space left on device (os error 28)"
            return self.answer(500, {"status": {"error": message}, "time": 0.0})
        status, answer = self.result(path, body)
        if trouble == "lose-answer":
            return self.hang_up()
        if trouble == "acknowledged":
            late = {"status": "acknowledged"}
            result = answer["result"]
            answer["result"] = [one | late for one in result] if isinstance(result, list) else result | late
        if "result" in self.server.lie and re.fullmatch(self.server.lie["path"], path):
            answer["result"] = self.server.lie["result"]
        self.answer(status, answer)

    def result(self, path, body):
        try:
            result = self.server.engine.handle(self.command, path, body)
            self.server.recorder.record(self.command, path, body)
            return 200, result if path == "/" else {"result": result, "status": "ok", "time": 0.0}
        except Refusal as refusal:
            return refusal.status, {"status": {"error": str(refusal)}, "time": 0.0}
        except Exception as error:
            return 400, {"status": {"error": f"Wrong input: {error}"}, "time": 0.0}

    def hang_up(self):
        self.end(0)
        # Clients ask again by themselves when nothing at all came back on a connection that was used before.
        self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{")
        self.close_connection = True
        self.connection.close()

    def answer(self, status, value, headers={}):
        self.send(status, json.dumps(value).encode(), "application/json", headers)

    def answer_text(self, status, text):
        self.send(status, text.encode(), "text/plain", {})

    def send(self, status, data, kind, headers):
        # Before the client knows of it, and asks for the next.
        self.end(status)
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)


class Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def handle_error(self, request, address):
        pass


def memory_folder():
    """Where files lie in memory, since the engine syncs often, which is slow on a disk and needless here; None if there
    is no such place, or not enough room: it maps its files, and what cannot be written to then ends the process."""
    folder = "/dev/shm"
    if not os.access(folder, os.W_OK):
        return None
    room = os.statvfs(folder)
    return folder if room.f_bavail * room.f_frsize >= 4 << 30 else None


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--api-key")
    parser.add_argument("--record", metavar="FILE", default=os.environ.get("TWIN_TEST_QDRANT_RECORD"))
    parser.add_argument("--certificate", metavar="FILE")
    parser.add_argument("--key", metavar="FILE")
    options = parser.parse_args()
    folder = tempfile.mkdtemp(prefix="twin-test-qdrant-", dir=memory_folder())
    # Outlives this process, however it ends, just long enough to remove the folder.
    subprocess.Popen(["sh", "-c", f"cat; rm -rf '{folder}'"], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL)
    server = Server(("127.0.0.1", 0), Handler)
    server.engine = Engine(folder)
    server.trouble = Trouble()
    server.log = Log()
    server.lie = {}
    server.counting, server.requests = threading.Lock(), collections.Counter()
    server.key = options.api_key
    server.recorder = Recorder(options.record)
    if options.certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(options.certificate, options.key)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(f"ready {server.server_address[1]}", flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    main()
