"""How an area is hatched with lines of its own, which every writer of drawings can draw."""

from math import ceil, sqrt

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry


def hatch(area: BaseGeometry, step: float) -> BaseGeometry:
    """Return lines rising to the right at 45 degrees, `step` points apart, inside an area of the page (y downwards).

    The lines belong to one grid for the whole page, so that two areas side by side are hatched alike.
    """
    if shapely.is_empty(area):
        return shapely.MultiLineString()
    left, top, right, bottom = shapely.bounds(area).tolist()
    apart = step * sqrt(2.0)
    sums = np.arange(ceil((left + top) / apart), (right + bottom) / apart) * apart
    starts = np.column_stack([sums - bottom, np.full(len(sums), bottom)])
    ends = np.column_stack([sums - top, np.full(len(sums), top)])
    return shapely.intersection(shapely.MultiLineString(list(np.stack([starts, ends], axis=1))), area)
