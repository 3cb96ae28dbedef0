"""Loads a written set as its users do: `load_dataset(FOLDER)`, every configuration that the card names, and every file of
JSON lines.

Usage: dataset_loader.py FOLDER. Writes the card's metadata and the rows of each configuration and split as JSON. Nothing is
fetched from anywhere, and the cache is a folder of its own.
"""

import json
import os
import sys
import tempfile

cache = tempfile.mkdtemp()
os.environ.update(HF_HOME=cache, HF_HUB_OFFLINE="1", HF_DATASETS_OFFLINE="1", HF_DATASETS_DISABLE_PROGRESS_BARS="1")

import datasets  # noqa: E402
from huggingface_hub import DatasetCard  # noqa: E402

folder = sys.argv[1]
card = DatasetCard.load(os.path.join(folder, "README.md")).data.to_dict()
# The one line.
standard = datasets.load_dataset(folder)
loaded = {"": {split: rows.to_list() for split, rows in standard.items()}}
for configuration in card["configs"]:
    name = configuration["config_name"]
    loaded[name] = {split: rows.to_list() for split, rows in datasets.load_dataset(folder, name).items()}
for file in sorted(os.listdir(folder)):
    name, _, rest = file.partition(".")
    if rest in ("train.jsonl", "test.jsonl"):
        split = rest.split(".")[0]
        rows = datasets.load_dataset("json", data_files={split: os.path.join(folder, file)})[split].to_list()
        loaded.setdefault(name, {})[split] = rows
json.dump({"card": card, "rows": loaded}, sys.stdout)
