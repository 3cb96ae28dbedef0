#!/usr/bin/env python3
"""Stands in for llama.cpp's server: takes its arguments, loads for a while with 503, and answers chat completions.

The model file says, as words, what goes wrong: `slow` loads for some requests, `crash-loading` ends while it loads,
`crash-later` ends at the second chat, `deaf` never listens, `stubborn` does not end at SIGTERM. As
`python -m llama_cpp.server` it has no /health, and keeps to schemas in that module's dialect alone. Beside the model file
it writes its process number (`MODEL.pid`) and its arguments (`MODEL.arguments`).
"""

import argparse
import json
import os
import signal
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

parser = argparse.ArgumentParser()
parser.add_argument("--host")
parser.add_argument("--port", type=int)
parser.add_argument("--model")
parser.add_argument("--alias", "--model_alias")
parser.add_argument("--ctx-size", "--n_ctx", type=int)
parser.add_argument("--threads", "--n_threads", type=int)
arguments = sys.argv[1:]
is_python = arguments[:2] == ["-m", "llama_cpp.server"]
options = parser.parse_args(arguments[2:] if is_python else arguments)
with open(options.model) as file:
    faults = file.read().split()
with open(options.model + ".arguments", "w") as file:
    json.dump(arguments, file)
with open(options.model + ".pid", "w") as file:
    file.write(str(os.getpid()))
counts = {"ready": 0, "chats": 0}
if "stubborn" in faults:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
print("loading", options.model, file=sys.stderr, flush=True)
if "deaf" in faults:
    time.sleep(600)


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *arguments):
        pass

    def reply(self, status, value):
        data = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def do_GET(self):
        ready = "/v1/models" if is_python else "/health"
        if self.path != ready:
            return self.reply(404, {"error": {"message": "no such page"}})
        counts["ready"] += 1
        if "crash-loading" in faults:
            print("error: the tensor is out of bounds", file=sys.stderr, flush=True)
            os._exit(3)
        if "slow" in faults and counts["ready"] < 4:
            return self.reply(503, {"error": {"code": 503, "message": "Loading model"}})
        return self.reply(200, {"status": "ok", "data": [{"id": options.alias}]})

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        counts["chats"] += 1
        if "crash-later" in faults and counts["chats"] == 2:
            print("error: out of memory", file=sys.stderr, flush=True)
            os._exit(9)
        text = f"chat {counts['chats']} of {body['model']}"
        form = body.get("response_format", {})
        kept = form.get("schema") if is_python else form.get("json_schema", {}).get("schema")
        if kept:
            text = json.dumps({name: part.get("enum", ["x"])[0] for name, part in kept["properties"].items()})
        choices = [{"message": {"role": "assistant", "content": text}, "finish_reason": "stop"}]
        return self.reply(200, {"choices": choices, "usage": {"prompt_tokens": 3, "completion_tokens": 4}})


ThreadingHTTPServer((options.host, options.port), Handler).serve_forever()
