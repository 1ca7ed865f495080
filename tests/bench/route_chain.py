"""One measured run of the whole chain, or of a peer, in a process of its own: `python -m tests.bench.route_chain`."""

import argparse
import gc
import json
import sys
import time
from pathlib import Path

import geopandas as gpd
import numpy as np
import orjson

# Before the application, which leaves GDAL without the readers that the peer needs.
import pyogrio  # noqa: F401 - for what its import does

from corridor.assessing.assessment import assess
from corridor.assessing.ground_profile import border_marks, ground_profile, named_places
from corridor.assessing.measures import measure
from corridor.assessing.region import Region, read_region
from corridor.land.catalogue import read_catalogue, read_layer
from corridor.land.elevation import read_elevation
from corridor.land.geodesy import METRIC, WGS84
from corridor.reading.route import read_route
from corridor.store.freed_memory import suit_freed_memory_to


def memory_kb(name: str) -> int:
    """Return a line of this process's status: "VmRSS" now, "VmHWM" the peak since it was last reset."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(name))


def run_floor(file: Path) -> dict[str, float]:
    """Time nothing but orjson.loads of the same bytes."""
    data = file.read_bytes()
    start = time.perf_counter()
    orjson.loads(data)
    return {"seconds": time.perf_counter() - start}


def run_chain(file: Path) -> dict[str, object]:
    """Read, find, measure, split and judge; the land is loaded and asked once before, as in a running application."""
    region = read_region()
    warm_up(region)
    gc.collect()
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    idle = memory_kb("VmRSS")
    start = time.perf_counter()
    data = file.read_bytes()
    suit_freed_memory_to(len(data))
    reading = read_route(data, file.name)
    read = time.perf_counter()
    assessment = assess(reading.routes[0], region)
    end = time.perf_counter()
    return {
        "seconds": end - start,
        "read_and_find": read - start,
        "measure_and_judge": end - read,
        "peak_bytes": (memory_kb("VmHWM") - idle) * 1024,
        "km": assessment.measures.by_territory_km,
    }


def run_profile(file: Path) -> dict[str, object]:
    """Measure a route that has been read and follow the ground along it, all that `corridor profile` does for it."""
    region, elevation = read_region(), read_elevation()
    warm_up(region)
    named_places()
    (route,) = read_route(file.read_bytes(), file.name).routes
    start = time.perf_counter()
    measures = measure(route, region)
    measured = time.perf_counter()
    borders = border_marks(measures.crossings, region)
    ground = ground_profile(measures.samples, measures.stretches, borders, elevation)
    return {"seconds": time.perf_counter() - start, "of_ground": time.perf_counter() - measured, "says": ground.says}


def warm_up(region: Region) -> None:
    """Assess the short line that the application's processes begin with, so that the indexes of the land are there."""
    text = b'{"type":"LineString","coordinates":[[46.75,39.05],[46.4,38.95],[45.8,39.0]]}'
    assess(read_route(text, "warm-up").routes[0], region)


def run_overlay(file: Path) -> dict[str, object]:
    """The peer in Python: geopandas overlay with the territories, lengths in the plane of the UTM zone."""
    catalogue = read_catalogue()
    territories = read_layer(catalogue["territory"])[["label", "geometry"]]
    start = time.perf_counter()
    line = gpd.read_file(file).to_crs(str(territories.crs))
    pieces = gpd.overlay(line, territories, how="intersection", keep_geom_type=True)
    km = pieces.to_crs(METRIC).length.groupby(pieces["label"]).sum() / 1000
    return {"seconds": time.perf_counter() - start, "km": km.to_dict()}


def run_looks(file: Path) -> dict[str, object]:
    """Count the line every five metres, each place given to a polygon: independent of all cutting."""
    corners = np.array(orjson.loads(file.read_bytes())["geometry"]["coordinates"])
    metres = np.asarray(WGS84.inv(*corners[:-1].T, *corners[1:].T)[2])
    looks = np.maximum(1, np.round(metres / 5)).astype(int)
    on = np.repeat(np.arange(len(metres)), looks)
    first = np.concatenate([[0], np.cumsum(looks)[:-1]])
    middle = ((np.arange(len(on)) - first[on]) + 0.5) / looks[on]
    places = corners[on] + middle[:, None] * (corners[on + 1] - corners[on])
    owners = np.array(read_region().territories.locate_all(places))
    share = (metres / looks)[on] / 1000
    return {"km": {str(name): float(share[owners == name].sum()) for name in np.unique(owners)}}


RUNS = {"floor": run_floor, "chain": run_chain, "profile": run_profile, "overlay": run_overlay, "looks": run_looks}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=RUNS)
    parser.add_argument("file", type=Path)
    arguments = parser.parse_args()
    json.dump(RUNS[arguments.what](arguments.file), sys.stdout)


if __name__ == "__main__":
    main()
