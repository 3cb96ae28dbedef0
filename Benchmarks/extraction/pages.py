"""The pages that are extracted: a user's folders, unpacked, or pages that are made up."""

import dataclasses
import gzip
import json
import pathlib
import random

MADE_UP = 300
WORDS = (
    "harbour river wall concrete water recipe jar oil wine sauce empire trade road stone bridge market century city "
    "letter ship north winter grain coin temple field craft guild house garden tower wood iron clay salt bread"
).split()


@dataclasses.dataclass
class Corpus:
    """A folder of ID.html files; `answers` by ID where they are known."""

    name: str
    folder: pathlib.Path
    count: int
    answers: dict


def prepare(folders, work):
    """The corpora of these folders, or the one that is made up, as plain files below `work`."""
    return [unpacked(folder, work) for folder in folders] or [made_up(work)]


def unpacked(folder, work):
    target = work / f"{folder.name}-pages"
    target.mkdir()
    source = folder / "html" if (folder / "html").is_dir() else folder
    count = 0
    for file in sorted(source.iterdir()):
        if file.name.endswith((".html", ".html.gz")):
            data = file.read_bytes()
            plain = gzip.decompress(data) if file.suffix == ".gz" else data
            (target / file.name.removesuffix(".gz")).write_bytes(plain)
            count += 1
    answers = folder / "ground-truth.json"
    return Corpus(folder.name, target, count, json.loads(answers.read_text()) if answers.exists() else {})


def made_up(work):
    """Pages with what pages have around a text: menus, scripts, teasers, comments; the same in every run."""
    target = work / "made-up-pages"
    target.mkdir()
    generator = random.Random(7)
    for number in range(MADE_UP):
        (target / f"{number:04}.html").write_text(page(generator, number))
    return Corpus("made-up", target, MADE_UP, {})


def sentence(generator):
    words = [generator.choice(WORDS) for _ in range(generator.randint(8, 24))]
    return f"{' '.join(words).capitalize()}, and {generator.choice(WORDS)}."


def paragraph(generator):
    return f"<p>{' '.join(sentence(generator) for _ in range(generator.randint(2, 6)))}</p>"


def teaser(generator, number):
    title = " ".join(generator.choice(WORDS) for _ in range(4))
    return f'<li class="card"><a href="/{number}/{title.replace(" ", "-")}"><h3>{title}</h3></a></li>'


def page(generator, number):
    menu = "".join(f'<li><a href="/{word}">{word}</a></li>' for word in generator.sample(WORDS, 12))
    script = "<script>" + "var state = {items: [1, 2, 3], name: 'x'};\n" * generator.randint(50, 600) + "</script>"
    body = "".join(paragraph(generator) for _ in range(generator.randint(6, 40)))
    comments = "".join(f'<div class="comment"><p>{sentence(generator)}</p></div>' for _ in range(8))
    cards = "".join(teaser(generator, index) for index in range(10))
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Page {number} | Site</title>{script}</head>'
        f'<body><header><nav><ul>{menu}</ul></nav></header><main><article><h1>Page {number}</h1>{body}</article>'
        f'<section class="related"><h2>Related</h2><ul>{cards}</ul></section><div id="comments">{comments}</div></main>'
        f"<footer><p>All rights reserved.</p><ul>{menu}</ul></footer></body></html>"
    )
