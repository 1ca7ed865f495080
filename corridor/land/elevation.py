"""How high the ground is around a place: the lowest and the highest cell of the model within one cell of it.

A model with cells of 30 arc-seconds knows a valley floor and a ridge beside it, not the ground under a line. So there
is a band instead of a height, and neither gradient nor climb is taken from it anywhere. Where the model says 0 the land
lies at or below sea level, or it is sea; nothing finer is known.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corridor.errors import CatalogueError
from corridor.land.geodesy import Positions, Values
from corridor.land.rasters import ELEVATION, Grid, Raster, read_cells, shipped_raster
from corridor.sources import GEODATA


@dataclass(frozen=True, eq=False)
class GroundBand:
    """Metres above sea level within one cell of each of n places; 0 is at or below it, NaN outside the model."""

    lowest_m: Values
    highest_m: Values

    @property
    def known(self) -> NDArray[np.bool_]:
        """Which of the places lie inside the model."""
        return np.isfinite(self.lowest_m)


class Elevation:
    """The heights of the shipped model, with those of the eight cells around each already compared."""

    def __init__(self, raster: Raster, heights: NDArray[np.uint16]) -> None:
        """Take the raster as the catalogue describes it and its values, (rows, columns), metres."""
        self.raster = raster
        self._lowest = _of_nine(heights, np.minimum)
        self._highest = _of_nine(heights, np.maximum)

    @property
    def grid(self) -> Grid:
        """How the cells lie on the land."""
        return self.raster.grid

    def band(self, lonlat: Positions) -> GroundBand:
        """Return the ground around (n, 2) positions in degrees."""
        grid = self.grid
        with np.errstate(invalid="ignore"):
            across = (lonlat[:, 0] - grid.west) / (grid.east - grid.west) * grid.columns
            down = (grid.north - lonlat[:, 1]) / (grid.north - grid.south) * grid.rows
            inside = (across >= 0) & (across < grid.columns) & (down >= 0) & (down < grid.rows)
        column, row = (np.where(inside, cells, 0.0).astype(np.intp) for cells in (across, down))
        lowest, highest = (
            np.where(inside, cells[row, column].astype(np.float64), np.nan) for cells in (self._lowest, self._highest)
        )
        return GroundBand(lowest, highest)


def _of_nine(heights: NDArray[np.uint16], least_or_most: np.ufunc) -> NDArray[np.uint16]:
    """Return the least or the most of each cell and the eight around it, first down the columns, then across."""
    padded = np.pad(heights, 1, mode="edge")
    down = least_or_most(least_or_most(padded[:-2], padded[1:-1]), padded[2:])
    return np.asarray(least_or_most(least_or_most(down[:, :-2], down[:, 1:-1]), down[:, 2:]), dtype=np.uint16)


@cache
def read_elevation(root: Path = GEODATA) -> Elevation:
    """Return the shipped model, read once per process; raise CatalogueError when it is missing or not as listed."""
    raster = shipped_raster(ELEVATION, root)
    if raster.grid.bits != 16 or raster.grid.rows_by != "degrees":
        raise CatalogueError("geodata/catalogue.toml lists “elevation” as no grid of 16-bit values even in degrees.")
    return Elevation(raster, np.asarray(read_cells(raster, root), dtype=np.uint16))
