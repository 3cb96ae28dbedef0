"""Writes what the embedding tests compare with, computed by numpy in 64-bit floats.

tiny-bert/       a BERT of 2 layers with random weights: model.safetensors, vocab.txt, config.json,
                 sentence_bert_config.json
tiny-bert.json   texts with their token numbers and vectors
minilm.json      texts with the beginnings of their all-MiniLM-L6-v2 vectors and all cosines

Run with `numpy==2.4.6 tokenizers==0.23.3`; without a folder, minilm.json is left as it is:

    python Tests/EmbeddingTests/Fixtures/make_fixtures.py [FOLDER OF all-MiniLM-L6-v2]
"""

import json
import math
import pathlib
import struct
import sys

import numpy as np
from tokenizers import Tokenizer, normalizers, pre_tokenizers, processors
from tokenizers.models import WordPiece

FOLDER = pathlib.Path(__file__).parent
TINY = {
    "architectures": ["BertModel"], "model_type": "bert", "hidden_act": "gelu", "hidden_size": 32,
    "intermediate_size": 64, "num_hidden_layers": 2, "num_attention_heads": 4, "layer_norm_eps": 1e-12,
    "max_position_embeddings": 32, "position_embedding_type": "absolute", "type_vocab_size": 2,
}
TINY_LIMIT = 24
TINY_TEXTS = [
    "the engine weaves patterns", "The Engine WEAVES patterns.", "", "a", "notes by ada, 1843!",
    "weaving the notes of the engine by numbers", "été", "[MASK] engine", "東京", "the the the the the the",
    "the engine of ada weaves notes and numbers and patterns by the note",
]
TINY_LONG = "the engine weaves patterns and ada notes the numbers of the engine by a pattern of notes, " \
    "weaving numbers and notes and patterns, a note of ada by the engine, and the engine of the notes weaves."
MINILM_TEXTS = [
    "Ada Lovelace wrote notes on the Analytical Engine.",
    "The first programmer described a machine that could be programmed.",
    "Sourdough needs a long, cool fermentation.",
    "How do I bake bread at home?",
    "Die Maschine webt algebraische Muster.",
    "x",
]


def read_safetensors(path):
    data = path.read_bytes()
    size, = struct.unpack("<Q", data[:8])
    header = json.loads(data[8:8 + size])
    header.pop("__metadata__", None)
    return {
        name: np.frombuffer(data[8 + size:][slice(*entry["data_offsets"])], "<f4").reshape(entry["shape"]).astype("f8")
        for name, entry in header.items() if entry["dtype"] == "F32"
    }


def write_safetensors(path, tensors):
    header, blobs, offset = {"__metadata__": {"format": "pt"}}, [], 0
    for name, tensor in tensors.items():
        blob = tensor.astype("<f4").tobytes()
        header[name] = {"dtype": "F32", "shape": list(tensor.shape), "data_offsets": [offset, offset + len(blob)]}
        blobs.append(blob)
        offset += len(blob)
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    path.write_bytes(struct.pack("<Q", len(text)) + text + b"".join(blobs))


def make_tokenizer(vocabulary):
    tokens = vocabulary.read_text(encoding="utf-8").split("\n")[:-1]
    ids = {token: number for number, token in enumerate(tokens)}
    tokenizer = Tokenizer(WordPiece(ids, unk_token="[UNK]", max_input_chars_per_word=100))
    tokenizer.normalizer = normalizers.BertNormalizer(
        clean_text=True, handle_chinese_chars=True, strip_accents=None, lowercase=True)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", special_tokens=[(t, ids[t]) for t in ("[CLS]", "[SEP]")])
    tokenizer.add_special_tokens(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"])
    return tokenizer


def normalize(x, tensors, name, epsilon):
    x = x - x.mean(-1, keepdims=True)
    x = x / np.sqrt((x * x).mean(-1, keepdims=True) + epsilon)
    return x * tensors[name + ".weight"] + tensors[name + ".bias"]


def mean_vector(ids, tensors, config):
    """BERT's last layer, averaged over the tokens."""
    heads, epsilon = config["num_attention_heads"], config["layer_norm_eps"]
    linear = lambda x, name: x @ tensors[name + ".weight"].T + tensors[name + ".bias"]
    gelu = lambda x: 0.5 * x * (1 + np.vectorize(math.erf)(x / math.sqrt(2)))
    split = lambda x: x.reshape(len(ids), heads, -1).transpose(1, 0, 2)
    x = tensors["embeddings.word_embeddings.weight"][ids]
    x = x + tensors["embeddings.position_embeddings.weight"][:len(ids)]
    x = normalize(x + tensors["embeddings.token_type_embeddings.weight"][0], tensors, "embeddings.LayerNorm", epsilon)
    for layer in range(config["num_hidden_layers"]):
        name = f"encoder.layer.{layer}."
        q, k, v = (split(linear(x, name + "attention.self." + part)) for part in ("query", "key", "value"))
        scores = q @ k.transpose(0, 2, 1) / math.sqrt(q.shape[-1])
        scores = np.exp(scores - scores.max(-1, keepdims=True))
        context = (scores / scores.sum(-1, keepdims=True)) @ v
        y = linear(context.transpose(1, 0, 2).reshape(len(ids), -1), name + "attention.output.dense")
        x = normalize(x + y, tensors, name + "attention.output.LayerNorm", epsilon)
        y = linear(gelu(linear(x, name + "intermediate.dense")), name + "output.dense")
        x = normalize(x + y, tensors, name + "output.LayerNorm", epsilon)
    return x.mean(0)


def unit(vector):
    return vector / np.linalg.norm(vector)


def rounded(vector):
    return [round(float(component), 8) for component in vector]


def tiny_tensors(vocabulary_size):
    random = np.random.default_rng(1843)
    hidden, inner = TINY["hidden_size"], TINY["intermediate_size"]
    tensors = {}
    make = lambda name, *shape: tensors.__setitem__(name, random.normal(0, 0.4, shape).astype("f4"))

    def linear(name, outputs, inputs):
        make(name + ".weight", outputs, inputs)
        make(name + ".bias", outputs)

    def normalization(name):
        tensors[name + ".weight"] = random.normal(1, 0.2, hidden).astype("f4")
        make(name + ".bias", hidden)

    make("embeddings.word_embeddings.weight", vocabulary_size, hidden)
    make("embeddings.position_embeddings.weight", TINY["max_position_embeddings"], hidden)
    make("embeddings.token_type_embeddings.weight", TINY["type_vocab_size"], hidden)
    normalization("embeddings.LayerNorm")
    for layer in range(TINY["num_hidden_layers"]):
        name = f"encoder.layer.{layer}."
        for part in ("query", "key", "value"):
            linear(name + "attention.self." + part, hidden, hidden)
        linear(name + "attention.output.dense", hidden, hidden)
        normalization(name + "attention.output.LayerNorm")
        linear(name + "intermediate.dense", inner, hidden)
        linear(name + "output.dense", hidden, inner)
        normalization(name + "output.LayerNorm")
    return tensors


def make_tiny():
    folder = FOLDER / "tiny-bert"
    folder.mkdir(exist_ok=True)
    words = "the engine of ada note number pattern weav and by a".split()
    pieces = ["##s", "##es", "##ing", "##e"] + ["##" + c for c in "abcdefghijklmnopqrstuvwxyz0123456789"]
    tokens = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"] + list("bcdefghijklmnopqrstuvwxyz0123456789.,!?-") + words
    tokens += list(dict.fromkeys(pieces))
    (folder / "vocab.txt").write_text("".join(t + "\n" for t in tokens), encoding="utf-8")
    tensors = tiny_tensors(len(tokens))
    write_safetensors(folder / "model.safetensors", tensors)
    config = TINY | {"vocab_size": len(tokens)}
    (folder / "config.json").write_text(json.dumps(config, indent=2) + "\n")
    (folder / "sentence_bert_config.json").write_text(json.dumps({"max_seq_length": TINY_LIMIT}) + "\n")

    tensors = read_safetensors(folder / "model.safetensors")
    tokenizer = make_tokenizer(folder / "vocab.txt")
    rows = []
    for text in TINY_TEXTS:
        ids = tokenizer.encode(text).ids
        assert len(ids) <= TINY_LIMIT, text
        rows.append({"text": text, "ids": ids, "vector": rounded(unit(mean_vector(ids, tensors, config)))})
    ids = tokenizer.encode(TINY_LONG).ids
    size = TINY_LIMIT - 2
    windows = [[ids[0], *ids[i:min(i + size, len(ids) - 1)], ids[-1]] for i in range(1, len(ids) - 1, size)]
    long = {
        "text": TINY_LONG, "tokens": len(ids),
        "truncated": rounded(unit(mean_vector(windows[0], tensors, config))),
        "windows": rounded(unit(sum(len(w) * mean_vector(w, tensors, config) for w in windows))),
    }
    (FOLDER / "tiny-bert.json").write_text(json.dumps({"texts": rows, "long": long}, ensure_ascii=False) + "\n")


def make_minilm(folder):
    config = json.loads((folder / "config.json").read_text())
    tensors = read_safetensors(folder / "model.safetensors")
    tokenizer = make_tokenizer(folder / "vocab.txt")
    vectors = [unit(mean_vector(tokenizer.encode(t).ids, tensors, config)) for t in MINILM_TEXTS]
    (FOLDER / "minilm.json").write_text(json.dumps({
        "texts": MINILM_TEXTS,
        "beginnings": [rounded(v[:8]) for v in vectors],
        "cosines": [rounded(np.array(vectors) @ v) for v in vectors],
    }, ensure_ascii=False) + "\n")


make_tiny()
if len(sys.argv) > 1:
    make_minilm(pathlib.Path(sys.argv[1]))
