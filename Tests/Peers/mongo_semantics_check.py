"""Compares mongo_semantics.py with mongomock, which others have written: random documents, filters, orders, projections,
updates, upserts and groups mean the same in both.

Left out is where mongomock is not as MongoDB is: it takes true for 1, and does not know all orders of mixed types.
Prints how many cases it compared and ends with 1 at the first difference.
"""

import random
import sys

import bson
import mongomock
from pymongo import ReturnDocument

import mongo_semantics
from mongo_semantics import Collection, decode, key

TEXTS = ["", "a", "ab", "b", "ä", "$x"]
NUMBERS = [-2, 0, 1, 1.5, 7]


def make_document(number):
    document = {"_id": f"{number:03}", "text": random.choice(TEXTS), "number": random.choice(NUMBERS)}
    if random.random() < 0.6:
        document["maybe"] = random.choice([None, *NUMBERS])
    if random.random() < 0.6:
        document["inner"] = {"text": random.choice(TEXTS), "number": random.choice(NUMBERS)}
    document["list"] = random.sample(TEXTS, random.randint(0, 3))
    return document


def make_filter(depth):
    if depth and random.random() < 0.5:
        parts = [make_filter(depth - 1) for _ in range(random.randint(1, 3))]
        return {random.choice(["$and", "$or", "$nor"]): parts}
    path, values = random.choice([("text", TEXTS), ("number", NUMBERS), ("maybe", NUMBERS), ("inner.text", TEXTS),
                                  ("inner.number", NUMBERS)])
    operator = random.choice(["$eq", "$ne", "$lt", "$lte", "$gt", "$gte", "$in", "null", "$exists", "list"])
    if operator == "$in":
        return {path: {"$in": random.sample(values, random.randint(0, 3))}}
    if operator == "null":
        return {path: {"$eq": None}}
    if operator == "$exists":
        return {path: {"$exists": random.random() < 0.5}}
    if operator == "list":
        return {"list": {"$elemMatch": {"$eq": random.choice(TEXTS)}}}
    return {path: {operator: random.choice(values)}}


def make_update():
    update = {}
    if random.random() < 0.5:
        update["$set"] = {random.choice(["text", "new", "inner.text"]): random.choice(TEXTS)}
    if random.random() < 0.5:
        update["$inc"] = {random.choice(["number", "count"]): random.randint(-3, 3)}
    if random.random() < 0.5:
        update["$push"] = {"list": random.choice([{"$each": ["p", "q"]}, "r"])}
    if random.random() < 0.3 or not update:
        update["$unset"] = {"maybe": ""}
    return update


def rows(collection, query, sort=None):
    return [document or decode(raw) for _, raw, document in collection.find(query, sort)]


def same(what, ours, theirs, *context):
    def plain(value):
        return {name: plain(item) for name, item in sorted(value.items())} if isinstance(value, dict) else (
            [plain(item) for item in value] if isinstance(value, list) else value)

    if plain(ours) != plain(theirs):
        print(f"{what} {context}:\n  ours   {ours}\n  theirs {theirs}")
        sys.exit(1)


def change(ours, theirs, query, update):
    changed = theirs.update_many(query, update)
    found = list(ours.find(query))
    modified = 0
    for identifier, raw, document in found:
        before = document or decode(raw)
        modified += ours.replace(identifier, before, mongo_semantics.updated(before, update, False))
    same("update", (len(found), modified), (changed.matched_count, changed.modified_count), query, update)
    everything(ours, theirs, query, update)


def find_or_insert(ours, theirs, query, document):
    query = {"$or": [query, {"_id": document["_id"]}]}
    expected = theirs.find_one_and_update(
        query, {"$setOnInsert": document}, sort=[("_id", 1)], upsert=True, return_document=ReturnDocument.AFTER)
    found = rows(ours, query, {"_id": 1})
    if not found:
        start = mongo_semantics.updated({}, {"$set": mongo_semantics.equalities(query)}, True)
        ours.insert(bson.encode(mongo_semantics.updated(start, {"$setOnInsert": document}, True)))
        found = rows(ours, query, {"_id": 1})
    same("upsert", found[0], expected, query, document)
    everything(ours, theirs, query, document)


def everything(ours, theirs, *context):
    same("documents", rows(ours, {}), sorted(theirs.find(), key=lambda document: document["_id"]), *context)


def main():
    random.seed(3)
    cases = 0
    for trial in range(12):
        ours, theirs = Collection("twin.test"), mongomock.MongoClient().twin.test
        for number in range(40):
            document = make_document(number)
            ours.insert(bson.encode(document))
            theirs.insert_one(document)
        if trial % 2:
            ours.create_index({"name": "text_1", "key": {"text": 1}})
        for number in range(60):
            query = make_filter(3)
            expected = sorted(theirs.find(query), key=lambda document: document["_id"])
            same("find", rows(ours, query), expected, query)
            path, direction = random.choice(["text", "number", "maybe", "inner.number"]), random.choice([1, -1])
            sort = {path: direction, "_id": 1}
            same("sort", rows(ours, query, sort), list(theirs.find(query).sort(list(sort.items()))), query, sort)
            fields = {"text": 1, random.choice(["inner.text", "inner", "list"]): 1}
            same(
                "projection", [mongo_semantics.project(document, fields) for document in expected],
                sorted(theirs.find(query, fields), key=lambda document: document["_id"]), query, fields)
            group = [{"$match": query}, {"$group": {"_id": "$text", "count": {"$sum": 1}}}]
            by_value = lambda groups: sorted(groups, key=lambda item: key(item["_id"]))
            same("group", by_value(mongo_semantics.aggregate(ours, group)), by_value(theirs.aggregate(group)), query)
            change(ours, theirs, query, make_update())
            find_or_insert(ours, theirs, make_filter(1), make_document(100 + number))
            cases += 6
    print(cases)


if __name__ == "__main__":
    main()
