"""Accepts connections and never answers; prints `ready PORT`, and ends when its standard input does.

    silent_server.py [FILE]

The file is made when the first connection comes.
"""

import pathlib
import socket
import sys
import threading

listener = socket.create_server(("127.0.0.1", 0))
connections = []


def accept():
    while True:
        connections.append(listener.accept())
        for path in sys.argv[1:]:
            pathlib.Path(path).touch()


threading.Thread(target=accept, daemon=True).start()
print("ready", listener.getsockname()[1], flush=True)
sys.stdin.read()
