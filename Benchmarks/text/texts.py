"""The texts that are worked on, and tokenizers that are trained on them."""

import json
import pathlib

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
ENDS = (".md", ".txt")


def read(folders):
    """The texts of all files of these folders that are Markdown or plain text; without folders those of this repository.

    A file of JSON lines or a JSON array counts, too: of each object the `text`, or the values of its `content`.
    """
    places = [pathlib.Path(folder) for folder in folders] or [ROOT / "data" / "sample", ROOT / "docs"]
    texts = []
    for place in places:
        files = sorted(place.rglob("*")) if place.is_dir() else [place]
        for file in files:
            if file.suffix in ENDS:
                texts.append(file.read_text())
            elif file.suffix in (".json", ".jsonl") and not place.is_dir():
                texts += [text for row in rows(file) if (text := text_of(row))]
    if not texts:
        raise SystemExit("there is no text in " + ", ".join(map(str, places)))
    return texts


def rows(file):
    content = file.read_text()
    if content.lstrip().startswith("["):
        return json.loads(content)
    return [json.loads(line) for line in content.splitlines() if line.strip()]


def text_of(row):
    if isinstance(row, str):
        return row
    content = row.get("text", row.get("content"))
    if isinstance(content, dict):
        content = " ".join(str(value) for value in content.values() if isinstance(value, str))
    return content


TRAINING = """
import json, sys, tokenizers
from tokenizers import decoders, models, normalizers, pre_tokenizers, processors, trainers

texts, word_piece, byte_pairs = sys.argv[1:]
texts = json.load(open(texts))

tokenizer = tokenizers.Tokenizer(models.WordPiece(unk_token="[UNK]"))
tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
tokenizer.train_from_iterator(
    texts, trainers.WordPieceTrainer(vocab_size=30522, special_tokens=special, show_progress=False))
tokenizer.post_processor = processors.TemplateProcessing(
    single="[CLS] $A [SEP]", pair="[CLS] $A [SEP] $B:1 [SEP]:1",
    special_tokens=[(name, tokenizer.token_to_id(name)) for name in ("[CLS]", "[SEP]")])
tokenizer.decoder = decoders.WordPiece()
tokenizer.save(word_piece)

tokenizer = tokenizers.Tokenizer(models.BPE())
tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
tokenizer.decoder = decoders.ByteLevel()
tokenizer.post_processor = processors.ByteLevel(trim_offsets=False)
tokenizer.train_from_iterator(
    texts, trainers.BpeTrainer(
        vocab_size=50257, special_tokens=["<|endoftext|>"], show_progress=False,
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet()))
tokenizer.save(byte_pairs)
"""
