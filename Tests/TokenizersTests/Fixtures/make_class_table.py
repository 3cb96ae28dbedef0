"""Derives Sources/Tokenizers/BPE/CharacterClass+Data.swift from the behaviour of the `tokenizers` package.

Every code point is put between two dashes and matched with the classes that patterns of byte-level models use. Nothing is
read from a Unicode database: the package's own tables decide where a word ends. Run with `tokenizers==0.23.3`:

    python Tests/TokenizersTests/Fixtures/make_class_table.py > "Sources/Tokenizers/BPE/CharacterClass+Data.swift"
"""

from tokenizers import Regex, pre_tokenizers

LAST = 0x10FFFF
SPLITTERS = [
    pre_tokenizers.Split(Regex(r"\p{L}"), "isolated"),
    pre_tokenizers.Split(Regex(r"\p{N}"), "isolated"),
    pre_tokenizers.Split(Regex(r"\s"), "isolated"),
    pre_tokenizers.Digits(individual_digits=True),
]


def classes(scalar):
    if 0xD800 <= scalar < 0xE000:
        return 0
    text = "-" + chr(scalar) + "-"
    return sum(1 << bit for bit, splitter in enumerate(SPLITTERS) if len(splitter.pre_tokenize_str(text)) == 3)


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


starts, bits = [], []
for scalar in range(LAST + 1):
    value = classes(scalar)
    if not bits or bits[-1] != value:
        starts.append(scalar)
        bits.append(value)
print("""\
// Made by Tests/TokenizersTests/Fixtures/make_class_table.py from `tokenizers` 0.23.3; do not edit.

extension CharacterClass {""", end="")
literal("starts", "The first scalar of each segment, ascending; a segment ends where the next one starts.", starts, "UInt32")
literal("classes", "The classes of each segment.", bits, "UInt8")
print("}")
