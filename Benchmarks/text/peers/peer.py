"""The peers' half: `peer.py LIBRARY CASE TEXTS TOKENIZER SECONDS` goes over the texts of a JSON array once, uncounted, and
then again and again for so many CPU seconds, and prints the CPU seconds of one pass and how many chunks or tokens came
out as a line of JSON."""

import json
import os
import pathlib
import re
import sys
from time import process_time

# One thread, as ours has.
os.environ["TOKENIZERS_PARALLELISM"] = "false"
os.environ["RAYON_NUM_THREADS"] = "1"

SIZES = {"characters-500": (500, 50), "characters-1500": (1500, 100), "tokens-256": (256, 32)}


def tokenizer_of(path):
    import tokenizers

    tokenizer = tokenizers.Tokenizer.from_file(path)
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def langchain(case, path):
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    size, overlap = SIZES[case]
    length = len
    if case.startswith("tokens"):
        tokenizer = tokenizer_of(path)
        length = lambda text: len(tokenizer.encode(text, add_special_tokens=False).ids)
    splitter = RecursiveCharacterTextSplitter(chunk_size=size, chunk_overlap=overlap, length_function=length)
    return lambda text: len(splitter.split_text(text))


def semantic_text_splitter(case, path):
    import semantic_text_splitter as library

    kind = library.MarkdownSplitter if case.startswith("markdown-") else library.TextSplitter
    size, overlap = SIZES[case.removeprefix("markdown-")]
    if "tokens" in case:
        splitter = kind.from_huggingface_tokenizer(tokenizer_of(path), size, overlap)
    else:
        splitter = kind(size, overlap)
    return lambda text: len(splitter.chunks(text))


def tokenizers(case, path):
    tokenizer = tokenizer_of(path)
    return lambda text: len(tokenizer.encode(text).ids)


def handbook(case, path):
    """The two substitutions of the LLM Engineers Handbook's cleaning."""
    unwanted, spaces = re.compile(r"[^\w\s.,!?]"), re.compile(r"\s+")
    return lambda text: len(spaces.sub(" ", unwanted.sub(" ", text)).strip())


def main():
    library, case, texts, path, seconds = sys.argv[1:]
    work = globals()[library.replace("-", "_")](case, path)
    texts = json.loads(pathlib.Path(texts).read_text())
    made = sum(map(work, texts))
    spent, passes = 0, 0
    while spent < float(seconds) or passes < 3:
        start = process_time()
        again = sum(map(work, texts))
        spent += process_time() - start
        assert again == made
        passes += 1
    print(json.dumps({"seconds": spent / passes, "made": made}))


if __name__ == "__main__":
    main()
