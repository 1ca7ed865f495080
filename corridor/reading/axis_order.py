"""Which positions of a line have latitude first where the others have longitude first."""

import numpy as np
from numpy.typing import NDArray

from corridor.land.geodesy import Bounds, Positions

#: Of the ways from the places to where they lie once exchanged, so much has to be saved by exchanging them.
SAVED = 0.75


def exchanged(lonlat: Positions, region: Bounds) -> NDArray[np.bool_]:
    """Return which (first, second) rows of a line lie outside the region and inside it once exchanged.

    None where no row lies inside as it is, so that all of the line is the other way round, and none where the line
    does not lose the way it makes there and back by it: a railway from Rostov (39.7 E, 47.2 N) to Baku has places that
    would lie in the region.
    """
    inside = _inside(lonlat, region)
    none = np.zeros(len(inside), bool)
    other = ~inside & _inside(lonlat[:, ::-1], region) if inside.any() and not inside.all() else none
    if not other.any():
        return none
    turns = np.flatnonzero(other[1:] != other[:-1])
    exchanged_there = np.where(other[turns], turns, turns + 1)
    # How far a place is from where it lies once exchanged.
    ways = np.sqrt(2) * np.abs(lonlat[exchanged_there, 0] - lonlat[exchanged_there, 1])
    righted = np.where(other[:, None], lonlat[:, 1::-1], lonlat[:, :2])
    saved = _extent(lonlat[:, :2]) - _extent(righted)
    return other if saved >= SAVED * ways.sum() else none


def _extent(lonlat: Positions) -> float:
    """Return how long a line is in its own numbers."""
    return float(np.hypot(*np.diff(lonlat, axis=0).T).sum())


def _inside(lonlat: Positions, region: Bounds) -> NDArray[np.bool_]:
    west, south, east, north = region
    x, y = lonlat[:, 0], lonlat[:, 1]
    return np.asarray((x >= west) & (x <= east) & (y >= south) & (y <= north))
