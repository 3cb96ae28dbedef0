"""Writes recursive.jsonl: what LangChain's RecursiveCharacterTextSplitter makes of some texts.

Run with `langchain-text-splitters==1.1.3`: python Tests/PreprocessingTests/Fixtures/make_recursive.py
"""

import json
import pathlib
import random

from langchain_text_splitters import RecursiveCharacterTextSplitter

PIECES = ["word", "a", "looms ", "cards, ", "Größe", "東京の機械", "машина ", "\n", "\n\n", "\n\n\n", " ", "  ", "\t", "\u00a0",
          "\u2028", "x" * 45, "e\u0301", "👩‍🔬", "नमस्ते ", "end. ", "\r\n", "- item\n", "    code\n"]
generator = random.Random(1843)
with open(pathlib.Path(__file__).parent / "recursive.jsonl", "w", encoding="utf-8") as file:
    for _ in range(60):
        text = "".join(generator.choice(PIECES) for _ in range(generator.randrange(0, 120)))
        size = generator.randrange(16, 90)
        overlap = generator.randrange(0, size // 2 + 1)
        chunks = RecursiveCharacterTextSplitter(chunk_size=size, chunk_overlap=overlap).split_text(text)
        row = {"text": text, "size": size, "overlap": overlap, "chunks": chunks}
        file.write(json.dumps(row, separators=(",", ":")) + "\n")
