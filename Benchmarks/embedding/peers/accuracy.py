"""`accuracy.py WORK NAME …` compares the vectors of the chunks with those of sentence-transformers, or of the first name:
the lowest and the mean cosine, and how many of each chunk's ten nearest are the same."""

import json
import pathlib
import sys

import numpy

REFERENCE = "sentence-transformers f32"
work, names = pathlib.Path(sys.argv[1]), sys.argv[2:]


def load(name):
    vectors = numpy.array(json.loads((work / f"{name.replace(' ', '-')}.json").read_text()))
    return vectors / numpy.linalg.norm(vectors, axis=1, keepdims=True)


# A text that comes twice would be its own nearest.
texts = json.loads((work / "chunks.json").read_text())
first = sorted({text: index for index, text in reversed(list(enumerate(texts)))}.values())


def nearest(vectors):
    scores = vectors @ vectors.T
    numpy.fill_diagonal(scores, -2)
    return numpy.argsort(-scores, axis=1)[:, :10]


reference = load(REFERENCE if REFERENCE in names else names[0])
wanted = nearest(reference[first])
result = {}
for name in names:
    vectors = load(name)
    cosines = (vectors * reference).sum(1)
    found = nearest(vectors[first])
    overlap = numpy.mean([len(set(a) & set(b)) / len(a) for a, b in zip(wanted, found)])
    result[name] = {"lowest": float(cosines.min()), "mean": float(cosines.mean()), "overlap": float(overlap)}
print(json.dumps(result))
