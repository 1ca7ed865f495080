"""A composed map as one group of shapes that can be edited: land, water, routes with their dashes, marks and names.

Each layer is a group of its own. A course is written as one a:custGeom: pptx's FreeformBuilder takes time in the square
of the points. Of a name along a bent course the chord is kept, for a slide sets straight text only.
"""

from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from math import cos, radians, sin
from xml.sax.saxutils import escape

import numpy as np

from corridor.land.features import FeatureId
from corridor.present.cartography.drawing import Area, Dot, Drawing, Item, Look, Picture, Points, Stroke, Text
from corridor.present.slides.measuring import ARIAL, ASCENT, LINE, Measure, right_to_left
from corridor.present.slides.text_xml import EMU, NAMESPACES, SlideBox, emu, named_xml, place_xml
from corridor.shipped import Shipped

#: Courses are written in hundredths of a point.
GRID = 100
#: What the parts of a drawing that are no layer of the catalogue are called in the selection pane.
PARTS = {
    "ground": "Ground",
    "ribbon": "Ribbons along borders",
    "graticule": "Degrees",
    "lit": "Stressed",
    "own": "Own routes",
    "name": "Names",
    "rim": "Rim",
    "neat-line": "Frame",
    "scale": "Scale bar",
    "legend": "Legend",
    "inset": "Inset",
    "extent": "Where the inset lies",
}
_MEASURE = Measure()
#: A word renderers may set a hair wider than it was measured.
LOOSE = 1.03


def map_group(
    drawing: Drawing,
    at: SlideBox,
    number: Callable[[], int],
    keep: Callable[[bytes], str],
    shipped: Shipped,
    name: str,
) -> str:
    """Return a drawing as a group with its words as alternative text, its left upper corner at that of `at`.

    `number` gives the next free id of the slide, `keep` takes a PNG into the file and gives the id it has on the slide;
    features and layers are named as they are shipped.
    """
    writer = _Writer(at.left, at.top, number, keep, shipped.labels)
    called = {layer.id: layer.appearance.short_title for layer in shipped.layers.values()}
    called |= {raster.id: raster.title for raster in shipped.rasters.values()} | PARTS
    groups = [
        writer.group(called.get(layer, layer.capitalize()), list(items), "")
        for layer, items in groupby(drawing.items, lambda item: item.layer)
    ]
    whole = SlideBox(at.left, at.top, drawing.width, drawing.height)
    paper = writer.area("Paper", (whole_corners(drawing),), Look(fill="#ffffff"))
    return writer.grouped(name, whole, [paper, *groups], drawing.alt, outer=True)


def whole_corners(drawing: Drawing) -> Points:
    """Return the corners of the sheet a drawing stands on, so that a template's ground does not show through."""
    return np.array([(0.0, 0.0), (drawing.width, 0.0), (drawing.width, drawing.height), (0.0, drawing.height)])


class _Writer:
    """Writes the items of one drawing, moved to where the map stands on the slide."""

    def __init__(
        self,
        left: float,
        top: float,
        number: Callable[[], int],
        keep: Callable[[bytes], str],
        labels: Mapping[FeatureId, str],
    ) -> None:
        self._left, self._top = left, top
        self._number, self._keep, self._labels = number, keep, labels

    def group(self, name: str, items: Sequence[Item], alt: str) -> str:
        shapes = [self._item(item, name) for item in items]
        corners = np.vstack([_reach(item) for item in items])
        low, high = corners.min(axis=0), corners.max(axis=0)
        box = SlideBox(low[0] + self._left, low[1] + self._top, high[0] - low[0], high[1] - low[1])
        return self.grouped(name, box, shapes, alt)

    def grouped(self, name: str, box: SlideBox, shapes: Sequence[str], alt: str, *, outer: bool = False) -> str:
        x, y, wide, high = (emu(length) for length in (box.left, box.top, box.width, box.height))
        spaces = f" {NAMESPACES}" if outer else ""
        return (
            f"<p:grpSp{spaces}><p:nvGrpSpPr>{named_xml(self._number(), name, alt)}<p:cNvGrpSpPr/><p:nvPr/>"
            "</p:nvGrpSpPr>"
            f'<p:grpSpPr><a:xfrm><a:off x="{x}" y="{y}"/><a:ext cx="{wide}" cy="{high}"/>'
            f'<a:chOff x="{x}" y="{y}"/><a:chExt cx="{wide}" cy="{high}"/></a:xfrm></p:grpSpPr>'
            f"{''.join(shapes)}</p:grpSp>"
        )

    def _item(self, item: Item, layer: str) -> str:
        name = ", ".join(self._labels.get(feature, feature) for feature in item.features) or layer
        match item:
            case Text():
                return self._text(item)
            case Dot(shape="circle"):
                r = item.radius
                box = SlideBox(item.x - r + self._left, item.y - r + self._top, 2 * r, 2 * r)
                return self._shape(name, box, '<a:prstGeom prst="ellipse"><a:avLst/></a:prstGeom>', item.look)
            case Dot():
                return self.area(name, (item.corners,), item.look)
            case Picture():
                return self._picture(item, name)
            case Area():
                return self.area(name, item.rings, item.look)
            case Stroke():
                return self._course(name, item.parts, item.look, closed=False)

    def _picture(self, item: Picture, name: str) -> str:
        box = SlideBox(item.left + self._left, item.top + self._top, item.width, item.height)
        return (
            f"<p:pic><p:nvPicPr>{named_xml(self._number(), name)}<p:cNvPicPr/><p:nvPr/></p:nvPicPr>"
            f'<p:blipFill><a:blip r:embed="{self._keep(item.png)}"/><a:stretch><a:fillRect/></a:stretch></p:blipFill>'
            f'<p:spPr>{place_xml(box)}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr></p:pic>'
        )

    def area(self, name: str, rings: Sequence[Points], look: Look) -> str:
        return self._course(name, rings, look, closed=True)

    def _course(self, name: str, runs: Sequence[Points], look: Look, *, closed: bool) -> str:
        grids = [np.round(run * GRID).astype(int) for run in runs]
        every = np.vstack(grids)
        low, high = every.min(axis=0), every.max(axis=0)
        wide, tall = (max(1, int(extent)) for extent in high - low)
        box = SlideBox(low[0] / GRID + self._left, low[1] / GRID + self._top, wide / GRID, tall / GRID)
        steps = "".join(_run(grid - low, closed) for grid in grids)
        fill = "" if closed and look.fill else ' fill="none"'
        course = (
            "<a:custGeom><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/>"
            '<a:rect l="0" t="0" r="r" b="b"/>'
            f'<a:pathLst><a:path w="{wide}" h="{tall}"{fill}>{steps}</a:path></a:pathLst></a:custGeom>'
        )
        return self._shape(name, box, course, look)

    def _shape(self, name: str, box: SlideBox, geometry: str, look: Look) -> str:
        fill = f'<a:solidFill><a:srgbClr val="{look.fill[1:]}"/></a:solidFill>' if look.fill else "<a:noFill/>"
        return (
            f"<p:sp><p:nvSpPr>{named_xml(self._number(), name)}<p:cNvSpPr/><p:nvPr/></p:nvSpPr>"
            f"<p:spPr>{place_xml(box)}{geometry}{fill}{line_xml(look)}</p:spPr></p:sp>"
        )

    def _text(self, item: Text) -> str:
        kind = item.type
        # Arial is wider than the face of the map; the name keeps its room and is set a little smaller.
        natural = _MEASURE.width(item.text, kind.size, bold=kind.weight > 400) + kind.spacing * (len(item.text) - 1)
        shrunk = min(1.0, item.width / natural) if natural else 1.0
        size = max(1.0, round(kind.size * shrunk, 2))
        wide, high = item.width * LOOSE, size * LINE
        # The box is turned about its middle, the name about the beginning of its base line.
        along, down, turn = wide / 2 - item.width * (LOOSE - 1) / 2, high / 2 - size * _BASE, radians(item.angle)
        middle_x = item.x + along * cos(turn) - down * sin(turn) + self._left
        middle_y = item.y + along * sin(turn) + down * cos(turn) + self._top
        box = SlideBox(middle_x - wide / 2, middle_y - high / 2, wide, high)
        look = f'<a:solidFill><a:srgbClr val="{kind.colour[1:]}"/></a:solidFill>'
        if kind.halo:
            halo = f'<a:srgbClr val="{kind.halo[1:]}"><a:alpha val="85000"/></a:srgbClr>'
            look += f'<a:effectLst><a:glow rad="{emu(kind.halo_width)}">{halo}</a:glow></a:effectLst>'
        given = f'lang="en-US" sz="{round(size * 100)}"'
        given += ' b="1"' if kind.weight > 400 else ""
        given += ' i="1"' if kind.italic else ""
        given += f' spc="{round(kind.spacing * shrunk * 100)}"' if kind.spacing else ""
        turned = ' rtl="1"' if right_to_left(item.text) else ""
        return (
            f'<p:sp><p:nvSpPr>{named_xml(self._number(), item.text)}<p:cNvSpPr txBox="1"/><p:nvPr/></p:nvSpPr>'
            f'<p:spPr>{place_xml(box, item.angle)}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/></p:spPr>'
            '<p:txBody><a:bodyPr vert="horz" wrap="none" lIns="0" tIns="0" rIns="0" bIns="0" anchor="t">'
            f'<a:noAutofit/></a:bodyPr><a:lstStyle/><a:p><a:pPr algn="ctr"{turned}>'
            f'<a:lnSpc><a:spcPts val="{round(high * 100)}"/></a:lnSpc><a:buNone/></a:pPr>'
            f'<a:r><a:rPr {given} dirty="0">{look}<a:latin typeface="{ARIAL}"/><a:cs typeface="{ARIAL}"/></a:rPr>'
            f"<a:t>{escape(item.text)}</a:t></a:r></a:p></p:txBody></p:sp>"
        )


#: Where the base line of a line of fixed height lies, as a share of the size: what is added stands above the letters.
_BASE = ASCENT + (LINE - 1.117)


def line_xml(look: Look) -> str:
    """Return the outline of a shape; dashes are shares of its width, as DrawingML counts them."""
    if not look.stroke or not look.width:
        return "<a:ln><a:noFill/></a:ln>"
    dash = ""
    if look.dash:
        lengths = look.dash if len(look.dash) % 2 == 0 else look.dash * 2
        stops = zip(lengths[::2], lengths[1::2], strict=True)
        pattern = "".join(f'<a:ds d="{_share(on, look.width)}" sp="{_share(off, look.width)}"/>' for on, off in stops)
        dash = f"<a:custDash>{pattern}</a:custDash>"
    colour = f'<a:solidFill><a:srgbClr val="{look.stroke[1:]}"/></a:solidFill>'
    return f'<a:ln w="{round(look.width * EMU)}" cap="flat">{colour}{dash}<a:round/></a:ln>'


def _share(length: float, width: float) -> int:
    return round(length / width * 100_000)


def _run(grid: np.ndarray, closed: bool) -> str:
    """Return a run as path commands; corners that fall together on the grid are written once."""
    kept = np.ones(len(grid), dtype=bool)
    kept[1:] = (np.diff(grid, axis=0) != 0).any(axis=1)
    (x, y), *rest = grid[kept].tolist()
    if closed and rest and rest[-1] == [x, y]:
        rest.pop()
    lines = "".join([f'<a:lnTo><a:pt x="{a}" y="{b}"/></a:lnTo>' for a, b in rest])
    return f'<a:moveTo><a:pt x="{x}" y="{y}"/></a:moveTo>{lines}{"<a:close/>" if closed else ""}'


def _reach(item: Item) -> Points:
    match item:
        case Picture():
            return item.corners
        case Area():
            return np.vstack(item.rings)
        case Stroke():
            return np.vstack(item.parts)
        case Dot():
            r = item.radius
            return np.array([(item.x - r, item.y - r), (item.x + r, item.y + r)])
        case Text():
            high = item.type.size
            return np.array([(item.x, item.y - high), (item.x + item.width, item.y + 0.3 * high)])
