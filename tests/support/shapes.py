"""Lines that tests draw as shapes, as routes hold them."""

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry


def lines_of(shape: BaseGeometry) -> list[NDArray[np.float64]]:
    """Return the (lon, lat) rows of a line, or of each line of several that are one shape."""
    return [shapely.get_coordinates(part) for part in shapely.get_parts(shape)]
