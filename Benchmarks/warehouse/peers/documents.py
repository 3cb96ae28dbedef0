"""The documents of the comparison; `Post.swift` makes the same ones from the same numbers."""

import datetime
import hashlib

EPOCH = datetime.datetime(2020, 1, 1)
TOPICS = ["swift", "databases", "search", "writing"]


def identifier(number):
    """In the order of the numbers, and a version 4 UUID in form."""
    return f"{number:08x}-0000-4000-8000-{number * 2654435761 % 2**48:012x}"


def make(number, whole=int, date=lambda value: value):
    """A document.

    :param whole: makes an integer of the store's own type.
    :param date: makes what the store keeps a date as.
    """
    mixed = number * 2654435761 % 2**32
    return {
        "_id": identifier(number),
        "link": f"https://example.com/posts/{number}",
        "title": f"Post {number} on {TOPICS[mixed % 4]}",
        "author": f"Author {mixed % 1000}",
        "words": whole(mixed % 5000),
        "likes": whole(number * 3),
        "score": mixed % 1000 / 8,
        "is_public": mixed % 3 == 0,
        "published_at": date(EPOCH + datetime.timedelta(seconds=number)),
        "tags": [TOPICS[mixed % 4], TOPICS[mixed // 4 % 4], f"t{mixed % 100}"],
        "source": {"name": f"feed {mixed % 50}", "line": whole(mixed % 10000)},
    }


def batches(count, size, **kinds):
    for start in range(0, count, size):
        yield [make(number, **kinds) for number in range(start, min(start + size, count))]


class Digest:
    """SHA-256 over every field of every document, in order."""

    def __init__(self):
        self.hash = hashlib.sha256()

    def add(self, document, published_at):
        """:param published_at: as a datetime in UTC without a time zone."""
        milliseconds = round((published_at - datetime.datetime(1970, 1, 1)).total_seconds() * 1000)
        source = document["source"]
        fields = [
            document["_id"], document["link"], document["title"], document["author"], document["words"],
            document["likes"], round(document["score"] * 8), int(document["is_public"]), milliseconds,
            *document["tags"], source["name"], source["line"],
        ]  # fmt: skip
        self.hash.update("\t".join(map(str, fields)).encode() + b"\n")

    def hexadecimal(self):
        return self.hash.hexdigest()


def expected(count):
    digest = Digest()
    for number in range(count):
        document = make(number)
        digest.add(document, document["published_at"])
    return digest.hexadecimal()
