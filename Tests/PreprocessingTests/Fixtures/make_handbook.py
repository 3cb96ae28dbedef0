"""Writes handbook.jsonl: what the LLM Engineers Handbook's chunking rules make of some texts.

The rules are written out from its description: articles by a regular expression; the other one by LangChain's splitter at
blank lines, then windows of tokens that are decoded again. The tokenizer is the small one of Tests/TokenizersTests.
Run with `tokenizers==0.23.3` and `langchain-text-splitters==1.1.3`: python Tests/PreprocessingTests/Fixtures/make_handbook.py
"""

import json
import pathlib
import random
import re
import sys

from langchain_text_splitters import RecursiveCharacterTextSplitter

FOLDER = pathlib.Path(__file__).parent
SENTENCE = re.compile(r"(?<!\w\.\w.)(?<![A-Z][a-z]\.)(?<=\.|\?|\!)\s")


def article(text, least=1000, most=2000):
    chunks, current = [], ""
    for sentence in SENTENCE.split(text):
        sentence = sentence.strip()
        if not sentence:
            continue
        if len(current) + len(sentence) <= most:
            current += sentence + " "
        else:
            if len(current) >= least:
                chunks.append(current.strip())
            current = sentence + " "
    if len(current) >= least:
        chunks.append(current.strip())
    return chunks


def generic(text, tokenizer, characters, overlap, window=256):
    chunks = []
    splitter = RecursiveCharacterTextSplitter(separators=["\n\n"], chunk_size=characters, chunk_overlap=0)
    for part in splitter.split_text(text):
        ids = tokenizer.encode(part, add_special_tokens=False).ids
        start = 0
        while start < len(ids):
            chunks.append(tokenizer.decode(ids[start:start + window], skip_special_tokens=False))
            if start + window >= len(ids):
                break
            start += window - overlap
    return chunks


def main():
    sys.path.append(str(FOLDER.parent.parent / "TokenizersTests" / "Fixtures"))
    from tokenizers import decoders
    from make_fixtures import make_tokenizer

    tokenizer = make_tokenizer()[1]
    tokenizer.decoder = decoders.WordPiece()
    generator = random.Random(1843)
    words = ["engine", "the analytical", "Notes,", "Dr. Love", "i.e.", "19.84", "writes!", "un", "happiness.", "Café?", "e.g. a",
             "[MASK]", "don't", "(world)", "东京", "Ώ.", "and", "So", "It is."]
    with open(FOLDER / "handbook.jsonl", "w", encoding="utf-8") as file:
        for _ in range(12):
            text = "".join(generator.choice(words) + generator.choice([" ", " ", " ", "\n", "\n\n"])
                           for _ in range(generator.randrange(0, 900)))
            row = {"text": text, "articles": article(text), "posts": generic(text, tokenizer, 250, 25),
                   "repositories": generic(text, tokenizer, 1500, 100)}
            file.write(json.dumps(row, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
