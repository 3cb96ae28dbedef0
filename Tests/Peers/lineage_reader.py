"""Reads a file of OpenLineage events with the classes of openlineage-python, and refuses what does not fit them.

usage: lineage_reader.py FILE    prints a JSON summary of the events; a traceback and exit status 1 at the first misfit

Stricter than the client, which only builds events: each value must be of the type that its class declares, no field may
be unknown, each facet's schema URL must be that of a class, an event written by the client must be the one that was
read, and each run must begin once and then end once.
"""
import enum
import importlib
import json
import pkgutil
import sys
import types
import typing

import attr
from openlineage.client import generated
from openlineage.client.generated import base
from openlineage.client.serde import Serde

modules = [importlib.import_module(f"openlineage.client.generated.{m.name}") for m in pkgutil.iter_modules(generated.__path__)]
facets = {
    value._get_schema(): value
    for module in modules
    for value in vars(module).values()
    if isinstance(value, type) and issubclass(value, base.BaseFacet) and value.__module__ == module.__name__
}


def built(kind, value, path):
    """The value as an instance of a declared type."""
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin in (typing.Union, types.UnionType):
        if value is None and type(None) in arguments:
            return None
        (kind,) = [argument for argument in arguments if argument is not type(None)]
        return built(kind, value, path)
    if origin is list:
        assert isinstance(value, list), f"{path}: not a list"
        return [built(arguments[0], element, f"{path}[{index}]") for index, element in enumerate(value)]
    if origin is dict:
        assert isinstance(value, dict), f"{path}: not an object"
        return {key: built(arguments[1], element, f"{path}.{key}") for key, element in value.items()}
    if isinstance(kind, type) and issubclass(kind, enum.Enum):
        return kind(value)
    if attr.has(kind):
        return instance(kind, value, path)
    assert type(value) is kind, f"{path}: {value!r} is no {kind.__name__}"
    return value


def instance(kind, value, path):
    assert isinstance(value, dict), f"{path}: not an object"
    value = dict(value)
    if issubclass(kind, base.BaseFacet):
        expected = kind
        kind = facets.get(value["_schemaURL"])
        assert kind and issubclass(kind, expected), f"{path}: {value['_schemaURL']} is no {expected.__name__}"
        del value["_schemaURL"]
        assert value["_producer"], f"{path}: no producer"
    if issubclass(kind, base.BaseEvent):
        assert value.pop("schemaURL") == kind._get_schema(), f"{path}: another schema"
    hints = typing.get_type_hints(kind)
    fields = {field.name: field for field in attr.fields(kind)}
    arguments = {}
    for key, element in value.items():
        assert key in fields, f"{path}.{key}: not a field of {kind.__name__}"
        arguments[key.lstrip("_")] = built(hints[key], element, f"{path}.{key}")
    return kind(**arguments)


def without_empty(value):
    """What is left of a JSON value when what is empty is taken out, as the client leaves it out or not."""
    if isinstance(value, dict):
        parts = {key: without_empty(element) for key, element in value.items()}
        return {key: part for key, part in parts.items() if part not in ({}, [], None)}
    return [without_empty(element) for element in value] if isinstance(value, list) else value


states = {}
summary = []
for number, line in enumerate(open(sys.argv[1], "rb"), 1):
    assert line.endswith(b"\n"), f"line {number} has no end"
    source = json.loads(line)
    event = instance(base.RunEvent, source, f"line {number}")
    assert without_empty(json.loads(Serde.to_json(event))) == without_empty(source), f"line {number} changes"
    state, run = event.eventType.value, event.run.runId
    expected = {"START": None, "OTHER": "ended"}.get(state, "begun")
    assert states.get(run) == expected, f"line {number}: {state} of a run that is {states.get(run)}"
    states[run] = "begun" if state == "START" else "ended"
    summary.append({
        "state": state, "run": run, "job": event.job.name,
        "parent": event.run.facets["parent"].run.runId if "parent" in event.run.facets else "",
        "error": event.run.facets["errorMessage"].message if "errorMessage" in event.run.facets else "",
        "inputs": [data.name for data in event.inputs], "outputs": [data.name for data in event.outputs],
        "versions": [data.facets["version"].datasetVersion for data in event.outputs if "version" in data.facets],
        "rows": [data.outputFacets["outputStatistics"].rowCount for data in event.outputs],
    })
assert all(state == "ended" for state in states.values()), "a run has no end"
print(json.dumps(summary))
