"""Reads a Parquet file with pyarrow and writes it as JSON: its columns with their types, its row groups and its rows.

Usage: parquet_reader.py FILE
"""

import json
import sys

import pyarrow.parquet

file = pyarrow.parquet.ParquetFile(sys.argv[1])
table = pyarrow.parquet.read_table(sys.argv[1])
json.dump(
    {
        "columns": [[field.name, str(field.type), field.nullable] for field in table.schema],
        "groups": [file.metadata.row_group(index).num_rows for index in range(file.metadata.num_row_groups)],
        "creator": file.metadata.created_by,
        "rows": table.to_pylist(),
    },
    sys.stdout,
)
