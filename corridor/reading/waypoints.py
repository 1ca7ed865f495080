"""The points of a file that are no part of a line: stations, posts, bridges, whatever its sender marked."""

from dataclasses import dataclass

import numpy as np

from corridor.reading.faults import Json
from corridor.reading.heights import possible
from corridor.reading.names import chosen_name
from corridor.reading.position_runs import PositionRun
from corridor.reading.reference_systems import degrees_like
from corridor.reading.structure import Structure

ROLES = ("point", "points")


@dataclass(frozen=True, slots=True)
class Waypoint:
    """A point with its name, in degrees on WGS84; `height_m` is None where the file gives none that can be right.

    `feature` is its index in the file.
    """

    name: str
    lon: float
    lat: float
    height_m: float | None
    feature: int | None


def point_runs(structure: Structure) -> tuple[PositionRun, ...]:
    """Return the points of a document whose positions are numbers, a run for each geometry of them."""
    return tuple(run for run in structure.runs if run.role in ROLES and run.lonlat is not None and len(run.lonlat))


def waypoints_of(structure: Structure) -> tuple[Waypoint, ...]:
    """Return every point in degrees, in the order of the file; one without a name is numbered."""
    runs = point_runs(structure)
    if not runs:
        return ()
    waypoints: list[Waypoint] = []
    for run in runs:
        name = _name(structure.feature_of(run)[1] or {})
        places = [] if run.lonlat is None else run.lonlat.tolist()
        heights = run.beyond[:, 0].tolist() if run.beyond is not None else [np.nan] * len(places)
        for (lon, lat), metres in zip(places, heights, strict=True):
            if degrees_like((lon, lat, lon, lat)):
                height = metres if possible(metres) else None
                waypoints.append(Waypoint(name or f"Point {len(waypoints) + 1}", lon, lat, height, run.feature))
    return tuple(waypoints)


def _name(feature: Json) -> str:
    properties = feature.get("properties")
    name = chosen_name(properties if isinstance(properties, dict) else {}, feature.get("id"))
    return "" if name is None else name.name
