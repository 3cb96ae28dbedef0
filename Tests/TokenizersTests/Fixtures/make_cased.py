"""Makes the fixtures of WordPiece that keeps case, with `pip install tokenizers`:

    python3 Tests/TokenizersTests/Fixtures/make_cased.py

Cased/tokenizer.json is a small tokenizer as bert-base-cased's is made, trained on the texts of texts.jsonl. Cased/texts.jsonl
has what it makes of them, and Cased/characters.txt what it makes of `aXb` for every character X: a line with the first
character of each run that is treated alike, and the tokens' numbers.
"""

import json
import pathlib

import tokenizers
from tokenizers import models, normalizers, pre_tokenizers, processors, trainers

HERE = pathlib.Path(__file__).resolve().parent
FOLDER = HERE / "Cased"

texts = [json.loads(line)["text"] for line in (HERE / "texts.jsonl").read_text().splitlines()]
texts += [text.title() for text in texts] + ["ab aXb Ab aB AB b B Élan ÉLAN élan ﬁ ≠ Straße STRASSE İstanbul ΑΣ ας"]
tokenizer = tokenizers.Tokenizer(models.WordPiece(unk_token="[UNK]"))
tokenizer.normalizer = normalizers.BertNormalizer(lowercase=False)
tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
tokenizer.train_from_iterator(
    texts, trainers.WordPieceTrainer(vocab_size=2500, special_tokens=special, show_progress=False))
tokenizer.post_processor = processors.TemplateProcessing(
    single="[CLS] $A [SEP]", special_tokens=[(name, tokenizer.token_to_id(name)) for name in ("[CLS]", "[SEP]")])
tokenizer.save(str(FOLDER / "tokenizer.json"), pretty=False)

with (FOLDER / "texts.jsonl").open("w") as file:
    for text in texts:
        encoding = tokenizer.encode(text)
        # `tokenizers` counts characters, twin counts bytes.
        places = [0]
        for character in text:
            places.append(places[-1] + len(character.encode()))
        offsets = [[places[start], places[end]] for start, end in encoding.offsets]
        file.write(json.dumps({"text": text, "ids": encoding.ids, "offsets": offsets}, ensure_ascii=False) + "\n")

with (FOLDER / "characters.txt").open("w") as file:
    last = None
    for value in range(0x110000):
        if 0xD800 <= value <= 0xDFFF:
            continue
        ids = ",".join(map(str, tokenizer.encode(f"a{chr(value)}b", add_special_tokens=False).ids))
        if ids != last:
            file.write(f"{value:x} {ids}\n")
        last = ids
