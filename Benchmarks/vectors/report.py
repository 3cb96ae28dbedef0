"""The results as JSON and as tables."""

import json
import statistics

NAMES = {
    "twin": "twin, embedded",
    "numpy": "numpy, float32 in memory",
    "qdrant-local": "qdrant-client, local mode",
    "lancedb": "LanceDB, flat",
    "lancedb-words": "LanceDB, flat, with an index of words",
    "lancedb-whole": "LanceDB, flat, with our fields and indexes",
    "sqlite-vec": "sqlite-vec",
    "sqlite-vec-words": "sqlite-vec, with an index of words",
    "sqlite-vec-whole": "sqlite-vec, with our fields and indexes",
}


def as_json(machine, results):
    rows = ",\n".join(json.dumps(shortened(row)) for row in results)
    return f'{{"machine": {json.dumps(machine, indent=2)},\n"rows": [\n{rows}\n]}}\n'


def shortened(row):
    """The row with its milliseconds in hundredths, one line of the file."""
    return {key: rounded(value) for key, value in row.items()}


def rounded(value):
    if isinstance(value, dict):
        return {key: rounded(one) for key, one in value.items()}
    return [round(one, 2) for one in value] if isinstance(value, list) else value


def as_markdown(machine, command, results):
    lines = [f"{name}: {value}  " for name, value in machine.items()]
    lines += [f"command: `{command}`  ", ""]
    for count in sorted({row["count"] for row in results}):
        lines += [*table(count, [row for row in results if row["count"] == count]), ""]
    return "\n".join(lines)


def table(count, rows):
    asked = max(row.get("asked", 0) for row in rows)
    yield (
        f"{count:,} vectors of {rows[0]['dimension']} float32 components with texts of 40 words; the ten nearest with "
        f"their texts, {asked} queries one after the other. Each phase is a process of its own that is bound "
        "to one core; the first query counts from the opening of the store. A build that takes less than a minute is "
        "done three times: median (least–greatest)."
    )
    yield ""
    yield (
        "| store | index of words | build, s | of the processor, s | build, peak MB | first query, ms | median, ms "
        "| of the processor, ms | 95 %, ms | query, peak MB | on disk, MB | same as numpy |"
    )
    yield "|---|---|---|---|---|---|---|---|---|---|---|---|"
    for row in rows:
        if "error" in row:
            yield f"| {NAMES[row['name']]} | | {row['error']} | | | | | | | | | |"
            continue
        later = sorted(row["queries"][1:])
        words = "yes" if row["name"] == "twin" or row["name"].endswith(("-words", "-whole")) else "no"
        yield (
            f"| {NAMES[row['name']]} | {words} | {spread(row['build_walls'])} | {row['build_cpu']:.1f} "
            f"| {row['build_peak'] / 2**20:.0f} | {row['queries'][0]:.0f} | **{statistics.median(later):.1f}** "
            f"| {statistics.median(row['processor']):.1f} | {later[int(len(later) * 0.95)]:.1f} "
            f"| {row['query_peak'] / 2**20:.0f} | {row['disk'] / 2**20:.0f} "
            f"| {row['same']} of {row['asked']} |"
        )
    for row in rows:
        if "modes" in row:
            yield ""
            yield f"{NAMES[row['name']]}, other searches: {others(row['modes'])}."
        if "link_wall" in row:
            yield ""
            yield f"{NAMES[row['name']]}: comparing every chunk with all others for duplicates takes {row['link_wall']:.0f} s."


def others(modes):
    """The median and the 95th percentile of each mode; the first query is left out."""
    figures = []
    for mode, times in modes.items():
        later = sorted(times[1:])
        figures.append(f"{mode} {statistics.median(later):.1f} ms (95 %: {later[int(len(later) * 0.95)]:.1f})")
    return ", ".join(figures)


def spread(values):
    """The median, with the least and the greatest where there are several."""
    middle = f"{statistics.median(values):.1f}"
    return middle if len(values) == 1 else f"{middle} ({min(values):.1f}–{max(values):.1f})"
