"""Derives Sources/Preprocessing/Sentences/SentenceClass+Data.swift from the property Sentence_Break of Unicode.

Run with `regex==2026.11.15` (or any, for another version of Unicode):

    python Tests/PreprocessingTests/Fixtures/make_sentence_table.py > "Sources/Preprocessing/Sentences/SentenceClass+Data.swift"
"""

import regex

LAST = 0x10FFFF
# In the order of the cases of SentenceClass; CR and LF are separators here, Format counts as Extend.
NAMES = ["Other", "Extend", "Sep", "Sp", "Lower", "Upper", "OLetter", "Numeric", "ATerm", "SContinue", "STerm", "Close"]
OTHER_NAMES = {"Format": "Extend", "CR": "Sep", "LF": "Sep"}
MATCHERS = [
    (OTHER_NAMES.get(name, name), regex.compile(r"\p{Sentence_Break=%s}" % name))
    for name in NAMES[1:] + list(OTHER_NAMES)
]


def classify(scalar):
    if 0xD800 <= scalar < 0xE000:
        return 0
    character = chr(scalar)
    return next((NAMES.index(name) for name, matcher in MATCHERS if matcher.match(character)), 0)


def literal(name, comment, values, width):
    print(f"\n  /// {comment}\n  static let {name}: [{width}] = [")
    line = "   "
    for value in values:
        item = f" 0x{value:X},"
        if len(line) + len(item) > 118:
            print(line)
            line = "   "
        line += item
    print(line + "\n  ]")


starts, kinds = [], []
for scalar in range(LAST + 1):
    kind = classify(scalar)
    if not kinds or kinds[-1] != kind:
        starts.append(scalar)
        kinds.append(kind)
print("""\
// Made by Tests/PreprocessingTests/Fixtures/make_sentence_table.py from the property Sentence_Break; do not edit.

extension SentenceClass {""", end="")
literal("starts", "The first scalar of each segment, ascending; a segment ends where the next one starts.", starts, "UInt32")
literal("kinds", "The class of each segment, by its raw value.", kinds, "UInt8")
print("}")
