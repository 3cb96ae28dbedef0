"""Modules written on the fly: both peers read the source of the functions that they run, so it must lie in a file."""

import importlib.util
import pathlib
import sys
import tempfile


def module(name, source):
    """Imports `source` as a module from a new temporary folder, which is left to the operating system to clean up."""
    path = pathlib.Path(tempfile.mkdtemp(prefix="benchmark-")) / f"{name}.py"
    path.write_text(source)
    spec = importlib.util.spec_from_file_location(name, path)
    made = importlib.util.module_from_spec(spec)
    sys.modules[name] = made
    spec.loader.exec_module(made)
    return made
