"""The results as plain values and as a table."""

import dataclasses

import figures
from cases import HAMILTON, TWIN, ZENML

PEERS = (HAMILTON, ZENML)


def as_rows(results):
    rows = []
    for row, spreads, failures in results:
        contenders = {
            name: {
                **dataclasses.asdict(spread),
                "count": row.entries[name].count,
                "samples": spread.count,
                "peak_bytes": peak,
            }
            for name, (spread, peak) in spreads.items()
        }
        rows.append(
            {"key": row.key, "title": row.title, "unit": "s", "contenders": contenders, "failures": failures}
        )
    return rows


def as_markdown(machine, results):
    lines = [
        *figures.heading(machine),
        "Median (minimum – maximum) of separate processes; the ratios are those of the medians, more than 1 when twin is"
        " faster.",
        "",
        *figures.header("what", TWIN, *PEERS, *(f"{name} / twin" for name in PEERS), "peak memory"),
    ]
    for row, spreads, failures in results:
        cells = [cell(name, spreads, failures) for name in (TWIN, *PEERS)]
        ratios = [ratio(name, spreads) for name in PEERS]
        peaks = " / ".join(figures.megabytes(peak) for _, peak in spreads.values())
        lines.append(figures.row(row.title, *cells, *ratios, peaks))
    return "\n".join(lines) + "\n"


def cell(name, spreads, failures):
    if name in failures:
        return failures[name]
    if name not in spreads:
        return "–"
    spread = spreads[name][0]
    if spread.count == 1:
        return f"{duration(spread.median)} (once)"
    return figures.spread(spread, duration)


def ratio(name, spreads):
    if name not in spreads or TWIN not in spreads:
        return "–"
    value = spreads[name][0].median / spreads[TWIN][0].median
    return f"{value:,.0f}" if value >= 10 else f"{value:.1f}"


def duration(seconds):
    """Three significant digits, in the unit that fits."""
    for unit, factor in (("s", 1), ("ms", 1e3), ("µs", 1e6)):
        if seconds * factor >= 1 or unit == "µs":
            value = seconds * factor
            return f"{value:.0f} {unit}" if value >= 100 else f"{value:.3g} {unit}"
