"""What a map is asked to show, whoever draws it: the live page, a slide, a printed page, a file to take away."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from corridor.land.features import FeatureId


@dataclass(frozen=True, eq=False, slots=True)
class OwnLine:
    """A line that is not shipped: a reader's own route, or one made from it.

    `parts` are its parts, each (n, 2) rows of (lon, lat) in degrees on WGS84. `mode` is a key of MODE_WORDS, "" when
    it is not stated. `look` numbers the colours of routes side by side from 1; 0 is the look of any own line. The name
    comes from a reader's file: it is shown as text and nothing else.
    """

    id: str
    name: str
    parts: tuple[NDArray[np.float64], ...]
    mode: str = ""
    look: int = 0


def told_apart(lines: Sequence[OwnLine], beside: int = 0) -> tuple[OwnLine, ...]:
    """Return lines each in a colour of its own, where they, and `beside` shipped routes, are several."""
    if len(lines) + beside < 2:
        return tuple(lines)
    return tuple(replace(line, look=number) for number, line in enumerate(lines, start=1))


@dataclass(frozen=True, eq=False, slots=True)
class MapRequest:
    """One view of the land.

    `bounds` are west, south, east, north in degrees. `layers` are ids of the reader's layer switches that are on
    ("territory", "border", "route-rail", ...); `shown` names single features that are drawn even though their layer is
    off, `lit` those that are stressed. `inset` asks for the section by Meghri at a larger scale beside it.
    `description` says in words what the map shows.
    """

    bounds: tuple[float, float, float, float]
    layers: Sequence[str]
    description: str
    shown: Sequence[FeatureId] = ()
    lit: Sequence[FeatureId] = ()
    own: Sequence[OwnLine] = ()
    inset: bool = False
