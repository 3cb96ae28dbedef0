"""ZenML's half: `zenml_peer.py CASE COUNT` runs one case and prints its seconds as a line of JSON.

The caller sets ZENML_CONFIG_PATH to a store that was initialised before, and switches telemetry off.
"""

import json
import sys
from time import perf_counter

from zenml import pipeline, step

from generated import module

# Logs are not stored. Metadata stays, as a record without it would not be ZenML's.
SETTINGS = {"enable_step_logs": False, "enable_pipeline_logs": False}


@step
def numbers(count: int) -> list[int]:
    return list(range(count))


@step
def grown(numbers: list[int]) -> list[int]:
    return [number + 2 for number in numbers]


@step
def sums(grown: list[int]) -> list[int]:
    return [sum(grown[: place + 1]) for place in range(len(grown))]


@step
def total(sums: list[int]) -> int:
    return sums[-1]


def four_steps(count: int) -> None:
    total(sums(grown(numbers(count))))


def run_four(enable_cache):
    return pipeline(name="four", enable_cache=enable_cache, **SETTINGS)(four_steps)(10)


def prepare(_):
    """Initialises the store, fills the cache, and looks at the result, which the timed processes leave alone."""
    run = run_four(enable_cache=True)
    assert run.steps["total"].output.load() == 65
    return {}


def four(_):
    run_four(enable_cache=False)
    return {}


def four_cached(_):
    run_four(enable_cache=True)
    return {}


def chain(count):
    lines = ["from zenml import pipeline, step\n"]
    for i in range(count):
        lines.append(f"@step\ndef s{i}(x: int) -> int:\n    return x + 1\n")
    lines.append(f"@pipeline(name='chain{count}', enable_cache=False, **{SETTINGS})\ndef chain() -> None:")
    lines += ["    x = 0"] + [f"    x = s{i}(x)" for i in range(count)]
    made = module(f"chain{count}", "\n".join(lines) + "\n")
    start = perf_counter()
    run = made.chain()
    ended = perf_counter()
    assert run.steps[f"s{count - 1}"].output.load() == count
    return {"run": ended - start}


def main():
    case = globals()[sys.argv[1]]
    if case is chain:
        chain(2)
    print(json.dumps(case(int(sys.argv[2]))))


if __name__ == "__main__":
    main()
