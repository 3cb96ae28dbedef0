"""Answers as GitHub's REST interface does, as far as crawlers ask, and keeps a log of what it was asked.

Usage: github_server.py FOLDER. Prints `ready PORT` once it listens on 127.0.0.1, and ends when its standard input ends.

FOLDER/accounts.json, which tests write, is read with every request: an object of account names, each with `type` and
`repositories`, a list of objects that are given as they are. It may have `token` (the only one that is accepted) and
`login` (whose it is), `limit` (how many requests are answered before the rate limit is reached) with `reset` (seconds
since 1970) or `retry_after`, `page` (how many repositories a page has), and `elsewhere` (an address to which every
request is redirected). Every request is one line of JSON in FOLDER/log.
"""

import hashlib
import json
import pathlib
import sys
import urllib.parse

from answering import AnsweringHandler, lock, note, serve

folder = pathlib.Path(sys.argv[1])
answered = 0


class Handler(AnsweringHandler):
    def do_GET(self):
        global answered
        told = json.loads((folder / "accounts.json").read_text())
        with lock:
            answered += 1
            number = answered
        status, headers, body = self.reply(told, number)
        if status == 200:
            tag = '"' + hashlib.sha256(json.dumps([body, headers]).encode()).hexdigest()[:16] + '"'
            headers["ETag"] = tag
            if self.headers.get("If-None-Match") == tag:
                status, body = 304, None
        note(
            folder, path=self.path, status=status, authorization=self.headers.get("Authorization"),
            entityTag=self.headers.get("If-None-Match"))
        self.send(status, "application/json; charset=utf-8", json.dumps(body), headers)

    def reply(self, told, number):
        if "elsewhere" in told:
            return 302, {"Location": told["elsewhere"]}, {}
        limit = told.get("limit", 1000)
        if number > limit:
            if "retry_after" in told:
                return 403, {"Retry-After": told["retry_after"]}, {"message": "secondary rate limit"}
            return 403, {"X-RateLimit-Remaining": 0, "X-RateLimit-Reset": told["reset"]}, {"message": "rate limit"}
        authorization = self.headers.get("Authorization")
        if authorization is not None and authorization != "Bearer " + told.get("token", ""):
            return 401, {}, {"message": "Bad credentials"}
        parts = urllib.parse.urlsplit(self.path)
        query = dict(urllib.parse.parse_qsl(parts.query))
        names = [name for name in parts.path.split("/") if name]
        accounts = told["accounts"]
        if names == ["user"]:
            return 200, {}, {"login": told["login"], "type": "User"}
        if names == ["user", "repos"]:
            return self.page(told, accounts[told["login"]]["repositories"], query)
        if len(names) == 2 and names[0] == "users" and names[1] in accounts:
            return 200, {}, {"login": names[1], "type": accounts[names[1]].get("type", "User")}
        if len(names) == 3 and names[2] == "repos" and names[1] in accounts:
            shown = accounts[names[1]]["repositories"]
            if names[0] == "users" or authorization is None:
                shown = [repository for repository in shown if not repository.get("private")]
            return self.page(told, shown, query)
        return 404, {}, {"message": "Not Found"}

    def page(self, told, repositories, query):
        size, number = told.get("page", 100), int(query.get("page", 1))
        headers = {}
        if number * size < len(repositories):
            address = f"http://{self.headers['Host']}{urllib.parse.urlsplit(self.path).path}"
            following = urllib.parse.urlencode({**query, "page": number + 1})
            headers["Link"] = f'<{address}?{following}>; rel="next", <{address}?page=9>; rel="last"'
        return 200, headers, repositories[(number - 1) * size : number * size]


serve(Handler)
