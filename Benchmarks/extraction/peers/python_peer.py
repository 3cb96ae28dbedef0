"""The peers' half: `python_peer.py trafilatura|readability FOLDER OUTPUT` extracts the ID.html files of a folder,
writes ID.txt files, and prints the CPU seconds (without the time to load the modules) and the peak memory as a line of
JSON.

trafilatura runs with its defaults, without comments. readability-lxml wants text: pages are decoded as trafilatura
decodes them, and what it finds is made text by lxml, with a line for each block."""

import json
import pathlib
import resource
import sys
from time import process_time

import lxml.html
import readability
import trafilatura
import trafilatura.utils

BLOCKS = {"p", "div", "li", "h1", "h2", "h3", "h4", "h5", "h6", "td", "th", "tr", "pre", "blockquote", "br", "section"}


def by_trafilatura(data):
    return trafilatura.extract(data, include_comments=False) or ""


def by_readability(data):
    found = readability.Document(trafilatura.utils.decode_file(data)).summary()
    tree = lxml.html.document_fromstring(found)
    for element in tree.iter():
        if element.tag in BLOCKS:
            element.tail = "\n" + (element.tail or "")
    return tree.text_content()


def main():
    name, folder, output = sys.argv[1:]
    extract = {"trafilatura": by_trafilatura, "readability": by_readability}[name]
    start = process_time()
    for file in sorted(pathlib.Path(folder).glob("*.html")):
        try:
            text = extract(file.read_bytes())
        except Exception as error:  # a page that a peer cannot read is one that it finds nothing in
            print(f"{file.name}: {error}", file=sys.stderr)
            text = ""
        (pathlib.Path(output) / f"{file.stem}.txt").write_text(text)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    print(json.dumps({"cpu": process_time() - start, "peak": peak}))


if __name__ == "__main__":
    main()
