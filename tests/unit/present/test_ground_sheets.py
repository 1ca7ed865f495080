"""The ground as figures and a table: rounded as the model bears it, sourced, and never a gradient."""

import re

import pytest

from corridor.assessing.ground_profile import GroundMark, GroundProfile, GroundStep
from corridor.land.territory import Stretch
from corridor.present.cards.rows import Rows, ground_row
from corridor.present.ground_sheets import ground_figures, ground_sheet, passed_words, range_words
from corridor.present.sheets import figure_text, plain_entry
from corridor.sources import read_sources


def profile(*heights: tuple[int | None, int | None], marks: tuple[GroundMark, ...] = ()) -> GroundProfile:
    """Return the ground along a line with a step of 1 km for each pair; (0, n) reaches sea level."""
    steps = []
    for km, (low, high) in enumerate(heights):
        level = "no-data" if high is None else "above-sea-level" if low else "reaches-sea-level"
        steps.append(GroundStep(float(km), km + 1.0, low or None, high, level))
    whole = Stretch("armenia", 0.0, float(len(heights)))
    return GroundProfile(tuple(steps), marks, (whole,), "A model", ("noaa-globe",), "1999")


def place(km: float, label: str) -> GroundMark:
    return GroundMark(km, "place", f"place/{label.lower()}", label, 3)


def test_a_card_names_borders_and_larger_places_and_says_why_no_pass():
    border = GroundMark(1.2, "border", "", "Armenia to Azerbaijan, main part")
    town = GroundMark(0.4, "place", "place/goris", "Goris", 2)
    ground = profile((384, 512), (391, 1_583), marks=(town, border, place(1.8, "Village")))
    assert passed_words(ground) == "Goris (km 0), Armenia to Azerbaijan, main part (km 1)"
    row = ground_row(Rows("A line", read_sources()), ground)
    assert row["accuracy"].endswith(
        "on the way: Goris (km 0), Armenia to Azerbaijan, main part (km 1); no passes: no source"
    )
    assert ground_row(Rows("A line", read_sources()), profile((384, 512)))["accuracy"].endswith("no passes: no source")


def test_lowest_and_highest_are_figures_with_unit_accuracy_date_and_source():
    lowest, highest = ground_figures(profile((384, 512), (391, 1_583)), "A line")
    assert (figure_text(lowest), figure_text(highest)) == ("380 m", "1,580 m")
    for figure in (lowest, highest):
        assert figure.accuracy == "valley floors and ridges to about 1 km and 100 m"
        assert (figure.as_of, figure.sources) == ("1999", ("noaa-globe",))


def test_at_sea_level_nothing_finer_is_said_and_of_the_unknown_nothing():
    lowest, highest = ground_figures(profile((0, 40), (20, 120)), "A line")
    assert (figure_text(lowest), figure_text(highest)) == ("at or below sea level", "120 m")
    assert ground_figures(profile((None, None)), "A line") == ()
    assert range_words(profile((None, None))) == "no data"
    assert range_words(profile((0, 40))) == "at or below sea level to 40 m"


def test_the_table_runs_from_mark_to_mark_and_from_end_to_end():
    marks = (
        place(0.0, "Here"),
        GroundMark(1.0, "border", "", "Armenia to Iran"),
        place(1.02, "Near"),
        place(2.0, "There"),
    )
    sheet = ground_sheet(profile((100, 200), (300, 400), (500, 600), marks=marks), "A line")
    rows = [tuple(plain_entry(entry) for entry in row) for row in sheet.rows]
    assert rows == [
        ("Here", "Armenia to Iran", "0.0", "1.0", "100 m", "200 m"),
        ("Near", "There", "1.0", "2.0", "300 m", "400 m"),
        ("There", "end of the line", "2.0", "3.0", "500 m", "600 m"),
    ]


@pytest.mark.parametrize("heights", [((100, 200), (300, 900)), ((0, 40),), ((None, None),)])
def test_neither_gradient_nor_climb_is_said_of_the_model(heights):
    sheet = ground_sheet(profile(*heights), "A line")
    said = " ".join([*sheet.columns, *(plain_entry(entry) for row in sheet.rows for entry in row)])
    assert not re.search(r"‰|per mille|gradient|climb|descent|slope|steep", said)
