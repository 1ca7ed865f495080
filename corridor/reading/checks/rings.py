"""Which rules the rings of polygons break: closed, long enough, the right way round, valid together."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import shapely

from corridor.reading.checks.positions import spot
from corridor.reading.faults import Check, FaultSpot, Mend, Severity
from corridor.reading.position_runs import PositionRun
from corridor.reading.repairs import positions as mends
from corridor.reading.structure import Structure


def _short_ring(structure: Structure) -> Iterator[FaultSpot]:
    for run in structure.runs:
        if run.role == "ring" and len(run.raw) < 4:
            yield spot(run, has=len(run.raw))


def _unclosed(structure: Structure) -> Iterator[FaultSpot]:
    for run in structure.runs:
        if run.role == "ring" and len(run.raw) > 1 and run.raw[0] != run.raw[-1]:
            yield spot(run, len(run.raw) - 1)


def _winding(structure: Structure) -> Iterator[FaultSpot]:
    for run in structure.runs:
        if run.role == "ring" and run.lonlat is not None and mends.wrong_way(run.lonlat, run.hole):
            kind, way = ("hole", "clockwise") if run.hole else ("outer ring", "counter-clockwise")
            yield spot(run, kind=kind, way=way)


def _invalid_polygon(structure: Structure) -> Iterator[FaultSpot]:
    for run_group in _polygons(structure):
        shape = _polygon(run_group)
        if shape is not None and not shapely.is_valid(shape):
            reason = shapely.is_valid_reason(shape)
            says, _, at = reason.partition("[")
            says = says.strip()
            lon, lat = (float(number) for number in at.rstrip("]").split()[:2]) if at else (None, None)
            yield FaultSpot(
                path=run_group[0].path.rpartition("/coordinates")[0] + "/coordinates",
                feature=run_group[0].feature, lon=lon, lat=lat, words={"reason": REASONS.get(says, says.lower())},
            )  # fmt: skip


def _polygons(structure: Structure) -> Iterator[list[PositionRun]]:
    """Yield the rings of each polygonal geometry together."""
    together: list[PositionRun] = []
    for run in structure.runs:
        if run.role != "ring":
            continue
        if together and run.path.rpartition("/coordinates")[0] != together[0].path.rpartition("/coordinates")[0]:
            yield together
            together = []
        together.append(run)
    if together:
        yield together


def _polygon(rings: list[PositionRun]) -> shapely.Polygon | shapely.MultiPolygon | None:
    """Return the shape of the rings, None when some ring cannot be one at all."""
    shells: list[tuple[Any, list[Any]]] = []
    for run in rings:
        if run.lonlat is None or len(run.lonlat) < 4 or not np.array_equal(run.lonlat[0], run.lonlat[-1]):
            return None
        if run.hole and shells:
            shells[-1][1].append(run.lonlat)
        else:
            shells.append((run.lonlat, []))
    polygons = [shapely.Polygon(shell, holes) for shell, holes in shells]
    return polygons[0] if len(polygons) == 1 else shapely.MultiPolygon(polygons)


#: What GEOS says of areas, in everyday words.
REASONS = {
    "Self-intersection": "its outline crosses itself",
    "Ring Self-intersection": "its outline touches itself",
    "Too few points in geometry component": "it has too few points",
    "Hole lies outside shell": "a hole lies outside of it",
    "Holes are nested": "a hole lies in another",
    "Nested shells": "one of its parts lies in another",
    "Interior is disconnected": "its holes cut it in two",
    "Duplicate Rings": "an outline is drawn twice",
    "Invalid Coordinate": "one of its numbers is no place",
}

ERROR, WARNING = Severity.ERROR, Severity.WARNING

RING_CHECKS: tuple[Check[Structure], ...] = (
    Check(
        "ring-too-short",
        ERROR,
        "The outline of an area has {has:position|positions}; it needs four, the last equal to the first.",
        "Correct it where the file was made.",
        _short_ring,
    ),
    Check(
        "ring-unclosed",
        ERROR,
        "The outline of an area is not closed: its last position differs from its first.",
        "Let the first position be repeated at the end.",
        _unclosed,
        Mend("repeat the first position of an outline at its end", mends.close_rings),
    ),
    Check(
        "ring-winding",
        WARNING,
        "This {kind} should run {way}, as the GeoJSON standard asks.",
        "Let it be reversed; most programs read it either way.",
        _winding,
        Mend("reverse outlines that run the wrong way round", mends.rewind),
    ),
    Check(
        "polygon-invalid",
        ERROR,
        "The area is not drawn as one can be: {reason}.",
        "Correct it in the program that made it; a route needs no area.",
        _invalid_polygon,
    ),
)
