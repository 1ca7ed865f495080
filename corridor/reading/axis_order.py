"""Which positions, and which whole lines, have latitude first where longitude is expected first, or another sign."""

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from corridor.land.geodesy import Bounds, Positions
from corridor.reading.faults import JsonPath
from corridor.reading.many_lines import shares_inside
from corridor.reading.position_runs import PositionRun
from corridor.reading.reference_systems import degrees_like, share_inside

#: The name under which a reader says that latitude comes first: EPSG's own order of the axes of WGS84.
LATITUDE_FIRST = "EPSG:4326"
#: The finding of lines that have latitude first; it is answered by the order of their numbers.
SWAPPED = "lat-lon-swapped"
#: Of the ways from the places to where they lie once exchanged, so much has to be saved by exchanging them.
SAVED = 0.75
#: Factors of (longitude, latitude) that right signs which were lost or added.
SIGNS = ((-1, 1), (1, -1), (-1, -1))
#: The share of a line, 0 to 1, that has to lie in the region once its numbers are exchanged.
LEAST_EXCHANGED = 0.5


def swapped(lonlat: Positions, region: Bounds) -> bool:
    """Whether (first, second) rows lie outside the region, and most of them inside it once exchanged."""
    return share_inside(lonlat, region) == 0 and share_inside(lonlat[:, ::-1], region) >= LEAST_EXCHANGED


def latitude_first(lines: Mapping[JsonPath, Positions], region: Bounds) -> frozenset[JsonPath]:
    """Return which lines of a document have latitude first, by their paths.

    Where no line lies in the region as it stands and one does once exchanged, the others go with it: a file has one
    order, and a part of the way may lie outside the region.
    """
    held = {path: lonlat for path, lonlat in lines.items() if len(lonlat)}
    shares = shares_inside(list(held.values()), region)
    outside = [path for path, share in zip(held, shares, strict=True) if not share]
    exchanged_shares = shares_inside([held[path][:, ::-1] for path in outside], region)
    turned = {path for path, share in zip(outside, exchanged_shares, strict=True) if share >= LEAST_EXCHANGED}
    if turned and len(outside) == len(held):
        turned |= {path for path in outside if _can_be_turned(held[path])}
    return frozenset(turned)


def turned_runs(runs: Sequence[PositionRun], region: Bounds) -> frozenset[JsonPath]:
    """Return which lines and points of a document have latitude first, by their paths.

    Where all lines do, points that lie in the region in neither order go with them.
    """
    placed = {run.path: run.lonlat for run in runs if run.lonlat is not None and len(run.lonlat) and run.role != "ring"}
    line_paths = {run.path for run in runs if run.role == "line"} & placed.keys()
    turned = latitude_first({path: placed[path] for path in line_paths}, region)
    whole = bool(turned) and turned == line_paths
    return turned | {
        path
        for path in placed.keys() - line_paths
        if swapped(placed[path], region)
        or (whole and not share_inside(placed[path], region) and _can_be_turned(placed[path]))
    }


def _can_be_turned(lonlat: Positions) -> bool:
    """Whether (first, second) rows can be latitudes and longitudes in degrees."""
    (south, west), (north, east) = lonlat.min(axis=0), lonlat.max(axis=0)
    return degrees_like((west, south, east, north))


def exchanged(lonlat: Positions, region: Bounds) -> NDArray[np.bool_]:
    """Return which (first, second) rows of a line lie outside the region and inside it once exchanged.

    None where no row lies inside as it is, so that all of the line is the other way round, and none where the line
    does not lose the way it makes there and back by it: a railway from Rostov (39.7 E, 47.2 N) to Baku has places that
    would lie in the region.
    """
    return _righted_by(lonlat[:, 1::-1], lonlat[:, :2], region)


def signs_changed(lonlat: Positions, region: Bounds) -> tuple[NDArray[np.bool_], tuple[int, int]]:
    """Return which rows of a line lie in the region with other signs, as `exchanged` does, and the factors for both."""
    for signs in SIGNS:
        which = _righted_by(lonlat[:, :2] * signs, lonlat[:, :2], region)
        if which.any():
            return which, signs
    return np.zeros(len(lonlat), bool), (1, 1)


def _mirrored(lonlat: Positions, region: Bounds) -> NDArray[np.bool_]:
    return signs_changed(lonlat, region)[0]


def _at_zero(lonlat: Positions, region: Bounds) -> NDArray[np.bool_]:
    """Return which rows are 0, 0 of a line that otherwise lies in the region."""
    zero = (lonlat[:, 0] == 0) & (lonlat[:, 1] == 0)
    alone = zero.any() and _inside(lonlat[~zero], region).all()
    return np.asarray(zero & alone)


class Misplaced(StrEnum):
    """How a position of a line is given otherwise than the others, which lie in the region."""

    EXCHANGED = "latitude first"
    MIRRORED = "with another sign"
    AT_ZERO = "0, 0"


_FINDS: Mapping[Misplaced, Callable[[Positions, Bounds], NDArray[np.bool_]]] = {
    Misplaced.EXCHANGED: exchanged,
    Misplaced.MIRRORED: _mirrored,
    Misplaced.AT_ZERO: _at_zero,
}


def misplaced(lonlat: Positions, region: Bounds, how: Misplaced) -> NDArray[np.bool_]:
    """Return which rows of a line are misplaced in one way."""
    return _FINDS[how](lonlat, region)


def _righted_by(changed: Positions, lonlat: Positions, region: Bounds) -> NDArray[np.bool_]:
    """Return which rows of a line lie outside the region, and inside it as changed, if the line loses its detours."""
    inside = _inside(lonlat, region)
    none = np.zeros(len(inside), bool)
    other = ~inside & _inside(changed, region) if inside.any() and not inside.all() else none
    if not other.any():
        return none
    turns = np.flatnonzero(other[1:] != other[:-1])
    changed_there = np.where(other[turns], turns, turns + 1)
    # How far a place is from where it lies once changed.
    ways = np.hypot(*(lonlat[changed_there] - changed[changed_there]).T)
    saved = _extent(lonlat) - _extent(np.where(other[:, None], changed, lonlat))
    return other if saved >= SAVED * ways.sum() else none


def _extent(lonlat: Positions) -> float:
    """Return how long a line is in its own numbers."""
    return float(np.hypot(*np.diff(lonlat, axis=0).T).sum())


def _inside(lonlat: Positions, region: Bounds) -> NDArray[np.bool_]:
    west, south, east, north = region
    x, y = lonlat[:, 0], lonlat[:, 1]
    return np.asarray((x >= west) & (x <= east) & (y >= south) & (y <= north))
