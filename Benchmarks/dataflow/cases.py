"""What is compared: rows of the table, each with what its contenders run and which figure counts."""

import dataclasses

TWIN, HAMILTON, ZENML = "twin", "Hamilton", "ZenML"


@dataclasses.dataclass
class Entry:
    """What one contender runs for a row.

    `figure` takes a sample and gives seconds for the whole; they are divided by `per`, the number of steps or items.
    """

    case: str
    count: int
    figure: object
    per: int = 1
    needs_folder: bool = False
    runs: int = 0  # 0: as many as the command line says
    warm_runs: int = 0  # runs that are not counted, each with the same folder


@dataclasses.dataclass
class Row:
    key: str
    title: str
    entries: dict
    note: str = ""


def inside(*parts):
    """Seconds that the program measured itself, of these parts together."""
    return lambda sample: sum(sample.inside[part] for part in parts)


def wall(sample):
    """Seconds from the process's start to its exit."""
    return sample.wall


def chain(count, key="chain", zenml=0):
    entries = {TWIN: Entry("chain", count, inside("build", "run"), per=count)}
    if count <= 1_000:
        entries[HAMILTON] = Entry("chain", count, inside("build", "run"), per=count)
    if zenml:
        entries[ZENML] = Entry("chain", zenml, inside("run"), per=zenml)
    return Row(f"{key}-{count}", f"chain of {count:,} steps, build and run, per step", entries)


def fan(count, runs=0):
    entries = {TWIN: Entry("fan", count, inside("build", "run"))}
    if count <= 10_000:
        entries[HAMILTON] = Entry("fan", count, inside("build", "run"), runs=runs)
    return Row(f"fan-{count}", f"fan-out of {count:,} trivial items, collected", entries)


def cached(part, title):
    return Row(
        f"cache-{part}",
        title,
        {name: Entry("cache", 300, inside(part), per=300) for name in (TWIN, HAMILTON)},
    )


ROWS = [
    chain(970, zenml=20),
    chain(1_000),
    chain(100_000),
    Row(
        "independent-1000",
        "1,000 independent steps, build and run, per step",
        {name: Entry("independent", 1_000, inside("build", "run"), per=1_000) for name in (TWIN, HAMILTON)},
    ),
    fan(1_000),
    fan(4_000, runs=3),
    fan(10_000, runs=1),
    fan(1_000_000),
    Row(
        "stream-1000000",
        "1,000,000 trivial items from a stream through two steps",
        {TWIN: Entry("stream", 1_000_000, inside("build", "run"))},
    ),
    cached("cold", "cached step, cold, with the write, of 300"),
    cached("warm", "cached step, warm, of 300"),
    Row(
        "four",
        "4 trivial steps without a cache, process start to exit",
        {
            TWIN: Entry("four", 4, wall, warm_runs=1),
            HAMILTON: Entry("four", 4, wall, warm_runs=1),
            ZENML: Entry("four", 4, wall, warm_runs=1),
        },
    ),
    Row(
        "four-cached",
        "4 trivial steps, all cached, process start to exit",
        {
            TWIN: Entry("four", 4, wall, needs_folder=True, warm_runs=2),
            HAMILTON: Entry("four", 4, wall, needs_folder=True, warm_runs=2),
            ZENML: Entry("four_cached", 4, wall, warm_runs=1),
        },
    ),
]
