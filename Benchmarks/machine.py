"""What the figures were measured on."""

import os
import pathlib
import platform
import subprocess


def describe(python, *packages):
    """The machine and the versions, as one flat object.

    :param python: the interpreter that runs the peers.
    :param packages: the peers, as that interpreter knows them.
    """
    return {
        "cpu": cpu_model(),
        "cores": len(os.sched_getaffinity(0)),
        "memory_gib": round(os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 2**30),
        "system": f"{os_name()}, Linux {platform.release()}",
        "load_before": round(os.getloadavg()[0], 2),
        "swift": first_line(["swift", "--version"]),
        "python": first_line([python, "--version"]),
        **{package: version(python, package) for package in packages},
        "twin": first_line(["git", "describe", "--always", "--dirty", "--exclude=*"]),
    }


def cpu_model():
    for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.split(":", 1)[1].strip()
    return platform.machine()


def os_name():
    return platform.freedesktop_os_release().get("PRETTY_NAME", "unknown")


def first_line(command):
    here = pathlib.Path(__file__).parent
    result = subprocess.run(command, cwd=here, capture_output=True, text=True, check=False)
    return (result.stdout.strip().splitlines() or ["unknown"])[0]


def version(python, package):
    return first_line([python, "-c", f"import importlib.metadata as m; print(m.version({package!r}))"])
