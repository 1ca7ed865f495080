"""Which rasters are shipped, and their values: PNG files of the one form that `make geodata` writes.

A raster is read by these few lines instead of an image library: its hash is that of the catalogue, its form is the one
written by geodata/build/png.py, and nothing else is opened.
"""

import struct
import zlib
from functools import cache
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import TypeAdapter
from pydantic.dataclasses import dataclass

from corridor.errors import CatalogueError
from corridor.land.catalogue import CatalogueEntry, layer_bytes, read_entries
from corridor.land.features import LayerId
from corridor.land.geodesy import Bounds
from corridor.sources import GEODATA, STRICT

RasterId = LayerId
#: Values of a raster, (rows, columns), first row in the north.
Cells = NDArray[np.uint8] | NDArray[np.uint16]

#: The ids of the two that are read by name.
ELEVATION, RELIEF = "elevation", "relief"
SIGNATURE = b"\x89PNG\r\n\x1a\n"
#: Bytes up to the end of the header: signature, length and name of its chunk, 13 bytes of content.
HEADER_ENDS = 29
#: Bits of each value, and the type a value is read as; PNG has its bytes in this order.
TYPES: dict[int, np.dtype[Any]] = {8: np.dtype(np.uint8), 16: np.dtype(">u2")}
#: Colour types of PNG that are written, and the one filter: each byte less the one a value before it.
WRITTEN, SUB = {0, 3}, 1


@dataclass(frozen=True, config=STRICT)
class Grid:
    """How a raster lies on the land: its size, the degrees at its outer edges, how its rows go, what a value means."""

    columns: int
    rows: int
    bits: int
    west: float
    south: float
    east: float
    north: float
    rows_by: Literal["degrees", "mercator"]
    values: str

    @property
    def bounds(self) -> Bounds:
        """West, south, east and north in degrees, at the outer edges of the outermost cells."""
        return self.west, self.south, self.east, self.north


@dataclass(frozen=True, config=STRICT, kw_only=True)
class Raster(CatalogueEntry):
    """One shipped raster as the catalogue describes it."""

    grid: Grid

    @property
    def holds(self) -> str:
        """How much of what the file holds."""
        return f"{self.grid.columns:,} x {self.grid.rows:,} cells"


def read_rasters(root: Path = GEODATA) -> dict[RasterId, Raster]:
    """Return the rasters of geodata/catalogue.toml in its order; raise CatalogueError as `read_catalogue` does."""
    rasters = read_entries("raster", TypeAdapter(Raster), root)
    for raster in rasters.values():
        grid = raster.grid
        if not (grid.west < grid.east and grid.south < grid.north and grid.columns > 0 and grid.rows > 0):
            raise CatalogueError(f"geodata/catalogue.toml, raster {raster.id!r} has a grid without any land in it.")
    return rasters


def read_cells(raster: Raster, root: Path = GEODATA) -> Cells:
    """Return the values of a raster.

    Raises CatalogueError, one sentence, when the file is missing, changed, of another size or type, or cut off.
    """
    data, grid, shown = layer_bytes(raster, root), raster.grid, f"geodata/{raster.file}"
    if not data.startswith(SIGNATURE) or data[12:16] != b"IHDR" or len(data) < HEADER_ENDS:
        raise CatalogueError(f"{shown} is not a PNG file; the catalogue lists it as raster {raster.id!r}.")
    columns, rows, bits, colour = struct.unpack(">IIBB", data[16:26])
    if (columns, rows) != (grid.columns, grid.rows):
        raise CatalogueError(
            f"{shown} has {columns} x {rows} cells; geodata/catalogue.toml says {grid.columns} x {grid.rows}."
        )
    if bits != grid.bits or bits not in TYPES or colour not in WRITTEN or data[26:29] != b"\0\0\0":
        raise CatalogueError(f"{shown} is PNG of another type than the {grid.bits}-bit values `make geodata` writes.")
    width = bits // 8
    filtered = _unpacked(_chunks(data, b"IDAT"), rows * (1 + columns * width), shown).reshape(rows, 1 + columns * width)
    if (filtered[:, 0] != SUB).any():
        raise CatalogueError(f"{shown} is PNG of another type than the {grid.bits}-bit values `make geodata` writes.")
    values = np.cumsum(filtered[:, 1:].reshape(rows, columns, width), axis=1, dtype=np.uint8)
    cells = np.ascontiguousarray(values.reshape(rows, columns * width)).view(TYPES[bits])
    return np.asarray(cells, dtype=TYPES[bits].newbyteorder("="))


def read_colours(raster: Raster, root: Path = GEODATA) -> NDArray[np.uint8]:
    """Return the colour of each value, (n, 4): red, green, blue, opacity; raise CatalogueError when there are none."""
    data = layer_bytes(raster, root)
    inks, opacity = (np.frombuffer(_chunks(data, name), dtype=np.uint8) for name in (b"PLTE", b"tRNS"))
    if len(inks) == 0 or len(inks) != 3 * len(opacity):
        raise CatalogueError(f"geodata/{raster.file} has no colour with an opacity for each of its values.")
    return np.column_stack([inks.reshape(-1, 3), opacity])


def _chunks(data: bytes, name: bytes) -> bytes:
    """Return what all chunks of a name hold, one after the other."""
    at, held = len(SIGNATURE), b""
    while at + 8 <= len(data):
        (size,) = struct.unpack(">I", data[at : at + 4])
        if data[at + 4 : at + 8] == name:
            held += data[at + 8 : at + 8 + size]
        at += size + 12
    return held


def _unpacked(packed: bytes, size: int, shown: str) -> NDArray[np.uint8]:
    """Return the bytes of a zlib stream that has to hold exactly `size`; more of it is never unpacked."""
    try:
        held = zlib.decompressobj().decompress(packed, size + 1)
    except zlib.error as error:
        raise CatalogueError(f"{shown} cannot be unpacked: {error}.") from error
    if len(held) != size:
        raise CatalogueError(f"{shown} does not hold the {size:,} bytes that its header promises.")
    return np.frombuffer(held, dtype=np.uint8)


@cache
def shipped_raster(identity: RasterId, root: Path = GEODATA) -> Raster:
    """Return one raster of the catalogue; raise CatalogueError when it is not listed."""
    rasters = read_rasters(root)
    if identity not in rasters:
        raise CatalogueError(f"geodata/catalogue.toml lists no raster {identity!r}; the heights of the land need it.")
    return rasters[identity]
