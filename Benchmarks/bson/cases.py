"""What is compared: rows of the table, each with the case that each contender runs."""

import dataclasses

TWIN, PYMONGO, JSON = "twin", "pymongo", "Foundation's JSON"


@dataclasses.dataclass
class Row:
    key: str
    title: str
    kind: str
    passes: int  # of all documents, in one sample
    cases: dict  # by contender


def rows(kind, documents, passes):
    return [
        Row(f"{kind}-decode", f"decode {documents}", kind, passes,
            {TWIN: "decode", PYMONGO: "decode", JSON: "json-decode"}),
        Row(f"{kind}-encode", f"encode {documents}", kind, passes,
            {TWIN: "encode", PYMONGO: "encode", JSON: "json-encode"}),
        Row(f"{kind}-tree", f"read {documents} as trees of any type", kind, passes, {TWIN: "tree", PYMONGO: "decode"}),
        Row(f"{kind}-validate", f"check {documents}", kind, passes, {TWIN: "validate"}),
    ]


ROWS = rows("articles", "76 articles", 100) + rows("small", "100,000 small documents", 2)
