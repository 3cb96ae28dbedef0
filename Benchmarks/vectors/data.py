"""Makes what is stored and asked for, the same in every run: vectors around random centres, as the embeddings of texts
on a number of subjects lie, and a text for each.

Near a centre some hundred vectors have scores that differ little, which is what an exact search has to tell apart.
"""

import json
import pathlib

import numpy

DIMENSION = 384
QUERIES = 200
WORDS = 40
PART = 10_000


def make(folder, count):
    """Writes the files that the contenders read; nothing is done when they are there."""
    folder = pathlib.Path(folder)
    shape = {"count": count, "dimension": DIMENSION, "queries": QUERIES}
    if (folder / "shape.json").exists() and json.loads((folder / "shape.json").read_text()) == shape:
        return
    folder.mkdir(parents=True, exist_ok=True)
    random = numpy.random.default_rng(20260101)
    centres = random.standard_normal((max(count // 500, 1), DIMENSION), dtype=numpy.float32)
    vocabulary = numpy.array(["".join(chr(97 + letter) for letter in random.integers(0, 26, 3 + number % 8))
                              for number in range(20_000)])
    # Words are as frequent as in a language: the n-th has 1/n of the first's share (Zipf).
    shares = 1 / numpy.arange(1, len(vocabulary) + 1)
    shares /= shares.sum()
    end, ends = 0, []
    with open(folder / "vectors.f32", "wb") as vectors, open(folder / "texts.utf8", "wb") as texts:
        for start in range(0, count, PART):
            some = min(PART, count - start)
            vectors.write(around(random, centres, some).tobytes())
            for words in vocabulary[random.choice(len(vocabulary), (some, WORDS), p=shares)]:
                text = " ".join(words).encode()
                texts.write(text)
                end += len(text)
                ends.append(end)
    numpy.array(ends, dtype="<u8").tofile(folder / "ends.u64")
    around(random, centres, QUERIES).tofile(folder / "queries.f32")
    (folder / "shape.json").write_text(json.dumps(shape))


def around(random, centres, count):
    """Vectors of unit length around centres that are picked at random."""
    noise = random.standard_normal((count, DIMENSION), dtype=numpy.float32)
    vectors = centres[random.integers(0, len(centres), count)] + 0.7 * noise
    return (vectors / numpy.linalg.norm(vectors, axis=1, keepdims=True)).astype("<f4")


def load(folder):
    """The vectors, the texts as a function of a number, and the queries."""
    folder = pathlib.Path(folder)
    vectors = numpy.memmap(folder / "vectors.f32", dtype="<f4", mode="r").reshape(-1, DIMENSION)
    queries = numpy.fromfile(folder / "queries.f32", dtype="<f4").reshape(-1, DIMENSION)
    ends = numpy.fromfile(folder / "ends.u64", dtype="<u8")
    texts = numpy.memmap(folder / "texts.utf8", dtype="u1", mode="r")

    def text(number):
        return texts[0 if number == 0 else ends[number - 1] : ends[number]].tobytes().decode()

    return vectors, text, queries
