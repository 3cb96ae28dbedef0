"""A Qdrant REST server for tests: Qdrant's own engine (qdrant-edge-py) behind the HTTP interface.

Bodies are parsed by the models that qdrant-client generates from Qdrant's OpenAPI description, which forbid unknown
fields, so that a request that Qdrant would refuse is refused here too. Only what the driver uses is there; anything
else is answered with 404.

Usage: qdrant_server.py [--api-key KEY]

`POST /test/fault` (not a part of Qdrant) makes trouble: {"kind": KIND, "after": N, "count": M} lets N changes pass and
then troubles the next M of them (or, for "unavailable", requests of any kind). KIND is one of
  drop         the connection is closed, nothing was done
  lose-answer  the change is done, then the connection is closed
  unavailable  status 503 with Retry-After
`POST /test/about` {"title": TITLE, "version": VERSION} changes what the server says it is.
"""

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

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
        self.opened = edge.EdgeShard.create(folder, edge.EdgeConfig(
            vectors={name: edge.EdgeVectorParams(params.size, getattr(edge.Distance, params.distance.value))
                     for name, params in vectors.items()} or None,
            sparse_vectors=kinds or None, max_search_threads=1, wal_enabled=False))

    @property
    def shard(self):
        # An index takes the engine milliseconds, and most collections of a test are never used: they are made late.
        while self.waiting:
            self.opened.update(self.waiting.pop(0))
        return self.opened

    def description(self):
        params = {"vectors": self.request.vectors or {}, "sparse_vectors": self.request.sparse_vectors}
        return {"status": "green", "config": {"params": models.CollectionParams(**params).model_dump(
            mode="json", exclude_none=True)}, "payload_schema": self.indexes}


class Engine:
    """The collections, and the requests that change and read them."""

    COMPLETED = {"operation_id": 0, "status": "completed"}

    def __init__(self, folder):
        self.about = {"title": "qdrant - vector search engine", "version": "1.15.0"}
        self.folder = folder
        self.collections = {}
        self.lock = threading.Lock()

    def handle(self, method, path, body):
        for verb, pattern, action in self.routes:
            match = re.fullmatch(pattern, path)
            if verb == method and match:
                with self.lock:
                    return action(self, body, *match.groups())
        raise Refusal(404, "")

    def find(self, name):
        if name not in self.collections:
            raise Refusal(404, f"Not found: Collection `{name}` doesn't exist!")
        return self.collections[name]

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
        self.collections[name] = Collection(request, tempfile.mkdtemp(dir=self.folder))
        return True

    def drop(self, body, name):
        collection = self.collections.pop(name, None)
        if collection:
            collection.opened.close()
        return collection is not None

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
        selector = parse(SELECTOR, body)
        if isinstance(selector, models.FilterSelector):
            return self.update(self.find(name), edge.UpdateOperation.delete_points_by_filter(filter(selector.filter)))
        return self.update(self.find(name), edge.UpdateOperation.delete_points(selector.points))

    def set_payload(self, body, name):
        request = parse(models.SetPayload, body)
        return self.update(self.find(name), edge.UpdateOperation.set_payload_by_filter(
            filter(request.filter), request.payload))

    def update(self, collection, operation):
        collection.shard.update(operation)
        return self.COMPLETED

    def scroll(self, body, name):
        request = parse(models.ScrollRequest, body)
        points, following = self.find(name).shard.scroll(edge.ScrollRequest(
            offset=request.offset, limit=request.limit or 10, filter=filter(request.filter),
            with_payload=payload_selector(with_default(request.with_payload, True)),
            with_vector=with_default(request.with_vector, False)))
        return {"points": [record(point) for point in points],
                "next_page_offset": None if following is None else plain_id(following)}

    def query(self, body, name):
        request = parse(models.QueryRequest, body)
        vector = request.query
        if isinstance(vector, models.SparseVector):
            vector = edge.SparseVector(vector.indices, vector.values)
        found = self.find(name).shard.query(edge.QueryRequest(
            limit=request.limit or 10, query=edge.Query.Nearest(vector, using=request.using),
            filter=filter(request.filter), with_payload=payload_selector(with_default(request.with_payload, False)),
            with_vector=with_default(request.with_vector, False)))
        return {"points": [record(point) | {"version": point.version, "score": point.score} for point in found]}

    def count(self, body, name):
        request = parse(models.CountRequest, body)
        return {"count": self.find(name).shard.count(edge.CountRequest(
            exact=with_default(request.exact, True), filter=filter(request.filter)))}

    collection = r"/collections/([A-Za-z0-9_-]+)"
    routes = [
        ("GET", "/", root),
        ("GET", "/collections", list_collections),
        ("GET", collection, describe),
        ("PUT", collection, create),
        ("DELETE", collection, drop),
        ("PUT", collection + "/index", index),
        ("PUT", collection + "/points", upsert),
        ("POST", collection + "/points/delete", delete),
        ("POST", collection + "/points/payload", set_payload),
        ("POST", collection + "/points/scroll", scroll),
        ("POST", collection + "/points/query", query),
        ("POST", collection + "/points/count", count),
    ]


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


def filter(value):
    """A filter as the engine takes it."""
    if value is None:
        return None
    if value.should or value.min_should:
        raise Refusal(501, "the test server knows must and must_not only")
    return edge.Filter(must=conditions(value.must), must_not=conditions(value.must_not))


def conditions(values):
    if values is None:
        return None
    return [condition(value) for value in (values if isinstance(values, list) else [values])]


def condition(value):
    if isinstance(value, models.HasIdCondition):
        return edge.HasIdCondition(set(value.has_id))
    if isinstance(value, models.FieldCondition) and isinstance(value.match, models.MatchValue):
        return edge.FieldCondition(value.key, match=edge.MatchValue(value.match.value))
    if isinstance(value, models.FieldCondition) and isinstance(value.match, models.MatchAny):
        return edge.FieldCondition(value.key, match=edge.MatchAny(value.match.any))
    raise Refusal(501, f"the test server does not know this condition: {value}")


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


class Trouble:
    """What the tests asked to go wrong."""

    def __init__(self):
        self.lock = threading.Lock()
        self.kind, self.after, self.count = None, 0, 0

    def order(self, request):
        with self.lock:
            self.kind, self.after, self.count = request["kind"], request["after"], request["count"]

    def next(self, is_change):
        with self.lock:
            if self.kind is None or self.count == 0 or not (is_change or self.kind == "unavailable"):
                return None
            if self.after > 0:
                self.after -= 1
                return None
            self.count -= 1
            return self.kind


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def log_message(self, format, *arguments):
        pass

    def respond(self):
        path = urlsplit(self.path).path
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if path == "/test/fault":
            self.server.trouble.order(json.loads(body))
            return self.answer(200, {})
        if path == "/test/about":
            self.server.engine.about = json.loads(body)
            return self.answer(200, {})
        if path != "/" and self.server.key and self.headers.get("api-key") != self.server.key:
            return self.answer_text(401, "Must provide an API key or an Authorization bearer token")
        is_change = self.command in ("PUT", "DELETE") or path.endswith(("/points/delete", "/points/payload"))
        trouble = self.server.trouble.next(is_change)
        if trouble == "drop":
            return self.hang_up()
        if trouble == "unavailable":
            return self.answer(503, {"status": {"error": "Service unavailable"}, "time": 0.0}, {"Retry-After": "0"})
        status, answer = self.result(path, body)
        if trouble == "lose-answer":
            return self.hang_up()
        self.answer(status, answer)

    do_GET = do_PUT = do_POST = do_DELETE = respond

    def result(self, path, body):
        try:
            result = self.server.engine.handle(self.command, path, body)
            return 200, result if path == "/" else {"result": result, "status": "ok", "time": 0.0}
        except Refusal as refusal:
            return refusal.status, {"status": {"error": str(refusal)}, "time": 0.0}
        except Exception as error:
            return 400, {"status": {"error": f"Wrong input: {error}"}, "time": 0.0}

    def hang_up(self):
        # Clients ask again by themselves when nothing at all came back on a connection that was used before.
        self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{")
        self.close_connection = True
        self.connection.close()

    def answer(self, status, value, headers={}):
        self.send(status, json.dumps(value).encode(), "application/json", headers)

    def answer_text(self, status, text):
        self.send(status, text.encode(), "text/plain", {})

    def send(self, status, data, kind, headers):
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


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--api-key")
    options = parser.parse_args()
    # The engine syncs often, which is slow on a disk and needless here.
    memory = "/dev/shm"
    folder = tempfile.mkdtemp(prefix="twin-test-qdrant-", dir=memory if os.access(memory, os.W_OK) else None)
    # Outlives this process, however it ends, just long enough to remove the folder.
    subprocess.Popen(["sh", "-c", f"cat; rm -rf '{folder}'"], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL)
    server = Server(("127.0.0.1", 0), Handler)
    server.engine = Engine(folder)
    server.trouble = Trouble()
    server.key = options.api_key
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(f"ready {server.server_address[1]}", flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    main()
