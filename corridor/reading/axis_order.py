"""Which positions of a line have latitude first where the others have longitude first."""

import numpy as np
from numpy.typing import NDArray

from corridor.land.geodesy import Bounds, Positions


def exchanged(lonlat: Positions, region: Bounds) -> NDArray[np.bool_]:
    """Return which (first, second) rows of a line lie outside the region and inside it once exchanged.

    None where the rest of the line is not inside, as where all of it is the other way round.
    """
    inside = _inside(lonlat, region)
    other = ~inside & _inside(lonlat[:, ::-1], region) if not inside.all() else np.zeros(len(inside), bool)
    return other if other.any() and inside.sum() >= other.sum() else np.zeros(len(inside), bool)


def _inside(lonlat: Positions, region: Bounds) -> NDArray[np.bool_]:
    west, south, east, north = region
    x, y = lonlat[:, 0], lonlat[:, 1]
    return np.asarray((x >= west) & (x <= east) & (y >= south) & (y <= north))
