"""Accepts connections and never answers; prints `ready PORT`, and ends when its standard input does."""

import socket
import sys
import threading

listener = socket.create_server(("127.0.0.1", 0))
connections = []


def accept():
    while True:
        connections.append(listener.accept())


threading.Thread(target=accept, daemon=True).start()
print("ready", listener.getsockname()[1], flush=True)
sys.stdin.read()
