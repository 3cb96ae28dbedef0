"""The results as plain values and as a table."""

import figures
from cases import JSON, PYMONGO, TWIN
from measure import Spread


def as_rows(results):
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
    return rows


def as_markdown(machine, results):
    lines = [
        *figures.heading(machine),
        "CPU time per document and BSON bytes per second: median (minimum – maximum) of separate processes. The ratios are"
        " those of the medians, more than 1 when twin is faster.",
        "",
        *figures.header("what", TWIN, PYMONGO, JSON, "pymongo / twin", "JSON / twin"),
    ]
    for row, samples in results:
        cells = [cell(samples.get(name)) for name in (TWIN, PYMONGO, JSON)]
        ratios = [ratio(samples, name) for name in (PYMONGO, JSON)]
        lines.append(figures.row(row.title, *cells, *ratios))
    return "\n".join(lines) + "\n"


def spread(some):
    """Seconds for one document."""
    return Spread.of([one["seconds"] / one["documents"] for one in some])


def cell(some):
    if not some:
        return "–"
    times = spread(some)
    rate = some[0]["bytes"] / some[0]["documents"] / times.median / 1e6
    return f"{figures.spread(times, lambda seconds: f'{seconds * 1e6:.3g}', ' µs')}, {rate:,.0f} MB/s"


def ratio(samples, name):
    return f"{spread(samples[name]).median / spread(samples[TWIN]).median:.2f}" if name in samples else "–"
