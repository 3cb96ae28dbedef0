"""The official client's half of the comparison: `peer.py load|search COUNT URL FOLDER` prints its figures as a
line of JSON.

It stores the same points: a vector of 384 numbers, a sparse one of the text's words and the payload that twin gives a
chunk. The sparse vectors are made before the clock starts, which for twin are a part of what is measured; nor are there
documents to be marked before and after.
"""

import json
import pathlib
import sys
import uuid
import zlib

import numpy

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "warehouse" / "peers"))

from clock import Clock
from qdrant_client import QdrantClient, models

DIMENSION = 384
COLLECTION = "peer"
BATCH = 500


def load(client, count, folder):
    vectors = numpy.fromfile(folder / "vectors.f32", dtype="<f4").reshape(-1, DIMENSION)
    texts = (folder / "texts.txt").read_text().splitlines()
    client.create_collection(
        COLLECTION, vectors_config={"dense": models.VectorParams(size=DIMENSION, distance=models.Distance.COSINE)},
        sparse_vectors_config={"bm25": models.SparseVectorParams(modifier=models.Modifier.IDF)}, on_disk_payload=True)
    clock = Clock()
    for start in range(0, count, BATCH):
        numbers = range(start, min(start + BATCH, count))
        sparse = [words(texts[number]) for number in numbers]
        with clock:
            points = [models.PointStruct(id=str(uuid.uuid5(uuid.NAMESPACE_URL, str(number))),
                                         vector={"dense": vectors[number].tolist(), "bm25": sparse[number - start]},
                                         payload=payload(number, texts[number]))
                      for number in numbers]
            client.upsert(COLLECTION, points, wait=True)
    return clock


def words(text):
    values = {zlib.crc32(word.encode()): 1.5 for word in text.split()}
    return models.SparseVector(indices=list(values), values=list(values.values()))


def payload(number, text):
    document = str(uuid.uuid5(uuid.NAMESPACE_URL, str(number // 10)))
    return {
        "author_full_name": "Ada Example", "author_id": document, "category": "articles",
        "chunking": {"overlap": 0, "size": 256, "strategy": "benchmark"}, "document_id": document, "end": number + 1,
        "headings": [], "id": document, "link": f"https://example.org/{number // 10}",
        "model": {"digest": "1", "dimension": DIMENSION, "maximum_tokens": 256, "name": "made"}, "platform": "blog",
        "start": number, "text": text, "text_digest": document, "tokens": 60,
    }


def search(client, count, folder):
    queries = numpy.fromfile(folder / "queries.f32", dtype="<f4").reshape(-1, DIMENSION)
    clock = Clock()
    for number in range(count):
        with clock:
            found = client.query_points(COLLECTION, query=queries[number % len(queries)].tolist(), using="dense",
                                        limit=10, with_payload=True).points
        assert len(found) == 10
    return clock


def main():
    case, count, url, folder = sys.argv[1], int(sys.argv[2]), sys.argv[3], pathlib.Path(sys.argv[4])
    client = QdrantClient(url=url, timeout=300, check_compatibility=False)
    clock = {"load": load, "search": search}[case](client, count, folder)
    print(json.dumps({"count": count, "wall": clock.wall, "cpu": clock.cpu}))


if __name__ == "__main__":
    main()
