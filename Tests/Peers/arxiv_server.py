"""Answers as arXiv's interface does, as far as crawlers ask, and keeps a log of what it was asked.

Usage: arxiv_server.py FOLDER. Prints `ready PORT` once it listens on 127.0.0.1, and ends when its standard input ends.

FOLDER/papers.json, which tests write, is read with every request: a list of objects with `id` (with its version), `title`,
`summary`, `authors`, `categories`, `updated`, `comment`, and `pdf`, the name of a file in FOLDER. A query finds the papers
whose titles hold its words. `/api/query` with the word `broken` is answered with an error of the interface, with the word
`laughs` by a document with entities. Every request is one line of JSON in FOLDER/log.
"""

import json
import pathlib
import sys
import urllib.parse
from xml.sax.saxutils import escape

from answering import AnsweringHandler, note, serve

folder = pathlib.Path(sys.argv[1])


def entry(paper):
    authors = "".join(f"<author><name>{escape(name)}</name></author>" for name in paper.get("authors", []))
    categories = paper.get("categories", ["cs.LG"])
    terms = "".join(f'<category term="{term}" scheme="http://arxiv.org/schemas/atom"/>' for term in categories)
    comment = f"<arxiv:comment>{escape(paper['comment'])}</arxiv:comment>" if "comment" in paper else ""
    return (
        f"<entry><id>http://arxiv.org/abs/{paper['id']}</id><updated>{paper.get('updated', '2021-01-04T10:00:00Z')}</updated>"
        f"<published>2021-01-01T09:00:00Z</published><title>{escape(paper['title'])}</title>"
        f"<summary>  {escape(paper.get('summary', 'About gears.'))}\n</summary>{authors}{comment}"
        f'<link href="http://arxiv.org/abs/{paper["id"]}" rel="alternate" type="text/html"/>'
        f'<arxiv:primary_category term="{categories[0]}"/>{terms}</entry>'
    )


def feed(entries, total):
    return (
        '<?xml version="1.0" encoding="UTF-8"?><feed xmlns="http://www.w3.org/2005/Atom" '
        'xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/">'
        f"<title>Query</title><opensearch:totalResults>{total}</opensearch:totalResults>{''.join(entries)}</feed>"
    )


class Handler(AnsweringHandler):
    def do_GET(self):
        papers = json.loads((folder / "papers.json").read_text())
        parts = urllib.parse.urlsplit(self.path)
        if parts.path == "/api/query":
            status, kind, body = self.answer(papers, dict(urllib.parse.parse_qsl(parts.query)))
        else:
            wanted = urllib.parse.unquote(parts.path).removeprefix("/pdf/")
            found = [paper for paper in papers if paper["id"] == wanted and "pdf" in paper]
            status, kind = (200, "application/pdf") if found else (404, "text/plain")
            body = (folder / found[0]["pdf"]).read_bytes() if found else b"no such paper"
        note(folder, path=self.path, status=status)
        self.send(status, kind, body)

    def answer(self, papers, query):
        words = query.get("search_query", "")
        if "laughs" in words:
            text = '<!DOCTYPE feed [<!ENTITY a "ha">]><feed xmlns="http://www.w3.org/2005/Atom"><title>&a;</title></feed>'
            return 200, "application/atom+xml", text.encode()
        if "broken" in words:
            error = {"id": "api/errors#malformed", "title": "Error", "summary": "incorrect id format", "authors": []}
            return 200, "application/atom+xml", feed([entry(error).replace("/abs/api", "/api")], 1).encode()
        if "id_list" in query:
            wanted = query["id_list"].split(",")
            found = [paper for paper in papers if paper["id"] in wanted or paper["id"].rsplit("v", 1)[0] in wanted]
        else:
            found = [paper for paper in papers if words in paper["title"]]
        start = int(query["start"])
        page = found[start : start + int(query["max_results"])]
        return 200, "application/atom+xml", feed([entry(paper) for paper in page], len(found)).encode()


serve(Handler)
