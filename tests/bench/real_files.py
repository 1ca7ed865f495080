"""Files of thousands of short pieces, as people send them: seconds and memory, beside what peers need for the same."""

import gc
import json
import shutil
import subprocess
import sys
import time
from pathlib import Path

from corridor.assessing.assessment import assess
from corridor.assessing.lengths import lengths_of
from corridor.assessing.region import read_region
from corridor.commands.routes import MOST_JUDGED, MOST_MEASURED
from corridor.land.catalogue import read_catalogue
from corridor.reading.route import read_route
from corridor.sources import GEODATA
from corridor.store.freed_memory import suit_freed_memory_to
from tests.bench.figures import Figure, figure
from tests.bench.file_kinds import FILE_KINDS, FileKind, unpacked_bytes
from tests.bench.route_chain import memory_kb, warm_up
from tests.bench.routes import WORK, mapshaper_seconds, peer_environment, peers_folder
from tests.support.served import ROOT

REPEATS = 3
#: Pieces or vertices of a file from which on one run is enough: it takes seconds, of which little is chance.
ONCE_FROM = 50_000
#: Seconds a peer may take.
PATIENCE_S = 300


def run_file(file: Path) -> dict[str, float]:
    """Read, find, measure and judge one file as `corridor check` does; the land was asked once before."""
    region = read_region()
    warm_up(region)
    gc.collect()
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    idle = memory_kb("VmRSS")
    start, busy = time.perf_counter(), time.process_time()
    data = file.read_bytes()
    suit_freed_memory_to(len(data))
    reading = read_route(data, file.name)
    assessments = [assess(route, region) for route in reading.routes[:MOST_JUDGED]]
    more = lengths_of(reading.routes[MOST_JUDGED:MOST_MEASURED], region)
    seconds, processor = time.perf_counter() - start, time.process_time() - busy
    peak = (memory_kb("VmHWM") - idle) * 1024
    return {
        "seconds": seconds,
        "processor_seconds": processor,
        "peak_bytes": peak,
        "routes": len(assessments) + len(more),
    }


def _json_of(command: list[str]) -> dict[str, float] | None:
    """Return what a command prints as JSON; None, said on standard error, where it fails or takes too long."""
    try:
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=PATIENCE_S)
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as problem:
        print(f"bench: {command[0]} left out: {problem}", file=sys.stderr)
        return None
    answer: dict[str, float] = json.loads(done.stdout)
    return answer


def ogr2ogr_seconds(file: Path) -> float | None:
    """Time ogr2ogr's whole process: read the file, write GeoJSON; None where it is not here, or writes none."""
    if shutil.which("ogr2ogr") is None:
        return None
    out = WORK / "ogr2ogr.geojson"
    out.unlink(missing_ok=True)
    start = time.perf_counter()
    command = ["ogr2ogr", "-f", "GeoJSON", "-skipfailures", str(out), str(file)]
    # A GPX file is several layers, and one file of GeoJSON holds one; so is OpenStreetMap's.
    layer = "waypoints" if "waypoints" in file.stem else "tracks"
    command += {".gpx": [layer], ".osm": ["lines"]}.get(file.suffix, [])
    done = subprocess.run(command, env=peer_environment(), capture_output=True, text=True, check=False)
    seconds = time.perf_counter() - start
    if done.returncode != 0 or not out.exists():
        print(f"bench: ogr2ogr left out for {file.name}: {done.stderr.strip()[:200]}", file=sys.stderr)
        return None
    return seconds


def measure() -> list[Figure]:
    """Return seconds and memory for each kind of file with their bars, and the seconds of peers on the same file."""
    WORK.mkdir(parents=True, exist_ok=True)
    modules = peers_folder()
    if shutil.which("ogr2ogr") is None:
        print(
            "bench: no ogr2ogr here; `make peers` as root, or `apt-get install gdal-bin`, brings it.", file=sys.stderr
        )
    figures: list[Figure] = []
    for kind in FILE_KINDS:
        file = WORK / kind.file_name
        data = kind.build(kind.count)
        file.write_bytes(data)
        command = [sys.executable, "-m", "tests.bench.real_files", str(file)]
        runs = [_json_of(command) for _ in range(REPEATS if kind.count < ONCE_FROM else 1)]
        done = [run for run in runs if run is not None]
        if done:
            figures += _own_figures(kind, done, unpacked_bytes(data))
        if (seconds := ogr2ogr_seconds(file)) is not None:
            figures.append(figure("  read and write", "ogr2ogr", "s", [seconds]))
        if modules is not None and kind.suffix == "geojson":
            figures += _node_peers(modules, file)
        file.unlink()
    return figures


def _own_figures(kind: FileKind, runs: list[dict[str, float]], file_bytes: int) -> list[Figure]:
    """Return the seconds, the processor's seconds and the memory of runs beside the bars of the kind of file."""
    seconds = [run["seconds"] for run in runs]
    times = [run["peak_bytes"] / file_bytes for run in runs]
    return [
        figure(kind.what, "Corridor", "s", seconds, at_most=kind.within_s),
        figure("  of it processor time", "Corridor", "s", [run["processor_seconds"] for run in runs]),
        figure("  peak memory above idle / file", "Corridor", "times", times, at_most=kind.most_memory),
    ]


def _node_peers(modules: Path, file: Path) -> list[Figure]:
    territory = GEODATA / read_catalogue()["territory"].file
    figures = []
    try:
        figures.append(figure("  divide + measure", "mapshaper", "s", [mapshaper_seconds(modules, file, territory)]))
    except subprocess.CalledProcessError as problem:
        print(f"bench: mapshaper left out for {file.name}: {problem.stderr[-200:]!r}", file=sys.stderr)
    answer = _json_of(["node", "tests/bench/checker.cjs", str(modules), str(file)])
    if answer is not None:
        figures.append(figure("  check alone", "geojson.io's checker", "s", [answer["seconds"]]))
        figures.append(figure("  things found", "geojson.io's checker", "", [answer["issues"]]))
    return figures


if __name__ == "__main__":
    if len(sys.argv) > 1:
        json.dump(run_file(Path(sys.argv[1])), sys.stdout)
    else:
        from tests.bench.figures import table

        print(table(measure()))
