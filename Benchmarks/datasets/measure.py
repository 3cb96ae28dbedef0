"""Measures fine-tuning sets by checks that need nothing but the sets and the articles that they were made from.

Usage: measure.py --corpus ARTICLES.json --set NAME=PLACE [--set NAME=PLACE …]

ARTICLES.json is an export of the LLM Engineers Handbook's articles. A PLACE is the folder of a set of twin's, or a JSON file
with the samples of another one: {"train": […], "test": […]}, each an object with `instruction` (or `prompt`), and `output`,
`answer` or `chosen`, and `rejected`. Words are compared without letter case, marks and white space, so that cleaning makes
no difference. Prints a table in Markdown.
"""

import argparse
import collections
import json
import pathlib
import re
import unicodedata

TOPICS = ["vector", "qdrant", "quantiz", "mlops", "fine-tun", "rag"]
MENTIONS = re.compile(r"\b(context|extract|excerpt|passage|text)\b", re.I)
RUN = 6


def words(text):
    # Posts like to write letters in mathematical alphabets, which cleaning makes plain.
    return re.findall(r"[^\W_]+", unicodedata.normalize("NFKC", text).lower())


def grams(text):
    found = words(text)
    return {tuple(found[place : place + RUN]) for place in range(len(found) - RUN + 1)}


def corpus(path):
    told = json.loads(pathlib.Path(path).read_text())
    documents = told.get("artifact_data", told) if isinstance(told, dict) else told
    return [" ".join(part for part in document["content"].values() if part) for document in documents]


def samples(place):
    path = pathlib.Path(place)
    if path.is_dir():
        lines = [json.loads(line) for line in (path / "provenance.jsonl").read_text().splitlines()]
        return {side: [line for line in lines if line["split"] == side] for side in ("train", "test")}
    told = json.loads(path.read_text())
    return {side: told.get(side, []) for side in ("train", "test")}


def ask(sample):
    return sample.get("instruction") or sample.get("prompt") or ""


def answer(sample):
    return sample.get("output") or sample.get("answer") or sample.get("chosen") or ""


def share(count, whole):
    return f"{count} of {whole}" + (f" ({100 * count / whole:.1f} %)" if whole else "")


def measure(place, documents, runs):
    sides = samples(place)
    everything = sides["train"] + sides["test"]
    asked = collections.Counter(" ".join(words(ask(sample))) for sample in everything)
    train = {" ".join(words(ask(sample))) for sample in sides["train"]}
    answered = {" ".join(words(answer(sample))) for sample in sides["train"]}
    joined = [" " + " ".join(words(document)) + " " for document in documents]
    pairs = [sample for sample in everything if sample.get("rejected")]
    topics = {topic: sum(topic in (ask(sample) + answer(sample)).lower() for sample in everything) for topic in TOPICS}
    return {
        "samples": f"{len(sides['train'])} train, {len(sides['test'])} test",
        "instructions that repeat another": share(sum(count - 1 for count in asked.values()), len(everything)),
        "the commonest instruction": f"{max(asked.values(), default=0)} times",
        "test instructions that are also in train": share(
            sum(" ".join(words(ask(sample))) in train for sample in sides["test"]), len(sides["test"])
        ),
        "test answers that are also in train": share(
            sum(" ".join(words(answer(sample))) in answered for sample in sides["test"]), len(sides["test"])
        ),
        "answers whose words stand in an article one by one": share(
            sum(any(" " + " ".join(words(answer(sample))) + " " in text for text in joined) for sample in everything),
            len(everything),
        ),
        f"answers that share {RUN} words in a row with an article": share(
            sum(bool(grams(answer(sample)) & runs) for sample in everything), len(everything)
        ),
        "chosen answers that are the rejected one": share(
            sum(words(answer(sample)) == words(sample["rejected"]) for sample in pairs), len(pairs)
        )
        if pairs
        else "–",
        "instructions with “context”, “extract” or “text”": share(
            sum(bool(MENTIONS.search(ask(sample))) for sample in everything), len(everything)
        ),
        "samples about " + ", ".join(TOPICS): ", ".join(str(topics[topic]) for topic in TOPICS),
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--corpus", required=True)
    parser.add_argument("--set", action="append", default=[], metavar="NAME=PLACE")
    options = parser.parse_args()
    documents = corpus(options.corpus)
    runs = set().union(*(grams(document) for document in documents))
    columns = {name: measure(place, documents, runs) for name, place in (item.split("=", 1) for item in options.set)}
    about = ", ".join(str(sum(topic in document.lower() for document in documents)) for topic in TOPICS)
    print("| check | " + " | ".join(columns) + " |")
    print("|---" * (len(columns) + 1) + "|")
    for check in next(iter(columns.values()), {}):
        print(f"| {check} | " + " | ".join(column[check] for column in columns.values()) + " |")
    print(f"\nOf the {len(documents)} articles so many are about {', '.join(TOPICS)}: {about}.")


main()
