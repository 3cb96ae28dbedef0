"""Trains small byte-level models, and writes them and what the `tokenizers` package makes of some texts.

Run with `tokenizers==0.23.3`: python Tests/TokenizersTests/Fixtures/make_byte_level.py
"""

import json
import pathlib
import random

from tokenizers import AddedToken, Regex, Tokenizer, normalizers, pre_tokenizers, processors, trainers
from tokenizers.models import BPE

FOLDER = pathlib.Path(__file__).parent / "ByteLevel"
CORPUS = [
    "The engine reads the cards, and the cards say what the engine does; it doesn't know what they mean.",
    "She'd written the notes before anybody had built a machine that could've read them. They're still read.",
    "In 1843 there were 7 notes of 66 pages; in 2024 there are 1,000,000 readers (10^6), we've counted.",
    "def weave(cards):\n    for card in cards:\n        lift(threads[card])\n\n    return cloth\n",
    "Über die Brücke gehen fünf Größen: Länge, Höhe, Tiefe, Weite, Öffnung. naïve café déjà vu",
    "東京の機械は数を書く。日本語の文章。 машина пишет числа, а числа пишут машину. η μηχανή γράφει αριθμούς",
]
LLAMA = (
    r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
)
WORDS = [
    "engine", " cards", "n't", "'S", "'ll", "'ſt", "'", " ", "  ", "\n", "\r\n", " \n ", "\t\t", "7", "1843", "1234567",
    "½²Ⅷ", "๑๒", "é", "e\u0301", "q\u0307\u0323", "가", "한국어", "नमस्ते", "…", "--", "!!!\n\n", "    return", "\u00a0",
    "\u3000", "\u2028", "\u0085", "👩‍🔬", "<|end|>", "<|start|>", "<fim>", " <fim> ", "<fi", "<s>", "aaaaaaaa", "ab" * 30,
]


def splitting(pattern):
    return pre_tokenizers.Sequence(
        [pre_tokenizers.Split(Regex(pattern), "isolated"), pre_tokenizers.ByteLevel(False, use_regex=False)])


def template(tokenizer):
    start = tokenizer.token_to_id("<|start|>")
    return processors.TemplateProcessing(single="<|start|> $A", special_tokens=[("<|start|>", start)])


def models():
    """The name of each model, how it cuts words, and what else it has."""
    byte_level = pre_tokenizers.ByteLevel(add_prefix_space=False)
    yield "gpt2", byte_level, {}
    yield "prefix", pre_tokenizers.ByteLevel(add_prefix_space=True), {
        "post": lambda tokenizer: processors.ByteLevel(trim_offsets=True)}
    yield "llama3", splitting(LLAMA), {"ignore_merges": True, "special": ["<|start|>", "<|end|>"], "post": template}
    yield "qwen2", splitting(LLAMA.replace(r"\p{N}{1,3}", r"\p{N}")), {"normalizer": normalizers.NFC()}
    yield "digits", pre_tokenizers.Sequence([pre_tokenizers.Digits(individual_digits=True), byte_level]), {
        "added": [AddedToken("<fim>", lstrip=True, rstrip=True, normalized=False), AddedToken("<fi", normalized=False)]}
    yield "roberta", byte_level, {
        "special": ["<s>", "</s>"], "post": lambda _: processors.RobertaProcessing(("</s>", 1), ("<s>", 0))}


def train(splitter, ignore_merges=False, special=("<|end|>",), normalizer=None, post=None, added=()):
    tokenizer = Tokenizer(BPE(ignore_merges=ignore_merges))
    tokenizer.pre_tokenizer = splitter
    if normalizer:
        tokenizer.normalizer = normalizer
    trainer = trainers.BpeTrainer(
        vocab_size=420, special_tokens=list(special), initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False)
    tokenizer.train_from_iterator(CORPUS, trainer)
    tokenizer.add_tokens(list(added))
    if post:
        tokenizer.post_processor = post(tokenizer)
    return tokenizer


def random_texts(count):
    generator = random.Random(1843)
    ranges = [(0x20, 0x7E)] * 3 + [
        (0, 0x1F), (0xA0, 0x17F), (0x300, 0x36F), (0x370, 0x5FF), (0x900, 0xDFF), (0x2000, 0x206F), (0x3000, 0x30FF),
        (0xAC00, 0xD7A3), (0xF900, 0xFAFF), (0x1F300, 0x1FAFF), (0xE000, 0x10FFFF)]
    for _ in range(count):
        pieces = []
        for _ in range(generator.randrange(0, 14)):
            if generator.random() < 0.6:
                pieces.append(generator.choice(WORDS) + generator.choice(["", " "]))
            else:
                pieces.append(chr(generator.randint(*generator.choice(ranges))))
        yield "".join(pieces)


FOLDER.mkdir(exist_ok=True)
texts = CORPUS + list(random_texts(120))
encoded = {}
for name, splitter, settings in models():
    tokenizer = train(splitter, **settings)
    tokenizer.save(str(FOLDER / f"{name}.json"), pretty=False)
    encoded[name] = [tokenizer.encode(text).ids for text in texts]
with open(FOLDER / "texts.jsonl", "w", encoding="utf-8") as file:
    for index, text in enumerate(texts):
        row = {"text": text, "ids": {name: ids[index] for name, ids in encoded.items()}}
        file.write(json.dumps(row, separators=(",", ":")) + "\n")
