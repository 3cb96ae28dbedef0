"""Writes the documents that are measured: `make_documents.py FOLDER [ARTICLES.json]`.

`small.bson` has 100,000 records of ten fields. `articles.bson` has the articles of a JSON array, or, without one, 76
made-up articles whose sizes are spread as those of the LLM Engineers Handbook's export: 8 to 32 KB, the middle one at
16 KB, one character in a hundred not ASCII. Both are the same in every run.
"""

import datetime
import json
import pathlib
import random
import sys
import uuid

import bson

WORDS = "the a model of data token vector “quoted” pipeline – feature train état loss we it’s GPU retrieval and".split()
TAGS = ["llm", "rag", "fine-tuning", "mlops", "python", "swift", "vectors", "évaluation"]


def identifier(generator):
    return str(uuid.UUID(int=generator.getrandbits(128), version=4))


def moment(generator):
    seconds = generator.randrange(1_600_000_000, 1_700_000_000)
    return datetime.datetime.fromtimestamp(seconds, datetime.timezone.utc)


def record(generator):
    name = generator.choice(["ada", "grace", "edsger", "barbara"])
    return {
        "_id": identifier(generator),
        "author_id": identifier(generator),
        "author_full_name": f"{name.title()} Example",
        "platform": generator.choice(["medium", "substack", "github"]),
        "link": f"https://{name}.example.com/posts/{generator.randrange(10**6)}-on-something",
        "created_at": moment(generator),
        "likes": bson.Int64(generator.randrange(5_000)),
        "is_public": generator.random() < 0.9,
        "tags": generator.sample(TAGS, 3),
        "crawl": {"source": "feed", "attempts": bson.Int64(generator.randrange(1, 4)), "at": moment(generator)},
    }


def article(generator):
    size = int(min(32_000, max(8_000, generator.lognormvariate(9.68, 0.32))))
    text = ""
    while len(text) < size:
        text += " ".join(generator.choices(WORDS, k=12)) + ".\n"
    return {
        "content": {"Title": text[:60], "Subtitle": text[60:140], "Content": text, "language": "en"},
        "platform": "substack",
        "author_id": identifier(generator),
        "author_full_name": "Ada Example",
        "link": f"https://ada.example.com/p/{generator.randrange(10**6)}",
        "_id": identifier(generator),
    }


def main():
    folder = pathlib.Path(sys.argv[1])
    generator = random.Random(1)
    if len(sys.argv) > 2:
        articles = json.loads(pathlib.Path(sys.argv[2]).read_text())
    else:
        articles = [article(generator) for _ in range(76)]
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "articles.bson").write_bytes(b"".join(bson.encode(each) for each in articles))
    (folder / "small.bson").write_bytes(b"".join(bson.encode(record(generator)) for _ in range(100_000)))


if __name__ == "__main__":
    main()
