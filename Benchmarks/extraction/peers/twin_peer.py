"""Our half: `twin_peer.py TWIN FOLDER OUTPUT` runs the command over the ID.html files of a folder, which writes ID.txt
files, and prints the CPU seconds and the peak memory of its process as a line of JSON."""

import json
import resource
import subprocess
import sys

twin, folder, output = sys.argv[1:]
command = [twin, "extract", "--batch", folder, "--output", output, "--format", "text"]
subprocess.run(command, check=True, stderr=subprocess.DEVNULL)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps({"cpu": used.ru_utime + used.ru_stime, "peak": used.ru_maxrss * 1024}))
