"""One set of colours: the style sheets and the charts say the same, and both can be seen."""

import itertools
import re
import tomllib
from dataclasses import asdict

import numpy as np
import pytest
import shapely

from corridor.land.catalogue import read_catalogue, read_features
from corridor.land.features import shape_of
from corridor.land.relief import read_relief
from corridor.present.browser import files
from corridor.present.browser.palette import DARK_WINDOW, LIGHT_WINDOW, NAME, WindowColours
from corridor.present.cartography.looks import MODE_WIDTHS
from corridor.present.legend import legend_entries
from corridor.present.style import DARK, DASHES, LIGHT, Palette
from tests.support.colours import contrast, lightness
from tests.support.served import ROOT

CATALOGUE = read_catalogue()
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


@pytest.mark.parametrize(("palette", "window"), [(LIGHT, LIGHT_WINDOW), (DARK, DARK_WINDOW)], ids=["light", "dark"])
def test_a_lit_line_stands_out_3_to_1_from_its_casing_dotted_or_not(palette: Palette, window: WindowColours):
    assert contrast(window.lit_line, palette.casing) >= 3
    sheet = files.text("shared/map.css")
    assert ".corridor-reader path.lit-outline:is(.route, .own) { stroke: var(--lit-line); }" in sheet
    assert ".own.is-chosen { stroke: var(--lit-line);" in files.text("route/route_map.css")


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


TOUCHING = [("neighbour", "armenia"), ("armenia", "azerbaijan"), ("azerbaijan", "neighbour"), ("neighbour", "sea")]
THEMES = pytest.mark.parametrize(("palette", "strength"), [(LIGHT, 1.0), (DARK, DARK_RELIEF)], ids=["light", "dark"])


@THEMES
def test_without_colour_the_lands_differ_on_level_ground_and_on_every_slope_alike(palette: Palette, strength: float):
    """By 4.5 of the 100 steps of lightness (CIE 1976 L*) on level ground, 3 on the steepest: about 2 can just be seen.

    The same slope of two lands differs in the same direction as level ground does.
    """
    for some, other in TOUCHING[:3]:
        level = lightness(getattr(palette, some)) - lightness(getattr(palette, other))
        assert abs(level) >= 4.5, (some, other)
        for *ink, opacity in read_relief().colours.tolist():
            slopes = [over(getattr(palette, land), tuple(ink), opacity / 255 * strength) for land in (some, other)]
            difference = lightness(slopes[0]) - lightness(slopes[1])
            assert abs(difference) >= 3, (some, other, opacity)
            assert difference * level > 0, (some, other, opacity)
    for some, other in TOUCHING[3:]:
        assert abs(lightness(getattr(palette, some)) - lightness(getattr(palette, other))) >= 3, (some, other)


@THEMES
def test_without_colour_each_land_as_it_is_shaded_differs_from_the_next(palette: Palette, strength: float):
    """Measured where the shipped picture lies on the shipped States, so that a ridge in shade counts as it is."""
    relief = read_relief()
    lands = {"armenia": "armenia", "az-mainland": "azerbaijan", "az-nakhchivan": "azerbaijan"}
    places = np.stack(np.meshgrid(np.arange(43.0, 50.5, 0.03), np.arange(38.1, 42.1, 0.03)), axis=-1).reshape(-1, 2)
    shaded: dict[str, float] = {}
    for feature in read_features(CATALOGUE["territory"]):
        land = feature["id"].partition("/")[2]
        within = places[shapely.contains_xy(shape_of(feature), places)]
        fill = getattr(palette, lands.get(land, "neighbour"))
        looks = [
            lightness(over(fill, tuple(ink), opacity / 255 * strength)) for *ink, opacity in relief.colours.tolist()
        ]
        shaded[land] = float(np.median(np.array(looks)[relief.at(within)]))
    touching = [border["properties"]["territories"] for border in read_features(CATALOGUE["border"])]
    assert ["armenia", "az-nakhchivan"] in touching
    for some, other in touching:
        if lands.get(some, "neighbour") != lands.get(other, "neighbour"):
            assert abs(shaded[some] - shaded[other]) >= 3.5, (some, other, shaded)


@pytest.mark.parametrize(("palette", "strength"), [(LIGHT, 1.0), (DARK, DARK_RELIEF)], ids=["light", "dark"])
def test_lines_stand_out_from_the_land_beside_them_as_it_is_shaded(palette: Palette, strength: float):
    """3 to 1 from the tint along nine tenths of every line, by the picture itself; a casing parts them everywhere."""
    relief = read_relief()
    along = np.concatenate(
        [
            shapely.get_coordinates(shapely.segmentize(shape_of(feature), 0.01))
            for layer in ("route", "border")
            for feature in read_features(CATALOGUE[layer])
            if feature["geometry"] is not None
        ]
    )
    steps = relief.at(along)
    for line in ("rail", "road", "energy", "digital", "azerbaijan_edge", "armenia_edge"):
        for land in ("armenia", "azerbaijan", "neighbour"):
            looks = [
                contrast(getattr(palette, line), over(getattr(palette, land), tuple(ink), opacity / 255 * strength))
                for *ink, opacity in relief.colours.tolist()
            ]
            assert np.percentile(np.array(looks)[steps], 10) >= 2.7, (line, land)
            assert np.median(np.array(looks)[steps]) >= 3, (line, land)
    assert contrast(palette.casing, palette.rail) >= 7
    assert all(contrast(palette.casing, getattr(palette, line)) >= 4 for line in ("road", "energy", "digital"))


def test_a_railway_is_wider_than_a_road_on_the_screen_as_on_paper():
    sheet = files.text("shared/map.css")
    widths = [
        float(re.findall(rf"\.mode-{mode} {{[^}}]*stroke-width: calc\(([\d.]+)px", sheet)[0])
        for mode in ("rail", "road", "energy")
    ]
    assert all(wide - next_wide >= 0.3 for wide, next_wide in itertools.pairwise(widths))
    assert list(MODE_WIDTHS.values())[:3] == sorted(list(MODE_WIDTHS.values())[:3], reverse=True)


def test_every_status_has_a_dash_of_its_own():
    assert len(set(DASHES.values())) == len(DASHES)


def test_every_legend_entry_carries_the_class_it_explains():
    for _, entries in legend_entries(CATALOGUE):
        for entry in entries:
            assert entry.words
            assert entry.class_name.startswith("feature ")
