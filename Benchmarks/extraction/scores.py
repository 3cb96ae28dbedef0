"""How well texts agree with the answers."""

import dataclasses
import re
import statistics
from collections import Counter

LENGTH = 4


@dataclasses.dataclass
class Score:
    precision: float
    recall: float

    @property
    def f1(self):
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def of(answers, folder):
    """The scores by kind of answer; the texts are the folder's ID.txt files.

    Whole texts are compared by their runs of four words, averaged over the pages; a page that gave no text counts in
    recall alone. Segments are counted over all pages, white space folded.
    """
    whole, parts = [], Counter()
    for key, answer in answers.items():
        file = folder / f"{key}.txt"
        text = file.read_text(errors="replace") if file.exists() else ""
        if "articleBody" in answer:
            whole.append(overlap(runs(answer["articleBody"]), runs(text)))
        else:
            folded = fold(text)
            lost = sum(fold(part) not in folded for part in answer["with"])
            extra = sum(fold(part) in folded for part in answer["without"])
            parts.update(right=len(answer["with"]) - lost, lost=lost, extra=extra)
    found = {}
    if whole:
        precisions = [precision for precision, _ in whole if precision is not None]
        found["whole texts"] = Score(statistics.mean(precisions or [0]), statistics.mean(recall for _, recall in whole))
    if parts:
        right = parts["right"]
        found["segments"] = Score(right / max(1, right + parts["extra"]), right / max(1, right + parts["lost"]))
    return found


def overlap(wanted, found):
    both = sum((wanted & found).values())
    return (both / sum(found.values()) if found else None), (both / sum(wanted.values()) if wanted else 1.0)


def runs(text):
    words = re.findall(r"\w+", text)
    return Counter(tuple(words[index : index + LENGTH]) for index in range(max(1, len(words) - LENGTH + 1)) if words)


def fold(text):
    return " ".join(text.split())
