"""An HTTP/1.1 server that misbehaves on request; standard library only.

Usage: http_server.py [CERTIFICATE KEY]. With a certificate it speaks TLS.
Prints `ready PORT` once it listens on 127.0.0.1, and ends when its standard input ends.
"""

import collections
import email.utils
import gzip
import http.server
import json
import socket
import ssl
import struct
import sys
import threading
import time
import urllib.parse
import zlib

lock = threading.Lock()
requests_by_key = collections.Counter()
state = {"connections": 0, "endless_bytes": 0, "running": 0, "most_running": 0}

TEXT = b"twelve bytes" * 100
# The same text, as the brotli and zstd libraries compress it.
BROTLI = bytes.fromhex("1baf04f81da9539fbb715d4627663741d8e6ea2e2f0c8c05f4223a9b01")
ZSTD = bytes.fromhex("28b52ffd60b0039d0000607477656c76652062797465730100a1fc2f49")

# Two hundred million zero bytes.
BROTLI_BOMB = bytes.fromhex(
    "cfffff7f002400e2b14072effff9ffff0f8004401c1680eefd3fffffff01900088c302d0bdffe7ffff3f001200715800"
    "baf7fffcffff074002200e0b40f7fe9fffffff004800c46101e8defff3ffff1f000980382c00ddfb7ffeffff03200110"
    "8705a07bffcfffff7f002400e2b00074effff9ffff0f8004401c1680eefd3fffffff01900088c302d0bdffcfffe07500"
    "1200715800bab9eb")


def zstd_bomb(blocks):
    """A frame (RFC 8878, section 3.1.1) whose blocks each stand for 128 KiB of zeros with four bytes."""
    size = 1 << 17
    repeated = lambda is_last: (is_last | 1 << 1 | size << 3).to_bytes(3, "little") + b"\0"
    # No checksum, no length, a window of 1 MiB.
    head = bytes.fromhex("28b52ffd") + bytes([0, 10 << 3])
    return head + repeated(0) * (blocks - 1) + repeated(1)


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = 0

    def setup(self):
        with lock:
            state["connections"] += 1
        super().setup()

    def log_message(self, *arguments):
        pass

    def answer(self, status=200, body=b"", **headers):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), str(value))
        if status not in (204, 304):
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD" and status not in (204, 304):
            self.wfile.write(body)

    def answer_json(self, value):
        self.answer(body=json.dumps(value).encode(), Content_Type="application/json")

    def chunk(self, data):
        self.wfile.write(b"%x\r\n%s\r\n" % (len(data), data))

    def begin_chunked(self, **headers):
        self.send_response(200)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), str(value))
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()

    def serve(self):
        parts = urllib.parse.urlsplit(self.path)
        self.query = dict(urllib.parse.parse_qsl(parts.query, keep_blank_values=True))
        self.content = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if "key" in self.query:
            with lock:
                requests_by_key[self.query["key"]] += 1
                self.number = requests_by_key[self.query["key"]]
        page = getattr(self, "page_" + parts.path.strip("/").replace("-", "_").split("/")[0], None)
        try:
            if page:
                page()
            else:
                self.answer(404, b"no such page")
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = serve

    # What was sent.

    def page_echo(self):
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.answer_json(
            {"method": self.command, "path": self.path, "headers": headers, "body": self.content.decode()})

    def page_count(self):
        with lock:
            count = requests_by_key[self.query["of"]]
        self.answer_json({"count": count})

    def page_state(self):
        with lock:
            copy = dict(state)
        self.answer_json(copy)

    # Statuses and fields.

    def page_status(self):
        self.answer(int(self.path.split("/")[2].split("?")[0]), b"as you wish")

    def page_flaky(self):
        if self.number > int(self.query["failures"]):
            return self.answer(body=b"attempt %d" % self.number)
        headers = {}
        if "retry_after" in self.query:
            headers["Retry_After"] = self.query["retry_after"]
        if "retry_date" in self.query:
            headers["Retry_After"] = email.utils.formatdate(time.time() + float(self.query["retry_date"]), usegmt=True)
        self.answer(int(self.query.get("status", "503")), b"not yet", **headers)

    def page_etag(self):
        if self.headers.get("If-None-Match") == '"v1"':
            return self.answer(304, ETag='"v1"')
        self.answer(body=b"version 1", ETag='"v1"', Last_Modified="Wed, 21 Oct 2015 07:28:00 GMT")

    def page_cookie(self):
        self.answer(body=(self.headers.get("Cookie") or "none").encode(), Set_Cookie="taste=sweet; Path=/")

    def page_interim(self):
        self.wfile.write(b"HTTP/1.1 103 Early Hints\r\nLink: </style.css>\r\n\r\n")
        self.answer(body=b"final", X_Kind="final")

    def page_fields(self):
        self.wfile.write(
            b"HTTP/1.1 200 OK\r\nX-Twice: one\r\nx-twice: two\r\nX-Folded: a\r\n  b\r\nX-Empty:\r\n"
            b"Content-Length: 0\r\n\r\n")

    def page_large_header(self):
        self.answer(body=b"", X_Large="x" * int(self.query["bytes"]))

    # Redirects.

    def page_redirect(self):
        self.answer(int(self.query.get("status", "302")), b"elsewhere", Location=self.query["to"])

    def page_hops(self):
        left = int(self.query["left"])
        if left == 0:
            return self.answer(body=b"arrived")
        self.answer(302, Location="/hops?left=%d" % (left - 1))

    def page_loop(self):
        self.answer(302, Location="/loop")

    # Bodies.

    def page_encoded(self):
        encoding = self.query["as"]
        body = {
            "gzip": lambda: gzip.compress(TEXT), "deflate": lambda: zlib.compress(TEXT),
            "br": lambda: BROTLI, "zstd": lambda: ZSTD, "identity": lambda: TEXT,
        }[encoding]()
        self.answer(body=body, Content_Encoding=encoding)

    def page_bomb(self):
        body = gzip.compress(bytes(int(self.query["bytes"])), 6)
        if "chunked" in self.query:
            self.begin_chunked(Content_Encoding="gzip")
            for start in range(0, len(body), 500):
                self.chunk(body[start:start + 500])
            return self.chunk(b"")
        self.answer(body=body, Content_Encoding="gzip")

    def page_brotli_bomb(self):
        self.answer(body=BROTLI_BOMB, Content_Encoding="br")

    def page_zstd_bomb(self):
        self.answer(body=zstd_bomb(1600), Content_Encoding="zstd")

    def page_broken_gzip(self):
        self.answer(body=b"\x1f\x8b\x08\x00 this is not gzip at all", Content_Encoding="gzip")

    def page_chunked(self):
        self.begin_chunked(Trailer="X-Sum")
        for number in range(int(self.query["chunks"])):
            self.chunk(b"%06d " % number)
        self.wfile.write(b"0\r\nX-Sum: 1\r\n\r\n")

    def page_large(self):
        self.answer(body=b"x" * int(self.query["bytes"]))

    def page_stream(self):
        """The request's body, in chunks of so many bytes."""
        size = int(self.query["chunk"])
        self.begin_chunked()
        for start in range(0, len(self.content), size):
            self.chunk(self.content[start:start + size])
        self.chunk(b"")

    def page_endless(self):
        self.begin_chunked()
        while True:
            self.chunk(b"y" * 16384)
            with lock:
                state["endless_bytes"] += 16384

    # Misbehaviour.

    def page_truncated(self):
        self.close_connection = True
        if "key" in self.query and self.number > int(self.query["failures"]):
            return self.answer(body=b"whole")
        self.send_response(200)
        self.send_header("Content-Length", "100")
        self.end_headers()
        self.wfile.write(b"only this")

    def page_truncated_chunked(self):
        self.begin_chunked()
        self.chunk(b"only this")
        self.close_connection = True

    def page_drop(self):
        """Closes the connection without an answer, the first so many times."""
        if self.number > int(self.query["failures"]):
            return self.answer(body=b"attempt %d" % self.number)
        self.close_connection = True
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))

    def page_slow(self):
        time.sleep(float(self.query["seconds"]))
        self.answer(body=b"at last")

    def page_stall(self):
        """Sends the beginning of a body and then nothing more."""
        self.begin_chunked()
        self.chunk(b"a beginning")
        time.sleep(float(self.query["seconds"]))

    def page_drip(self):
        """Sends so many bytes, one each so many seconds."""
        self.begin_chunked()
        for _ in range(int(self.query["bytes"])):
            self.chunk(b".")
            time.sleep(float(self.query["seconds"]))
        self.chunk(b"")

    def page_work(self):
        with lock:
            state["running"] += 1
            state["most_running"] = max(state["most_running"], state["running"])
        time.sleep(0.005)
        with lock:
            state["running"] -= 1
        self.answer(body=self.query["number"].encode())

    def page_not_http(self):
        self.wfile.write(b"220 mail.example ESMTP\r\n")
        self.close_connection = True


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 256

    def handle_error(self, request, client_address):
        pass


server = Server(("127.0.0.1", 0), Handler)
if len(sys.argv) == 3:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(sys.argv[1], sys.argv[2])
    server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
threading.Thread(target=server.serve_forever, daemon=True).start()
print("ready", server.server_address[1], flush=True)
sys.stdin.read()
