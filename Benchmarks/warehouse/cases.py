"""What is compared: on each store, each client inserts the documents and reads them back."""

import dataclasses
import os
import pathlib
import select
import subprocess

HERE = pathlib.Path(__file__).resolve().parent
TWIN, PYTHON = "twin", "Python"
STORES = {"mongodb": "MongoDB protocol", "sqlite": "SQLite"}
PEERS = {"mongodb": "pymongo", "sqlite": "sqlite3 and json of Python"}
PHASES = {"insert": "insert", "read": "stream back"}


@dataclasses.dataclass(frozen=True)
class Case:
    store: str
    phase: str
    count: int

    @property
    def key(self):
        return f"{self.store}-{self.phase}-{self.count}"


class RawServer:
    """One `raw_mongo_server.py`, in a process of its own; all clients of one turn use the same."""

    def __init__(self, python):
        self.process = subprocess.Popen(
            [python, HERE / "raw_mongo_server.py"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        ready, _, _ = select.select([self.process.stdout], [], [], 30)
        line = self.process.stdout.readline() if ready else ""
        if not line.startswith("ready "):
            raise RuntimeError("the server did not start")
        self.port = int(line.split()[1])

    def url(self, contender):
        return f"mongodb://127.0.0.1:{self.port}/{contender.lower()}"

    def close(self):
        self.process.stdin.close()
        self.process.wait()


class Files:
    """A folder with a database file of each client's own."""

    def __init__(self, folder):
        self.folder = folder

    def url(self, contender):
        return f"sqlite:{os.path.join(self.folder, contender.lower())}.sqlite"

    def close(self):
        pass
