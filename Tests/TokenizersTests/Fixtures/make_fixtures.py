"""Writes vocab.txt, texts.jsonl and characters.txt: what the `tokenizers` package makes of them.

Run with `tokenizers==0.23.3`: python Tests/TokenizersTests/Fixtures/make_fixtures.py
"""

import json
import pathlib
import random

from tokenizers import Tokenizer, normalizers, pre_tokenizers, processors
from tokenizers.models import WordPiece

from make_character_tables import segments

FOLDER = pathlib.Path(__file__).parent
SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
WORDS = """engine analytical the of a note notes love lace number numbers write writes writing un believ able able ing
s ed er cafe naive re sume un happi ness 2024 19 84 hello world token tok en izer 東 京 日 本""".split()
LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789" "αβγδεηικλμνοπρςστυφωабвгдежзиклмнопрстуфхцчшщыьэюяіїєґ" \
    "אבגדהشسلامﻻაბგдकखगतथनमयरलवศกขคงจชあいうかきアイウカキ" + \
    "".join(map(chr, [*range(0x1100, 0x1113), *range(0x1161, 0x1176), *range(0x11A8, 0x11C3)]))
MARKS = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~‘’“”–—…·¿¡«»।。、「」"

TEXTS = [
    "The Analytical Engine of Ada Lovelace writes numbers.",
    "unbelievable unhappiness, re-tokenizers; notes'n'numbers (1984-2024)!",
    "Café naïve résumé RÉSUMÉ cafe\u0301 na\u0131ve İstanbul ẞ ß ﬁ Ǆ",
    "ΑΒΓ ὈΔΥΣΣΕΎΣ Σίσυφος ς МОСКВА Ёлка їжак Ґ",
    "東京 日本語のテキスト、「カギ」。豈 丽 한국어 각 값 힣",
    "नमस्ते ไทยกขค שָׁלוֹם السَّلام ლა",
    "[CLS] a [MASK] b[SEP]c [UNK] [PAD] [cls] [[MASK]] [ MASK ] [MASK",
    "tabs\tand\nnewlines\r\nnul\x00bell\x07es\x1bcape\x7f nbsp\u00a0en\u2002zero\u200bwidth\u2060 line\u2028para\u2029soft\u00adhyphen",
    "emoji 👩‍🔬 flag 🇬🇧 skin 👍🏽 heart ❤️ keycap 1️⃣",
    "x" * 100 + " " + "x" * 101 + " " + "a" * 99 + "é" + " " + "각" * 50 + " " + "각" * 34,
    "", " ", "\u0301", "a\u0301\u0323b", "�", "...", "##ing ## #", "\U0001d15e \U0001d165a", "\ue000a\U000e0001b",
    "https://example.org/a_b?c=d&e=%20#f $1,984.00 ±5% 10⁻³ ½ x² №5 ™ ©",
    " ".join(["the engine writes notes"] * 40),
]


def make_tokenizer():
    tokens = SPECIAL + sorted(set(LETTERS + MARKS)) + ["##" + c for c in sorted(set(LETTERS))]
    tokens += [w for w in dict.fromkeys(WORDS) if w not in tokens]
    tokens += ["##" + w for w in dict.fromkeys(WORDS) if "##" + w not in tokens and not w.startswith("日")]
    tokenizer = Tokenizer(WordPiece(
        {t: i for i, t in enumerate(tokens)}, unk_token="[UNK]", max_input_chars_per_word=100))
    tokenizer.normalizer = normalizers.BertNormalizer(
        clean_text=True, handle_chinese_chars=True, strip_accents=None, lowercase=True)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", special_tokens=[("[CLS]", 2), ("[SEP]", 3)])
    tokenizer.add_special_tokens(SPECIAL)
    return tokens, tokenizer


def random_texts(count):
    """Words, marks and characters of many scripts, thrown together; without marks that change places."""
    generator = random.Random(1843)
    ranges = [(0x20, 0x7E)] * 4 + [
        (0xA0, 0x17F), (0x300, 0x340), (0x391, 0x3C9), (0x410, 0x45F), (0x5D0, 0x5EA), (0x900, 0x94C), (0x1E00, 0x1EFF),
        (0x2010, 0x2040), (0x3041, 0x30FF), (0x4E00, 0x4E40), (0xAC00, 0xD7A3), (0xF900, 0xF920), (0x1F600, 0x1F640)]
    for _ in range(count):
        pieces = []
        for _ in range(generator.randrange(1, 25)):
            choice = generator.random()
            if choice < 0.3:
                pieces.append(generator.choice(WORDS + SPECIAL) + generator.choice(["", " "]))
            else:
                pieces.append(chr(generator.randint(*generator.choice(ranges))))
        yield "".join(pieces)


def byte_offsets(text, offsets):
    at = [0]
    for character in text:
        at.append(at[-1] + len(character.encode()))
    return [[at[start], at[end]] for start, end in offsets]


tokens, tokenizer = make_tokenizer()
(FOLDER / "vocab.txt").write_text("".join(t + "\n" for t in tokens), encoding="utf-8")
with open(FOLDER / "texts.jsonl", "w", encoding="utf-8") as file:
    for text in TEXTS + list(random_texts(150)):
        encoding = tokenizer.encode(text)
        row = {"text": text, "ids": encoding.ids, "offsets": byte_offsets(text, encoding.offsets)}
        file.write(json.dumps(row, separators=(",", ":")) + "\n")

# The characters on both sides of each border of the character table, and some at random, between two letters.
generator = random.Random(1815)
characters = {c for start, _, _ in segments()[0] for c in (start - 1, start, start + 1)}
characters |= set(range(0x80)) | {generator.randrange(0x110000) for _ in range(500)}
with open(FOLDER / "characters.txt", "w", encoding="utf-8") as file:
    for character in sorted(c for c in characters if c < 0xD800 or 0xE000 <= c <= 0x10FFFF):
        ids = tokenizer.encode("a" + chr(character) + "b").ids[1:-1]
        file.write(f"{character:X} {','.join(map(str, ids))}\n")
