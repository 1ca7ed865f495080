"""The colours of every window the product opens, written once as CSS custom properties for light and for dark.

Maps, charts, slides and paper share a palette (corridor.present.style); what only a window has is added here. The sheet
is no file: it is written when the application publishes its files and when a story becomes a file of its own.
"""

from dataclasses import asdict, dataclass

from corridor.present.style import DARK, LIGHT, OWN_ROUTES, Palette

#: What the sheet is called where it is fetched, beside the other shared sheets.
NAME = "shared/palette.css"


@dataclass(frozen=True, slots=True)
class WindowColours:
    """What a window has beside the palette of its theme: colours as CSS writes them, and the shadow of a raised panel.

    `lit_line` is the accent of a lit line, whose dots need more contrast than the edge of lit land. `names`,
    `reading`, `document` and `unmapped` underline a phrase by its relation to land.
    """

    raised: str
    quiet: str
    chosen: str
    chosen_words: str
    accent: str
    on_accent: str
    lit_words: str
    lit_line: str
    own: str
    names: str
    reading: str
    document: str
    unmapped: str
    hatch_ground: str
    halo: str
    veil: str
    shade: str
    focus: str
    shadow: str


def see_through(colour: str, opacity: float) -> str:
    """Return "#rrggbb" with an `opacity` of 0 to 1, as CSS writes it."""
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return f"rgb({red} {green} {blue} / {opacity:g})"


LIGHT_WINDOW = WindowColours(
    raised="#ffffff",
    quiet="#f4f3ef",
    chosen="#ece8df",
    chosen_words="#7a3d00",
    accent="#c96d00",
    on_accent="#1f2430",
    lit_words="#8f4d00",
    lit_line="#c96d00",
    own="#1f2430",
    names="#4a3fae",
    reading="#7a6a12",
    document="#4d5361",
    unmapped="#b8bac1",
    hatch_ground=see_through(LIGHT.paper, 0.55),
    halo=see_through(LIGHT.paper, 0.85),
    veil=see_through(DARK.paper, 0.45),
    shade=see_through(LIGHT.text, 0.12),
    focus="#1a5fb4",
    shadow=f"0 2px 14px {see_through(LIGHT.text, 0.16)}",
)

DARK_WINDOW = WindowColours(
    raised="#1d2027",
    quiet="#24272f",
    chosen="#343a46",
    chosen_words="#ffb15c",
    accent="#c96d00",
    on_accent="#1f2430",
    lit_words="#ffc787",
    lit_line=DARK.lit,
    own="#f4f3ee",
    names="#b3a9ff",
    reading="#d8c764",
    document="#b4b9c6",
    unmapped="#5d626e",
    hatch_ground=see_through(DARK.paper, 0.5),
    halo=see_through(DARK.paper, 0.85),
    veil=see_through(DARK.paper, 0.45),
    shade=see_through(LIGHT.text, 0.12),
    focus="#8ab8ff",
    shadow=f"0 2px 16px {see_through('#000000', 0.5)}",
)


def palette_css() -> str:
    """Return the sheet: `--soft-text` is the palette's soft_text, and so on for every colour.

    A window is light unless `data-theme` says that it, or the page around it, is dark.
    """
    return (
        "/* The colours of every window, light and dark; written by corridor/present/browser/palette.py. */\n"
        f".corridor-reader {{ {_declared(LIGHT, LIGHT_WINDOW)} }}\n"
        f'.corridor-reader[data-theme="dark"], html[data-theme="dark"] '
        f"{{ color-scheme: dark; {_declared(DARK, DARK_WINDOW)} }}\n"
    )


def page_palette_css() -> str:
    """Return the same colours for the pages, which are light or dark as Streamlit's `color-scheme` says."""
    light, dark = variables(LIGHT, LIGHT_WINDOW), variables(DARK, DARK_WINDOW)
    colours = " ".join(f"--{name}: light-dark({light[name]}, {dark[name]});" for name in light if name != "shadow")
    return f":root {{ {colours} }}\n"


def variables(palette: Palette, window: WindowColours) -> dict[str, str]:
    """Return the values of one theme by the names of their custom properties, without the two hyphens.

    The first colour of own routes side by side is `own-1`.
    """
    own_routes = {f"own-{number}": colour for number, colour in enumerate(OWN_ROUTES, start=1)}
    return {name.replace("_", "-"): value for name, value in {**asdict(palette), **asdict(window)}.items()} | own_routes


def _declared(palette: Palette, window: WindowColours) -> str:
    return " ".join(f"--{name}: {value};" for name, value in variables(palette, window).items())
