"""The ground along a route as it stands on a page: one picture for wide windows, one for narrow, its limits beneath."""

from base64 import b64encode
from dataclasses import asdict
from functools import cache

from markupsafe import Markup

from corridor.assessing.ground_profile import GroundProfile
from corridor.assessing.heights_off_ground import said_with_heights
from corridor.assessing.profile import Profile
from corridor.assessing.region import Region
from corridor.present.cartography.ground_band import (
    BAND_SHARE,
    LEADER_SHARE,
    TICK_SHARE,
    BandLook,
    GroundDrawing,
    ground_band,
)
from corridor.present.cartography.svg import svg
from corridor.present.style import LIGHT, Palette, mixed
from corridor.present.tables import element

#: Pixels in a scene, whose colours are those of the window around it, whichever it has.
IN_SCENE = BandLook(440.0, 130.0, 1.35)
#: Pixels; the style sheet shows the one or the other by the width of its place.
WIDE, NARROW = BandLook(1000.0, 190.0, 1.45), BandLook(350.0, 170.0, 1.4)


def ground_html(
    ground: GroundProfile, name: str, region: Region, inks: Palette, heights: Profile | None = None
) -> Markup:
    """Return both pictures of the ground along the line `name`, what it says in a sentence, and its small print.

    `heights` are those a file carries itself.
    """
    pictures = []
    for window, look in (("wide", WIDE), ("narrow", NARROW)):
        band = ground_band(ground, heights, region, inks, look, name)
        source = f"data:image/svg+xml;base64,{b64encode(_in_pixels(band).encode()).decode()}"
        caption = element("figcaption", element("strong", said_with_heights(ground, heights)), " ", band.small_print)
        pictures.append(
            element("figure", element("img", src=source, alt=band.drawing.alt), caption, class_=f"ground-band {window}")
        )
    return element("div", *pictures, class_="ground-bands")


def scene_ground_html(drawn: GroundDrawing, says: str) -> Markup:
    """Return a drawing made in the light colours inside a page of scenes, which it takes its colours from."""
    # Its texts were escaped when it was written; colours hold no sign of markup.
    picture = _in_pixels(drawn)
    for colour, of_window in _colours_of_windows().items():
        picture = picture.replace(f'"{colour}"', f'"{of_window}"')
    caption = element("figcaption", element("strong", says), " ", drawn.small_print)
    return element("figure", Markup(picture), caption, class_="scene-ground")


def _in_pixels(drawn: GroundDrawing) -> str:
    """Return a drawing as SVG in whatever typeface a browser has, a pixel for each point."""
    return svg(drawn.drawing, any_typeface=True).replace("pt", "px", 2)


@cache
def _colours_of_windows() -> dict[str, str]:
    """Return by each light colour of a drawing what a window in either theme has for it."""
    named = {value: f"var(--{name.replace('_', '-')})" for name, value in asdict(LIGHT).items()}
    ticks, leaders = ("hairline", "text", TICK_SHARE), ("hairline", "soft_text", LEADER_SHARE)
    mixed_ones = {
        mixed(getattr(LIGHT, some), getattr(LIGHT, other), share): (
            f"color-mix(in srgb, var(--{other.replace('_', '-')}) {share:.0%}, var(--{some}))"
        )
        for some, other, share in (("paper", "text", BAND_SHARE), ticks, leaders)
    }
    return named | mixed_ones
