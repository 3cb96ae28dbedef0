"""What the servers of the tests that crawlers ask have in common: whole answers, a log, and when they end."""

import http.server
import json
import sys
import threading

lock = threading.Lock()


class AnsweringHandler(http.server.BaseHTTPRequestHandler):
    """Sends whole answers with their length, and says nothing on standard error."""

    protocol_version = "HTTP/1.1"

    def send(self, status, kind=None, text="", headers=None):
        """Sends `text`, a string or bytes, as `kind`; of a 304 the headers alone."""
        body = text if isinstance(text, bytes) else text.encode()
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, str(value))
        if status != 304:
            if kind:
                self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if status != 304:
            self.wfile.write(body)

    def log_message(self, *arguments):
        pass


class AnsweringServer(http.server.ThreadingHTTPServer):
    request_queue_size = 256
    daemon_threads = True

    def handle_error(self, request, client_address):
        # Who asked may go before the answer is there; what else goes wrong must be seen.
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


def note(folder, **line):
    """Adds a line of JSON to FOLDER/log: before the answer is sent, so that who has the answer finds it there."""
    with lock, open(folder / "log", "a") as log:
        log.write(json.dumps(line) + "\n")


def serve(handler):
    """Prints `ready PORT` once it listens on 127.0.0.1, and returns when the standard input ends."""
    server = AnsweringServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print("ready", server.server_port, flush=True)
    sys.stdin.read()
