"""Which positions of a line are given otherwise than its others: latitude first, with another sign, or as 0, 0."""

from collections.abc import Callable, Mapping
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from corridor.land.geodesy import Bounds, Positions

#: Of the ways from the places to where they lie once changed, so much has to be saved by changing them.
SAVED = 0.75
#: Factors of (longitude, latitude) that right signs which were lost or added.
SIGNS = ((-1, 1), (1, -1), (-1, -1))


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


def put_right(lonlat: Positions, which: NDArray[np.bool_], region: Bounds, how: Misplaced) -> Positions:
    """Return the (first, second) rows of a line with those that `misplaced` found put right; those at 0, 0 are gone."""
    if how is Misplaced.AT_ZERO:
        return lonlat[~which, :2]
    changed = lonlat[:, 1::-1] if how is Misplaced.EXCHANGED else lonlat[:, :2] * signs_changed(lonlat, region)[1]
    return np.where(which[:, None], changed, lonlat[:, :2])


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
