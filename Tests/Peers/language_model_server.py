"""A language model server for tests: the model's name in a request chooses what it answers.

Speaks OpenAI's /v1/chat/completions and Ollama's /api/chat. GET /requests gives every request body so far.
"""

import json
import re
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

requests = []
counts = {}
lock = threading.Lock()


def pairs(body):
    """Pairs made of the sentences between the extract's marks, so that they are grounded in it."""
    text = body["messages"][-1]["content"]
    match = re.search(r"<extract>\n(.*)\n</extract>", text, re.S)
    extract = match.group(1) if match else "The mill works on numbers."
    sentences = re.split(r"(?<=[.!?])\s+", extract)
    schema = json.dumps(body)
    quote = " ".join(sentences[:2])
    if '"rejected"' in schema:
        return {
            "pairs": [
                {"instruction": "How do such machines begin?", "chosen": quote, "rejected": "They begin in some way that nobody remembers."},
                {"instruction": "What is said about cards?", "chosen": quote + " And more.", "rejected": "Cards are made of paper, as everyone knows."},
                {"instruction": "Are both the same here?", "chosen": quote, "rejected": quote},
                {"instruction": "Is a short one enough?", "chosen": sentences[0].split(",")[0], "rejected": "It is not, because it is much too short to learn from."},
            ]
        }
    return {
        "pairs": [
            {"instruction": "How do such machines begin?", "answer": "As I like to say: " + quote},
            {"instruction": "What does the extract say of them?", "answer": quote},
            {"instruction": "What is the capital of France?", "answer": "Paris is what most people would answer when asked."},
        ]
    }


def answer(model, body, count):
    """The text, and whether it is cut off."""
    good = json.dumps(pairs(body))
    if model == "malformed" or (model == "malformed-once" and count == 1):
        return "Certainly! Here are your pairs: {", False
    if model == "schema-invalid":
        return json.dumps({"pairs": [{"instruction": "Only half of a pair"}]}), False
    if model == "truncated":
        return good[:40], True
    if model == "fenced":
        return "```json\n" + good + "\n```", False
    if model == "empty":
        return json.dumps({"pairs": []}), False
    return good, False


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *arguments):
        pass

    def reply(self, status, value, headers=()):
        data = value if isinstance(value, bytes) else json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        for name, text in headers:
            self.send_header(name, text)
        self.end_headers()
        self.wfile.write(data)

    def do_GET(self):
        with lock:
            self.reply(200, requests)

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        model = body["model"]
        with lock:
            counts[model] = counts.get(model, 0) + 1
            count = counts[model]
            requests.append({"path": self.path, "body": body, "authorization": self.headers.get("Authorization")})
        if model == "busy" or (model == "busy-once" and count == 1):
            return self.reply(429, {"error": {"message": "too many requests"}}, [("Retry-After", "0")])
        if model == "absent":
            error = "model 'absent' not found"
            return self.reply(404, {"error": error if self.path == "/api/chat" else {"message": error}})
        if model == "forbidden":
            return self.reply(401, {"error": {"message": "no such key"}})
        if model == "nonsense":
            return self.reply(200, b"<html>a proxy</html>")
        if model == "slow":
            time.sleep(30)
        text, is_cut = answer(model, body, count)
        reason = "length" if is_cut else "stop"
        if self.path == "/v1/chat/completions":
            message = {"role": "assistant", "content": text}
            if model == "refusing":
                message = {"role": "assistant", "content": None, "refusal": "I would rather not."}
            choices = [{"index": 0, "message": message, "finish_reason": reason}]
            return self.reply(200, {"choices": choices, "usage": {"prompt_tokens": 11, "completion_tokens": 7}})
        full = body["options"]["num_ctx"] if model == "overfull" else 11
        value = {"message": {"role": "assistant", "content": text}, "done": True, "done_reason": reason}
        return self.reply(200, {**value, "prompt_eval_count": full, "eval_count": 7})


server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
server.daemon_threads = True
threading.Thread(target=server.serve_forever, daemon=True).start()
print("ready", server.server_address[1], flush=True)
sys.stdin.read()
