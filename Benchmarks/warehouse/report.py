"""The results as plain values and as tables."""

import dataclasses

import figures
from cases import PEERS, PHASES, PYTHON, STORES, TWIN


def as_rows(results):
    return [
        {
            **dataclasses.asdict(case),
            "contenders": {
                name: {
                    "cpu": dataclasses.asdict(spreads["cpu"]),
                    "wall": dataclasses.asdict(spreads["wall"]),
                    "peak_bytes": spreads["peak"],
                }
                for name, spreads in contenders.items()
            },
        }
        for case, contenders in results.items()
    ]


def as_markdown(machine, count, results, kills):
    lines = [*figures.heading(machine), *measured(count, results), ""]
    if kills:
        lines += [*killed(kills), ""]
    return "\n".join(lines)


def measured(count, results):
    yield f"{count:,} documents. Median (minimum – maximum) of separate processes, the client's alone."
    yield ""
    yield from figures.header(
        "what", "client", "processor seconds", "wall seconds", "peak memory", "with a tenth of the documents")
    for case, contenders in results.items():
        if case.count != count:
            continue
        tenth = next((value for other, value in results.items() if is_tenth(other, case)), {})
        for name in (TWIN, PYTHON):
            if name not in contenders:
                continue
            spreads = contenders[name]
            small = figures.megabytes(tenth[name]["peak"]) if name in tenth else "–"
            client = TWIN if name == TWIN else PEERS[case.store]
            yield figures.row(
                f"{STORES[case.store]}: {PHASES[case.phase]}", client, cell(spreads["cpu"]), cell(spreads["wall"]),
                figures.megabytes(spreads["peak"]), small)


def is_tenth(other, case):
    return (other.store, other.phase) == (case.store, case.phase) and other.count < case.count


def cell(spread):
    return figures.spread(spread, "{:.2f}".format)


def killed(kills):
    yield (
        "Writers killed with SIGKILL, and what was found afterwards. *Between* are those that the store had carried out"
        " a batch for that was never confirmed."
    )
    yield ""
    yield from figures.header(
        "store", "kills: opening / first batch / later", "between", "confirmed", "lost", "twice", "torn")
    for store, found in kills.items():
        name = {"sqlite": STORES["sqlite"], "mongoPeer": STORES["mongodb"], "mongoServer": "MongoDB"}[store]
        moments = " / ".join(str(found["kills"].get(moment, 0)) for moment in ("opening", "firstBatch", "laterBatch"))
        yield figures.row(
            name, moments, str(found["killsBetweenStoringAndConfirming"]), f"{found['confirmed']:,}",
            str(found["lost"]), str(found["twice"]), str(found["torn"]))
