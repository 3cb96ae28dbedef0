"""`prepare.py MODEL TEXTS WORK` cuts texts into chunks and sentences, and writes the model for ONNX Runtime."""

import json
import pathlib
import re
import shutil
import sys

import torch
import transformers
from onnxruntime.quantization import QuantType, quantize_dynamic
from tokenizers import Tokenizer

CHUNKS, CHUNK_TOKENS = 500, 236
SENTENCES, SENTENCE_TOKENS = 2000, (12, 30)
QUERY = "how do I fine tune a large language model?"


def strings(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from (text for part in value.values() for text in strings(part))
    elif isinstance(value, list):
        yield from (text for part in value for text in strings(part))


def texts_of(folder):
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        if path.suffix == ".json":
            yield from (text for text in strings(json.loads(path.read_text())) if len(text) > 1000)
        elif path.suffix in (".md", ".txt", ".html"):
            yield re.sub(r"<[^>]+>", " ", path.read_text(errors="replace"))


def cut(texts, tokenizer):
    """Sentences, and chunks of whole sentences of at most `CHUNK_TOKENS` tokens."""
    chunks, short = [], []
    for text in texts:
        chunk, size = [], 0
        for sentence in re.split(r"(?<=[.!?])\s+", re.sub(r"\s+", " ", text)):
            count = len(tokenizer.encode(sentence, add_special_tokens=False).ids)
            if not 0 < count <= CHUNK_TOKENS:
                continue
            if SENTENCE_TOKENS[0] <= count <= SENTENCE_TOKENS[1]:
                short.append(sentence)
            if size + count > CHUNK_TOKENS + 12:
                chunks.append(" ".join(chunk))
                chunk, size = [], 0
            chunk.append(sentence)
            size += count
        if size > CHUNK_TOKENS / 2:
            chunks.append(" ".join(chunk))
    return repeated(chunks, CHUNKS), repeated(short, SENTENCES)


def repeated(texts, count):
    if not texts:
        sys.exit("there is too little text")
    return [texts[index % len(texts)] for index in range(count)]


class Encoder(torch.nn.Module):
    """BERT, the mean over the mask, length one: what sentence-transformers computes."""

    def __init__(self, model):
        super().__init__()
        self.model = model

    def forward(self, input_ids, attention_mask):
        states = self.model(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
        mask = attention_mask.unsqueeze(-1).to(states.dtype)
        return torch.nn.functional.normalize((states * mask).sum(1) / mask.sum(1), dim=1)


def export(model, work):
    bert = transformers.BertModel.from_pretrained(model, add_pooling_layer=False).eval()
    ids = torch.ones((2, 16), dtype=torch.long)
    axes = {name: {0: "batch", 1: "length"} for name in ("input_ids", "attention_mask")}
    torch.onnx.export(
        Encoder(bert), (ids, ids), work / "f32.onnx", input_names=["input_ids", "attention_mask"],
        output_names=["vectors"], dynamic_axes={**axes, "vectors": {0: "batch"}}, opset_version=17, dynamo=False)
    quantize_dynamic(work / "f32.onnx", work / "int8.onnx", per_channel=True, weight_type=QuantType.QInt8)


class States(torch.nn.Module):
    """BERT alone: what fastembed takes the mean of."""

    def __init__(self, model):
        super().__init__()
        self.model = model

    def forward(self, input_ids, attention_mask, token_type_ids):
        return self.model(input_ids, attention_mask, token_type_ids).last_hidden_state


def folder_for_fastembed(model, work):
    """The folder that fastembed would download, of the same weights."""
    folder = work / "fastembed"
    folder.mkdir()
    for name in ("config.json", "tokenizer.json"):
        shutil.copy(model / name, folder)
    tokens = {"model_max_length": 256, "pad_token": "[PAD]"}
    (folder / "tokenizer_config.json").write_text(json.dumps(tokens))
    bert = transformers.BertModel.from_pretrained(model, add_pooling_layer=False).eval()
    ids = torch.ones((2, 16), dtype=torch.long)
    names = ["input_ids", "attention_mask", "token_type_ids"]
    torch.onnx.export(
        States(bert), (ids, ids, torch.zeros_like(ids)), folder / "model.onnx", input_names=names,
        output_names=["last_hidden_state"],
        dynamic_axes={name: {0: "batch", 1: "length"} for name in [*names, "last_hidden_state"]}, opset_version=17,
        dynamo=False)


def folder_for_sentence_transformers(model, work):
    """The model with the files that sentence-transformers wants beside the weights."""
    folder = work / "sentence-transformers"
    shutil.copytree(model, folder)
    (folder / "sentence_bert_config.json").write_text(json.dumps({"max_seq_length": 256, "do_lower_case": False}))


def main():
    model, texts, work = map(pathlib.Path, sys.argv[1:])
    tokenizer = Tokenizer.from_file(str(model / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    shape = {"query": QUERY, "query_tokens": len(tokenizer.encode(QUERY).ids)}
    for name, cases in zip(("chunks", "sentences"), cut(texts_of(texts), tokenizer)):
        (work / f"{name}.json").write_text(json.dumps(cases))
        tokens = sum(len(tokenizer.encode(text).ids) for text in cases)
        shape[name] = {"count": len(cases), "different": len(set(cases)), "tokens": tokens}
    (work / "shape.json").write_text(json.dumps(shape))
    folder_for_sentence_transformers(model, work)
    folder_for_fastembed(model, work)
    export(model, work)


main()
