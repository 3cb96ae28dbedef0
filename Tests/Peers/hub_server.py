"""Answers as the Hugging Face Hub and its dataset viewer do, as far as crawlers ask, and keeps a log of what it was asked.

Usage: hub_server.py FOLDER. Prints `ready PORT` once it listens on 127.0.0.1, and ends when its standard input ends.

FOLDER/datasets.json, which tests write, is read with every request: an object of dataset names, each with `sha`, `files`
(an object of paths and texts), `splits` (an object of `config/split` and lists of rows; a row may be
{"row": …, "truncated": […]}), `private` (only who has the token sees it), and `gated` (its files need the token).
`token` is the one that is accepted, and `storage` an address to which every file is redirected, where its path is
appended. Every request is one line of JSON in FOLDER/log.
"""

import hashlib
import http.server
import json
import pathlib
import sys
import threading
import urllib.parse

folder = pathlib.Path(sys.argv[1])
lock = threading.Lock()


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        told = json.loads((folder / "datasets.json").read_text())
        parts = urllib.parse.urlsplit(self.path)
        status, headers, text = self.reply(told, urllib.parse.unquote(parts.path), dict(urllib.parse.parse_qsl(parts.query)))
        if status == 200:
            headers["ETag"] = '"' + hashlib.sha256(text.encode()).hexdigest()[:16] + '"'
            if self.headers.get("If-None-Match") == headers["ETag"]:
                status = 304
        line = json.dumps({
            "path": self.path, "status": status, "authorization": self.headers.get("Authorization"),
            "entityTag": self.headers.get("If-None-Match"),
        })
        with lock, open(folder / "log", "a") as log:
            log.write(line + "\n")
        data = b"" if status == 304 else text.encode()
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if status != 304:
            self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def reply(self, told, path, query):
        names = [name for name in path.split("/") if name]
        datasets = told.get("datasets", {})
        has_token = self.headers.get("Authorization") == "Bearer " + told.get("token", "-")
        if names[:1] == ["stored"]:
            return 200, {}, told["stored"]["/".join(names[1:])]
        if names[0] in ("splits", "rows"):
            dataset = datasets.get(query["dataset"], {})
            splits = dataset.get("splits")
            if splits is None:
                return 404, {}, "{}"
            if names[0] == "splits":
                listed = [dict(zip(("config", "split"), name.split("/"))) for name in splits]
                return 200, {}, json.dumps({"splits": [{"dataset": query["dataset"], **split} for split in listed]})
            rows = splits[query["config"] + "/" + query["split"]]
            offset = int(query["offset"])
            page = rows[offset : offset + int(query["length"])]
            shown = [
                {"row_idx": offset + index, "row": row.get("row", row), "truncated_cells": row.get("truncated", [])}
                for index, row in enumerate(page)
            ]
            return 200, {}, json.dumps({"features": [], "rows": shown, "num_rows_total": len(rows)})
        api = names[:2] == ["api", "datasets"]
        name = "/".join(names[2:4] if api else names[1:3])
        dataset = datasets.get(name)
        if dataset is None or dataset.get("private") and not has_token:
            return 401, {}, json.dumps({"error": "Repository not found"})
        if api:
            siblings = [{"rfilename": file} for file in dataset.get("files", {})]
            return 200, {}, json.dumps({"id": name, "sha": dataset["sha"], "siblings": siblings})
        if dataset.get("gated") and not has_token:
            return 403, {}, json.dumps({"error": "Access to dataset is restricted"})
        file = "/".join(names[5:])
        if "storage" in told:
            return 302, {"Location": told["storage"] + "/" + file}, ""
        if file not in dataset["files"]:
            return 404, {}, "Entry not found"
        return 200, {}, dataset["files"][file]

    def log_message(self, *arguments):
        pass


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True


server = Server(("127.0.0.1", 0), Handler)
threading.Thread(target=server.serve_forever, daemon=True).start()
print("ready", server.server_port, flush=True)
sys.stdin.read()
