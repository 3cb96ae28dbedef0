"""An HTTP/2 server, by the h2 package, over TLS.

Usage: http2_server.py CERTIFICATE KEY. Prints `ready PORT` once it listens on 127.0.0.1, and ends when its standard input
ends.

Every path is answered with itself, after a hundredth of a second without another request on the connection. /state is the
number of connections that there have been, and the most requests that were under way at once on one of them. /refused
ends its stream with REFUSED_STREAM the first time, /large is a megabyte, /redirect leads to /arrived.
"""

import json
import select
import socket
import ssl
import sys
import threading

import h2.config
import h2.connection
import h2.errors
import h2.events
import h2.exceptions

lock = threading.Lock()
state = {"connections": 0, "most_streams": 0}
refused = set()


class Connection:
    def __init__(self, plain):
        self.socket = context.wrap_socket(plain, server_side=True)
        self.http = h2.connection.H2Connection(config=h2.config.H2Configuration(client_side=False))
        self.asked = {}
        self.bodies = {}

    def serve(self):
        self.http.initiate_connection()
        while True:
            self.flush()
            if not self.socket.pending() and not select.select([self.socket], [], [], 0.01)[0]:
                self.answer_all()
                self.flush()
                select.select([self.socket], [], [])
            data = self.socket.recv(65536)
            if not data:
                return
            for event in self.http.receive_data(data):
                self.take(event)

    def take(self, event):
        if isinstance(event, h2.events.RequestReceived):
            headers = {name.decode(): value.decode() for name, value in event.headers}
            self.asked[event.stream_id] = headers[":path"]
            with lock:
                state["most_streams"] = max(state["most_streams"], len(self.asked))
        elif isinstance(event, h2.events.StreamReset):
            self.asked.pop(event.stream_id, None)
            self.bodies.pop(event.stream_id, None)
        elif isinstance(event, h2.events.WindowUpdated):
            for stream in list(self.bodies):
                self.send(stream)

    def answer_all(self):
        for stream, path in list(self.asked.items()):
            del self.asked[stream]
            self.answer(stream, path)

    def answer(self, stream, path):
        fields = [(":status", "302" if path == "/redirect" else "200"), ("x-protocol", "h2")]
        body = path.encode()
        if path == "/state":
            with lock:
                body = json.dumps(state).encode()
        elif path == "/large":
            body = b"x" * 1_000_000
        elif path == "/redirect":
            fields.append(("location", "/arrived"))
        elif path == "/refused" and path not in refused:
            refused.add(path)
            return self.http.reset_stream(stream, h2.errors.ErrorCodes.REFUSED_STREAM)
        self.http.send_headers(stream, fields + [("content-length", str(len(body)))])
        self.bodies[stream] = body
        self.send(stream)

    def send(self, stream):
        """As much of a body as the client has room for."""
        while stream in self.bodies:
            room = min(self.http.local_flow_control_window(stream), self.http.max_outbound_frame_size)
            if room == 0:
                return
            part, self.bodies[stream] = self.bodies[stream][:room], self.bodies[stream][room:]
            is_last = not self.bodies[stream]
            self.http.send_data(stream, part, end_stream=is_last)
            if is_last:
                del self.bodies[stream]

    def flush(self):
        self.socket.sendall(self.http.data_to_send())


def serve(plain):
    with lock:
        state["connections"] += 1
    try:
        Connection(plain).serve()
    except (OSError, h2.exceptions.ProtocolError):
        pass
    finally:
        plain.close()


context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain(sys.argv[1], sys.argv[2])
context.set_alpn_protocols(["h2"])
listener = socket.create_server(("127.0.0.1", 0), backlog=256)


def accept():
    while True:
        threading.Thread(target=serve, args=[listener.accept()[0]], daemon=True).start()


threading.Thread(target=accept, daemon=True).start()
print("ready", listener.getsockname()[1], flush=True)
sys.stdin.read()
