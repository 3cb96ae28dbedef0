"""What is compared: rows, each with the contenders and the case that each runs."""

import dataclasses

TWIN, LANGCHAIN, SEMANTIC = "twin", "langchain", "semantic-text-splitter"
TOKENIZERS, HANDBOOK = "tokenizers", "handbook"


@dataclasses.dataclass
class Row:
    """Contenders by name, with their case; `made` is what comes out."""

    key: str
    title: str
    cases: dict
    made: str = "chunks"
    tokenizer: str = "word-piece"


def splitting(case, title):
    return Row(case, f"cut recursively, {title}", {TWIN: case, LANGCHAIN: case, SEMANTIC: case})


def markdown(case, title):
    case = f"markdown-{case}"
    return Row(case, f"cut as Markdown, {title}", {TWIN: case, SEMANTIC: case})


SIZES = {
    "characters-500": "500/50 characters", "characters-1500": "1500/100 characters", "tokens-256": "256/32 tokens",
}
ROWS = [
    *(splitting(case, title) for case, title in SIZES.items()),
    *(markdown(case, title) for case, title in SIZES.items()),
    Row("word-piece", "tokenise, WordPiece", {TWIN: "tokenize", TOKENIZERS: "tokenize"}, "tokens"),
    Row("byte-pairs", "tokenise, byte-level BPE", {TWIN: "tokenize", TOKENIZERS: "tokenize"}, "tokens", "byte-pairs"),
    Row("clean-handbook", "clean by the handbook's rule", {TWIN: "clean-handbook", HANDBOOK: "clean"}, "characters"),
    Row("clean-markdown", "clean, keeping Markdown", {TWIN: "clean-markdown"}, "characters"),
]
