"""Reads a warehouse as the LLM Engineers Handbook does: pymongo, and pydantic models with UUID4 identifiers.

The field names and types are those of the Handbook's documents. Usage: handbook_reader.py MONGODB_URL
Prints one line of JSON: {"users": n, "posts": n, "articles": n, "repositories": n}.
"""

import json
import sys
from typing import Optional

from pydantic import UUID4, BaseModel, Field
from pymongo import MongoClient


class User(BaseModel):
    id: UUID4
    first_name: str
    last_name: str


class Document(BaseModel):
    id: UUID4
    content: dict
    platform: str
    author_id: UUID4 = Field(alias="author_id")
    author_full_name: str = Field(alias="author_full_name")


class Post(Document):
    image: Optional[str] = None
    link: Optional[str] = None


class Article(Document):
    link: str


class Repository(Document):
    name: str
    link: str


MODELS = {"users": User, "posts": Post, "articles": Article, "repositories": Repository}


def load(model, stored):
    identifier = stored.pop("_id")
    loaded = model(**dict(stored, id=identifier))
    assert str(loaded.id) == identifier, f"{loaded.id} is not {identifier}"
    return loaded


def main():
    database = MongoClient(sys.argv[1], serverSelectionTimeoutMS=5000).get_default_database()
    counts = {}
    for name, model in MODELS.items():
        counts[name] = len([load(model, stored) for stored in database[name].find()])
    print(json.dumps(counts))


if __name__ == "__main__":
    main()
