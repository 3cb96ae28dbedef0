"""A language model server for tests: the model's name in a request chooses what it answers, and what goes wrong.

Speaks OpenAI's /v1/chat/completions, Ollama's /api/chat, Anthropic's /v1/messages and Cohere's /v2/chat, whole or
streamed. GET /requests gives every request body so far.

A schema is kept to in any dialect, but by a model whose name begins with `only-` in that one alone, and by `ignoring` and
`obedient` in none; `obedient` keeps to one that stands in its prompt.
"""

import json
import re
import threading
import time
from http.server import BaseHTTPRequestHandler

from answering import serve

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


def schemas(body):
    """The schema of a request, by the dialect that asks for it."""
    found = {}
    if "output_config" in body:
        found["anthropic"] = body["output_config"]["format"]["schema"]
    if "format" in body:
        found["ollama"] = body["format"]
    if "json_schema" in body:
        found["llama_cpp"] = body["json_schema"]
    if "structured_outputs" in body:
        found["vllm"] = body["structured_outputs"]["json"]
    response = body.get("response_format", {})
    if response.get("type") == "json_schema":
        found["openai"] = response["json_schema"]["schema"]
    for key, dialect in (("value", "tgi"), ("schema", "llama_cpp_python"), ("json_schema", "cohere")):
        if response.get("type") == "json_object" and key in response:
            found[dialect] = response[key]
    return found


def schema(model, body):
    """The schema that this model keeps to, if any."""
    if model == "obedient":
        apart = [{"role": "system", "content": body["system"]}] if "system" in body else []
        for message in apart + body["messages"]:
            match = re.search(r"JSON Schema:\n(.*)", message["content"])
            if match and message["role"] == "system":
                return json.loads(match.group(1))
        return None
    found = schemas(body)
    if model.startswith("only-"):
        return found.get(model.removeprefix("only-"))
    return None if model == "ignoring" else next(iter(found.values()), None)


def instance(schema):
    """The first value that fits a schema, as a server that enforces it would have to give."""
    if "enum" in schema:
        return schema["enum"][0]
    kind = schema.get("type", "string")
    if isinstance(kind, list):
        kind = "null" if "null" in kind else kind[0]
    if kind == "object":
        return {name: instance(part) for name, part in schema.get("properties", {}).items()}
    return {"array": [], "integer": 7, "number": 7.5, "boolean": True, "null": None}.get(kind, "seven")


def answer(model, body, count):
    """The text, and whether it is cut off."""
    kept = schema(model, body)
    if kept is not None and "pairs" not in kept.get("properties", {}):
        return json.dumps(instance(kept)), False
    if model in ("ignoring", "obedient") and kept is None or model.startswith("only-") and kept is None:
        return "Gladly! A word that comes to mind is mill.", False
    good = json.dumps(pairs(body))
    if model == "prose-around":
        return "Here {you} are [1]:\n" + good + "\nIs that enough?", False
    if model == "malformed-cron" and "cron" in body["messages"][-1]["content"]:
        with lock:
            counts["cron"] = counts.get("cron", 0) + 1
            if counts["cron"] <= 2:
                return "Certainly! About cron: {", False
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

    def stream(self, kind, items, whole=True):
        """Sends items in chunks; without the end that they should have if not `whole`."""
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        for item in items:
            data = item.encode()
            self.wfile.write(b"%x\r\n%s\r\n" % (len(data), data))
            self.wfile.flush()
        if whole:
            self.wfile.write(b"0\r\n\r\n")
        else:
            self.close_connection = True

    def do_GET(self):
        if self.path == "/v1/models":
            meta = {"n_params": 7, "size": 4096}
            models = [{"id": name, "created": time.time_ns(), "meta": meta} for name in ("valid", "obedient")]
            return self.reply(200, {"data": models})
        if self.path == "/api/tags":
            return self.reply(200, {"models": [{"name": "valid:latest", "model": "valid:latest", "digest": "0123abcd"}]})
        if self.path == "/api/version":
            return self.reply(200, {"version": "0.99.1"})
        with lock:
            self.reply(200, requests)

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        model = body["model"]
        with lock:
            counts[model] = counts.get(model, 0) + 1
            count = counts[model]
            headers = {name.lower(): value for name, value in self.headers.items()}
            requests.append(
                {"path": self.path, "body": body, "authorization": self.headers.get("Authorization"), "headers": headers})
        if self.refused(model, count):
            return None
        text, is_cut = answer(model, body, count)
        speak = {
            "/v1/chat/completions": self.openai,
            "/api/chat": self.ollama,
            "/v1/messages": self.anthropic,
            "/v2/chat": self.cohere,
        }[self.path]
        return speak(model, body, text, is_cut)

    def refused(self, model, count):
        """Answers for models that do not get as far as a reply."""
        if model == "busy" or (model == "busy-once" and count == 1):
            self.reply(429, {"error": {"message": "too many requests"}}, [("Retry-After", "0")])
        elif model == "broken" or (model == "broken-once" and count == 1):
            self.reply(500, {"error": {"message": "out of order"}}, [("retry-after-ms", "1")])
        elif model == "final":
            self.reply(500, {"error": {"message": "out of order for good"}}, [("x-should-retry", "false")])
        elif model == "overloaded-once" and count == 1:
            self.reply(529, {"type": "error", "error": {"type": "overloaded_error", "message": "Overloaded"}},
                       [("retry-after-ms", "1")])
        elif model == "absent":
            error = "model 'absent' not found"
            self.reply(404, {"error": error if self.path == "/api/chat" else {"message": error}})
        elif model == "forbidden":
            self.reply(401, {"error": {"message": "no such key"}})
        elif model == "too-long":
            error = {"message": "too long", "type": "exceed_context_size_error", "n_prompt_tokens": 9000, "n_ctx": 4096}
            self.reply(400, {"error": error})
        elif model == "nonsense":
            self.reply(200, b"<html>a proxy</html>")
        elif model == "slow":
            time.sleep(30)
            return False
        else:
            return False
        return True

    def openai(self, model, body, text, is_cut):
        usage = {"prompt_tokens": 11, "completion_tokens": 7}
        timings = {"prompt_ms": 500.0, "predicted_ms": 2000.0}
        reason = "length" if is_cut else "stop"
        message = {"role": "assistant", "content": text}
        if model == "refusing":
            message = {"role": "assistant", "content": None, "refusal": "I would rather not."}
        if not body["stream"]:
            choices = [{"index": 0, "message": message, "finish_reason": reason}]
            limits = [("x-ratelimit-remaining-requests", "0"), ("x-ratelimit-reset-requests", "1m30s")]
            return self.reply(
                200, {"choices": choices, "usage": usage, "timings": timings}, limits if model == "limited" else ())
        pieces = [{"delta": {name: piece}} for name, value in message.items() if name != "role" and value
                  for piece in re.findall(r"(?s).{1,10}", value)]
        events = [{"choices": [piece]} for piece in pieces] + [{"choices": [{"delta": {}, "finish_reason": reason}]}]
        if body.get("stream_options", {}).get("include_usage"):
            events.append({"choices": [], "usage": usage, "timings": timings})
        return self.events(model, [(None, event) for event in events], {"error": {"message": "the engine died"}},
                           None if model == "markless" else "[DONE]")

    def ollama(self, model, body, text, is_cut):
        full = {"overfull": body["options"]["num_ctx"], "cutting": 40}.get(model, 11)
        last = {
            "done": True, "done_reason": "length" if is_cut else "stop", "prompt_eval_count": full, "eval_count": 7,
            "load_duration": 1000000, "prompt_eval_duration": 500000000, "eval_duration": 2000000000,
        }
        if not body["stream"]:
            return self.reply(200, {"message": {"role": "assistant", "content": text}, **last})
        pieces = [{"message": {"content": piece}, "done": False} for piece in re.findall(r"(?s).{1,10}", text)]
        lines = [json.dumps(line) + "\n" for line in pieces + [{"message": {"content": ""}, **last}]]
        if model == "dying":
            lines = lines[:2] + [json.dumps({"error": "the engine died"}) + "\n"]
        return self.stream("application/x-ndjson", lines[:2] if model in ("ended", "torn") else lines, model != "torn")

    def anthropic(self, model, body, text, is_cut):
        reason = "refusal" if model == "refusing" else "max_tokens" if is_cut else "end_turn"
        if not body["stream"]:
            return self.reply(200, {
                "type": "message", "content": [{"type": "text", "text": text}], "stop_reason": reason,
                "usage": {"input_tokens": 9, "cache_read_input_tokens": 2, "output_tokens": 7}})
        usage = {"input_tokens": 9, "cache_read_input_tokens": 2, "output_tokens": 1}
        events = [{"type": "message_start", "message": {"usage": usage}}, {"type": "ping"}]
        events += [{"type": "content_block_delta", "delta": {"type": "text_delta", "text": piece}}
                   for piece in re.findall(r"(?s).{1,10}", text)]
        events.append({"type": "message_delta", "delta": {"stop_reason": reason}, "usage": {"output_tokens": 7}})
        events.append({"type": "message_stop"})
        error = {"type": "error", "error": {"type": "overloaded_error", "message": "the engine died"}}
        return self.events(model, [(event["type"], event) for event in events], error)

    def cohere(self, model, body, text, is_cut):
        reason = "ERROR_TOXIC" if model == "refusing" else "MAX_TOKENS" if is_cut else "COMPLETE"
        usage = {"billed_units": {"input_tokens": 3}, "tokens": {"input_tokens": 11, "output_tokens": 7}}
        if not body["stream"]:
            content = [{"type": "text", "text": text}]
            return self.reply(200, {"message": {"content": content}, "finish_reason": reason, "usage": usage})
        events = [{"type": "message-start"}]
        events += [{"type": "content-delta", "delta": {"message": {"content": {"text": piece}}}}
                   for piece in re.findall(r"(?s).{1,10}", text)]
        if model == "dying":
            reason, usage = "ERROR", None
        events.append({"type": "message-end", "delta": {"finish_reason": reason, "usage": usage}})
        return self.events("valid" if model == "dying" else model, [(event["type"], event) for event in events], None)

    def events(self, model, events, error, end=None):
        """Server-sent events; `markless` has no last mark, `dying` ends in an error, `ended` and `torn` before the end."""
        texts = [(f"event: {kind}\n" if kind else "") + f"data: {json.dumps(event)}\n\n" for kind, event in events]
        texts += [f"data: {end}\n\n"] if end else []
        if model == "dying":
            texts = texts[:3] + [f"event: error\ndata: {json.dumps(error)}\n\n"]
        if model in ("ended", "torn"):
            texts = texts[:3]
        self.stream("text/event-stream", texts, model != "torn")


serve(Handler)
