"""How a geometry begins in well-known binary (OGC 06-103r4, chapter 8): its type, and what its positions consist of.

The ISO form adds thousands to the type for heights and M values. The extended form of PostGIS sets flags for them, and
for the number of a reference system (SRID) that follows the type.
"""

import struct
from typing import NamedTuple

HAS_Z, HAS_M, HAS_SYSTEM = 0x80000000, 0x40000000, 0x20000000
PLAIN = 0x0FFFFFFF
#: Heights, M values and both in thousands of the type.
OF_Z, OF_M = (1, 3), (2, 3)


class BinaryHead(NamedTuple):
    """The `order` of bytes as `struct` writes it, the type as `kind` (1 point, 2 line ...), and where the head ends.

    `system` is the number of a reference system, 0 where none is named.
    """

    order: str
    kind: int
    has_z: bool
    has_m: bool
    system: int
    end: int

    @property
    def width(self) -> int:
        """How many numbers each position has."""
        return 2 + self.has_z + self.has_m


def binary_head(data: bytes, at: int = 0) -> BinaryHead:
    """Return the head of the geometry that begins at a byte; raises struct.error or IndexError where it is cut off."""
    order = "<" if data[at] == 1 else ">"
    (code,) = struct.unpack_from(f"{order}I", data, at + 1)
    end, system = at + 5, 0
    if code & HAS_SYSTEM:
        (system,) = struct.unpack_from(f"{order}I", data, end)
        end += 4
    thousands, kind = divmod(code & PLAIN, 1000)
    if thousands > max(OF_Z):
        kind = code & PLAIN  # no form has it, so it is no type with something added
    return BinaryHead(
        order, kind, bool(code & HAS_Z) or thousands in OF_Z, bool(code & HAS_M) or thousands in OF_M, system, end
    )
