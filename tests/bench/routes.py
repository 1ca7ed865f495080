"""The chain from a file to its answers for generated lines across the real borders, each size beside its peers."""

import json
import math
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
import orjson

from corridor.land.catalogue import read_catalogue
from corridor.offline import ENVIRONMENT
from corridor.sources import GEODATA
from tests.bench.figures import Figure, comparison, figure
from tests.support.served import ROOT

SIZES = (10_000, 100_000, 1_000_000)
REPEATS = 5
#: Vertices of the line whose ground has to be known at once.
PROFILED = 100_000
#: turf cuts a line segment by segment; a million vertices would take hours.
TURF_AT_MOST = 100_000
TURF_PATIENCE_S = 300
#: The last is what geojson.io checks files with.
PEERS = ("mapshaper@0.7.70", "@turf/turf@7.4.0", "@placemarkio/check-geojson@0.1.14")
WORK = ROOT / ".cache" / "bench"


def line_file(vertices: int) -> Path:
    """Write a winding line of so many vertices from Armenia's west to the Caspian plain; return its file."""
    x = np.linspace(0, 1, vertices)
    north = 39.4 + 0.55 * np.sin(14 * x) + 0.02 * np.sin(400 * x)
    corners = np.column_stack([44.2 + 4.6 * x, north]).round(6)
    feature = {
        "type": "Feature",
        "properties": {"name": "Generated"},
        "geometry": {"type": "LineString", "coordinates": corners.tolist()},
    }
    WORK.mkdir(parents=True, exist_ok=True)
    path = WORK / f"line-{vertices}.geojson"
    path.write_bytes(orjson.dumps(feature))
    return path


def peer_environment() -> dict[str, str]:
    """Return this process's environment without what Corridor keeps GDAL in: a peer opens files as it pleases."""
    return {name: value for name, value in os.environ.items() if name not in ENVIRONMENT}


def run(what: str, file: Path) -> dict[str, Any]:
    """Run one kind of `route_chain` in a process of its own; its errors are printed, and stop the bench."""
    command = [sys.executable, "-m", "tests.bench.route_chain", what, str(file)]
    done = subprocess.run(command, cwd=ROOT, env=peer_environment(), stdout=subprocess.PIPE, text=True, check=True)
    figures: dict[str, Any] = json.loads(done.stdout)
    return figures


def peers_folder() -> Path | None:
    """Install the peers from npm once; None, said on standard error, where npm or its registry cannot be reached."""
    modules = WORK / "node_modules"
    if shutil.which("npm") is None:
        print("bench: no npm here; the peers in JavaScript are left out.", file=sys.stderr)
        return None
    if not all((modules / peer.rpartition("@")[0]).is_dir() for peer in PEERS):
        install = ["npm", "install", "--no-audit", "--no-fund", "--prefix", str(WORK), *PEERS]
        if subprocess.run(install, capture_output=True, check=False).returncode != 0:
            print("bench: npm could not install the peers in JavaScript; they are left out.", file=sys.stderr)
            return None
    return modules


def mapshaper_seconds(modules: Path, file: Path, territory: Path) -> float:
    """Time mapshaper's whole process: read, divide the line by the polygons, measure, write."""
    command = ["node", str(modules / "mapshaper" / "bin" / "mapshaper"), str(file), "-divide", str(territory)]
    command += ["-each", "km = this.length / 1000", "-o", str(WORK / "divided.json"), "format=json"]
    start = time.perf_counter()
    subprocess.run(
        command,
        capture_output=True,
        check=True,
        env={**peer_environment(), "NODE_OPTIONS": "--max-old-space-size=4096"},
    )
    return time.perf_counter() - start


def turf_seconds(modules: Path, file: Path, territory: Path) -> float:
    """Time turf's lineSplit and length; its patience when it takes longer than that."""
    command = ["node", "tests/bench/turf.cjs", str(modules), str(file), str(territory)]
    try:
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=TURF_PATIENCE_S)
    except subprocess.TimeoutExpired:
        return float(TURF_PATIENCE_S)
    return float(json.loads(done.stdout)["seconds"])


def measure() -> list[Figure]:
    """Return every figure of the chain, its bars and its peers."""
    territory = GEODATA / read_catalogue()["territory"].file
    modules = peers_folder()
    figures: list[Figure] = []
    medians = {}
    for size in SIZES:
        file = line_file(size)
        floors, chains = [], []
        for _ in range(REPEATS):
            floors.append(run("floor", file)["seconds"])
            chains.append(run("chain", file))
        seconds = [chain["seconds"] for chain in chains]
        label = f"{size:,} vertices"
        most = 40.0 if size == SIZES[0] else None
        taken = [1000 * duration for duration in seconds]
        ours = figure(f"whole chain, {label}", "Corridor", "ms", taken, at_most=most)
        medians[size] = ours.median
        floor = figure("orjson.loads alone", "orjson", "ms", [1000 * duration for duration in floors])
        figures += [ours, floor]
        figures += [
            figure(f"  of it {part.replace('_', ' ')}", "Corridor", "ms", [1000 * chain[part] for chain in chains])
            for part in ("read_and_find", "measure_and_judge")
        ]
        profiles = [run("profile", file) for _ in range(REPEATS)]
        most = 200.0 if size == PROFILED else None
        taken = [1000 * part["seconds"] for part in profiles]
        figures += [
            figure(f"ground along {label}", "Corridor", "ms", taken, at_most=most),
            figure("  of it the ground", "Corridor", "ms", [1000 * part["of_ground"] for part in profiles]),
        ]
        times = ours.median / floor.median
        most = 4.0 if size == SIZES[-1] else None
        figures.append(figure("chain / orjson.loads", "medians", "times", [times], at_most=most))
        peak = [chain["peak_bytes"] / file.stat().st_size for chain in chains]
        most = 12.0 if size == SIZES[-1] else None
        figures.append(figure("peak memory above idle / file", "Corridor", "times", peak, at_most=most))
        figures.append(
            figure("overlay + projected length", "geopandas", "ms", [1000 * run("overlay", file)["seconds"]])
        )
        if modules is not None:
            mapshaper = figure(
                "divide + measure", "mapshaper", "ms", [1000 * mapshaper_seconds(modules, file, territory)]
            )
            figures += [mapshaper, comparison(f"faster than, {label}", ours, mapshaper, at_least=1)]
        if modules is not None and size <= TURF_AT_MOST:
            turf = figure("lineSplit + length", "turf", "ms", [1000 * turf_seconds(modules, file, territory)])
            figures += [
                turf,
                comparison(f"faster than, {label}", ours, turf, at_least=20 if size == TURF_AT_MOST else 1),
            ]
    exponent = math.log(medians[SIZES[-1]] / medians[SIZES[0]]) / math.log(SIZES[-1] / SIZES[0])
    figures.append(figure("growth exponent", "Corridor", "", [exponent], bar="at most 1.05", at_most=1.05))
    figures.append(agreement(line_file(SIZES[0])))
    return figures


def agreement(file: Path) -> Figure:
    """Return the largest difference of a territory's km from a look every five metres, in % of the line."""
    ours, looks = run("chain", file)["km"], run("looks", file)["km"]
    whole = sum(ours.values())
    worst = max(abs(ours.get(key, 0.0) - looks.get(key, 0.0)) / whole * 100 for key in ours | looks)
    return figure("km by territory against a look every 5 m", "Corridor", "%", [worst], bar="within 0.1 %", at_most=0.1)


if __name__ == "__main__":
    from tests.bench.figures import table

    print(table(measure()))
