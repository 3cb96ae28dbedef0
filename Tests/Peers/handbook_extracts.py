"""Cuts texts to extracts by the rule of the LLM Engineers Handbook, with Python's own regular expressions.

Reads a JSON list of texts from standard input, and writes a list of extracts for each: byte offsets and joined sentences.
With `--golden` it reads and writes nothing but Tests/DatasetTests/Fixtures/handbook-extracts.json, which it makes anew from
texts of its own.
"""

import json
import pathlib
import random
import re
import sys

BOUNDARY = re.compile(r"(?<!\w\.\w.)(?<![A-Z][a-z]\.)(?<=\.|\?|\!)\s")
SHORTEST, LONGEST = 1000, 2000


def sentences(text):
    """The sentences with where they begin and end, in code points and without white space around them."""
    start = 0
    for match in list(BOUNDARY.finditer(text)) + [None]:
        end = match.start() if match else len(text)
        part = text[start:end]
        bare = part.strip()
        if bare:
            first = start + part.index(bare)
            yield first, first + len(bare)
        start = match.end() if match else end


def extracts(text):
    found, current, span = [], "", None

    def emit():
        if len(current) >= SHORTEST:
            low, high = (len(text[:place].encode()) for place in span)
            found.append({"start": low, "end": high, "joined": current.strip()})

    for low, high in sentences(text):
        if span and len(current) + (high - low) <= LONGEST:
            current += text[low:high] + " "
            span = (span[0], high)
        else:
            emit()
            current, span = text[low:high] + " ", (low, high)
    emit()
    return found


def golden_texts():
    draw = random.Random(11)
    words = (
        "mill store card wheel crank brass column engine loom thread e.g. i.e. Mr. Dr. Ad. a.b.c v1.2. U.S. naïve Über "
        "straße 3.14 x_y. 中文。 ٣. ½. Ǆz. end... what?! so! _._. ok."
    ).split()
    spaces = [" ", " ", " ", " ", "\n", "\n\n", "  ", "\t", "\u00a0", "\u2003", "\x1c", "\x85", "\u200b"]
    for count in (0, 3, 120, 400, 900, 1500):
        yield "".join(
            draw.choice(words) + draw.choice(["", "", "", ".", ".", "?", "!"]) + draw.choice(spaces) for _ in range(count)
        )
    yield "A sentence without an end " * 120
    yield "One. " + "B" * 2500 + ". Two. " + "C" * 999 + "."
    yield "D" * 999 + ". " + "E" * 999 + ". F."
    yield "G" * 1000 + ". " + "H" * 1000 + "."


if "--golden" in sys.argv:
    place = pathlib.Path(__file__).parent.parent / "DatasetTests/Fixtures/handbook-extracts.json"
    cases = [{"text": text, "extracts": extracts(text)} for text in golden_texts()]
    place.write_text(json.dumps(cases, ensure_ascii=False, indent=1) + "\n")
else:
    json.dump([extracts(text) for text in json.load(sys.stdin)], sys.stdout)
