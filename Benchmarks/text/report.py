"""The results as plain values and as a table."""

import dataclasses

import figures


@dataclasses.dataclass
class Result:
    """One contender in one row."""

    row: object
    contender: str
    seconds: object  # a measure.Spread of CPU seconds of one pass over all texts
    made: int


def as_rows(results):
    return [
        {
            "case": it.row.key,
            "contender": it.contender,
            "cpu_seconds": dataclasses.asdict(it.seconds),
            it.row.made: it.made,
        }
        for it in results
    ]


def as_markdown(machine, size, results):
    lines = [
        *figures.heading(machine),
        "MB (10^6 bytes) of text in a CPU second: median (minimum – maximum) of separate processes, each with one thread."
        " Loading is not counted, nor is the first pass over the texts.",
        "",
        *figures.header("work", "with", "MB per CPU second", "tokens per CPU second", "what came out"),
    ]
    for it in results:
        tokens = "–"
        if it.row.made == "tokens":
            tokens = figures.spread(per_second(it.seconds, it.made / 1e3), "{:,.0f}".format, " k")
        speed = figures.spread(per_second(it.seconds, size / 1e6), lambda value: f"{value:.3g}")
        lines.append(figures.row(it.row.title, it.contender, speed, tokens, f"{it.made:,} {it.row.made}"))
    return "\n".join(lines) + "\n"


def per_second(seconds, amount):
    """The same spread as a speed."""
    return type(seconds)(amount / seconds.maximum, amount / seconds.median, amount / seconds.minimum, seconds.count)
