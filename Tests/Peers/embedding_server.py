"""A server of vectors for tests. It refuses what the real ones refuse, each in its provider's words.

Speaks OpenAI's /v1/embeddings, Cohere's /v2/embed, Ollama's /api/embed and /api/tags, /embed and /info of Text Embeddings
Inference, and the feature extraction of Hugging Face's router. A token is a word, a text may have LIMIT of them, and the
vector of a text counts its words by their length. GET /requests gives every request so far.

The model's name says what goes wrong, by its words: `flaky` refuses the first request with 429, `busy` with 503; `short`
leaves a vector out, `doubled` numbers two alike, `wide` adds a component, `zero` has no direction, `html` answers a page. Text
Embeddings Inference, which is asked for no model, does so by the path before /embed.
"""

import json
import threading

from answering import AnsweringHandler, serve

LIMIT, DIMENSION = 40, 8
requests, refused = [], set()
lock = threading.Lock()


class Refusal(Exception):
    def __init__(self, status, body, headers=None):
        super().__init__(status)
        self.status, self.body, self.headers = status, body, headers or {}


def vector(text, faults, dimension):
    counts = [0.0] * dimension
    for word in text.split():
        counts[len(word) % dimension] += 1
    if "zero" in faults:
        counts = [0.0] * dimension
    return counts + [0.5] if "wide" in faults else counts


def vectors(texts, cuts, too_long, model, dimension=DIMENSION):
    """The vectors and how many tokens they are of; `too_long` says that a text is."""
    faults = model.split("-")
    for text in texts:
        if len(text.split()) > LIMIT and not cuts:
            raise too_long(len(text.split()))
    kept = [" ".join(text.split()[:LIMIT]) for text in texts]
    found = [vector(text, faults, dimension) for text in kept]
    if "short" in faults:
        found.pop()
    return found, sum(len(text.split()) for text in kept)


class Handler(AnsweringHandler):
    def do_GET(self):
        if self.path == "/requests":
            with lock:
                self.answer(requests)
        elif self.path.endswith("/info"):
            self.answer({"model_id": "tests/counting", "model_sha": "5ad1", "max_input_length": LIMIT, "max_client_batch_size": 32})
        elif self.path == "/api/tags":
            self.answer({"models": [{"name": "counting:latest", "digest": "c0ffee"}]})
        else:
            self.answer({"error": "not found"}, 404)

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        with lock:
            requests.append({"path": self.path, "body": body})
        try:
            model = body.get("model") or self.path
            self.fail_first(model.replace("/", "-"))
            if self.path == "/v1/embeddings":
                self.openai(body)
            elif self.path == "/v2/embed":
                self.cohere(body)
            elif self.path == "/api/embed":
                self.ollama(body)
            elif self.path.endswith("/embed") or self.path.endswith("/pipeline/feature-extraction"):
                self.inference(body, model)
            else:
                raise Refusal(404, {"error": "not found"})
        except Refusal as refusal:
            self.answer(refusal.body, refusal.status, refusal.headers)

    def fail_first(self, model):
        faults = model.split("-")
        if "html" in faults:
            raise Refusal(200, "<html>Welcome</html>")
        with lock:
            is_first = model not in refused
            refused.add(model)
        if is_first and "flaky" in faults:
            raise Refusal(429, {"error": {"message": "Rate limit reached"}}, {"Retry-After": "0"})
        if is_first and "busy" in faults:
            raise Refusal(503, {"error": {"message": "Overloaded"}})

    def openai(self, body):
        def bad(message):
            return Refusal(400, {"error": {"message": message, "type": "invalid_request_error", "param": None}})

        if self.headers.get("Authorization") == "Bearer wrong":
            raise Refusal(401, {"error": {"message": "Incorrect API key provided"}})
        for field in body:
            if field not in ("input", "model", "encoding_format", "dimensions", "user"):
                raise bad(f"Unrecognized request argument supplied: {field}")
        if body["model"] == "none":
            raise Refusal(404, {"error": {"message": "The model `none` does not exist"}})
        texts = body["input"]
        if not texts or any(not text for text in texts) or len(texts) > 2048:
            raise bad("'$.input' is invalid. Please check the API reference.")
        if "dimensions" in body and not body["model"].startswith("text-embedding-3"):
            raise bad("This model does not support specifying dimensions.")
        found, tokens = vectors(
            texts, False, lambda count: bad(f"This model's maximum context length is {LIMIT} tokens, however you requested {count} tokens."),
            body["model"], body.get("dimensions", DIMENSION),
        )
        data = [{"object": "embedding", "index": index, "embedding": vector} for index, vector in enumerate(found)]
        if "doubled" in body["model"].split("-"):
            data[-1]["index"] = 0
        self.answer({"object": "list", "data": data[::-1], "model": body["model"], "usage": {"prompt_tokens": tokens, "total_tokens": tokens}})

    def cohere(self, body):
        if body.get("input_type") not in ("search_document", "search_query", "classification", "clustering"):
            raise Refusal(400, {"message": "valid input_type must be provided with the provided model"})
        if body.get("embedding_types") != ["float"] or body.get("truncate") not in ("NONE", "START", "END"):
            raise Refusal(400, {"message": "invalid request"})
        if len(body["texts"]) > 96:
            raise Refusal(400, {"message": f"too many texts: {len(body['texts'])}, maximum is 96"})
        found, tokens = vectors(
            body["texts"], body["truncate"] != "NONE",
            lambda count: Refusal(400, {"message": f"too many tokens: size limit exceeded by {count - LIMIT} tokens"}), body["model"],
            body.get("output_dimension", DIMENSION),
        )
        self.answer({"id": "1", "embeddings": {"float": found}, "texts": body["texts"], "meta": {"billed_units": {"input_tokens": tokens}}})

    def ollama(self, body):
        if body["model"] == "none":
            raise Refusal(404, {"error": 'model "none" not found, try pulling it first'})
        found, tokens = vectors(
            body["input"], body.get("truncate", True),
            lambda count: Refusal(400, {"error": "the input length exceeds the context length"}), body["model"],
        )
        self.answer({"model": body["model"], "embeddings": found, "total_duration": 1, "load_duration": 1, "prompt_eval_count": tokens})

    def inference(self, body, model):
        if len(body["inputs"]) > 32:
            raise Refusal(422, {"error": f"batch size {len(body['inputs'])} > maximum allowed batch size 32", "error_type": "Validation"})
        found, tokens = vectors(
            body["inputs"], body.get("truncate", False),
            lambda count: Refusal(413, {"error": f"Input validation error: `inputs` must have less than {LIMIT} tokens. Given: {count}", "error_type": "Validation"}),
            model.replace("/", "-"),
        )
        self.answer(found, headers={"x-compute-tokens": tokens})

    def answer(self, value, status=200, headers=None):
        is_page = isinstance(value, str)
        self.send(status, "text/html" if is_page else "application/json", value if is_page else json.dumps(value), headers)


serve(Handler)
