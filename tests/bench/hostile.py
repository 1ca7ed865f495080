"""Seconds that `corridor check` takes for each file made to occupy the machine; with the start of the command.

Each ends by itself or is stopped at the bound and told so; what neither happens to does not hold its bar.
"""

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench.figures import Figure, figure
from tests.support.hostile_files import HOSTILE
from tests.support.served import ROOT

#: Seconds a file may take (CORRIDOR_WORK_SECONDS), and how much later the command may say so.
BOUND_S = 120.0
LATER_S = 10.0


def measure() -> list[Figure]:
    """Return the seconds for every hostile file; its sentence, where it was stopped, stands beside the name."""
    with TemporaryDirectory() as folder:
        return [checked(name, Path(folder) / f"{name}.{suffix}", build()) for name, suffix, build in HOSTILE]


def checked(name: str, file: Path, data: bytes) -> Figure:
    """Measure one file, which is deleted afterwards."""
    file.write_bytes(data)
    command = [sys.executable, "-m", "corridor", "check", str(file), "--json"]
    environment = {**os.environ, "CORRIDOR_WORK_SECONDS": f"{BOUND_S:g}"}
    start = time.perf_counter()
    try:
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, timeout=3 * BOUND_S, check=False)
        codes = {finding["code"] for finding in json.loads(done.stdout)["findings"]}
    except subprocess.TimeoutExpired:
        codes = {"work-not-stopped"}
    seconds = time.perf_counter() - start
    file.unlink()
    stopped = ", stopped" if "work-stopped" in codes else ""
    what = f"hostile file {name}, {len(data) / 1e6:,.1f} MB{stopped}"
    at_most = BOUND_S + LATER_S
    return figure(what, "corridor check", "s", [seconds], at_most=at_most)


if __name__ == "__main__":
    from tests.bench.figures import table

    print(table(measure()))
