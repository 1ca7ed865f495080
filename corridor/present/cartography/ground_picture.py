"""The ground along a route as it stands on a page: one picture for wide windows, one for narrow, its limits beneath."""

from base64 import b64encode

from markupsafe import Markup

from corridor.assessing.ground_profile import GroundProfile
from corridor.assessing.profile import Profile
from corridor.assessing.region import Region
from corridor.present.cartography.ground_band import BandLook, ground_band
from corridor.present.cartography.svg import svg
from corridor.present.style import Palette
from corridor.present.tables import element

#: Pixels; the style sheet shows the one or the other by the width of its place.
WIDE, NARROW = BandLook(1000.0, 190.0, 1.45), BandLook(350.0, 170.0, 1.4)


def ground_html(
    ground: GroundProfile, name: str, region: Region, inks: Palette, heights: Profile | None = None
) -> Markup:
    """Return both pictures of the ground along the line `name`, what it says in a sentence, and its small print.

    `heights` are those a file carries itself.
    """
    pictures = []
    for name, look in (("wide", WIDE), ("narrow", NARROW)):
        band = ground_band(ground, heights, region, inks, look, name)
        drawn = svg(band.drawing, any_typeface=True).replace("pt", "px", 2)
        source = f"data:image/svg+xml;base64,{b64encode(drawn.encode()).decode()}"
        caption = element("figcaption", element("strong", ground.says), " ", band.small_print)
        pictures.append(
            element("figure", element("img", src=source, alt=band.drawing.alt), caption, class_=f"ground-band {name}")
        )
    return element("div", *pictures, class_="ground-bands")
