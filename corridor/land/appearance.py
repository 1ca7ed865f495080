"""How the catalogue says that a layer appears: its place among others, its looks, its legend, its names, its cards."""

from typing import Literal

from pydantic.dataclasses import dataclass

from corridor.sources import STRICT

#: Of a point's dot on the screen, whose `scale` is 1; in pixels.
DOT_RADIUS = 5.0
#: Lettering that a layer may ask for; how each is set is for the maps to say.
NameClass = Literal["town", "village", "station", "crossing", "province", "water", "exclave"]


@dataclass(frozen=True, config=STRICT)
class MarkLook:
    """One shape of the mark of a point on paper: radius and edge in points, fill and stroke by the palette's names."""

    shape: Literal["circle", "square", "diamond", "triangle"]
    radius: float
    fill: str = ""
    stroke: str = ""
    width: float = 0.0


@dataclass(frozen=True, config=STRICT)
class FeatureLook:
    """How the features that carry the class names `of` look, all of a layer without any; a later look adds to earlier.

    `fill` and `stroke` name a colour of the palette, or are "none"; an area with the fill "clear" shows what lies under
    it and is met by the pointer all the same. `width` and `dash` are pixels, and points where the look is for paper
    alone; of a look for both, paper takes a share of them. `opacity` is that of the stroke, seen against the
    colour `over`. `scale` enlarges the dot of a point, `marks` are what paper draws for it. A `steady` line does not
    widen on a large screen.
    """

    of: str = ""
    on: Literal["both", "screen", "paper"] = "both"
    fill: str = ""
    stroke: str = ""
    width: float | None = None
    dash: tuple[float, ...] | None = None
    opacity: float | None = None
    over: str = ""
    hatched: bool = False
    steady: bool = False
    scale: float | None = None
    marks: tuple[MarkLook, ...] | None = None


@dataclass(frozen=True, config=STRICT)
class LegendLine:
    """One line of the legend: its words, and a sample that looks like a feature with the class names `like`.

    It is listed where something is drawn that has the class names `of`, any feature of the layer without them; under
    `heading`, or under the layer's group.
    """

    symbol: Literal["fill", "hatch", "line", "point"]
    words: str
    like: str = ""
    of: str = ""
    heading: str = ""


@dataclass(frozen=True, config=STRICT)
class NameLook:
    """How the features of a layer are named on maps: lettering, rank (0 is placed first), first zoom of the live map.

    `before` cuts a label off where these characters begin; without `screen` only paper has the names.
    """

    lettering: NameClass
    rank: int
    from_zoom: float
    before: str = ""
    screen: bool = True


@dataclass(frozen=True, config=STRICT)
class PropertyRow:
    """A row on the card of a feature: a property of its own, by the words before it and its unit.

    `territory` says that the value is the id of a territory, `dated` that it is told as of the day of all facts.
    """

    property: str
    label: str
    unit: str = ""
    territory: bool = False
    dated: bool = False


@dataclass(frozen=True, config=STRICT)
class Appearance:
    """How one layer appears wherever it is shown.

    `pane` is its height among the layers (a z-index, from 400 up); `short_title` names its shapes on a slide. Land that
    is `ground` lies under everything: only what is directly under the pointer is meant. An area that is `filled` lights
    by its fill, not by an outline. A scene that names no layers shows those `in_scenes`; the small map on the live one
    has those `in_inset`. Paper shows the layer from `paper_from_zoom`, a zoom of the live map. `under_names` and
    `under_boxes` say how much a name, and a legend or an inset, avoid covering it (0 not at all, 1 as much as a place).
    `legend_rank` is the order of the legend.
    """

    pane: int
    short_title: str
    legend_rank: int
    legend: tuple[LegendLine, ...]
    looks: tuple[FeatureLook, ...] = ()
    names: NameLook | None = None
    rows: tuple[PropertyRow, ...] = ()
    ground: bool = False
    filled: bool = False
    in_scenes: bool = False
    in_inset: bool = True
    paper_from_zoom: float = 0.0
    under_names: float = 0.35
    under_boxes: float = 0.15
