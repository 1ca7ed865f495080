"""The drawing of the ground along a line: nothing reaches beyond it, names keep clear, greys alone tell it."""

from dataclasses import replace
from itertools import combinations
from xml.etree import ElementTree

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corridor.assessing.ground_profile import LIMITS, GroundMark, GroundProfile, GroundStep
from corridor.assessing.profile import Profile
from corridor.assessing.region import read_region
from corridor.land.territory import Stretch
from corridor.present.cartography.drawing import Area, Drawing, Stroke, Text
from corridor.present.cartography.ground_band import BEYOND, BandLook, ground_band
from corridor.present.cartography.ground_picture import NARROW, WIDE, ground_html
from corridor.present.cartography.svg import svg
from corridor.present.style import DARK, LIGHT

REGION = read_region()
LOOKS = {"wide": WIDE, "narrow": NARROW, "paper": BandLook(480.0, 60.0, 0.8)}


def ground(
    heights: list[tuple[int | None, int | None]], marks: list[GroundMark], step_km: float = 1.0
) -> GroundProfile:
    steps = []
    for number, (low, high) in enumerate(heights):
        level = "no-data" if high is None else "above-sea-level" if low else "reaches-sea-level"
        steps.append(GroundStep(number * step_km, (number + 1) * step_km, low or None, high, level))
    half, end = len(steps) * step_km / 2, len(steps) * step_km
    stretches = (Stretch("armenia", 0.0, half), Stretch("az-nakhchivan", half, end))
    border = GroundMark(half, "border", "", "Armenia to Nakhchivan")
    ordered = sorted([*marks, border], key=lambda mark: mark.at_km)
    return GroundProfile(tuple(steps), tuple(ordered), stretches, "A model", ("noaa-globe",), "1999")


def place(km: float, label: str, rank: int = 4) -> GroundMark:
    return GroundMark(km, "place", f"place/{label}", label, rank)


HILLS = ground(
    [(400, 900), (450, 1_200), (0, 300), (None, None), (700, 2_400)], [place(1.0, "Meghri", 2), place(1.1, "Agarak")]
)
HEIGHTS = Profile(380.0, 1_900.0, 0.0, 0.0, None, None, 1.0, ((0.0, 380.0), (5.0, 1_900.0)))


def corners(drawing: Drawing):
    for item in drawing.items:
        match item:
            case Area():
                yield from item.rings
            case Stroke():
                yield from item.parts
            case Text():
                yield np.array(
                    [(item.x, item.y - 0.7 * item.type.size), (item.x + item.width, item.y + 0.2 * item.type.size)]
                )


heights_or_none = st.one_of(st.just((None, None)), st.tuples(st.integers(0, 900), st.integers(901, 4_000)))
place_marks = st.lists(
    st.tuples(st.floats(0, 1), st.text("abcdefghij /", min_size=1, max_size=30), st.integers(1, 4)), max_size=14
)


@given(
    st.lists(heights_or_none, min_size=1, max_size=12),
    place_marks,
    st.sampled_from([0.001, 0.7, 90.0]),
    st.sampled_from(list(LOOKS)),
)
def test_nothing_reaches_beyond_the_drawing_and_no_name_lies_on_another(heights, places, step_km, look):
    length = len(heights) * step_km
    marks = [place(share * length, f"{label}{number}", rank) for number, (share, label, rank) in enumerate(places)]
    band = ground_band(ground(heights, marks, step_km), None, REGION, LIGHT, LOOKS[look], "A line")
    drawing = band.drawing
    for points in corners(drawing):
        assert points.min() >= -2
        assert points[:, 0].max() <= drawing.width + 2
        assert points[:, 1].max() <= drawing.height + 1
    names = [item for item in drawing.items if isinstance(item, Text) and item.layer == "places"]
    for name, other in combinations(names, 2):
        assert name.y != other.y or name.x + name.width < other.x or other.x + other.width < name.x
    unnamed = len(places) - len(names)
    assert (f"No room was left to name {unnamed} more place" in band.small_print) is (unnamed > 0)
    assert all(mark.label.strip() in drawing.alt for mark in marks)


def test_the_words_tell_lowest_highest_borders_places_limits_and_source():
    band = ground_band(HILLS, None, REGION, LIGHT, WIDE, "A line")
    for words in (HILLS.says, "Armenia to Nakhchivan at km 2.5", "Meghri at km 1.0, Agarak at km 1.1", LIMITS):
        assert words in band.drawing.alt
    assert band.small_print.endswith(f"{LIMITS} Source: A model.")


def test_a_stretch_too_short_for_its_name_is_named_in_the_small_print():
    named = ground_band(HILLS, None, REGION, LIGHT, WIDE, "A line")
    short = replace(HILLS, stretches=(Stretch("armenia", 0.0, 0.05), Stretch("az-nakhchivan", 0.05, 5.0)))
    assert "Under the ground" not in named.small_print
    assert (
        "from the start: Armenia, then Nakhchivan"
        in ground_band(short, None, REGION, LIGHT, WIDE, "A line").small_print
    )


def test_heights_of_a_file_are_drawn_over_the_ground_unless_they_are_none_of_the_region():
    with_heights = ground_band(HILLS, HEIGHTS, REGION, LIGHT, WIDE, "A line")
    assert any(item.layer == "heights" for item in with_heights.drawing.items)
    assert "height as the file gives it" in " ".join(text.text for text in with_heights.drawing.texts())
    wrong = ground_band(HILLS, replace(HEIGHTS, highest_m=38_000.0), REGION, LIGHT, WIDE, "A line")
    assert not any(item.layer == "heights" for item in wrong.drawing.items)
    assert BEYOND in wrong.small_print


@pytest.mark.parametrize("inks", [LIGHT, DARK], ids=["light", "dark"])
def test_band_and_letters_stand_out_in_grey(inks):
    """What carries meaning is told apart by lightness alone: letters 4.5 to 1 from paper, edges and dashes 3 to 1."""
    drawing = ground_band(HILLS, HEIGHTS, REGION, inks, WIDE, "A line").drawing
    for item in drawing.items:
        if isinstance(item, Text) and item.layer != "states":
            assert contrast(item.type.colour, inks.paper) >= 4.5
        if isinstance(item, Stroke) and item.layer in {"ground", "borders", "key"}:
            assert contrast(item.look.stroke, inks.paper) >= 3
    strip = [item for item in drawing.items if item.layer == "states"]
    fills = [item.look.fill for item in strip if isinstance(item, Area)]
    assert all(contrast(text.type.colour, fill) >= 4.5 for text in strip if isinstance(text, Text) for fill in fills)


def contrast(colour: str, other: str) -> float:
    def light(ink: str) -> float:
        channels = (int(ink[i : i + 2], 16) / 255 for i in (1, 3, 5))
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    bright, dim = sorted((light(colour), light(other)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


def test_on_a_page_every_text_keeps_its_width_and_a_name_of_a_reader_stays_text():
    drawn = svg(ground_band(HILLS, None, REGION, LIGHT, NARROW, "<b>A line</b>").drawing, any_typeface=True)
    texts = [element for element in ElementTree.fromstring(drawn).iter() if element.tag.endswith("}text")]
    assert texts
    assert all(float(text.attrib["textLength"]) > 0 for text in texts)
    page = str(ground_html(HILLS, "<b>A line</b>", REGION, LIGHT, HEIGHTS))
    assert "<b>" not in page
    assert page.count("<img") == 2
    assert page.count('alt="The ground along “&lt;b&gt;A line&lt;/b&gt;”.') == 2


def test_of_many_stretches_the_first_are_named_and_the_others_counted():
    lands = ("armenia", "az-nakhchivan") * 10
    many = replace(HILLS, stretches=tuple(Stretch(land, n * 0.05, n * 0.05 + 0.05) for n, land in enumerate(lands)))
    print_ = ground_band(many, None, REGION, LIGHT, WIDE, "A line").small_print
    assert "from the start: Armenia, then Nakhchivan" in print_
    assert ", then Armenia, and 17 more stretches." in print_
