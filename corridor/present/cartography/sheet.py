"""How large a static map is, and what stands on it besides the land."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MapSheet:
    """The room for a map in points; the drawing takes its width and no more height than it needs.

    `size` enlarges lines and type, for a slide is read from farther away. `names_own` says whether the legend names a
    reader's own lines, which a page may do itself. Sources and disclaimer stand on the slide or page around the map.
    """

    width: float
    height: float
    size: float = 1.0
    names_own: bool = True


#: A 16:9 slide of 13.33 x 7.5 in.
SLIDE = MapSheet(width=8.3 * 72, height=5.6 * 72, size=1.15)
#: The text width of an A4 page (170 mm) and of a Letter page (6.7 in).
A4 = MapSheet(width=481.9, height=470.0)
LETTER = MapSheet(width=482.4, height=440.0)
