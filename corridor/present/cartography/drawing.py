"""What a drawing consists of, for whoever writes it: areas, pictures, lines, dots and texts in points, bottom first.

Positions are (n, 2) rows of (x, y) in points (1/72 inch) from the left upper corner of the page, y downwards. Nothing
reaches beyond its frame, so that a writer needs no clipping; hatching is drawn as lines, a halo belongs to its text.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from corridor.land.features import FeatureId

Points = NDArray[np.float64]
Shape = Literal["circle", "square", "diamond", "triangle"]


@dataclass(frozen=True, slots=True)
class Look:
    """Fill and stroke as "#rrggbb" or None; width and dash lengths in points, an empty dash being a solid line."""

    fill: str | None = None
    stroke: str | None = None
    width: float = 0.0
    dash: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Type:
    """How a text is set: size and letter spacing in points, weight 400 or 600, and its halo of `halo_width` points."""

    size: float
    colour: str
    weight: Literal[400, 600] = 400
    italic: bool = False
    spacing: float = 0.0
    halo: str | None = None
    halo_width: float = 0.0


@dataclass(frozen=True, eq=False, slots=True)
class Area:
    """Closed rings; what lies in an odd number of them is inside."""

    layer: str
    rings: tuple[Points, ...]
    look: Look
    features: tuple[FeatureId, ...] = ()


@dataclass(frozen=True, eq=False, slots=True)
class Stroke:
    """One or more runs with butt ends and round corners; a dash begins anew with each run."""

    layer: str
    parts: tuple[Points, ...]
    look: Look
    features: tuple[FeatureId, ...] = ()


@dataclass(frozen=True, slots=True)
class Dot:
    """A mark around a position; `radius` is half its height."""

    layer: str
    x: float
    y: float
    radius: float
    shape: Shape
    look: Look
    features: tuple[FeatureId, ...] = ()

    @property
    def corners(self) -> Points:
        """The corners of a mark that is not round, in order, not closed."""
        r = self.radius
        steps = {
            "square": ((-r, -r), (r, -r), (r, r), (-r, r)),
            "diamond": ((0, -r), (r, 0), (0, r), (-r, 0)),
            "triangle": ((0, -r), (r, r), (-r, r)),
        }[self.shape]
        return np.array([(self.x + x, self.y + y) for x, y in steps])


@dataclass(frozen=True, slots=True)
class Text:
    """A line of text; it may hold what a reader typed and is never markup.

    It begins at (x, y) on its baseline, is `width` wide and turned clockwise by `angle` degrees about that point. Along
    a bent course `glyphs` holds the place and the angle of every character; x, y and angle are then its chord, for a
    writer that sets straight text only.
    """

    layer: str
    text: str
    x: float
    y: float
    width: float
    type: Type
    angle: float = 0.0
    glyphs: tuple[tuple[float, float, float], ...] = ()
    features: tuple[FeatureId, ...] = ()


@dataclass(frozen=True, eq=False, slots=True)
class Picture:
    """A PNG stretched over a rectangle of the page; what it does not cover shows through where it is not opaque."""

    layer: str
    left: float
    top: float
    width: float
    height: float
    png: bytes
    features: tuple[FeatureId, ...] = ()

    @property
    def corners(self) -> Points:
        """The left upper and the right lower corner."""
        return np.array([(self.left, self.top), (self.left + self.width, self.top + self.height)])


Item = Area | Picture | Stroke | Dot | Text


@dataclass(frozen=True, eq=False, slots=True)
class Drawing:
    """A page of `width` x `height` points, what it shows in words, and its items from the bottom up."""

    width: float
    height: float
    alt: str
    items: tuple[Item, ...]

    def texts(self) -> Iterator[Text]:
        """The texts, in the order they are drawn."""
        return (item for item in self.items if isinstance(item, Text))
