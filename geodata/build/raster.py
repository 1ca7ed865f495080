"""Knows which box of degrees each raster covers, as rasters.toml says, and where the middles of its cells lie."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from geodata.build.packages import BUILD, BuildError


@cache
def described() -> dict[str, dict[str, Any]]:
    """What rasters.toml says of each raster, in the order in which they are built."""
    return tomllib.loads((BUILD / "rasters.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Box:
    """Degrees on WGS84 at the outer edges of the outermost cells."""

    west: float
    south: float
    east: float
    north: float


def box_of(raster: str) -> Box:
    """The box of a raster; raises BuildError when rasters.toml gives none that can be."""
    grid = described()[raster]["grid"]
    box = Box(grid["west"], grid["south"], grid["east"], grid["north"])
    if not (-180 <= box.west < box.east <= 180 and -85 < box.south < box.north < 85):
        msg = f"rasters.toml, [{raster}.grid] is no box of degrees."
        raise BuildError(msg)
    return box


def mercator(latitude: NDArray[np.float64]) -> NDArray[np.float64]:
    """The northing of a latitude in degrees on a sphere of radius 1, as web maps draw it (EPSG:3857)."""
    return np.arctanh(np.sin(np.radians(latitude)))


def latitude_of(northing: NDArray[np.float64]) -> NDArray[np.float64]:
    """The latitude in degrees of such a northing."""
    return np.degrees(np.arcsin(np.tanh(northing)))
