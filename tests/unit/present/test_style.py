"""One set of colours: the style sheets and the charts say the same, and both can be seen."""

import re
import tomllib
from dataclasses import asdict

import pytest

from corridor.land.catalogue import read_catalogue
from corridor.present.browser import files
from corridor.present.browser.palette import NAME
from corridor.present.legend import legend_entries
from corridor.present.style import DARK, DASHES, LIGHT, Palette
from tests.support.colours import contrast
from tests.support.served import ROOT


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


def test_every_status_has_a_dash_of_its_own():
    assert len(set(DASHES.values())) == len(DASHES)


def test_every_legend_entry_carries_the_class_it_explains():
    for _, entries in legend_entries(read_catalogue()):
        for entry in entries:
            assert entry.words
            assert entry.class_name.startswith("feature ")
