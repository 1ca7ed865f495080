"""One set of colours: the style sheets and the charts say the same, and both can be seen."""

import re
import tomllib
from dataclasses import asdict

import pytest

from corridor.land.catalogue import read_catalogue
from corridor.land.relief import read_relief
from corridor.present.browser import files
from corridor.present.browser.palette import NAME
from corridor.present.cartography.looks import GREY
from corridor.present.legend import legend_entries
from corridor.present.style import DARK, DASHES, LIGHT, Palette
from tests.support.colours import contrast, luminance
from tests.support.served import ROOT

#: How opaque the halo of a name is (map.css), and the relief in the dark.
HALO, DARK_RELIEF = 0.85, 0.5


def variables(selector: str) -> dict[str, str]:
    block = files.text(NAME).partition(f"{selector} {{")[2].partition("}\n")[0]
    return dict(re.findall(r"--([\w-]+):\s*([^;]+);", block))


@pytest.mark.parametrize(
    ("palette", "selector"),
    [(LIGHT, ".corridor-reader"), (DARK, 'html[data-theme="dark"]')],
    ids=["light", "dark"],
)
def test_the_style_sheet_has_the_same_colours(palette, selector):
    told = variables(selector)
    assert {name: told[name.replace("_", "-")] for name in asdict(palette)} == asdict(palette)


def test_both_themes_give_every_colour():
    assert variables(".corridor-reader").keys() == variables('html[data-theme="dark"]').keys()


@pytest.mark.parametrize(("palette", "theme"), [(LIGHT, "light"), (DARK, "dark")], ids=["light", "dark"])
def test_the_pages_around_stand_on_the_same_ground(palette: Palette, theme: str):
    told = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["theme"][theme]
    assert (told["backgroundColor"], told["textColor"], told["borderColor"]) == (
        palette.paper,
        palette.text,
        palette.hairline,
    )


@pytest.mark.parametrize("status", [status for status, dash in DASHES.items() if dash])
def test_the_style_sheet_has_the_same_dashes(status):
    sheet = files.text("shared/map.css")
    selector = "contested" if status == "contested" else f"status-{status}"
    assert f".corridor-reader .{selector} {{ stroke-dasharray: {DASHES[status]}; }}" in sheet


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_text_stands_out_4_5_to_1_and_lines_3_to_1(palette: Palette):
    for ink in (palette.text, palette.soft_text):
        assert contrast(ink, palette.paper) >= 4.5
    for line in (palette.rail, palette.road, palette.energy, palette.digital):
        for ground in (palette.paper, palette.armenia, palette.azerbaijan):
            assert contrast(line, ground) >= 3, (line, ground)


def over(ground: str, ink: tuple[int, ...], opacity: float) -> str:
    """Return a colour with another over it, see-through as browsers and paper mix them."""
    below = (int(ground[i : i + 2], 16) for i in (1, 3, 5))
    return "#" + "".join(f"{round(a * (1 - opacity) + b * opacity):02x}" for a, b in zip(below, ink, strict=True))


@pytest.mark.parametrize(("palette", "strength"), [(LIGHT, 1.0), (DARK, 0.5)], ids=["light", "dark"])
def test_names_and_lines_stand_out_on_the_darkest_and_the_lightest_slope(palette: Palette, strength: float):
    """Names have a halo and lines a casing of the paper, so that no slope is right beside a letter or a dash."""
    assert f":is(.leaflet-relief-pane, .inset-relief) {{ opacity: {DARK_RELIEF}; }}" in files.text("shared/map.css")
    for red, green, blue, opacity in read_relief().colours.tolist():
        for fill in (palette.armenia, palette.azerbaijan, palette.neighbour):
            slope = over(fill, (red, green, blue), opacity / 255 * strength)
            under = over(slope, tuple(int(palette.paper[i : i + 2], 16) for i in (1, 3, 5)), HALO)
            for ink in (palette.text, palette.soft_text):
                assert contrast(ink, under) >= 4.5, (ink, slope)
            for line in (palette.rail, palette.road, palette.energy, palette.digital):
                assert contrast(line, under) >= 3, (line, slope)
            assert contrast(palette.text, slope) >= 4.5, slope


@pytest.mark.parametrize("palette", [LIGHT, GREY], ids=["colour", "grey"])
def test_the_states_stay_told_apart_on_every_slope(palette: Palette):
    """The same slope of one State and of the next differs as level ground does, in the same direction."""
    for red, green, blue, opacity in read_relief().colours.tolist():
        slopes = [
            over(fill, (red, green, blue), opacity / 255)
            for fill in (palette.neighbour, palette.armenia, palette.azerbaijan)
        ]
        lightness = [luminance(slope) for slope in slopes]
        assert lightness == sorted(lightness, reverse=True)


def test_every_status_has_a_dash_of_its_own():
    assert len(set(DASHES.values())) == len(DASHES)


def test_every_legend_entry_carries_the_class_it_explains():
    for _, entries in legend_entries(read_catalogue()):
        for entry in entries:
            assert entry.words
            assert entry.class_name.startswith("feature ")
