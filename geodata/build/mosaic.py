"""Knows how seven time-zone polygons and one coast become territories that share every edge exactly."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from itertools import pairwise

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geodata.build.features import DECIMALS
from geodata.build.inputs import Inputs
from geodata.build.packages import BuildError

WINDOW = shapely.box(42.8, 38.0, 50.7, 42.2)  # lon/lat; wider than every view of the map
COAST = (48.0, 38.0, 50.7, 42.2)  # where the Caspian lies within the window
GRID = 10.0**-DECIMALS

# Territory id -> time zone and which of its polygons, largest first (None: every polygon in the window).
ZONES: dict[str, tuple[str, int | None]] = {
    "armenia": ("Asia/Yerevan", 0),
    "az-mainland": ("Asia/Baku", 0),
    "az-nakhchivan": ("Asia/Baku", 1),
    "georgia": ("Asia/Tbilisi", None),
    "iran": ("Asia/Tehran", None),
    "russia": ("Europe/Moscow", None),
    "turkiye": ("Europe/Istanbul", None),
}
OWN = frozenset({"armenia", "az-mainland", "az-nakhchivan"})
SEA = "sea"
CHIP = 1e-8  # square degrees, about 90 square metres; the smallest island is 400 times larger

# A border between two neighbours touches neither State of the Declaration; it is thinned to keep files small.
THINNING_M = 60.0
METRES_PER_DEGREE = 111_200.0  # of latitude; a degree of longitude is shorter, so no vertex moves further

Point = tuple[float, float]
Edge = tuple[Point, Point]


@cache
def mosaic() -> dict[str, BaseGeometry]:
    """Territory id (and "sea") -> polygon within the window, all on one noded 6-decimal linework.

    Raises BuildError when a part of the window has two owners, or none.
    """
    zones = {key: _clipped(*zone) for key, zone in ZONES.items()}
    sea = _caspian()
    lines = [shapely.boundary(shape) for shape in (WINDOW, sea, *zones.values())]
    noded = shapely.unary_union(np.array(lines, dtype=object), grid_size=GRID)
    faces = shapely.get_parts(shapely.polygonize(shapely.get_parts(noded)))
    arcs = arcs_by_owners(dict(_owned(faces, zones, sea)))
    step = THINNING_M / METRES_PER_DEGREE
    kept = [line if pair & OWN else shapely.simplify(line, step) for pair, line in arcs.items()]
    faces = shapely.get_parts(shapely.polygonize([part for line in kept for part in shapely.get_parts(line)]))
    pieces: dict[str, list[BaseGeometry]] = defaultdict(list)
    for owner, shape in _owned(faces, zones, sea):
        pieces[owner].extend(shapely.get_parts(shape))
    covered = sum(shapely.union_all(parts).area for parts in pieces.values())
    if abs(covered - WINDOW.area) > GRID:
        msg = f"the territories cover {covered} square degrees of a window of {WINDOW.area}; thinning made lines cross."
        raise BuildError(msg)
    return {owner: shapely.normalize(shapely.union_all(parts)) for owner, parts in sorted(pieces.items())}


def arcs_by_owners(shapes: dict[str, BaseGeometry]) -> dict[frozenset[str], BaseGeometry]:
    """The lines that separate polygons of an exact mosaic: {owners on both sides} -> merged lines.

    Two polygons share an edge only when both of its end points are equal to the last decimal.
    """
    owners: dict[Edge, set[str]] = defaultdict(set)
    for key, shape in shapes.items():
        for ring in shapely.get_rings(shapely.get_parts(shape)):
            points = [tuple(xy) for xy in shapely.get_coordinates(ring).round(DECIMALS).tolist()]
            for start, end in pairwise(points):
                owners[min((start, end), (end, start))].add(key)
    edges: dict[frozenset[str], list[Edge]] = defaultdict(list)
    for edge, keys in owners.items():
        edges[frozenset(keys)].append(edge)
    return {keys: shapely.line_merge(shapely.multilinestrings(sorted(pairs))) for keys, pairs in edges.items()}


def _clipped(zone: str, index: int | None) -> BaseGeometry:
    polygons = Inputs.zone(zone)
    chosen = polygons if index is None else (polygons[index],)
    near = [p for p in chosen if shapely.box(*p.bounds).intersects(WINDOW)]
    return shapely.union_all([shapely.intersection(p, WINDOW) for p in near])


def _caspian() -> BaseGeometry:
    """What the land of no country covers on the east side of the window, islands left out of it."""
    lands = [p for code in ("AZE", "IRN", "RUS") for p in Inputs.country_land(code)]
    # Clipped before it is repaired: repairing Russia whole takes minutes.
    clipped = [shapely.make_valid(shapely.clip_by_rect(p, *COAST)) for p in lands]
    water = shapely.difference(shapely.box(*COAST), shapely.union_all(clipped))
    parts = shapely.get_parts(water)
    return shapely.set_precision(parts[np.argmax(shapely.area(parts))], GRID)


def _owned(faces: np.ndarray, zones: dict[str, BaseGeometry], sea: BaseGeometry) -> list[tuple[str, BaseGeometry]]:
    points = shapely.point_on_surface(faces)
    inside = {key: shapely.contains_xy(zone, shapely.get_coordinates(points)) for key, zone in zones.items()}
    wet = shapely.contains_xy(sea, shapely.get_coordinates(points))
    shapes: dict[str, list[BaseGeometry]] = defaultdict(list)
    for i, face in enumerate(faces):
        # River mouths leave chips of some 50 square metres between two datings of the coast; they are water.
        owners = [SEA] if wet[i] or face.area < CHIP else [key for key in ZONES if inside[key][i]]
        if len(owners) != 1:
            msg = f"{points[i].wkt} ({face.area:.1e} square degrees) lies in {' and '.join(owners) or 'no territory'}."
            raise BuildError(msg)
        shapes[owners[0]].append(face)
    return [(key, shapely.union_all(parts)) for key, parts in shapes.items()]
