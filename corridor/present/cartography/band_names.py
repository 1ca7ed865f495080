"""Which places a line passes are named above its ground, the largest first, and where each name stands."""

from collections.abc import Sequence
from dataclasses import dataclass

from corridor.assessing.ground_profile import GroundMark
from corridor.present.cartography.band_scales import BandScales
from corridor.present.typography.typefaces import width, writable

#: The size of letters in points at size 1, rows of names at most, and points kept free beside a name.
LETTERS, NAME_ROWS, BESIDE = 8.5, 3, 4.0


@dataclass(frozen=True, slots=True)
class PlacedName:
    """A name from `left` to `right` points in a row counted from the ground up; its leader runs down at `x`."""

    mark: GroundMark
    x: float
    left: float
    right: float
    row: int


def placed_names(
    places: Sequence[GroundMark], scales: BandScales, page: float, size: float
) -> tuple[list[PlacedName], list[GroundMark]]:
    """Return the places with room for their names on a page of a width, the largest first, and those without.

    A name stands above where the line passes the place, in the lowest row that is free; no leader runs through a name.
    """
    names: list[PlacedName] = []
    unnamed: list[GroundMark] = []
    beside = BESIDE * size
    for mark in sorted(places, key=lambda mark: (mark.rank, mark.at_km, mark.id)):
        wide, x = width(writable(mark.label), LETTERS * size), scales.x(mark.at_km)
        left = min(max(x - wide / 2, 0.0), page - wide)
        row = next((row for row in range(NAME_ROWS) if _free(names, row, x, left, left + wide, beside)), None)
        if row is None or left < 0:
            unnamed.append(mark)
        else:
            names.append(PlacedName(mark, x, left, left + wide, row))
    return names, unnamed


def _free(names: Sequence[PlacedName], row: int, x: float, left: float, right: float, beside: float) -> bool:
    """Whether a name has room in a row, counted from the ground up, from which its leader runs down at `x`."""
    for other in names:
        if other.row == row and left - beside < other.right and other.left < right + beside:
            return False
        if other.row > row and left - beside / 2 < other.x < right + beside / 2:
            return False
        if other.row < row and other.left - beside / 2 < x < other.right + beside / 2:
            return False
    return True
