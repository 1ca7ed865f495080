"""What everything on a static map looks like, decided from the class names the live map has too; the legend asks here.

States, borders and routes have looks of their own here; every other layer has those that the catalogue gives it.

Widths and dashes are in points for a page read at arm's length; a slide enlarges them. Printed in grey, the modes are
told apart by lightness and by width, the States by lightness, names, borders and ribbons.
"""

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import replace

from corridor.land.appearance import DOT_RADIUS, FeatureLook
from corridor.land.features import BorderProperties, Feature, LayerId, properties_of
from corridor.present.cartography.drawing import Look, Shape
from corridor.present.style import DASHES, OWN_ROUTES, Palette, class_names, mixed

Classes = AbstractSet[str]

#: Points of a dash for a pixel of the live map's.
DASH = 0.6
MODE_WIDTHS = {"mode-rail": 1.7, "mode-road": 1.35, "mode-energy": 1.0, "mode-digital": 1.0}
CASING = 0.55
#: Added to the classes of a border between two neighbours, and of whatever is lit.
RECEDES, LIT = "recedes", "is-lit"
#: How wide the accent around a lit line or along the edge of lit land is, and its white seam.
LIT_WIDTH, LIT_SEAM = 2.4, 4.4
#: How wide the ribbon is that follows the border inside each of the two States.
RIBBON = 2.6
#: The distance of hatch lines, and how wide they are.
HATCH_STEP, HATCH_WIDTH = 2.2, 0.55
#: How much of the accent is in the fill of a stressed area.
LIT_SHARE = 0.12
#: Points of a dot's radius for a pixel of the live map's.
DOT_SHARE = 0.5
#: What a look says where nothing is inked.
NO_INK = {"", "none", "clear"}


def classes_of(layer: LayerId, feature: Feature) -> frozenset[str]:
    """Return the class names of a feature, with `RECEDES` for a border in which neither State has a part."""
    names = set(class_names(layer, feature).split())
    if layer == "border" and not {"armenia", "azerbaijan"} & set(properties_of(feature, BorderProperties)["pair"]):
        names.add(RECEDES)
    return frozenset(names)


def land_fill(classes: Classes, inks: Palette) -> str:
    """Return the fill of a territory."""
    lit = "_lit" if LIT in classes else ""
    hue = {"territory--state": "armenia", "territory--state-part": "azerbaijan"}
    name = next((hue[class_name] for class_name in hue if class_name in classes), "neighbour")
    return str(getattr(inks, f"{name}{lit}"))


def ribbon_fill(classes: Classes, inks: Palette) -> str | None:
    """Return the colour of the ribbon along the border of a territory, None for a neighbour."""
    if "territory--state" in classes:
        return mixed(land_fill(classes, inks), inks.armenia_edge, 0.2)
    if "territory--state-part" in classes:
        return mixed(land_fill(classes, inks), inks.azerbaijan_edge, 0.2)
    return None


def paper_look(classes: Classes, looks: Iterable[FeatureLook]) -> FeatureLook:
    """Return what the looks of a layer make, in points, of a feature with these class names; later ones add."""
    merged = FeatureLook()
    for look in looks:
        if look.on == "screen" or not classes >= set(look.of.split()):
            continue
        share = 1.0 if look.on == "paper" else DASH
        merged = replace(
            merged,
            fill=look.fill or merged.fill,
            stroke=look.stroke or merged.stroke,
            width=merged.width if look.width is None else look.width * share,
            dash=merged.dash if look.dash is None else tuple(part * share for part in look.dash),
            opacity=merged.opacity if look.opacity is None else look.opacity,
            over=look.over or merged.over,
            hatched=merged.hatched or look.hatched,
            scale=merged.scale if look.scale is None else look.scale,
            marks=merged.marks if look.marks is None else look.marks,
        )
    return merged


def drawn_look(classes: Classes, inks: Palette, looks: Iterable[FeatureLook]) -> Look:
    """Return how an area or a line of a layer is filled and edged, by the looks the catalogue gives the layer."""
    look = paper_look(classes, looks)
    fill, stroke = _ink(look.fill, inks), _ink(look.stroke, inks)
    if stroke is None:
        return Look(fill=fill)
    if look.opacity is not None:
        stroke = mixed(_ink(look.over, inks) or inks.paper, stroke, look.opacity)
    dash = tuple(round(part, 2) for part in look.dash or ())
    return Look(fill=fill, stroke=stroke, width=round(look.width or 1.0, 2), dash=dash)


def lit_fill(inks: Palette, looks: Iterable[FeatureLook]) -> Look:
    """Return the fill of a stressed area that lights by its fill."""
    ground = _ink(paper_look(frozenset(), looks).over, inks) or inks.paper
    return Look(fill=mixed(ground, inks.lit, LIT_SHARE))


def _ink(name: str, inks: Palette) -> str | None:
    return None if name in NO_INK else str(getattr(inks, name))


def line_looks(classes: Classes, inks: Palette, looks: Iterable[FeatureLook] = ()) -> tuple[Look, ...]:
    """Return the strokes of a line of any layer, from the lowest up: a route's casing first, a border's river first.

    Routes and borders have strokes of their own, other lines those that the catalogue gives their layer.
    """
    if "route" in classes:
        return _route(classes, inks)
    if "border" in classes:
        return _border(classes, inks)
    return (replace(drawn_look(classes, inks, looks), fill=None),)


def _route(classes: Classes, inks: Palette) -> tuple[Look, ...]:
    # A sample of a status in the legend has no mode.
    mode = next((name for name in MODE_WIDTHS if name in classes), "mode-road")
    colour = str(getattr(inks, mode.removeprefix("mode-"))) if mode in classes else inks.soft_text
    width = MODE_WIDTHS[mode]
    status = (
        "contested" if "contested" in classes else next(status for status in DASHES if f"status-{status}" in classes)
    )
    dash = tuple(round(float(px) * DASH, 2) for px in DASHES[status].split())
    casing = Look(stroke=inks.casing, width=width + 2 * CASING)
    return casing, Look(stroke=colour, width=width, dash=dash)


def _border(classes: Classes, inks: Palette) -> tuple[Look, ...]:
    below = (Look(stroke=inks.river, width=1.3),) if "border--river" in classes else ()
    if "delimited" in classes:
        line = Look(stroke=inks.text, width=1.3)
    elif "delimited-in-part" in classes:
        line = Look(stroke=inks.text, width=1.0, dash=(4.2, 1.4))
    elif RECEDES in classes:
        line = Look(stroke=inks.neighbour_edge, width=0.6, dash=(3.0, 1.4))
    else:
        line = Look(stroke=inks.soft_text, width=0.75, dash=(3.6, 1.6))
    return (*below, line)


def border_rank(classes: Classes) -> int:
    """Return how high above other borders one is drawn."""
    order = (RECEDES, "border--river", "border--land", "delimited-in-part", "delimited")
    return max(number for number, name in enumerate(order) if name in classes and (name != "border--river" or number))


def hatch_looks(inks: Palette) -> tuple[Look, Look]:
    """Return the ground of a hatched area and its lines."""
    return Look(fill=mixed(inks.paper, inks.hatch, 0.12)), Look(stroke=inks.hatch, width=HATCH_WIDTH)


def lit_looks(inks: Palette) -> tuple[Look, Look]:
    """Return the seam and the accent that stress a line or the edge of an area."""
    return Look(stroke=inks.casing, width=LIT_SEAM), Look(stroke=inks.lit, width=LIT_WIDTH)


def lit_route_looks(classes: Classes, inks: Palette) -> tuple[Look, Look]:
    """Return the seam and the accent around a stressed route, which is drawn again above them."""
    casing = _route(classes, inks)[0].width
    return Look(stroke=inks.casing, width=casing + 4.2), Look(stroke=inks.lit, width=casing + 2.6)


def own_looks(inks: Palette, look: int = 0) -> tuple[Look, Look, Look]:
    """Return a reader's own line: casing, line, and the light thread in it that no shipped line has.

    The line is dark, or has the colour of its `look` among routes side by side, numbered from 1.
    """
    return (
        Look(stroke=inks.casing, width=4.2),
        Look(stroke=OWN_ROUTES[(look - 1) % len(OWN_ROUTES)] if look else inks.text, width=2.6),
        Look(stroke=inks.casing, width=0.7),
    )


def point_marks(classes: Classes, inks: Palette, looks: Iterable[FeatureLook]) -> tuple[tuple[Shape, float, Look], ...]:
    """Return the mark of a point from the lowest up, each with shape, radius in points and look."""
    look = paper_look(classes, looks)
    if LIT in classes:
        lit: Shape = "diamond" if any(mark.shape == "diamond" for mark in look.marks or ()) else "circle"
        return ((lit, 3.0, Look(fill=inks.lit, stroke=inks.text, width=1.0)),)
    if look.marks is None:
        radius = DOT_RADIUS * DOT_SHARE * (1.0 if look.scale is None else look.scale)
        return (("circle", round(radius, 2), drawn_look(classes, inks, looks)),)
    return tuple(
        (mark.shape, mark.radius, Look(_ink(mark.fill, inks), _ink(mark.stroke, inks), mark.width))
        for mark in look.marks
    )


def enlarged(look: Look, by: float) -> Look:
    """Return a look with every length `by` times as long."""
    return replace(look, width=round(look.width * by, 3), dash=tuple(round(part * by, 3) for part in look.dash))
