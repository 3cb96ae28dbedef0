"""Hamilton's half: `hamilton_peer.py CASE COUNT [FOLDER]` runs one case and prints its seconds as a line of JSON.

Each case first runs itself once on ten steps or items, uncounted. Importing Hamilton and writing the module of functions
are not counted either, except where the whole process is timed from outside.
"""

import json
import sys
import tempfile
from time import perf_counter

from hamilton import driver
from hamilton.execution import executors

from generated import module


def chain_source(count):
    steps = ["def s0(x: int) -> int:\n    return x + 1\n"]
    steps += [f"def s{i}(s{i - 1}: int) -> int:\n    return s{i - 1} + 1\n" for i in range(1, count)]
    return "\n".join(steps)


def build_and_run(made, outputs, inputs, build=lambda builder: builder):
    start = perf_counter()
    pipeline = build(driver.Builder().with_modules(made)).build()
    built = perf_counter()
    result = pipeline.execute(outputs, inputs=inputs)
    ended = perf_counter()
    return result, {"build": built - start, "run": ended - built}


def chain(count, _):
    # Traversal is recursive: with Python's default limit a chain of 1,000 steps fails with RecursionError.
    sys.setrecursionlimit(max(1_000, 20 * count))
    last = f"s{count - 1}"
    result, seconds = build_and_run(module(f"chain{count}", chain_source(count)), [last], {"x": 0})
    assert result[last] == count
    return seconds


def chain_by_default(count, _):
    last = f"s{count - 1}"
    try:
        _, seconds = build_and_run(module(f"chain{count}", chain_source(count)), [last], {"x": 0})
    except RecursionError:
        return {"failed": "RecursionError"}
    return seconds


def independent(count, _):
    source = "\n".join(f"def s{i}(x: int) -> int:\n    return x + {i}\n" for i in range(count))
    result, seconds = build_and_run(module(f"independent{count}", source), [f"s{i}" for i in range(count)], {"x": 1})
    assert sum(result.values()) == count + count * (count - 1) // 2
    return seconds


def fan(count, _):
    source = (
        "from hamilton.htypes import Collect, Parallelizable\n\n"
        "def item(items: list[int]) -> Parallelizable[int]:\n    yield from items\n\n"
        "def mapped(item: int) -> int:\n    return item + 1\n\n"
        "def total(mapped: Collect[int]) -> int:\n    return sum(mapped)\n"
    )

    def build(builder):
        return builder.enable_dynamic_execution(allow_experimental_mode=True).with_remote_executor(
            executors.SynchronousLocalTaskExecutor()
        )

    result, seconds = build_and_run(module(f"fan{count}", source), ["total"], {"items": list(range(count))}, build)
    assert result["total"] == count * (count + 1) // 2
    return seconds


def cache(count, _):
    made = module(f"cached{count}", chain_source(count))
    last = f"s{count - 1}"
    with tempfile.TemporaryDirectory() as folder:

        def build(builder):
            return builder.with_cache(path=folder)

        cold, cold_seconds = build_and_run(made, [last], {"x": 0}, build)
        warm, warm_seconds = build_and_run(made, [last], {"x": 0}, build)
    assert cold[last] == warm[last] == count
    return {"cold": sum(cold_seconds.values()), "warm": sum(warm_seconds.values())}


def four(_, folder):
    import four_functions

    builder = driver.Builder().with_modules(four_functions)
    if folder:
        builder = builder.with_cache(path=folder)
    assert builder.build().execute(["total"], inputs={"count": 10})["total"] == 65
    return {}


def main():
    case = globals()[sys.argv[1]]
    count = int(sys.argv[2])
    folder = sys.argv[3] if len(sys.argv) > 3 else None
    if case is not four:
        case(10, folder)
    print(json.dumps(case(count, folder)))


if __name__ == "__main__":
    main()
