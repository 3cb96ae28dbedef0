"""Makes ready what is compared: our program is built, and its peers are installed."""

import pathlib
import shutil
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
BUILD = HERE / ".build"


def say(text):
    print(text, file=sys.stderr, flush=True)


def peers_python(folder, requirements):
    """The interpreter of the peers' own environment, which is made when it is missing or of other versions.

    :param folder: its name below `Benchmarks/.build`.
    :param requirements: the file that names the versions.
    """
    folder = BUILD / folder
    python = folder / "bin" / "python"
    installed = folder / "installed.txt"
    if not installed.exists() or installed.read_text() != requirements.read_text():
        say("installing the peers")
        shutil.rmtree(folder, ignore_errors=True)
        # The pip that comes with Python 3.11 fails on an extra that is written with an underscore.
        subprocess.run([sys.executable, "-m", "venv", "--upgrade-deps", folder], check=True)
        pip = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--requirement", requirements]
        subprocess.run(pip, check=True)
        shutil.copy(requirements, installed)
    return str(python)


def build_twin(product, skip=False):
    """Builds our half in release, unless `skip` says that it is built, and gives its path."""
    if not skip:
        say("building")
        command = ["swift", "build", "--configuration", "release", "--package-path", HERE]
        command += ["--scratch-path", BUILD, "--product", product]
        subprocess.run(command, check=True, stdout=sys.stderr)
    return str(BUILD / "release" / product)
