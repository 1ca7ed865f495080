"""Files of thousands of short pieces, as people send them: seconds and memory, beside what peers need for the same."""

import gc
import json
import math
import random
import shutil
import subprocess
import sys
import time
from itertools import pairwise
from pathlib import Path
from typing import Any

from corridor.assessing.assessment import assess
from corridor.assessing.lengths import lengths_of
from corridor.assessing.region import read_region
from corridor.commands.routes import MOST_JUDGED, MOST_MEASURED
from corridor.land.catalogue import read_catalogue
from corridor.reading.route import read_route
from corridor.sources import GEODATA
from tests.bench.figures import Figure, figure
from tests.bench.route_chain import memory_kb, warm_up
from tests.bench.routes import WORK, mapshaper_seconds, peer_environment, peers_folder
from tests.support.served import ROOT

REPEATS = 3
#: Seconds a peer may take.
PATIENCE_S = 300
#: Times the bytes of a file that may be held in memory beyond what an idle process holds.
MOST_MEMORY = 12.0
Rows = list[list[float]]


def winding(count: int) -> Rows:
    """Return a line of so many segments along the Araks, in degrees."""
    steps = (n / count for n in range(count + 1))
    return [[round(46.63 - 0.7 * at, 6), round(38.92 - 0.035 * math.sin(9 * at), 6)] for at in steps]


def pieces(count: int) -> list[Rows]:
    """Return the same line as so many pieces of one segment."""
    line = winding(count)
    return [[start, end] for start, end in pairwise(line)]


def _collection(kind: str, lines: list[Any]) -> bytes:
    features = [
        {"type": "Feature", "properties": {"name": f"way {n}"}, "geometry": {"type": kind, "coordinates": line}}
        for n, line in enumerate(lines)
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def placemarks(count: int) -> bytes:
    """KML with one placemark for each piece."""
    marks = "".join(
        f"<Placemark><name>way {n}</name><LineString><coordinates>{start[0]},{start[1]} {end[0]},{end[1]}"
        "</coordinates></LineString></Placemark>"
        for n, (start, end) in enumerate(pieces(count))
    )
    return f'<kml xmlns="http://www.opengis.net/kml/2.2"><Document>{marks}</Document></kml>'.encode()


def ways(count: int) -> bytes:
    """GeoJSON with one feature for each piece, in no order."""
    shuffled = pieces(count)
    random.Random(7).shuffle(shuffled)
    return _collection("LineString", shuffled)


def parts(count: int) -> bytes:
    """One MultiLineString of all pieces, in no order, some turned round, with gaps of 4 m."""
    dice = random.Random(7)
    lines = [[start, [round(end[0] + 0.00005, 6), end[1]]] for start, end in pieces(count)]
    lines = [line[::-1] if dice.random() < 0.5 else line for line in lines]
    dice.shuffle(lines)
    return _collection("MultiLineString", [lines])


def segments(count: int) -> bytes:
    """GPX with one track of so many segments."""
    text = "".join(
        "<trkseg>" + "".join(f'<trkpt lat="{lat}" lon="{lon}"/>' for lon, lat in piece) + "</trkseg>"
        for piece in pieces(count)
    )
    head = '<gpx version="1.1" creator="bench" xmlns="http://www.topografix.com/GPX/1/1"><trk><name>Araks</name>'
    return f"{head}{text}</trk></gpx>".encode()


#: What, the file's suffix, the bytes, and within how many seconds it has to be read and measured.
FILES = (
    ("10,000 placemarks", "kml", placemarks, 10_000, 3.0),
    ("2,000 ways", "geojson", ways, 2_000, 3.0),
    ("5,000 shuffled parts", "geojson", parts, 5_000, 3.0),
    ("3,000 track segments", "gpx", segments, 3_000, 3.0),
    ("100,000 short features", "geojson", ways, 100_000, 30.0),
)


def run_file(file: Path) -> dict[str, float]:
    """Read, find, measure and judge one file as `corridor check` does; the land was asked once before."""
    region = read_region()
    warm_up(region)
    gc.collect()
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    idle = memory_kb("VmRSS")
    start = time.perf_counter()
    reading = read_route(file.read_bytes(), file.name)
    assessments = [assess(route, region) for route in reading.routes[:MOST_JUDGED]]
    more = lengths_of(reading.routes[MOST_JUDGED:MOST_MEASURED], region)
    seconds = time.perf_counter() - start
    peak = (memory_kb("VmHWM") - idle) * 1024
    return {"seconds": seconds, "peak_bytes": peak, "routes": len(assessments) + len(more)}


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
    """Time ogr2ogr's whole process: read the file, write GeoJSON; None where it is not here (Debian's gdal-bin)."""
    if shutil.which("ogr2ogr") is None:
        return None
    out = WORK / "ogr2ogr.geojson"
    out.unlink(missing_ok=True)
    start = time.perf_counter()
    command = ["ogr2ogr", "-f", "GeoJSON", "-skipfailures", str(out), str(file)]
    command += ["tracks"] if file.suffix == ".gpx" else []
    subprocess.run(command, env=peer_environment(), capture_output=True, check=False, timeout=PATIENCE_S)
    return time.perf_counter() - start


def measure() -> list[Figure]:
    """Return seconds and memory for each kind of file with their bars, and the seconds of peers on the same file."""
    WORK.mkdir(parents=True, exist_ok=True)
    modules = peers_folder()
    if shutil.which("ogr2ogr") is None:
        print("bench: no ogr2ogr here; `apt-get install gdal-bin` brings it.", file=sys.stderr)
    figures: list[Figure] = []
    for what, suffix, build, count, at_most in FILES:
        file = WORK / f"real-{count}-{build.__name__}.{suffix}"
        file.write_bytes(build(count))
        runs = [_json_of([sys.executable, "-m", "tests.bench.real_files", str(file)]) for _ in range(REPEATS)]
        done = [run for run in runs if run is not None]
        if not done:
            continue
        bar = f"at most {at_most:g} s"
        figures.append(figure(what, "Corridor", "s", [run["seconds"] for run in done], bar=bar, at_most=at_most))
        times = [run["peak_bytes"] / file.stat().st_size for run in done]
        # A small file is outweighed by what any work needs; the bar is that of files that weigh.
        weighs = {"bar": "at most 12 times", "at_most": MOST_MEMORY} if count == 100_000 else {}
        figures.append(figure("  peak memory above idle / file", "Corridor", "times", times, **weighs))
        if (seconds := ogr2ogr_seconds(file)) is not None:
            figures.append(figure("  read and write", "ogr2ogr", "s", [seconds]))
        if modules is not None and suffix == "geojson":
            figures += _node_peers(modules, file)
    return figures


def _node_peers(modules: Path, file: Path) -> list[Figure]:
    territory = GEODATA / read_catalogue()["territory"].file
    figures = []
    if (modules / "mapshaper").is_dir():
        figures.append(figure("  divide + measure", "mapshaper", "s", [mapshaper_seconds(modules, file, territory)]))
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
