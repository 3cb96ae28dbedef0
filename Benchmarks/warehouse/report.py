"""The results as JSON and as tables."""

import dataclasses
import json

from cases import PEERS, PHASES, PYTHON, STORES, TWIN


def as_json(machine, count, results, kills):
    rows = [
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
    return json.dumps({"machine": machine, "documents": count, "rows": rows, "kills": kills}, indent=2) + "\n"


def as_markdown(machine, count, results, kills):
    lines = [f"{name}: {value}  " for name, value in machine.items()]
    lines += ["", *figures(count, results), ""]
    if kills:
        lines += [*killed(kills), ""]
    return "\n".join(lines)


def figures(count, results):
    yield f"{count:,} documents. Median (minimum – maximum) of separate processes, the client's alone."
    yield ""
    yield "| what | client | processor seconds | wall seconds | peak memory | with a tenth of the documents |"
    yield "|---|---|---|---|---|---|"
    for case, contenders in results.items():
        if case.count != count:
            continue
        tenth = next((value for other, value in results.items() if is_tenth(other, case)), {})
        for name in (TWIN, PYTHON):
            if name not in contenders:
                continue
            spreads = contenders[name]
            small = f"{tenth[name]['peak'] / 2**20:.0f} MB" if name in tenth else "–"
            client = TWIN if name == TWIN else PEERS[case.store]
            yield (
                f"| {STORES[case.store]}: {PHASES[case.phase]} | {client} | {cell(spreads['cpu'])} "
                f"| {cell(spreads['wall'])} | {spreads['peak'] / 2**20:.0f} MB | {small} |"
            )


def is_tenth(other, case):
    return (other.store, other.phase) == (case.store, case.phase) and other.count < case.count


def cell(spread):
    return f"**{spread.median:.2f}** ({spread.minimum:.2f} – {spread.maximum:.2f})"


def killed(kills):
    yield (
        "Writers killed with SIGKILL, and what was found afterwards. *Between* are those that the store had carried out"
        " a batch for that was never confirmed."
    )
    yield ""
    yield "| store | kills: opening / first batch / later | between | confirmed | lost | twice | torn |"
    yield "|---|---|---|---|---|---|---|"
    for store, found in kills.items():
        name = {"sqlite": STORES["sqlite"], "mongoPeer": STORES["mongodb"], "mongoServer": "MongoDB"}[store]
        moments = " / ".join(str(found["kills"].get(moment, 0)) for moment in ("opening", "firstBatch", "laterBatch"))
        yield (
            f"| {name} | {moments} | {found['killsBetweenStoringAndConfirming']} | {found['confirmed']:,} "
            f"| {found['lost']} | {found['twice']} | {found['torn']} |"
        )
