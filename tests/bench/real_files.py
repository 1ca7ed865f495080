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
from tests.support.hostile_databases import geometry, geopackage, register
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


def features_with_faults(count: int) -> bytes:
    """GeoJSON as programs write it that know no end of decimals: each feature has something to be told of."""
    line = [[lon + 1e-9 / 3, lat] for lon, lat in winding(count)]
    return _collection("LineString", [[start, end] for start, end in pairwise(line)])


def waypoints(count: int) -> bytes:
    """GPX of nothing but named points."""
    points = "".join(
        f'<wpt lat="{lat}" lon="{lon}"><name>km {n}</name></wpt>' for n, (lon, lat) in enumerate(winding(count - 1))
    )
    return f'<gpx version="1.1" creator="bench" xmlns="http://www.topografix.com/GPX/1/1">{points}</gpx>'.encode()


def rows(count: int) -> bytes:
    """A GeoPackage with one row for each piece."""
    table = "CREATE TABLE ways (fid INTEGER PRIMARY KEY, geom BLOB, name TEXT);"
    inserts = (
        f"INSERT INTO ways (geom, name) VALUES (x'{geometry(piece).hex()}', 'way {n}');"
        for n, piece in enumerate(pieces(count))
    )
    return geopackage("BEGIN;" + table + "".join(inserts) + "COMMIT;", register("ways"), route=False)


#: What, the file's suffix, the bytes, within how many seconds it has to be read and measured, and times the bytes of
#: the file that may be held in memory; no such bar for a small file, which is outweighed by what any work needs.
FILES = (
    ("10,000 placemarks", "kml", placemarks, 10_000, 3.0, None),
    ("2,000 ways", "geojson", ways, 2_000, 3.0, None),
    ("5,000 shuffled parts", "geojson", parts, 5_000, 3.0, None),
    ("3,000 track segments", "gpx", segments, 3_000, 3.0, None),
    ("20,000 shuffled parts", "geojson", parts, 20_000, 12.0, None),
    ("50,000 rows", "gpkg", rows, 50_000, 30.0, None),
    ("100,000 short features", "geojson", ways, 100_000, 30.0, MOST_MEMORY),
    ("100,000 features, each with a fault", "geojson", features_with_faults, 100_000, 30.0, MOST_MEMORY),
    ("100,000 placemarks", "kml", placemarks, 100_000, 30.0, MOST_MEMORY),
    ("100,000 waypoints", "gpx", waypoints, 100_000, 30.0, None),
)


def run_file(file: Path) -> dict[str, float]:
    """Read, find, measure and judge one file as `corridor check` does; the land was asked once before."""
    region = read_region()
    warm_up(region)
    gc.collect()
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    idle = memory_kb("VmRSS")
    start, busy = time.perf_counter(), time.process_time()
    reading = read_route(file.read_bytes(), file.name)
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
    # A GPX file is several layers, and one file of GeoJSON holds one.
    layer = "waypoints" if "waypoints" in file.stem else "tracks"
    command += [layer] if file.suffix == ".gpx" else []
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
    for what, suffix, build, count, at_most, most_memory in FILES:
        file = WORK / f"real-{count}-{build.__name__}.{suffix}"
        file.write_bytes(build(count))
        runs = [_json_of([sys.executable, "-m", "tests.bench.real_files", str(file)]) for _ in range(REPEATS)]
        done = [run for run in runs if run is not None]
        if not done:
            continue
        bar = f"at most {at_most:g} s"
        figures.append(figure(what, "Corridor", "s", [run["seconds"] for run in done], bar=bar, at_most=at_most))
        processor = [run["processor_seconds"] for run in done]
        figures.append(figure("  of it processor time", "Corridor", "s", processor))
        times = [run["peak_bytes"] / file.stat().st_size for run in done]
        weighs = {} if most_memory is None else {"bar": f"at most {most_memory:g} times", "at_most": most_memory}
        figures.append(figure("  peak memory above idle / file", "Corridor", "times", times, **weighs))
        if (seconds := ogr2ogr_seconds(file)) is not None:
            figures.append(figure("  read and write", "ogr2ogr", "s", [seconds]))
        if modules is not None and suffix == "geojson":
            figures += _node_peers(modules, file)
    return figures


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
