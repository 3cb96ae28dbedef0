"""Writes a zip: make_zip.py FILE, with a JSON array of entries on standard input.

An entry has `name` and one of `text`, `link` (a symbolic link's target) or `zeros` (that many NUL bytes).
"""

import json
import sys
import warnings
import zipfile

warnings.simplefilter("ignore")  # a name that is there twice is what some tests want
with zipfile.ZipFile(sys.argv[1], "w", zipfile.ZIP_DEFLATED) as archive:
    for entry in json.load(sys.stdin):
        info = zipfile.ZipInfo(entry["name"], (2026, 1, 2, 3, 4, 6))
        info.compress_type = zipfile.ZIP_DEFLATED
        if "link" in entry:
            info.external_attr = 0o120777 << 16
            archive.writestr(info, entry["link"])
        elif "zeros" in entry:
            archive.writestr(info, bytes(entry["zeros"]))
        else:
            archive.writestr(info, entry["text"].encode())
