"""Serves pages to the crawlers' tests, also as the proxy of any host; prints `ready PORT`, and ends when its standard input does."""

import urllib.parse

from answering import AnsweringHandler, serve

ARTICLE = """<!doctype html><html lang="en"><head><title>On gears</title>
<link rel="canonical" href="{canonical}"></head><body><article><h1>On gears</h1>
<p>A gear is a wheel with teeth, and two of them turn each other without slipping.</p>
<p>The ratio of their teeth is the ratio of their speeds, which is all that an engine needs to count.</p>
</article></body></html>"""

PAGES = {
    "/article": ("text/html; charset=utf-8", ARTICLE.format(canonical="/articles/gears?utm_source=feed")),
    "/foreign": ("text/html", ARTICLE.format(canonical="https://other.example/stolen")),
    "/empty": ("text/html", "<!doctype html><html><body></body></html>"),
    "/note.md": ("text/markdown", "---\ntitle: Notes on looms\n---\nA loom follows cards.\n"),
    "/plain": ("text/plain; charset=utf-8", "Plain words.\n"),
    "/picture": ("image/png", "not really"),
    "/feed": ("application/xml", "<catalog/>"),
    "/laughs": (
        "application/xml",
        '<!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><rss><channel><item><title>&b;</title>'
        "<link>/article</link></item></channel></rss>",
    ),
}

WORDS = (
    "<p>Every card is a row of holes, and every hole lifts a thread, so that a pattern is a row of cards.</p>"
    "<p>Whoever punches the cards writes the cloth, and may write numbers as well as flowers.</p>"
)
ENTRIES = [
    ("On gears", "{origin}/article", "{words}"),
    ("Missing", "{origin}/missing", ""),
    ("On LinkedIn", "https://www.linkedin.com/pulse/x", ""),
    ("Refused", "{origin}/status/403", "{words}"),
]
RSS_ITEM = (
    "<item><title>{title}</title><link>{link}</link><pubDate>Thu, 07 May 2026 12:00:00 GMT</pubDate>"
    "<content:encoded><![CDATA[{words}]]></content:encoded></item>"
)
ATOM_ENTRY = (
    '<entry><title>{title}</title><link rel="self" href="{link}/self"/><link href="{link}"/>'
    '<published>2026-05-07T12:00:00Z</published><content type="html"><![CDATA[{words}]]></content></entry>'
)


def feed(kind, origin):
    template = RSS_ITEM if kind == "rss" else ATOM_ENTRY
    entries = "".join(
        template.format(title=title, link=link.format(origin=origin), words=words.format(words=WORDS))
        for title, link, words in ENTRIES
    )
    if kind == "rss":
        namespace = "http://purl.org/rss/1.0/modules/content/"
        return f'<?xml version="1.0"?><rss version="2.0" xmlns:content="{namespace}"><channel>{entries}</channel></rss>'
    return f'<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom">{entries}</feed>'


class Handler(AnsweringHandler):
    def do_GET(self):
        path = urllib.parse.urlsplit(self.path).path
        if path == "/cached":
            if self.headers.get("If-None-Match") == '"v1"':
                return self.send(304)
            return self.send(200, "text/html", PAGES["/article"][1], {"ETag": '"v1"'})
        if path in ("/rss", "/atom"):
            return self.send(200, f"application{path}+xml", feed(path[1:], f"http://{self.headers['Host']}"))
        if path.startswith("/status/"):
            return self.send(int(path.rsplit("/", 1)[1]), "text/html", "<p>no</p>")
        if path == "/to-linkedin":
            return self.send(302, "text/plain", "", {"Location": "http://uk.linkedin.com/article"})
        if path == "/moved":
            return self.send(302, "text/plain", "", {"Location": "/plain"})
        if path in PAGES:
            return self.send(200, *PAGES[path])
        return self.send(404, "text/plain", "no such page")


serve(Handler)
