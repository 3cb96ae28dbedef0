"""Validates JSON files with jsonschema, an independent implementation of JSON Schema.

usage: schema_validator.py FOLDER SCHEMA FILE...    prints a line for each problem; exit status 1 if there is any
"""
import json
import pathlib
import sys

from jsonschema import Draft202012Validator
from referencing import Registry, Resource

folder, name, *files = sys.argv[1:]
schemas = {path.name: json.loads(path.read_text()) for path in pathlib.Path(folder).glob("*.schema.json")}
for schema in schemas.values():
    Draft202012Validator.check_schema(schema)
registry = Registry().with_resources((key, Resource.from_contents(schema)) for key, schema in schemas.items())
validator = Draft202012Validator({"$ref": name}, registry=registry)
problems = [
    f"{file}: {error.json_path}: {error.message}"
    for file in files
    for error in validator.iter_errors(json.loads(pathlib.Path(file).read_text()))
]
print("\n".join(problems))
sys.exit(bool(problems))
