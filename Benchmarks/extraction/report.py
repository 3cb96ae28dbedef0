"""The results as plain values and as a table."""

import dataclasses

import figures


@dataclasses.dataclass
class Row:
    """One contender on one corpus."""

    corpus: str
    contender: str
    pages: int
    cpu: object  # a measure.Spread of seconds for all pages
    peak: int
    scores: dict


def as_rows(rows):
    return [
        {
            "corpus": row.corpus,
            "contender": row.contender,
            "pages": row.pages,
            "cpu_seconds": dataclasses.asdict(row.cpu),
            "peak_bytes": row.peak,
            "scores": {
                kind: {"f1": score.f1, "precision": score.precision, "recall": score.recall}
                for kind, score in row.scores.items()
            },
        }
        for row in rows
    ]


def as_markdown(machine, rows):
    lines = [
        *figures.heading(machine),
        "Pages per second of CPU: median (minimum – maximum) of separate processes. Of twin all of its process counts,"
        " start, reading and writing included; of the peers what they take after their modules are loaded.",
        "",
        *figures.header("pages", "extractor", "F1", "precision", "recall", "pages per CPU second", "peak memory"),
    ]
    for row in rows:
        speed = type(row.cpu)(
            row.pages / row.cpu.maximum, row.pages / row.cpu.median, row.pages / row.cpu.minimum, row.cpu.count
        )
        for kind, score in (row.scores or {"": None}).items():
            cells = [f"{value:.3f}" for value in (score.f1, score.precision, score.recall)] if score else ["–"] * 3
            title = f"{row.pages} of {row.corpus}" + (f", {kind}" if kind else "")
            cells += [figures.spread(speed, "{:.0f}".format), figures.megabytes(row.peak)]
            lines.append(figures.row(title, row.contender, *cells))
    return "\n".join(lines) + "\n"
