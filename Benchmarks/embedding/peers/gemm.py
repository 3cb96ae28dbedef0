"""The most 32-bit floating point operations per second that numpy and torch reach in a product of the model's shape, on one
thread."""

import json
import time

import numpy
import torch

ROWS, INPUTS, OUTPUTS = 1024, 384, 1536


def best(product):
    times = []
    for _ in range(40):
        start = time.perf_counter()
        product()
        times.append(time.perf_counter() - start)
    return 2 * ROWS * INPUTS * OUTPUTS / min(times) / 1e9


torch.set_num_threads(1)
a, b = numpy.random.rand(ROWS, INPUTS).astype("f4"), numpy.random.rand(INPUTS, OUTPUTS).astype("f4")
s, t = torch.from_numpy(a), torch.from_numpy(b)
print(json.dumps({"numpy": best(lambda: a @ b), "torch": best(lambda: s @ t)}))
