"""Writes tiny-cls/, a BERT with random weights as bge models are laid out, and tiny-cls.json, its vectors by transformers.

Heads of 64, tensors below `bert.` with a position_ids beside them, `[CLS]` as the vector of a text, the files of
sentence-transformers. Run with `torch==2.15.0 transformers==5.23.0 safetensors==0.8.0 tokenizers==0.23.3`:

    python Tests/EmbeddingTests/Fixtures/make_cls_fixture.py
"""

import json
import pathlib
import shutil

import torch
from safetensors.torch import load_file, save_file
from tokenizers import Tokenizer, normalizers, pre_tokenizers, processors
from tokenizers.models import WordPiece
from transformers import BertConfig, BertModel

FOLDER = pathlib.Path(__file__).parent
TEXTS = [
    "the engine weaves patterns", "", "a", "notes by ada, 1843!", "weaving the notes of the engine by numbers",
    "the engine of ada weaves notes and numbers and patterns by the note", "the the the the the the the the the the the the",
]


def tokenizer(vocabulary):
    tokens = vocabulary.read_text(encoding="utf-8").split("\n")[:-1]
    ids = {token: number for number, token in enumerate(tokens)}
    result = Tokenizer(WordPiece(ids, unk_token="[UNK]", max_input_chars_per_word=100))
    result.normalizer = normalizers.BertNormalizer(lowercase=True)
    result.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    result.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", special_tokens=[(t, ids[t]) for t in ("[CLS]", "[SEP]")])
    return result, len(tokens)


def main():
    target = FOLDER / "tiny-cls"
    (target / "1_Pooling").mkdir(parents=True, exist_ok=True)
    shutil.copy(FOLDER / "tiny-bert" / "vocab.txt", target)
    tokens, size = tokenizer(target / "vocab.txt")
    torch.manual_seed(1852)
    config = BertConfig(
        vocab_size=size, hidden_size=64, num_hidden_layers=2, num_attention_heads=1, intermediate_size=112,
        max_position_embeddings=40, initializer_range=0.2)
    model = BertModel(config, add_pooling_layer=False).double().eval()
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            parameter.copy_(parameter.float().add(torch.randn(parameter.shape) * 0.1).double())
        tensors = {"bert." + name: tensor.float().contiguous() for name, tensor in model.state_dict().items()}
        tensors["bert.embeddings.position_ids"] = torch.arange(40).unsqueeze(0)
        save_file(tensors, target / "model.safetensors", metadata={"format": "pt"})
        rows = []
        for text in TEXTS:
            ids = tokens.encode(text).ids
            states = model(input_ids=torch.tensor([ids])).last_hidden_state[0]
            rows.append({
                "text": text, "ids": ids,
                "vector": [round(x, 8) for x in torch.nn.functional.normalize(states[0], dim=0).tolist()]})
    (target / "config.json").write_text(json.dumps({**config.to_dict(), "position_embedding_type": "absolute"}, indent=2))
    (target / "modules.json").write_text(json.dumps([
        {"idx": index, "name": str(index), "path": path, "type": "sentence_transformers.models." + kind}
        for index, (path, kind) in enumerate((("", "Transformer"), ("1_Pooling", "Pooling"), ("2_Normalize", "Normalize")))
    ], indent=2) + "\n")
    (target / "1_Pooling" / "config.json").write_text(json.dumps({
        "word_embedding_dimension": 64, "pooling_mode_cls_token": True, "pooling_mode_mean_tokens": False,
        "pooling_mode_max_tokens": False, "pooling_mode_mean_sqrt_len_tokens": False}, indent=2) + "\n")
    (target / "sentence_bert_config.json").write_text(json.dumps({"max_seq_length": 30, "do_lower_case": True}) + "\n")
    (target / "tokenizer_config.json").write_text(json.dumps({"do_lower_case": True, "model_max_length": 40}) + "\n")
    (FOLDER / "tiny-cls.json").write_text(json.dumps(rows, ensure_ascii=False) + "\n")


main()
