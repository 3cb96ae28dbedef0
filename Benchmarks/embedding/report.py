"""The results as plain values and as a table."""

import dataclasses

import figures
import measure


def rows(samples, queries, accuracy):
    """One row for each contender.

    :param samples: the processes of each on one core, by its name.
    :param queries: those that embedded the query on all cores.
    :param accuracy: what `accuracy.py` found.
    """
    result = []
    for name, some in samples.items():
        inside = [sample.inside for sample in some]
        result.append({
            "contender": name,
            "accuracy": accuracy[name],
            "peak_bytes": max(sample.peak for sample in some),
            "start_cpu": dataclasses.asdict(measure.Spread.of([it["start"]["cpu"] for it in inside])),
            "query_seconds": dataclasses.asdict(measure.Spread.of([it["query"] for it in inside])),
            "query_seconds_all_cores": dataclasses.asdict(
                measure.Spread.of([sample.inside["query"] for sample in queries[name]])),
            **{
                case: dataclasses.asdict(measure.Spread.of([it[case]["cpu"] for it in inside]))
                for case in ("chunks", "sentences")
            },
        })
    return result


def as_markdown(machine, texts, peaks, rows):
    lines = [
        *figures.heading(machine),
        f"{texts['chunks']['count']} chunks of {mean(texts['chunks']):.0f} tokens ({texts['chunks']['different']} different), "
        f"{texts['sentences']['count']} sentences of {mean(texts['sentences']):.0f} tokens, one query of "
        f"{texts['query_tokens']} tokens; all on one thread of one core, but for the query on all cores. Tokens per CPU second: median (minimum – maximum) of "
        "separate processes. Start: CPU seconds until the first vector, after the interpreter's own start. "
        "Overlap: how many of the ten nearest of each chunk are those of the reference.",
        "",
        "The most that a product of 1024 × 384 × 1536 reached, measured before each round: "
        + ", ".join(f"{name} {min(some):.0f} – {max(some):.0f} GFLOP/s" for name, some in peaks.items()) + ".",
        "",
        *figures.header(
            "contender", "chunks, tokens per CPU second", "sentences", "one query, ms", "on all cores", "start, CPU s", "peak memory",
            "lowest cosine", "mean", "overlap@10"),
    ]
    for row in rows:
        accuracy = row["accuracy"]
        lines.append(figures.row(
            row["contender"], speed(row["chunks"], texts["chunks"]), speed(row["sentences"], texts["sentences"]),
            milliseconds(row["query_seconds"]), milliseconds(row["query_seconds_all_cores"]),
            f"{row['start_cpu']['median']:.2f}", figures.megabytes(row["peak_bytes"]), f"{accuracy['lowest']:.5f}",
            f"{accuracy['mean']:.5f}", f"{accuracy['overlap']:.3f}"))
    return "\n".join(lines) + "\n"


def milliseconds(spread):
    return figures.spread(measure.Spread(**spread), lambda value: f"{value * 1e3:.2f}")


def mean(texts):
    return texts["tokens"] / texts["count"]


def speed(cpu, texts):
    tokens = texts["tokens"]
    spread = measure.Spread(
        tokens / cpu["maximum"], tokens / cpu["median"], tokens / cpu["minimum"], cpu["count"])
    return figures.spread(spread, "{:,.0f}".format)
