"""What MongoDB does with documents, as far as the warehouse asks for it.

Written after MongoDB's manual for the operators that the driver uses; every other one is an error, never passed over.
What matters to the tests is as the server has it: comparisons are among values of one type, text is ordered by its
bytes, missing counts as null in orders and unique indexes, arrays are matched by element, updates make their fields in
the order of the paths, upserts take the equalities of their filter, and documents keep their bytes.
"""

import bson
from bson import Binary, Code, Decimal128, Int64, MaxKey, MinKey, ObjectId, Regex, Timestamp
from bson.codec_options import CodecOptions, DatetimeConversion
from bson.datetime_ms import DatetimeMS

OPTIONS = CodecOptions(document_class=dict, datetime_conversion=DatetimeConversion.DATETIME_MS)
MISSING = object()


class Failure(Exception):
    """An error of the server."""

    def __init__(self, code, message, name="Error"):
        super().__init__(message)
        self.code, self.message, self.name = code, message, name

    def reply(self):
        return {"ok": 0.0, "code": self.code, "errmsg": self.message, "codeName": self.name}


def decode(raw):
    return bson.decode(raw, OPTIONS)


# The order of values: (rank of the type, what is compared within it).

def key(value):
    kind = type(value)
    if kind is str:
        return 15, value
    if value is None or value is MISSING:
        return (5,)
    if kind is bool:
        return 40, value
    if isinstance(value, (int, float)):
        return (10, 0, 0) if value != value else (10, 1, value)
    if isinstance(value, dict):
        return 20, tuple((key(item)[0], name, key(item)) for name, item in value.items())
    if isinstance(value, list):
        return 25, tuple(key(item) for item in value)
    if isinstance(value, Binary):
        return 30, len(value), value.subtype, bytes(value)
    if isinstance(value, bytes):
        return 30, len(value), 0, value
    if isinstance(value, ObjectId):
        return 35, value.binary
    if isinstance(value, DatetimeMS):
        return 45, int(value)
    if isinstance(value, Timestamp):
        return 47, value.time, value.inc
    if isinstance(value, Regex):
        return 50, value.pattern, value.flags
    if isinstance(value, Decimal128):
        number = value.to_decimal()
        return (10, 0, 0) if number.is_nan() else (10, 1, number)
    if isinstance(value, Code):
        return 60, str(value)
    if isinstance(value, MinKey):
        return (0,)
    if isinstance(value, MaxKey):
        return (127,)
    raise Failure(2, f"this test server knows no {kind.__name__}", "BadValue")


TYPE_NAMES = [
    (bool, "bool"), (Int64, "long"), (float, "double"), (str, "string"), (dict, "object"), (list, "array"),
    (Binary, "binData"), (bytes, "binData"), (ObjectId, "objectId"), (DatetimeMS, "date"), (Decimal128, "decimal"),
    (Timestamp, "timestamp"), (Regex, "regex"),
]


def type_name(value):
    if value is MISSING:
        return "missing"
    if value is None:
        return "null"
    if type(value) is int:
        return "int" if -2**31 <= value < 2**31 else "long"
    for kind, name in TYPE_NAMES:
        if isinstance(value, kind):
            return name
    raise Failure(2, f"this test server knows no type of {value!r}", "BadValue")


# Paths.

def found(value, parts):
    """What a path of a query leads to: arrays on the way are looked through."""
    if not parts:
        return [value]
    if isinstance(value, dict):
        return found(value[parts[0]], parts[1:]) if parts[0] in value else [MISSING]
    if isinstance(value, list):
        results = []
        for item in value:
            if isinstance(item, dict):
                results += found(item, parts)
        if parts[0].isdigit() and int(parts[0]) < len(value):
            results += found(value[int(parts[0])], parts[1:])
        return results
    return [MISSING]


def candidates(document, path):
    results = []
    for value in found(document, path.split(".")):
        if isinstance(value, list):
            results += value
        results.append(value)
    return results


# Queries.

def matches(query, document):
    for name, condition in query.items():
        if name == "$and":
            if not all(matches(part, document) for part in nonempty(condition)):
                return False
        elif name == "$or":
            if not any(matches(part, document) for part in nonempty(condition)):
                return False
        elif name == "$nor":
            if any(matches(part, document) for part in nonempty(condition)):
                return False
        elif name == "$expr":
            if not truth(evaluate(condition, document)):
                return False
        elif name.startswith("$"):
            raise Failure(2, f"unknown top level operator: {name}", "BadValue")
        elif not field_matches(condition, candidates(document, name)):
            return False
    return True


def nonempty(conditions):
    if not isinstance(conditions, list) or not conditions:
        raise Failure(2, "$and/$or/$nor must be a nonempty array", "BadValue")
    return conditions


def is_operators(condition):
    return isinstance(condition, dict) and bool(condition) and next(iter(condition)).startswith("$")


def field_matches(condition, values):
    if not is_operators(condition):
        return equal_to_any(values, condition)
    return all(operator_matches(name, operand, values) for name, operand in condition.items())


def operator_matches(name, operand, values):
    if name == "$eq":
        return equal_to_any(values, operand)
    if name == "$ne":
        return not equal_to_any(values, operand)
    if name == "$in":
        return any(equal_to_any(values, item) for item in operand)
    if name == "$nin":
        return not any(equal_to_any(values, item) for item in operand)
    if name in ("$lt", "$lte", "$gt", "$gte"):
        return any(compared(name, value, operand) for value in values)
    if name == "$exists":
        return any(value is not MISSING for value in values) == bool(operand)
    if name == "$type":
        return any(type_name(value) in (operand if isinstance(operand, list) else [operand]) for value in values)
    if name == "$not":
        return not field_matches(operand, values)
    if name == "$elemMatch":
        return any(element_matches(operand, item) for value in values if isinstance(value, list) for item in value)
    raise Failure(2, f"unknown operator: {name}", "BadValue")


def element_matches(condition, item):
    if is_operators(condition) and next(iter(condition)) not in ("$and", "$or", "$nor"):
        # One element, not looked into.
        return field_matches(condition, [item])
    return isinstance(item, dict) and matches(condition, item)


def equal_to_any(values, operand):
    wanted = key(operand)
    # A path through an array without documents leads nowhere.
    if operand is None and not values:
        return True
    return any(key(value) == wanted for value in values if operand is None or value is not MISSING)


def compared(name, value, operand):
    if value is MISSING:
        return False
    left, right = key(value), key(operand)
    if left[0] != right[0]:
        return False
    if left[:2] == (10, 0) or right[:2] == (10, 0):
        # Not a number is equal to itself and comparable with nothing.
        return name in ("$lte", "$gte") and left == right
    return {"$lt": left < right, "$lte": left <= right, "$gt": left > right, "$gte": left >= right}[name]


# Expressions.

def evaluate(expression, document):
    if isinstance(expression, str) and expression.startswith("$$"):
        if expression != "$$ROOT":
            raise Failure(17276, f"Use of undefined variable: {expression}", "Location17276")
        return document
    if isinstance(expression, str) and expression.startswith("$"):
        return field_value(document, expression[1:].split("."))
    if isinstance(expression, list):
        return [evaluate(item, document) for item in expression]
    if not isinstance(expression, dict):
        return expression
    if not is_operators(expression):
        return {name: evaluate(item, document) for name, item in expression.items()}
    (name, operand), = expression.items()
    if name == "$literal":
        return operand
    if name == "$cond":
        return evaluate(operand[1] if truth(evaluate(operand[0], document)) else operand[2], document)
    value = evaluate(operand, document)
    if name == "$type":
        return type_name(value)
    if name == "$bsonSize":
        return len(bson.encode(value))
    if name == "$in":
        return any(key(value[0]) == key(item) for item in value[1])
    if name == "$eq":
        return (value[0] is MISSING) == (value[1] is MISSING) and key(value[0]) == key(value[1])
    if name == "$and":
        return all(truth(item) for item in value)
    raise Failure(168, f"Unrecognized expression '{name}'", "InvalidPipelineOperator")


def field_value(value, parts):
    """What a path of an expression leads to: an array on the way gives an array."""
    for index, part in enumerate(parts):
        if isinstance(value, list):
            values = [field_value(item, parts[index:]) for item in value if isinstance(item, dict)]
            return [item for item in values if item is not MISSING]
        if not isinstance(value, dict) or part not in value:
            return MISSING
        value = value[part]
    return value


def truth(value):
    return value is not MISSING and value is not None and value is not False and value != 0


# Orders and projections.

def sort_key(document, path, direction):
    keys = [key(value) for value in candidates(document, path) if not isinstance(value, list)] or [(5,)]
    return min(keys) if direction > 0 else max(keys)


def project(document, fields):
    if not fields:
        return document
    if not all(fields.values()):
        raise Failure(2, "this test server only includes fields", "BadValue")
    tree = {}
    for path in ["_id", *fields]:
        node = tree
        parts = path.split(".")
        for part in parts[:-1]:
            node = node.setdefault(part, {})
            if node is True:
                raise Failure(31249, f"Path collision at {path}", "Location31249")
        if isinstance(node.get(parts[-1]), dict):
            raise Failure(31249, f"Path collision at {path}", "Location31249")
        node[parts[-1]] = True
    return included(document, tree)


def included(value, tree):
    if isinstance(value, list):
        return [included(item, tree) for item in value if isinstance(item, (dict, list))]
    result = {}
    for name, item in value.items():
        if tree.get(name) is True:
            result[name] = item
        elif name in tree and isinstance(item, (dict, list)):
            result[name] = included(item, tree[name])
    return result


# Updates.

def updated(document, change, is_insert):
    """The document after the operators of an update."""
    operations = {}
    for operator, fields in change.items():
        if operator not in ("$set", "$unset", "$inc", "$push", "$setOnInsert"):
            raise Failure(9, f"Unknown modifier: {operator}", "FailedToParse")
        for path, operand in fields.items():
            parts = path.split(".")
            if any(not part or part.startswith("$") for part in parts):
                raise Failure(52, f"The field name '{path}' is not valid", "DollarPrefixedFieldName")
            for other in operations:
                if path == other or path.startswith(other + ".") or other.startswith(path + "."):
                    raise Failure(
                        40, f"Updating the path '{path}' would create a conflict at '{other}'",
                        "ConflictingUpdateOperators")
            operations[path] = (operator, operand)
    result = decode(bson.encode(document))
    for path, (operator, operand) in sorted(operations.items()):
        if operator == "$setOnInsert" and not is_insert:
            continue
        apply(result, path.split("."), operator, operand)
    if document.get("_id", MISSING) is not MISSING and key(result["_id"]) != key(document["_id"]):
        raise Failure(66, "Performing an update on the path '_id' would modify the immutable field '_id'",
                      "ImmutableField")
    return result


def apply(document, parts, operator, operand):
    node = document
    for part in parts[:-1]:
        if operator == "$unset" and part not in node:
            return
        node = node.setdefault(part, {})
        if not isinstance(node, dict):
            raise Failure(28, f"Cannot create field '{parts[-1]}' in element {{{part}: …}}", "PathNotViable")
    name = parts[-1]
    if operator in ("$set", "$setOnInsert"):
        node[name] = operand
    elif operator == "$unset":
        node.pop(name, None)
    elif operator == "$inc":
        node[name] = added(node.get(name, MISSING), operand)
    else:
        values = node.get(name, [])
        if not isinstance(values, list):
            raise Failure(2, f"The field '{name}' must be an array but is of type {type_name(values)}", "BadValue")
        node[name] = values + (operand["$each"] if is_operators(operand) else [operand])


def added(value, amount):
    if value is MISSING:
        return amount
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise Failure(14, f"Cannot apply $inc to a value of non-numeric type {type_name(value)}", "TypeMismatch")
    total = value + amount
    if isinstance(total, float):
        return total
    if not -2**63 <= total < 2**63:
        raise Failure(2, "Failed to apply $inc operations to current value", "BadValue")
    wide = isinstance(value, Int64) or isinstance(amount, Int64) or not -2**31 <= total < 2**31
    return Int64(total) if wide else int(total)


def equalities(query):
    """The fields that an upsert takes from its filter."""
    fields = {}
    for name, condition in query.items():
        if name == "$and" or (name == "$or" and len(condition) == 1):
            for part in condition:
                fields.update(equalities(part))
        elif name == "$expr":
            raise Failure(224, "$expr is not allowed in the query predicate for an upsert", "QueryFeatureNotAllowed")
        elif name.startswith("$"):
            continue
        elif not is_operators(condition):
            fields[name] = condition
        elif "$eq" in condition:
            fields[name] = condition["$eq"]
    return fields


# Collections.

class Index:
    def __init__(self, specification):
        self.specification = specification
        self.fields = list(specification["key"])
        self.is_unique = specification.get("unique", False)
        self.partial = specification.get("partialFilterExpression")
        self.ids = {}

    def keys(self, document):
        if self.partial and not matches(self.partial, document):
            return []
        parts = []
        for field in self.fields:
            values = candidates(document, field)
            scalars = [value for value in values if not isinstance(value, list)] or [MISSING]
            parts.append({key(value) for value in scalars})
        results = [()]
        for part in parts:
            results = [result + (value,) for result in results for value in part]
        return results

    def check(self, document, identifier, namespace):
        if not self.is_unique:
            return
        for entry in self.keys(document):
            if self.ids.get(entry, {}).keys() - {identifier}:
                name = self.specification["name"]
                values = ", ".join(f'{field}: {part[-1]!r}' for field, part in zip(self.fields, entry))
                raise Failure(
                    11000, f"E11000 duplicate key error collection: {namespace} index: {name} dup key: {{ {values} }}",
                    "DuplicateKey")

    def add(self, document, identifier):
        for entry in self.keys(document):
            self.ids.setdefault(entry, {})[identifier] = True

    def remove(self, document, identifier):
        for entry in self.keys(document):
            ids = self.ids[entry]
            del ids[identifier]
            if not ids:
                del self.ids[entry]


class Collection:
    def __init__(self, namespace):
        self.namespace = namespace
        self.documents = {}
        self.order = []
        self.indexes = {}

    # Storing.

    def insert(self, raw):
        document = decode(raw)
        if next(iter(document), None) != "_id":
            document = {"_id": document.pop("_id", None) or ObjectId(), **document}
            raw = bson.encode(document)
        identifier = key(document["_id"])
        if identifier in self.documents:
            raise Failure(
                11000, f"E11000 duplicate key error collection: {self.namespace} index: _id_ dup key: "
                f"{{ _id: {document['_id']!r} }}", "DuplicateKey")
        for index in self.indexes.values():
            index.check(document, identifier, self.namespace)
        self.documents[identifier] = raw
        self.order = None
        for index in self.indexes.values():
            index.add(document, identifier)
        return document["_id"]

    def replace(self, identifier, before, after):
        """Puts another document in the place of one; says whether it is different."""
        if "_id" in after and key(after["_id"]) != identifier:
            raise Failure(66, "After applying the update, the (immutable) field '_id' was found to have been altered",
                          "ImmutableField")
        after = {"_id": before["_id"], **{name: value for name, value in after.items() if name != "_id"}}
        raw = bson.encode(after)
        if raw == self.documents[identifier]:
            return False
        for index in self.indexes.values():
            index.check(after, identifier, self.namespace)
        for index in self.indexes.values():
            index.remove(before, identifier)
            index.add(after, identifier)
        self.documents[identifier] = raw
        return True

    def remove(self, identifier, document):
        for index in self.indexes.values():
            index.remove(document, identifier)
        del self.documents[identifier]
        self.order = None

    # Finding.

    def find(self, query, sort=None):
        """The identifiers and documents that a query means; what is not sorted is in the order of identifiers."""
        known = self.planned(query)
        if known is None:
            if self.order is None:
                self.order = sorted(self.documents)
            known = self.order
        else:
            known = sorted(known)
        if sort and list(sort) != ["_id"]:
            return self.sorted(query, known, sort)
        if sort and sort["_id"] < 0:
            known = list(reversed(known))
        return self.each(query, known)

    def each(self, query, identifiers):
        for identifier in identifiers:
            raw = self.documents.get(identifier)
            if raw is None:
                continue
            document = decode(raw) if query else None
            if document is None or matches(query, document):
                yield identifier, raw, document

    def sorted(self, query, identifiers, sort):
        rows = [(identifier, raw, document or decode(raw)) for identifier, raw, document in self.each(query, identifiers)]
        for path, direction in reversed(sort.items()):
            rows.sort(key=lambda row: sort_key(row[2], path, direction), reverse=direction < 0)
        return iter(rows)

    def planned(self, query):
        """The identifiers that an index gives for a query; None if all documents must be looked at."""
        for name, condition in query.items():
            if name == "$and":
                for part in condition:
                    ids = self.planned(part)
                    if ids is not None:
                        return ids
            elif name == "$or":
                parts = [self.planned(part) for part in condition]
                if all(part is not None for part in parts):
                    return set().union(*parts)
            elif not name.startswith("$"):
                ids = self.planned_field(name, condition)
                if ids is not None:
                    return ids
        return None

    def planned_field(self, name, condition):
        if is_operators(condition):
            if "$eq" in condition:
                values = [condition["$eq"]]
            elif "$in" in condition:
                values = condition["$in"]
            else:
                return None
        else:
            values = [condition]
        if name == "_id":
            return {key(value) for value in values} & self.documents.keys()
        for index in self.indexes.values():
            if index.fields != [name] or any(value is None for value in values):
                continue
            if index.partial and not all(field_matches(index.partial[name], [value]) for value in values):
                continue
            return {identifier for value in values for identifier in index.ids.get((key(value),), ())}
        return None

    # Indexes.

    def create_index(self, specification):
        name = specification["name"]
        signature = ("key", "unique", "sparse", "partialFilterExpression", "collation")

        def same(other):
            ordered = lambda index: list(index["key"].items())
            return ordered(other) == ordered(specification) and all(
                other.get(part) == specification.get(part) for part in signature)

        for known in self.indexes.values():
            other = known.specification
            if other["name"] == name:
                if same(other):
                    return
                raise Failure(
                    86, f"An existing index has the same name as the requested index: {name}", "IndexKeySpecsConflict")
            if same(other):
                raise Failure(
                    85, f"Index already exists with a different name: {other['name']}", "IndexOptionsConflict")
        index = Index(specification)
        for identifier, raw in self.documents.items():
            document = decode(raw)
            index.check(document, identifier, self.namespace)
            index.add(document, identifier)
        self.indexes[name] = index


# Aggregations.

def aggregate(collection, pipeline):
    documents = None
    for stage in pipeline:
        (name, operand), = stage.items()
        if name == "$collStats":
            sizes = [len(raw) for raw in collection.documents.values()]
            documents = [{"storageStats": {"size": sum(sizes), "count": len(sizes)}}]
            continue
        if documents is None:
            query = operand if name == "$match" else {}
            documents = (document or decode(raw) for _, raw, document in collection.find(query))
            if name == "$match":
                continue
        if name == "$match":
            documents = [document for document in documents if matches(operand, document)]
        elif name == "$group":
            documents = grouped(documents, operand)
        elif name == "$limit":
            documents = list(documents)[:operand]
        else:
            raise Failure(40324, f"Unrecognized pipeline stage name: '{name}'", "Location40324")
    return list(documents or [])


def grouped(documents, operand):
    groups = {}
    for document in documents:
        value = evaluate(operand["_id"], document)
        value = None if value is MISSING else value
        group = groups.setdefault(key(value), {"_id": value})
        for name, accumulator in operand.items():
            if name == "_id":
                continue
            (operator, amount), = accumulator.items()
            if operator != "$sum":
                raise Failure(15952, f"unknown group operator '{operator}'", "Location15952")
            group[name] = group.get(name, 0) + evaluate(amount, document)
    return list(groups.values())
