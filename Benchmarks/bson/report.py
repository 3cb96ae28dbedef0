"""The results as JSON and as a table."""

import json
import statistics

from cases import JSON, PYMONGO, TWIN


def as_json(machine, results):
    rows = []
    for row, samples in results:
        contenders = {
            name: {
                "seconds_per_document": [one["seconds"] / one["documents"] for one in some],
                "documents": some[0]["documents"],
                "bson_bytes": some[0]["bytes"],
            }
            for name, some in samples.items()
        }
        rows.append({"key": row.key, "title": row.title, "contenders": contenders})
    return json.dumps({"machine": machine, "rows": rows}, indent=2) + "\n"


def as_markdown(machine, results):
    lines = [f"{name}: {value}  " for name, value in machine.items()]
    lines += [
        "",
        "CPU time per document and BSON bytes per second: median (minimum – maximum) of separate processes. The ratios are"
        " those of the medians, more than 1 when twin is faster.",
        "",
        "| what | twin | pymongo | Foundation's JSON | pymongo / twin | JSON / twin |",
        "|---|---|---|---|---|---|",
    ]
    for row, samples in results:
        cells = [cell(samples.get(name)) for name in (TWIN, PYMONGO, JSON)]
        ratios = [ratio(samples, name) for name in (PYMONGO, JSON)]
        lines.append(f"| {row.title} | {' | '.join(cells)} | {' | '.join(ratios)} |")
    return "\n".join(lines) + "\n"


def median(some):
    return statistics.median(one["seconds"] for one in some)


def cell(some):
    if not some:
        return "–"
    times = [one["seconds"] / one["documents"] * 1e6 for one in some]
    rate = some[0]["bytes"] / median(some) / 1e6
    middle = statistics.median(times)
    return f"**{middle:.3g} µs** ({min(times):.3g} – {max(times):.3g}), {rate:,.0f} MB/s"


def ratio(samples, name):
    return f"{median(samples[name]) / median(samples[TWIN]):.2f}" if name in samples else "–"
