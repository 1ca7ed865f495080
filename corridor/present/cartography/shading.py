"""The shaded relief of a static map: the shipped picture, laid into the projection of the map as one picture."""

import struct
import zlib
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from corridor.land.geodesy import Positions
from corridor.land.relief import ShadedRelief
from corridor.present.cartography.drawing import Picture
from corridor.present.cartography.projection import Frame, from_plane

#: What the picture is called among the layers of a drawing.
LAYER = "relief"
#: Metres of land that a pixel shows at least (a tenth of a cell of the relief), and at most so many pixels to a point:
#: viewers print a picture as squares, which must be too small to be seen as such.
FINEST_M, DENSEST = 80.0, 2.0
#: Pixels between two places that are taken through the projection; between them degrees run straight, to a metre.
COARSE = 16


def shading(relief: ShadedRelief, frame: Frame) -> Iterator[Picture]:
    """Yield the relief in a frame; nothing where the frame shows none of it."""
    box = frame.box
    pixels = min(DENSEST, frame.metres_per_point / FINEST_M)
    columns, rows = (max(2, round(length * pixels)) for length in (box.width, box.height))
    steps = relief.at(_degrees(frame, columns, rows)).reshape(rows, columns)
    if steps.any():
        yield Picture(LAYER, box.left, box.top, box.width, box.height, _png(steps, relief.colours))


def _degrees(frame: Frame, columns: int, rows: int) -> Positions:
    """Return the positions in degrees of the middles of the pixels of a frame, row by row from the upper left."""
    box = frame.box
    x, y = ((np.arange(count) + 0.5) / count for count in (columns, rows))
    coarse_x, coarse_y = (np.linspace(0.0, 1.0, max(2, count // COARSE + 1)) for count in (columns, rows))
    corners = np.stack(np.meshgrid(coarse_x, coarse_y), axis=-1).reshape(-1, 2)
    places = corners * (box.width, box.height) + (box.left, box.top)
    lonlat = from_plane(frame.back(places)).reshape(len(coarse_y), len(coarse_x), 2)
    down = _between(lonlat, coarse_y, y)
    return _between(down.transpose(1, 0, 2), coarse_x, x).transpose(1, 0, 2).reshape(-1, 2)


def _between(values: NDArray[np.float64], known: NDArray[np.float64], at: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return rows of values between those at `known` places, which are even; they run straight."""
    place = at * (len(known) - 1)
    before = np.minimum(place.astype(np.intp), len(known) - 2)
    share = (place - before)[:, None, None]
    return np.asarray(values[before] * (1 - share) + values[before + 1] * share)


def _png(steps: NDArray[np.uint8], colours: NDArray[np.uint8]) -> bytes:
    """Return a picture with a colour and an opacity for each step, (rows, columns), as PNG."""
    rows, columns = steps.shape
    filtered = np.column_stack([np.zeros(rows, dtype=np.uint8), steps])  # 0: each row as it is
    chunks = (
        (b"IHDR", struct.pack(">IIBBBBB", columns, rows, 8, 3, 0, 0, 0)),
        (b"PLTE", np.ascontiguousarray(colours[:, :3]).tobytes()),
        (b"tRNS", np.ascontiguousarray(colours[:, 3]).tobytes()),
        (b"IDAT", zlib.compress(filtered.tobytes(), 6)),
        (b"IEND", b""),
    )
    written = (
        struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
        for name, content in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(written)
