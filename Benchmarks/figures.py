"""How all reports write figures down."""

import json
import pathlib

RESULTS = pathlib.Path(__file__).resolve().parent / "results"


def keep(name, machine, table, **figures):
    """Writes a report's files: the figures as they are and the table for people."""
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / f"{name}.json").write_text(json.dumps({"machine": machine, **figures}, indent=2) + "\n")
    (RESULTS / f"{name}.md").write_text(table)


def heading(machine):
    """The lines that say what the figures were measured on."""
    return [*(f"{name}: {value}  " for name, value in machine.items()), ""]


def row(*cells):
    return f"| {' | '.join(cells)} |"


def header(*titles):
    return [row(*titles), "|---" * len(titles) + "|"]


def spread(some, text, unit=""):
    """A `measure.Spread` with its median in bold.

    :param text: writes one of its values.
    """
    return f"**{text(some.median)}{unit}** ({text(some.minimum)} – {text(some.maximum)})"


def megabytes(count):
    return f"{count / 2**20:.0f} MB"
