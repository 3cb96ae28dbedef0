"""Serves a small web to crawlers, also as the proxy of any host, and keeps a log of what it was asked.

Usage: crawl_server.py FOLDER. Prints `ready PORT` once it listens on 127.0.0.1, and ends when its standard input ends.

Every request is one line of JSON in FOLDER/log. FOLDER/behaviour.json, which tests write, is read with every request: an
object of paths (or hosts with paths) whose values may have `status`, `version` (another version has other words and
another entity tag), `validators: false`, `retry_after`, `location`, `type`, `body`, `failures` (how many requests are
answered with `status` before it goes well), `seconds` (how long the answer takes), and `packed` (whether the body is a
gzip file). A path may have its query behind it.

/p/NAME is an article. /feed/NUMBER is a feed of the articles /p/0 to /p/NUMBER-1.
"""

import collections
import gzip
import hashlib
import json
import pathlib
import sys
import time
import urllib.parse

from answering import AnsweringHandler, lock, note, serve

folder = pathlib.Path(sys.argv[1])
running = collections.Counter()
asked = collections.Counter()
LAST_MODIFIED = "Thu, 07 May 2026 12:00:00 GMT"

PARAGRAPHS = (
    "<p>{name} is a wheel with teeth, and two of them turn each other without slipping, whatever the weather does.</p>"
    "<p>The ratio of their teeth is the ratio of their speeds, which is all that an engine needs to count to {version}.</p>"
)


def article(host, path, version):
    name = path.rsplit("/", 1)[1]
    words = PARAGRAPHS.format(name=f"Gear {name} of {host}", version=version)
    return (
        f'<!doctype html><html lang="en"><head><title>Gear {name}</title></head>'
        f"<body><article><h1>Gear {name}</h1>{words}</article></body></html>"
    )


def feed(host, count, version):
    items = "".join(
        f"<item><title>Gear {number}</title><link>http://{host}/p/{number}</link></item>" for number in range(count)
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Gears, {version}</title>{items}</channel></rss>'


class Handler(AnsweringHandler):
    def do_GET(self):
        self.began = time.monotonic()
        # A proxy is given the whole address.
        parts = urllib.parse.urlsplit(self.path)
        self.site = parts.netloc or self.headers["Host"]
        self.page = parts.path
        self.query = parts.query
        with lock:
            running[self.site] += 1
            asked[self.site + self.page] += 1
            self.number = asked[self.site + self.page]
            self.most = running[self.site]
        self.answer_as_told()

    def behaviour(self):
        try:
            told = json.loads((folder / "behaviour.json").read_text())
        except (OSError, ValueError):
            return {}
        whole = f"{self.page}?{self.query}"
        names = [self.site + whole, whole, self.site + self.page, self.page]
        return next((told[name] for name in names if name in told), {})

    def answer_as_told(self):
        told = self.behaviour()
        time.sleep(told.get("seconds", 0))
        if "status" in told and self.number <= told.get("failures", self.number):
            headers = {"Retry-After": told["retry_after"]} if "retry_after" in told else {}
            if "location" in told:
                headers["Location"] = told["location"]
            return self.answer(told["status"], "text/plain", told.get("body", "as you wish"), headers)
        version = told.get("version", 1)
        kind = told.get("type", "text/html; charset=utf-8")
        if "body" in told:
            body = told["body"]
        elif self.page.startswith("/p/"):
            body = article(self.site, self.page, version)
        elif self.page.startswith("/feed/"):
            kind, body = "application/rss+xml", feed(self.site, int(self.page.split("/")[2]), version)
        else:
            return self.answer(404, "text/plain", "no such page", {})
        headers = {}
        if told.get("validators", True):
            tag = '"' + hashlib.sha256((self.page + body).encode()).hexdigest()[:16] + '"'
            headers = {"ETag": tag, "Last-Modified": LAST_MODIFIED}
            if self.headers.get("If-None-Match") == tag:
                return self.answer(304, None, "", headers)
        return self.answer(200, kind, gzip.compress(body.encode(), mtime=0) if told.get("packed") else body, headers)

    def answer(self, status, kind, text, headers):
        with lock:
            running[self.site] -= 1
        note(
            folder, host=self.site, path=self.page, status=status, time=self.began, running=self.most,
            entityTag=self.headers.get("If-None-Match"), lastModified=self.headers.get("If-Modified-Since"),
            userAgent=self.headers.get("User-Agent"))
        self.send(status, kind, text, headers)


serve(Handler)
