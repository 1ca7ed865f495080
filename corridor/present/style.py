"""How things look: colours for light and dark, the dash of each alignment status, the classes of what is drawn.

Colour never stands alone: a mode also has its word, a status its dash, an area under delimitation its hatching. No
State has a colour of a national flag, and both parts of Azerbaijan have one. Modes use Paul Tol's "muted" scheme,
which stays distinct for colour-blind readers (https://personal.sron.nl/~pault/); olive and teal are darkened until
they stand out 3 to 1 from the paper.
"""

from dataclasses import dataclass

from corridor.land.features import BorderProperties, Feature, LayerId, PlaceProperties, RouteProperties, properties_of

#: The colours of own routes side by side, in either theme: they stay apart for who sees few colours (Okabe and Ito
#: 2008).
OWN_ROUTES = ("#d55e00", "#009e73", "#cc79a7", "#0072b2", "#e69f00", "#56b4e9")


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of one theme, as "#rrggbb"."""

    text: str
    soft_text: str
    hairline: str
    paper: str
    azerbaijan: str
    azerbaijan_edge: str
    armenia: str
    armenia_edge: str
    neighbour: str
    neighbour_edge: str
    armenia_lit: str
    azerbaijan_lit: str
    neighbour_lit: str
    sea: str
    lake: str
    river: str
    water_name: str
    lit: str
    lit_wash: str
    lit_phrase: str
    rail: str
    road: str
    energy: str
    digital: str
    casing: str
    hatch: str


LIGHT = Palette(
    text="#1f2430",
    soft_text="#5b6270",
    hairline="#d9dbe0",
    paper="#ffffff",
    azerbaijan="#d5cfe8",
    azerbaijan_edge="#5d5775",
    armenia="#e9e4c2",
    armenia_edge="#6b6224",
    neighbour="#f6f5f2",
    neighbour_edge="#b5b3ad",
    armenia_lit="#e3dba2",
    azerbaijan_lit="#c5bae6",
    neighbour_lit="#e2e0d8",
    sea="#dbe8ee",
    lake="#bcd7e4",
    river="#6aa5c2",
    water_name="#2f6a87",
    lit="#e07b00",
    lit_wash="#fff6e9",
    lit_phrase="#ffe3b8",
    rail="#332288",
    road="#882255",
    energy="#77771c",
    digital="#288071",
    casing="#ffffff",
    hatch="#6d6d6d",
)

DARK = Palette(
    text="#e9e8e3",
    soft_text="#a7acb8",
    hairline="#3a3f4a",
    paper="#14161b",
    azerbaijan="#332e48",
    azerbaijan_edge="#a79fce",
    armenia="#454120",
    armenia_edge="#c2b668",
    neighbour="#222429",
    neighbour_edge="#565962",
    armenia_lit="#6a6227",
    azerbaijan_lit="#57508a",
    neighbour_lit="#33363d",
    sea="#0e1f29",
    lake="#142f3c",
    river="#4f8dab",
    water_name="#8cc3de",
    lit="#ffb15c",
    lit_wash="#33240f",
    lit_phrase="#6b4310",
    rail="#a9a0f0",
    road="#e79ac0",
    energy="#cfcf6b",
    digital="#7fd4c6",
    casing="#14161b",
    hatch="#a9a9a9",
)

#: SVG dash patterns in pixels; "" is a solid line. What has no published course is drawn where an office gives one.
DASHES = {
    "existing": "",
    "published": "16 6",
    "stated": "10 5",
    "inferred": "2 4",
    "none": "12 3 2 3 2 3",
    "contested": "10 4 2 4",
}

#: What each alignment status is called on screen, and what it means (accepted wording).
ALIGNMENTS = {
    "existing": ("Existing line", "track, road or line on the ground; geometry from a named dataset"),
    "published": ("Published course", "a document of the responsible authority shows it"),
    "stated": ("Course stated, not published", "a named official described it on a date; several may differ"),
    "inferred": ("Our inference", "drawn by this project from terrain, former lines or press"),
    "none": ("No course published", "listed, not drawn"),
}


def class_names(layer: LayerId, feature: Feature) -> str:
    """Return the classes a drawn feature carries; the style sheet decides from them what it looks like.

    "feature <layer> <layer>--<kind>", then, where they apply: the mode, the alignment status, "contested", the status
    as "now-...", "delimited" or "delimited-in-part", and the rank of a place.
    """
    properties = feature["properties"]
    names = ["feature", layer, f"{layer}--{_slug(properties['kind'])}"]
    if layer == "route":
        segment = properties_of(feature, RouteProperties)
        names += [f"mode-{segment['mode']}", f"status-{segment['alignment_status']}"]
        names += ["contested"] if segment["contested"] else []
    if properties["status"]:
        names.append(f"now-{_slug(properties['status'])}")
    if layer == "border" and (delimited := properties_of(feature, BorderProperties)["delimited"]):
        names.append("delimited-in-part" if delimited == "part" else "delimited")
    if layer == "place":
        names.append(f"rank-{properties_of(feature, PlaceProperties)['rank']}")
    return " ".join(names)


def _slug(words: str) -> str:
    return words.replace(",", "").replace(" ", "-")


def mixed(colour: str, other: str, share: float) -> str:
    """Return a colour with `share` (0 to 1) of the other in it."""
    pairs = ((int(colour[i : i + 2], 16), int(other[i : i + 2], 16)) for i in (1, 3, 5))
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)
