"""Answers as the Hugging Face Hub and its dataset viewer do, as far as crawlers ask, and keeps a log of what it was asked.

Usage: hub_server.py FOLDER. Prints `ready PORT` once it listens on 127.0.0.1, and ends when its standard input ends.

FOLDER/datasets.json, which tests write, is read with every request: an object of dataset names, each with `sha`, `files`
(an object of paths and texts), `splits` (an object of `config/split` and lists of rows; a row may be
{"row": …, "truncated": […]}), `private` (only who has the token sees it), and `gated` (its files need the token).
`token` is the one that is accepted, and `storage` an address to which every file is redirected, where its path is
appended. Every request is one line of JSON in FOLDER/log.
"""

import hashlib
import json
import pathlib
import sys
import urllib.parse

from answering import AnsweringHandler, note, serve

folder = pathlib.Path(sys.argv[1])


class Handler(AnsweringHandler):
    def do_GET(self):
        told = json.loads((folder / "datasets.json").read_text())
        parts = urllib.parse.urlsplit(self.path)
        status, headers, text = self.reply(told, urllib.parse.unquote(parts.path), dict(urllib.parse.parse_qsl(parts.query)))
        if status == 200:
            headers["ETag"] = '"' + hashlib.sha256(text.encode()).hexdigest()[:16] + '"'
            if self.headers.get("If-None-Match") == headers["ETag"]:
                status = 304
        note(
            folder, path=self.path, status=status, authorization=self.headers.get("Authorization"),
            entityTag=self.headers.get("If-None-Match"))
        self.send(status, None, text, headers)

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


serve(Handler)
