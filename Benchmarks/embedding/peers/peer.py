"""`peer.py sentence-transformers|fastembed|onnx-f32|onnx-int8 WORK [OUTPUT]` embeds the texts, with a thread for each core that it
may use, and prints what that took as a line of JSON; the vectors of the chunks go to OUTPUT. Without OUTPUT it embeds the query only."""

import json
import os
import pathlib
import resource
import sys
import time

START_WALL, START_CPU = time.perf_counter(), time.process_time()
THREADS = len(os.sched_getaffinity(0))


def sentence_transformers(work):
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.models import Normalize, Pooling, Transformer

    torch.set_num_threads(THREADS)
    bert = Transformer(str(work / "sentence-transformers"), max_seq_length=256)
    model = SentenceTransformer(modules=[bert, Pooling(384, pooling_mode="mean"), Normalize()], device="cpu")
    return lambda texts: model.encode(texts, batch_size=32, show_progress_bar=False).tolist()


def fastembed(work):
    from fastembed import TextEmbedding

    model = TextEmbedding(
        "sentence-transformers/all-MiniLM-L6-v2", specific_model_path=str(work / "fastembed"), threads=THREADS)
    return lambda texts: [vector.tolist() for vector in model.embed(texts)]


def onnx(work, name):
    import numpy
    import onnxruntime
    from tokenizers import Tokenizer

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads, options.inter_op_num_threads = THREADS, 1
    session = onnxruntime.InferenceSession(work / f"{name}.onnx", options, providers=["CPUExecutionProvider"])
    tokenizer = Tokenizer.from_file(str(work / "sentence-transformers" / "tokenizer.json"))
    tokenizer.enable_truncation(256)

    def embed(texts):
        # Batches padded to their longest; sorted by length, which fastembed does not do.
        vectors = [None] * len(texts)
        order = sorted(range(len(texts)), key=lambda index: -len(texts[index]))
        tokenizer.enable_padding()
        for start in range(0, len(order), 32):
            batch = order[start:start + 32]
            encoded = tokenizer.encode_batch([texts[index] for index in batch])
            inputs = {
                "input_ids": numpy.array([it.ids for it in encoded], "int64"),
                "attention_mask": numpy.array([it.attention_mask for it in encoded], "int64"),
            }
            for index, vector in zip(batch, session.run(None, inputs)[0].tolist()):
                vectors[index] = vector
        return vectors

    return embed


def timed(embed, texts):
    """The vectors, and the wall and CPU seconds that they took."""
    wall, cpu = time.perf_counter(), time.process_time()
    vectors = embed(texts)
    return vectors, {"wall": time.perf_counter() - wall, "cpu": time.process_time() - cpu}


def main():
    name, work, outputs = sys.argv[1], pathlib.Path(sys.argv[2]), sys.argv[3:]
    whole = {"sentence-transformers": sentence_transformers, "fastembed": fastembed}
    embed = whole[name](work) if name in whole else onnx(work, name.removeprefix("onnx-"))
    query = json.loads((work / "shape.json").read_text())["query"]
    embed([query])
    result = {"start": {"wall": time.perf_counter() - START_WALL, "cpu": time.process_time() - START_CPU}}
    queries = []
    for _ in range(200):
        start = time.perf_counter()
        embed([query])
        queries.append(time.perf_counter() - start)
    result["query"] = sorted(queries)[100]
    for output in outputs:
        for case in ("sentences", "chunks"):
            vectors, result[case] = timed(embed, json.loads((work / f"{case}.json").read_text()))
        pathlib.Path(output).write_text(json.dumps(vectors))
    result["peak"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    print(json.dumps(result))


main()
