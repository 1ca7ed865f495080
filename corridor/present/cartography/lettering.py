"""How each kind of name is set on a static map: by rank, States in spaced capitals, water in italics."""

from dataclasses import dataclass
from typing import Literal

from corridor.present.cartography.drawing import Type
from corridor.present.style import Palette, mixed
from corridor.present.typography.typefaces import writable


@dataclass(frozen=True, slots=True)
class Lettering:
    """One way of setting names: size, spacing and halo in points, and the name of its colour in the palette.

    Wide names of land have a narrow halo, so that lines are seen to go on through them.
    """

    size: float
    colour: str
    weight: Literal[400, 600] = 400
    italic: bool = False
    spacing: float = 0.0
    capitals: bool = False
    halo: float = 1.1


#: Stands for the colour of `quiet`, which is no colour of a palette.
QUIET = "quiet"
LETTERINGS: dict[str, Lettering] = {
    "state": Lettering(11.0, QUIET, 600, spacing=3.4, capitals=True, halo=0.6),
    "neighbour": Lettering(8.4, QUIET, spacing=2.4, capitals=True, halo=0.6),
    "autonomous": Lettering(7.0, "azerbaijan_edge", 600, spacing=0.9, capitals=True, halo=0.9),
    "province": Lettering(6.0, "armenia_edge", spacing=0.9, capitals=True, halo=0.6),
    "capital": Lettering(8.6, "text", 600),
    "city": Lettering(7.8, "text", 600),
    "town": Lettering(7.3, "text"),
    "village": Lettering(6.6, "text"),
    "station": Lettering(6.2, QUIET, italic=True),
    "crossing": Lettering(6.0, QUIET),
    "water": Lettering(7.0, "water_name", italic=True),
    "sea": Lettering(9.0, "water_name", italic=True, spacing=0.9),
    "river": Lettering(7.0, "water_name", italic=True, spacing=0.35),
    "exclave": Lettering(6.2, QUIET),
}
#: Capital letters that English casing would spell otherwise than the name's own language.
CAPITALS = {"Türkiye": "TÜRKİYE"}
LINE = 1.16


def quiet(inks: Palette) -> str:
    """Return the ink of names that recede; soft text would not stand out 4.5 to 1 from the land of Azerbaijan."""
    return mixed(inks.soft_text, inks.text, 0.35)


def spelt(text: str, style: Lettering) -> str:
    """Return a name as it is written in a lettering, in letters the typefaces have."""
    known = writable(text)
    return CAPITALS.get(known, known.upper()) if style.capitals else known


def type_of(style: Lettering, inks: Palette, size: float, halo: str) -> Type:
    """Return the type of a lettering at the size of a map, with a halo in the colour of the ground under it."""
    return Type(
        size=round(style.size * size, 2),
        colour=quiet(inks) if style.colour == QUIET else str(getattr(inks, style.colour)),
        weight=style.weight,
        italic=style.italic,
        spacing=round(style.spacing * size, 2),
        halo=halo,
        halo_width=style.halo * size,
    )
