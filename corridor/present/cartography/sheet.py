"""How large a static map is, and what stands on it besides the land."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MapSheet:
    """The room for a map in points; the drawing takes its width and no more height than it needs.

    `size` enlarges lines and type, for a slide is read from farther away. `legend`, `foot` and `degrees` say what
    stands beside the land; the scale bar is left out where there is no legend. `names_own` says whether the legend
    names a reader's own lines, which a page may do itself.
    """

    width: float
    height: float
    size: float = 1.0
    legend: bool = True
    foot: bool = True
    degrees: bool = True
    names_own: bool = True


#: A 16:9 slide of 13.33 x 7.5 in, whose own foot carries sources and disclaimer.
SLIDE = MapSheet(width=8.3 * 72, height=5.6 * 72, size=1.15, foot=False)
#: The text width of an A4 page (170 mm) and of a Letter page (6.7 in), which carry sources and disclaimer themselves.
A4 = MapSheet(width=481.9, height=470.0, foot=False)
LETTER = MapSheet(width=482.4, height=440.0, foot=False)
#: A map that travels alone, with its foot.
ALONE = MapSheet(width=720.0, height=620.0)
THUMBNAIL = MapSheet(width=176.0, height=120.0, size=0.72, legend=False, foot=False, degrees=False)
