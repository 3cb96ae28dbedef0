"""What the figures were measured on."""

import os
import pathlib
import platform
import subprocess


def describe(python, articles):
    """The machine and the versions, as one flat object.

    :param python: the interpreter that runs the peer.
    :param articles: where the articles come from.
    """
    return {
        "cpu": cpu_model(),
        "cores": len(os.sched_getaffinity(0)),
        "memory_gib": round(os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 2**30),
        "system": f"{platform.freedesktop_os_release().get('PRETTY_NAME', 'unknown')}, Linux {platform.release()}",
        "load_before": round(os.getloadavg()[0], 2),
        "swift": first_line(["swift", "--version"]),
        "python": first_line([python, "--version"]),
        "pymongo": first_line([python, "-c", "import pymongo; print(pymongo.version)"]),
        "articles": articles,
        "twin": first_line(["git", "describe", "--always", "--dirty", "--exclude=*"]),
    }


def cpu_model():
    for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.split(":", 1)[1].strip()
    return platform.machine()


def first_line(command):
    here = pathlib.Path(__file__).parent
    result = subprocess.run(command, cwd=here, capture_output=True, text=True, check=False)
    return (result.stdout.strip().splitlines() or ["unknown"])[0]
