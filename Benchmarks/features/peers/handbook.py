"""Takes articles into Qdrant with the parts of the LLM Engineers Handbook's feature pipeline.

Usage: handbook.py URL ARTICLES.json, or handbook.py tokens ARTICLES.json, which only tells how many tokens of the chunks the model reads and
how many it cuts off. Its rules: everything but words, white space and .,!? becomes a space; sentences are joined to
chunks of 1,000 to 2,000 characters; all-MiniLM-L6-v2 makes the vectors; the points of each document are uploaded. Kinder than the
original, it loads the model once, and embeds all chunks together. It does not know what it did before.
"""

import hashlib
import json
import os
import pathlib
import re
import sys
import uuid

from qdrant_client import QdrantClient, models
from sentence_transformers import SentenceTransformer

SHORTEST, LONGEST = 1000, 2000


def cleaned(text):
    return re.sub(r"\s+", " ", re.sub(r"[^\w\s.,!?]", " ", text)).strip()


def chunks(text):
    found, current = [], ""
    for sentence in re.split(r"(?<!\w\.\w.)(?<![A-Z][a-z]\.)(?<=\.|\?|\!)\s", text):
        if len(current) + len(sentence) <= LONGEST:
            current += sentence.strip() + " "
            continue
        if len(current) >= SHORTEST:
            found.append(current.strip())
        current = sentence.strip() + " "
    if len(current) >= SHORTEST:
        found.append(current.strip())
    return found


def model_folder():
    data = os.environ.get("XDG_DATA_HOME") or os.path.expanduser("~/.local/share")
    return (os.environ.get("TWIN_MODELS") or data + "/twin/models") + "/all-MiniLM-L6-v2"


url, path = sys.argv[1:]
told = json.loads(pathlib.Path(path).read_text())
articles = told["artifact_data"] if isinstance(told, dict) else told
documents = [
    (article["link"], chunks(cleaned(" ".join(part for part in article["content"].values() if part))))
    for article in articles
]
model = SentenceTransformer(model_folder(), device="cpu")
model.max_seq_length = 256
if url == "tokens":
    lengths = [len(ids) for ids in model.tokenizer([text for _, texts in documents for text in texts])["input_ids"]]
    read = sum(min(length, model.max_seq_length) for length in lengths)
    print(json.dumps({"read": read, "cut": sum(lengths) - read}))
    sys.exit()
vectors = iter(model.encode([text for _, texts in documents for text in texts], batch_size=32))
client = QdrantClient(url=url, prefer_grpc=False, check_compatibility=False, timeout=300)
if "embedded_articles" not in [collection.name for collection in client.get_collections().collections]:
    client.create_collection(
        "embedded_articles", models.VectorParams(size=384, distance=models.Distance.COSINE))
for link, texts in documents:
    points = [
        models.PointStruct(
            id=str(uuid.UUID(hashlib.md5(text.encode()).hexdigest())), vector=next(vectors).tolist(),
            payload={"content": text, "link": link})
        for text in texts
    ]
    if points:
        client.upsert("embedded_articles", points)
print("{}")
