"""Derives Sources/Tokenizers/WordPiece/CharacterTable+Data.swift from the behaviour of the `tokenizers` package.

Every code point is put between two letters and sent through BertNormalizer and BertPreTokenizer; what comes back
decides its segment. Nothing is read from a Unicode database, since the package's own tables are older than any that
is installed today. Run with `tokenizers==0.23.3`:

    python Tests/TokenizersTests/Fixtures/make_character_tables.py > "Sources/Tokenizers/WordPiece/CharacterTable+Data.swift"
"""

from tokenizers import normalizers, pre_tokenizers

KEEP, DROP, SPACE, PUNCTUATION, IDEOGRAPH, HANGUL, OFFSET, ALTERNATING, CONSTANT, SEQUENCE, COMPATIBILITY, MARK = range(12)
LAST = 0x10FFFF

normalizer = normalizers.BertNormalizer(
    clean_text=True, handle_chinese_chars=True, strip_accents=None, lowercase=True)
splitter = pre_tokenizers.BertPreTokenizer()


def normalized(scalar):
    return [ord(c) for c in normalizer.normalize_str("a" + chr(scalar) + "b")[1:-1]]


def is_punctuation(scalar):
    return [piece for piece, _ in splitter.pre_tokenize_str("a" + chr(scalar) + "b")] == ["a", chr(scalar), "b"]


def classify(scalar):
    """The kind of a scalar and what it becomes."""
    if 0xD800 <= scalar < 0xE000:
        return KEEP, []
    result = normalized(scalar)
    if not result:
        return DROP, []
    if result == [0x20]:
        return SPACE, []
    if result == [scalar]:
        return (PUNCTUATION if is_punctuation(scalar) else KEEP), []
    if result == [0x20, scalar, 0x20]:
        return IDEOGRAPH, []
    if 0xAC00 <= scalar < 0xD7A4:
        return HANGUL, []
    if result[0] == 0x20:
        assert len(result) == 3 and result[2] == 0x20
        return COMPATIBILITY, result[1:2]
    if len(result) == 1:
        return (MARK if is_punctuation(result[0]) else OFFSET), result
    assert len(result) <= 3 and 0x20 not in result and not any(map(is_punctuation, result))
    return SEQUENCE, result


def segments():
    """(start, kind, value) for each stretch of scalars that one rule describes."""
    table = [classify(scalar) for scalar in range(0x80, LAST + 1)]
    at = lambda scalar: table[scalar - 0x80] if scalar <= LAST else (None, [])
    ideographs, sequences, rows, scalar = [], [], [], 0x80
    while scalar <= LAST:
        kind, result = at(scalar)
        end = scalar + 1
        if kind == OFFSET:
            target = result[0]
            runs = [(lambda k: k, OFFSET), (lambda k: 0, CONSTANT)]
            lengths = []
            for step, run in runs:
                k = 1
                while at(scalar + k) == (OFFSET, [target + step(k)]):
                    k += 1
                lengths.append((k, run))
            k = 1
            while (at(scalar + k) == (KEEP, [])) if k % 2 else (at(scalar + k) == (OFFSET, [target + k])):
                k += 1
            lengths.append((k, ALTERNATING))
            length, kind = max(lengths, key=lambda pair: pair[0])
            end = scalar + length
            value = target
        elif kind in (COMPATIBILITY, SEQUENCE):
            values = ideographs if kind == COMPATIBILITY else sequences
            value = len(values)
            while at(end)[0] == kind:
                end += 1
            for s in range(scalar, end):
                target = at(s)[1]
                values.extend(target if kind == COMPATIBILITY else target + [0] * (3 - len(target)))
        elif kind == MARK:
            value = result[0]
        else:
            value = 0
            while at(end)[0] == kind:
                end += 1
        rows.append((scalar, kind, value))
        scalar = end
    return rows, ideographs, sequences


def literal(name, comment, values, width):
    print(f"\n  /// {comment}\n  static let {name}: [UInt32] = [")
    line = "   "
    for value in values:
        item = f" 0x{value:0{width}X},"
        if len(line) + len(item) > 118:
            print(line)
            line = "   "
        line += item
    print(line + "\n  ]")


def main():
    rows, ideographs, sequences = segments()
    print("""\
// Made by Tests/TokenizersTests/Fixtures/make_character_tables.py from `tokenizers` 0.23.3; do not edit.

extension CharacterTable {""", end="")
    literal("starts", "The first scalar of each segment, ascending; a segment ends where the next one starts.",
            [r[0] for r in rows], 4)
    literal("rules", "What happens to each segment: its kind in the top byte, its value in the low 24 bits.",
            [r[1] << 24 | r[2] for r in rows], 1)
    literal("ideographs", "What CJK compatibility ideographs decompose to.", ideographs, 4)
    literal("sequences", "What scalars decompose to that become more than one, padded with zeros to three each.",
            sequences, 4)
    print("}")


if __name__ == "__main__":
    main()
