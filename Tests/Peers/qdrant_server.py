"""A Qdrant REST server for tests: qdrant-client's local engine behind the HTTP interface.

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
import collections
import json
import re
import sys
import threading
import warnings
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

from pydantic import BaseModel, TypeAdapter, ValidationError
from qdrant_client import QdrantClient
from qdrant_client.http import models

warnings.filterwarnings("ignore")

INSERT = TypeAdapter(models.PointInsertOperations)
SELECTOR = TypeAdapter(models.PointsSelector)


class Refusal(Exception):
    def __init__(self, status, message):
        super().__init__(message)
        self.status = status


class Engine:
    """The collections, and the requests that change and read them."""

    def __init__(self):
        self.about = {"title": "qdrant - vector search engine", "version": "1.15.0"}
        self.client = QdrantClient(":memory:")
        self.indexes = collections.defaultdict(dict)
        self.lock = threading.Lock()

    def handle(self, method, path, body):
        for verb, pattern, action in self.routes:
            match = re.fullmatch(pattern, path)
            if verb == method and match:
                with self.lock:
                    return action(self, body, *match.groups())
        raise Refusal(404, "")

    def require(self, name):
        if not self.client.collection_exists(name):
            raise Refusal(404, f"Not found: Collection `{name}` doesn't exist!")

    def root(self, body):
        return self.about

    def list_collections(self, body):
        return self.client.get_collections()

    def exists(self, body, name):
        return {"exists": self.client.collection_exists(name)}

    def describe(self, body, name):
        self.require(name)
        info = self.client.get_collection(name).model_dump(mode="json", exclude_none=True)
        info["payload_schema"] = self.indexes[name]
        return info

    def create(self, body, name):
        request = parse(models.CreateCollection, body)
        if self.client.collection_exists(name):
            raise Refusal(409, f"Wrong input: Collection `{name}` already exists!")
        return self.client.create_collection(
            name, vectors_config=request.vectors or {}, sparse_vectors_config=request.sparse_vectors)

    def drop(self, body, name):
        self.indexes.pop(name, None)
        return self.client.delete_collection(name)

    def index(self, body, name):
        self.require(name)
        request = parse(models.CreateFieldIndex, body)
        self.indexes[name][request.field_name] = {"data_type": "keyword", "points": 0}
        return self.client.create_payload_index(name, request.field_name, request.field_schema)

    def upsert(self, body, name):
        self.require(name)
        return self.client.upsert(name, parse(INSERT, body).points)

    def delete(self, body, name):
        self.require(name)
        return self.client.delete(name, parse(SELECTOR, body))

    def set_payload(self, body, name):
        self.require(name)
        request = parse(models.SetPayload, body)
        selector = request.points if request.points is not None else models.FilterSelector(filter=request.filter)
        return self.client.set_payload(name, request.payload, points=selector)

    def scroll(self, body, name):
        self.require(name)
        request = parse(models.ScrollRequest, body)
        points, following = self.client.scroll(
            name, scroll_filter=request.filter, limit=request.limit or 10, offset=request.offset,
            order_by=request.order_by, with_payload=with_default(request.with_payload, True),
            with_vectors=with_default(request.with_vector, False))
        return {"points": points, "next_page_offset": following}

    def query(self, body, name):
        self.require(name)
        request = parse(models.QueryRequest, body)
        return self.client.query_points(
            name, query=request.query, using=request.using, prefetch=request.prefetch, query_filter=request.filter,
            limit=request.limit or 10, with_payload=with_default(request.with_payload, False),
            with_vectors=with_default(request.with_vector, False))

    def count(self, body, name):
        self.require(name)
        request = parse(models.CountRequest, body)
        return self.client.count(name, count_filter=request.filter, exact=with_default(request.exact, True))

    collection = r"/collections/([A-Za-z0-9_-]+)"
    routes = [
        ("GET", "/", root),
        ("GET", "/collections", list_collections),
        ("GET", collection + "/exists", exists),
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


def plain(value):
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json", exclude_none=True)
    if isinstance(value, list):
        return [plain(element) for element in value]
    if isinstance(value, dict):
        return {key: plain(element) for key, element in value.items()}
    return value


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
            result = plain(self.server.engine.handle(self.command, path, body))
            return 200, result if path == "/" else {"result": result, "status": "ok", "time": 0.0}
        except Refusal as refusal:
            return refusal.status, {"status": {"error": str(refusal)}, "time": 0.0}
        except (ValueError, AssertionError) as error:
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
    server = Server(("127.0.0.1", 0), Handler)
    server.engine = Engine()
    server.trouble = Trouble()
    server.key = options.api_key
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(f"ready {server.server_address[1]}", flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    main()
