"""A Hugging Face hub that datasets are pushed to, which checks every step of the protocol.

Usage: hub_push_server.py FOLDER. Prints `ready PORT` once it listens on 127.0.0.1, and ends when its standard input ends.

FOLDER/settings.json is read with every request: `token`, `large` (endings of names that go to the storage), `part_size` (0
for whole files), `existing` (names in the repository before), `fail` (a step that is refused: create, preupload, batch, put,
complete, verify, commit) with `status`, and `ignore` (names that the repository ignores). What was committed is written to
FOLDER/repository/, one line of JSON for each request to FOLDER/log. A step that breaks the protocol is answered with 400 and
noted as a `fault`.
"""

import base64
import hashlib
import json
import pathlib
import sys

from answering import AnsweringHandler, note, serve

folder = pathlib.Path(sys.argv[1])
state = {"created": False, "announced": {}, "objects": {}, "parts": {}, "complete": set(), "verified": set()}


class Fault(Exception):
    pass


def expect(condition, reason):
    if not condition:
        raise Fault(reason)


class Handler(AnsweringHandler):
    def do_GET(self):
        self.answer("GET", b"")

    def do_POST(self):
        self.answer("POST", self.rfile.read(int(self.headers["Content-Length"])))

    def do_PUT(self):
        self.answer("PUT", self.rfile.read(int(self.headers["Content-Length"])))

    def answer(self, method, body):
        self.told = json.loads((folder / "settings.json").read_text())
        line = {"method": method, "path": self.path, "authorization": self.headers.get("Authorization"), "fault": None}
        headers = {}
        try:
            step, status, value, headers = self.step(method, body)
            if self.told.get("fail") == step:
                status, value = self.told.get("status", 500), {"error": "no " + str(line["authorization"])}
        except Fault as fault:
            status, value, line["fault"] = 400, {"error": str(fault)}, str(fault)
        note(folder, **line, status=status)
        text = value if isinstance(value, str) else json.dumps(value)
        self.send(status, "application/json", text, headers)

    def step(self, method, body):
        parts = self.path.split("?")[0].strip("/").split("/")
        if self.path == "/private":
            return "private", 200, state.get("private"), {}
        here = "http://" + self.headers["Host"]
        if parts[0] == "storage":
            return self.storage(method, parts[1:], body)
        expect(self.headers.get("Authorization") == "Bearer " + self.told["token"], "no token")
        if self.path == "/api/repos/create":
            value = json.loads(body)
            expect(value["type"] == "dataset", "not a dataset")
            # Older clients say `private`, newer ones `visibility`.
            private, visibility = value.get("private"), value.get("visibility")
            expect(private is None or visibility is None or private == (visibility == "private"), "neither nor")
            state["private"] = private or visibility == "private"
            known = state["created"] or bool(self.told.get("existing"))
            state["created"], state["name"] = True, value["organization"] + "/" + value["name"]
            return "create", 409 if known else 200, {"url": here + "/datasets/" + state["name"]}, {}
        expect(state["created"], "no repository yet")
        name = state["name"]
        if self.path.startswith("/api/datasets/" + name + "/"):
            verb = parts[4]
            expect(parts[5] == "main", "another branch")
            return getattr(self, verb)(body)
        expect(self.path.startswith("/datasets/" + name + ".git/info/lfs/"), "no such path")
        kind = "application/vnd.git-lfs+json"
        # The hub's own client confirms with plain JSON.
        expect(self.headers["Content-Type"] in (kind, "application/json"), "no JSON")
        if self.path.endswith("/objects/batch"):
            expect(self.headers["Content-Type"] == kind and self.headers["Accept"] == kind, "not Git LFS")
            return self.batch(json.loads(body), here)
        value = json.loads(body)
        expect(state["objects"].get(value["oid"], {}).get("size") == value["size"], "verifies what is not there")
        expect(value["oid"] in state["complete"], "verifies too early")
        state["verified"].add(value["oid"])
        return "verify", 200, {}, {}

    def preupload(self, body):
        files = json.loads(body)["files"]
        expect(0 < len(files) <= 256, "too many files")
        for file in files:
            expect(len(base64.b64decode(file["sample"], validate=True)) == min(512, file["size"]), "a wrong sample")
            state["announced"][file["path"]] = file
        large = tuple(self.told.get("large", []))
        modes = [
            {
                "path": file["path"],
                "uploadMode": "lfs" if large and file["path"].endswith(large) else "regular",
                "shouldIgnore": file["path"] in self.told.get("ignore", []),
            }
            for file in files
        ]
        return "preupload", 200, {"files": modes}, {}

    def tree(self, body):
        existing = self.told.get("existing", [])
        if not existing:
            return "tree", 404, {"error": "Entry not found"}, {}
        return "tree", 200, [{"type": "file", "path": path, "oid": "0", "size": 1} for path in existing], {}

    def batch(self, value, here):
        expect(value["operation"] == "upload" and "basic" in value["transfers"], "no upload")
        objects = []
        for wanted in value["objects"]:
            oid, size = wanted["oid"], wanted["size"]
            expect(len(oid) == 64, "no SHA-256")
            if oid in state["complete"]:
                objects.append({"oid": oid, "size": size})
                continue
            state["objects"][oid] = {"size": size}
            part_size = self.told.get("part_size", 0)
            header = {}
            if part_size:
                count = -(-size // part_size)
                header = {"%05d" % (place + 1): f"{here}/storage/part/{oid}/{place + 1}" for place in range(count)}
                header["chunk_size"] = str(part_size)
            upload = {"href": f"{here}/storage/{'complete' if part_size else 'whole'}/{oid}", "header": header}
            verify = {"href": f"{here}/datasets/{state['name']}.git/info/lfs/verify"}
            objects.append({"oid": oid, "size": size, "actions": {"upload": upload, "verify": verify}})
        return "batch", 200, {"transfer": "multipart", "objects": objects}, {}

    def storage(self, method, parts, body):
        expect(self.headers.get("Authorization") is None, "a token for the storage")
        kind, oid = parts[:2]
        expect(oid in state["objects"], "an object that nobody announced")
        if kind == "complete":
            value = json.loads(body)
            found = state["parts"].get(oid, {})
            expect(method == "POST" and value["oid"] == oid, "a wrong completion")
            expect([part["partNumber"] for part in value["parts"]] == sorted(found), "parts are missing")
            expect(all(part["etag"] == found[part["partNumber"]][0] for part in value["parts"]), "a wrong etag")
            whole = b"".join(found[number][1] for number in sorted(found))
            expect(hashlib.sha256(whole).hexdigest() == oid, "the parts are not the file")
            state["complete"].add(oid)
            state["objects"][oid]["bytes"] = whole
            return "complete", 200, {}, {}
        expect(method == "PUT", "no PUT")
        if kind == "whole":
            expect(hashlib.sha256(body).hexdigest() == oid and len(body) == state["objects"][oid]["size"], "another file")
            state["complete"].add(oid)
            state["objects"][oid]["bytes"] = body
            return "put", 200, "", {}
        tag = '"' + hashlib.md5(body).hexdigest() + '"'
        expect(len(body) <= self.told["part_size"], "too long a part")
        state["parts"].setdefault(oid, {})[int(parts[2])] = (tag, body)
        return "put", 200, "", {"ETag": tag}

    def commit(self, body):
        expect(self.headers["Content-Type"] == "application/x-ndjson", "not NDJSON")
        lines = [json.loads(line) for line in body.decode().splitlines()]
        expect(lines[0]["key"] == "header" and lines[0]["value"]["summary"], "no header")
        changes = {}
        for line in lines[1:]:
            key, value = line["key"], line["value"]
            if key == "deletedFile":
                expect(value["path"] in self.told.get("existing", []), "deletes what is not there")
                changes[value["path"]] = None
                continue
            announced = state["announced"].get(value["path"])
            expect(announced is not None, "a file that was not announced")
            if key == "file":
                expect(value["encoding"] == "base64", "not base64")
                content = base64.b64decode(value["content"], validate=True)
            else:
                expect(key == "lfsFile" and value["algo"] == "sha256", "an unknown line")
                expect(value["oid"] in state["verified"], "a file that the storage does not have")
                content = state["objects"][value["oid"]]["bytes"]
            expect(len(content) == announced["size"], "another size than announced")
            expect(value["path"] not in self.told.get("ignore", []), "a file that is ignored")
            changes[value["path"]] = content
        if self.told.get("fail") != "commit":
            (folder / "repository").mkdir(exist_ok=True)
            for path, content in changes.items():
                place = folder / "repository" / path
                place.write_bytes(content) if content is not None else place.unlink(missing_ok=True)
        return "commit", 200, {"success": True, "commitOid": "c0ffee", "commitUrl": f"http://{self.headers['Host']}/datasets/{state['name']}/commit/c0ffee"}, {}


serve(Handler)
