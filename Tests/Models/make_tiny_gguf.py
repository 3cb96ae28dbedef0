"""Makes a language model of random weights, a few hundred kilobytes large, that llama.cpp can run.

Usage: make_tiny_gguf.py FILE

It writes nonsense, but it is a whole model: tokens, attention, a chat template and an end. One component of every hidden
vector is constant, and the output layer weighs it so that printable characters are usual, a quotation mark and the end come
now and then, and bytes that are no text never. Equal calls make equal files.
"""

import sys

import gguf
import numpy

HIDDEN, FEED_FORWARD, LAYERS, HEADS, CONTEXT = 64, 128, 2, 4, 2048
TEMPLATE = (
    "{% for message in messages %}<{{ message['role'] }}>{{ message['content'] }}\n{% endfor %}"
    "{% if add_generation_prompt %}<assistant>{% endif %}"
)

random = numpy.random.default_rng(7)


def matrix(*shape, scale=0.05):
    return (random.standard_normal(shape) * scale).astype(numpy.float32)


def vocabulary():
    """Text, score and type of each token, in the manner of SentencePiece: characters, and bytes for all others."""
    kind = gguf.TokenType
    tokens = [("<unk>", 0.0, kind.UNKNOWN), ("<s>", 0.0, kind.CONTROL), ("</s>", 0.0, kind.CONTROL)]
    tokens += [(f"<0x{byte:02X}>", 0.0, kind.BYTE) for byte in range(256)]
    # SentencePiece writes a space as U+2581.
    tokens += [(chr(code) if code != 32 else "\u2581", -1.0, kind.NORMAL) for code in range(32, 127)]
    return tokens


def output_layer(tokens):
    """The constant component's weights: how likely a token is whatever was said."""
    weights = matrix(len(tokens), HIDDEN)
    for row, (text, _, kind) in enumerate(tokens):
        if kind == gguf.TokenType.NORMAL:
            weights[row, 0] = 0.55 if text == '"' else 0.25 if text.isalpha() else 0.1
        else:
            weights[row, 0] = 0.5 if text == "</s>" else -3.0
    return weights


def main(path):
    tokens = vocabulary()
    writer = gguf.GGUFWriter(path, "llama")
    writer.add_name("tiny")
    writer.add_context_length(CONTEXT)
    writer.add_embedding_length(HIDDEN)
    writer.add_block_count(LAYERS)
    writer.add_feed_forward_length(FEED_FORWARD)
    writer.add_head_count(HEADS)
    writer.add_head_count_kv(HEADS)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_rope_dimension_count(HIDDEN // HEADS)
    writer.add_vocab_size(len(tokens))
    writer.add_file_type(gguf.LlamaFileType.ALL_F32)
    writer.add_tokenizer_model("llama")
    writer.add_token_list([text.encode() for text, _, _ in tokens])
    writer.add_token_scores([score for _, score, _ in tokens])
    writer.add_token_types([kind for _, _, kind in tokens])
    writer.add_unk_token_id(0)
    writer.add_bos_token_id(1)
    writer.add_eos_token_id(2)
    writer.add_chat_template(TEMPLATE)

    embeddings = matrix(len(tokens), HIDDEN)
    embeddings[:, 0] = 1
    writer.add_tensor("token_embd.weight", embeddings)
    writer.add_tensor("output_norm.weight", numpy.ones(HIDDEN, dtype=numpy.float32))
    writer.add_tensor("output.weight", output_layer(tokens))
    for layer in range(LAYERS):
        name = f"blk.{layer}."
        writer.add_tensor(name + "attn_norm.weight", numpy.ones(HIDDEN, dtype=numpy.float32))
        writer.add_tensor(name + "ffn_norm.weight", numpy.ones(HIDDEN, dtype=numpy.float32))
        for part in ("attn_q", "attn_k", "attn_v", "attn_output"):
            writer.add_tensor(f"{name}{part}.weight", matrix(HIDDEN, HIDDEN, scale=0.02))
        writer.add_tensor(name + "ffn_gate.weight", matrix(FEED_FORWARD, HIDDEN, scale=0.02))
        writer.add_tensor(name + "ffn_up.weight", matrix(FEED_FORWARD, HIDDEN, scale=0.02))
        writer.add_tensor(name + "ffn_down.weight", matrix(HIDDEN, FEED_FORWARD, scale=0.02))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


main(sys.argv[1])
