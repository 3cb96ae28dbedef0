"""Writes a zip: make_zip.py FILE, with a JSON array of entries on standard input.

An entry has `name` and one of `text`, `link` (a symbolic link's target) or `zeros` (that many NUL bytes). With `local`, of
as many bytes as `name`, it has that other name before its bytes.
"""

import json
import sys
import warnings
import zipfile

local_names = []
warnings.simplefilter("ignore")  # a name that is there twice is what some tests want
with zipfile.ZipFile(sys.argv[1], "w", zipfile.ZIP_DEFLATED) as archive:
    for entry in json.load(sys.stdin):
        info = zipfile.ZipInfo(entry["name"], (2026, 1, 2, 3, 4, 6))
        info.compress_type = zipfile.ZIP_DEFLATED
        info.filename = entry["name"]  # which the initializer cuts at a NUL
        if "link" in entry:
            info.external_attr = 0o120777 << 16
            archive.writestr(info, entry["link"])
        elif "zeros" in entry:
            archive.writestr(info, bytes(entry["zeros"]))
        else:
            archive.writestr(info, entry["text"].encode())
        if "local" in entry:
            assert len(entry["local"].encode()) == len(entry["name"].encode())
            local_names.append((info.header_offset, entry["local"].encode()))
with open(sys.argv[1], "r+b") as file:
    for offset, name in local_names:
        file.seek(offset + 30)
        file.write(name)
