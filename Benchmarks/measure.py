"""Runs the programs that are compared, one fresh process per sample, and keeps what each sample took."""

import dataclasses
import json
import os
import select
import statistics
import subprocess
import tempfile
from time import perf_counter


@dataclasses.dataclass
class Program:
    """A way to run one contender's cases."""

    command: list
    environment: dict = dataclasses.field(default_factory=dict)


@dataclasses.dataclass
class Sample:
    """One process: seconds from its start to its exit, its peak memory in bytes, the seconds it measured itself, and those
    of all processors together."""

    wall: float
    peak: int
    inside: dict
    cpu: float = 0


@dataclasses.dataclass
class Spread:
    """What several samples came to."""

    minimum: float
    median: float
    maximum: float
    count: int

    @staticmethod
    def of(values):
        return Spread(min(values), statistics.median(values), max(values), len(values))


class Failed(Exception):
    """A program ended with an error, or a limit of time was reached."""


def sample(program, *arguments, timeout=300):
    """Runs a case once.

    :param arguments: the case, and what it wants to know.
    :raises Failed: with the program's own last words.
    """
    command = [*program.command, *map(str, arguments)]
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
        start = perf_counter()
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=output, stderr=errors, env={**os.environ, **program.environment}
        )
        status, usage = wait(process, timeout)
        wall = perf_counter() - start
        output.seek(0)
        errors.seek(0)
        if status != 0:
            words = errors.read().decode(errors="replace").strip().splitlines() or ["no message"]
            raise Failed(f"fails: {words[-1]}")
        lines = output.read().decode().strip().splitlines()
    return Sample(wall, usage.ru_maxrss * 1024, json.loads(lines[-1]), usage.ru_utime + usage.ru_stime)


def wait(process, timeout):
    """Waits for a process and gives its status and use of the machine; after `timeout` seconds it is killed.

    A pidfd becomes readable when the process ends, so nothing polls, and `wait4` alone tells the peak memory.
    """
    descriptor = os.pidfd_open(process.pid)
    try:
        ended, _, _ = select.select([descriptor], [], [], timeout)
        if not ended:
            process.kill()
        _, status, usage = os.wait4(process.pid, 0)
    finally:
        os.close(descriptor)
    process.returncode = os.waitstatus_to_exitcode(status)
    if not ended:
        raise Failed(f"more than {timeout} s")
    return process.returncode, usage
