"""The shaded relief as it is shipped: a picture in the rows of web maps, asked for its shade or light at any place."""

from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corridor.errors import CatalogueError
from corridor.land.geodesy import Positions, Values
from corridor.land.rasters import RELIEF, Raster, read_cells, read_colours, shipped_raster
from corridor.sources import GEODATA


@dataclass(frozen=True, eq=False)
class ShadedRelief:
    """Steps of shade and light, (rows, columns), and the colour of each step: red, green, blue, opacity, 0 to 255.

    Step 0 is level ground and shows nothing; steps of its colour darken, all others lighten.
    """

    raster: Raster
    steps: NDArray[np.uint8]
    colours: NDArray[np.uint8]

    @cached_property
    def _strengths(self) -> NDArray[np.float32]:
        """The opacity of each step, less than 0 where it darkens."""
        opacity = self.colours[:, 3].astype(np.float32)
        darkens = (self.colours[:, :3] == self.colours[0, :3]).all(axis=1)
        return np.where(darkens, -opacity, opacity)

    @cached_property
    def _light(self) -> NDArray[np.float32]:
        return self._strengths[self.steps]

    def at(self, lonlat: Positions) -> NDArray[np.uint8]:
        """Return the step nearest to the light at (n, 2) positions in degrees, which runs straight between cells."""
        grid = self.raster.grid
        across = (lonlat[:, 0] - grid.west) / (grid.east - grid.west) * grid.columns - 0.5
        south, north = _northing(np.array([grid.south, grid.north])).tolist()
        down = (north - _northing(lonlat[:, 1])) / (north - south) * grid.rows - 0.5
        inside = (across >= -0.5) & (across <= grid.columns - 0.5) & (down >= -0.5) & (down <= grid.rows - 0.5)
        column, right = _cells(np.where(inside, across, 0.0), grid.columns)
        row, below = _cells(np.where(inside, down, 0.0), grid.rows)
        light = self._light
        upper = light[row, column] * (1 - right) + light[row, column + 1] * right
        lower = light[row + 1, column] * (1 - right) + light[row + 1, column + 1] * right
        return np.where(inside, self._nearest(upper * (1 - below) + lower * below), 0).astype(np.uint8)

    def _nearest(self, light: Values) -> NDArray[np.intp]:
        order = np.argsort(self._strengths, kind="stable")
        known = self._strengths[order]
        return np.asarray(order[np.searchsorted((known[:-1] + known[1:]) / 2, light)])


def _northing(latitude: Values) -> Values:
    """Return the northing of a latitude in degrees as web maps draw it, on a sphere of radius 1 (EPSG:3857)."""
    return np.asarray(np.arctanh(np.sin(np.radians(latitude))))


def _cells(at: Values, count: int) -> tuple[NDArray[np.intp], Values]:
    """Return the cell before each place, counted in cells, and how far on to the next the place lies, 0 to 1."""
    held = np.clip(at, 0.0, count - 1.0)
    cell = np.minimum(held.astype(np.intp), count - 2)
    return cell, held - cell


@cache
def read_relief(root: Path = GEODATA) -> ShadedRelief:
    """Return the shipped relief, read once per process; raise CatalogueError when it is missing or not as listed."""
    raster = shipped_raster(RELIEF, root)
    steps, colours = read_cells(raster, root), read_colours(raster, root)
    if raster.grid.bits != 8 or raster.grid.rows_by != "mercator" or int(steps.max()) >= len(colours):
        raise CatalogueError(
            f"geodata/{raster.file} is no picture of shades; `make geodata` writes 8 bits with a colour for each value."
        )
    return ShadedRelief(raster, np.asarray(steps, dtype=np.uint8), colours)
