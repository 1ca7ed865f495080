"""Tables of figures: nothing loses its unit, accuracy, source or date, on the page or in the file."""

import csv
from io import StringIO

import pytest

from corridor.answering.figures import Figure
from corridor.present.footnotes import Footnotes
from corridor.present.sheets import (
    CSV_COLUMNS,
    Sheet,
    accuracy_text,
    figure_text,
    figures_sheet,
    sheet_csv,
    sheet_html,
)
from corridor.present.words import disclaimer
from tests.support.builders import SOURCES

MEASURED = Figure("Drawn", 43.27, "km", "measured on the line as drawn", "2026-02-05", ("one",), accuracy_m=500)
ROUGH = Figure("Drawn", 1234.5, "km", "measured on the line as drawn", "2026-02-05", ("one",), accuracy_m=6000)
DAY = Figure("Promised", "2028-12-31", "date", "promised", "2025-10-21", ("two",), by="President", quote="by <2028>")
FORMULA = Figure("Said", "=1+1", "", "as stated by the source", "undated", ("two",))


@pytest.mark.parametrize(
    ("figure", "text"),
    [
        (MEASURED, "43.3 km"),
        (ROUGH, "1,234 km"),
        (DAY, "31 December 2028"),
        (Figure("Share", 12.5, "%", "", "2026", ("one",)), "12.5%"),
        (Figure("People", 11377, "people", "", "2011", ("one",)), "11,377 people"),
    ],
)
def test_a_figure_shows_no_more_decimals_than_it_bears(figure, text):
    assert figure_text(figure) == text


def test_a_measured_length_says_how_exactly_its_line_is_known():
    assert accuracy_text(MEASURED) == "measured on the line as drawn; sideways accuracy ±500 m"
    assert accuracy_text(ROUGH).endswith("±6 km")


def test_the_page_shows_every_figure_with_its_date_accuracy_and_footnote():
    notes = Footnotes(SOURCES)
    page = sheet_html(figures_sheet("Figures", [MEASURED, DAY]), notes)
    for shown in ("43.3 km", "±500 m", "5 February 2026", "31 December 2028", "President"):
        assert shown in page
    assert '<span class="for-ears"> source </span>2</sup>' in page
    assert "Second Agency" in notes.listed()


def test_the_file_has_unit_accuracy_date_source_and_the_disclaimer():
    text = sheet_csv(figures_sheet("Figures", [MEASURED, DAY]), SOURCES).decode("utf-8-sig")
    rows = list(csv.reader(StringIO(text)))
    assert tuple(rows[0]) == CSV_COLUMNS
    figures = [row for row in rows if row[1:2] == ["Figure"]]
    assert figures[0][2:6] == ["43.3", "km", accuracy_text(MEASURED), "2026-02-05"]
    assert figures[0][8].startswith("First Agency")
    assert figures[1][2:4] == ["2028-12-31", "date"]
    assert figures[1][6:8] == ["President", "by <2028>"]
    assert rows[-1] == [disclaimer()]


def test_no_spreadsheet_takes_a_text_for_a_formula():
    assert b"'=1+1" in sheet_csv(figures_sheet("Figures", [FORMULA]), SOURCES)


def test_a_cell_may_hold_several_entries_or_none():
    sheet = Sheet("T", ("Row", "Cell", "Number"), (("r", (MEASURED, "and <text>"), ROUGH), ("s", (), None)), (2,))
    page = sheet_html(sheet, Footnotes(SOURCES))
    assert "and &lt;text&gt;" in page
    assert 'class="figure"><span class="with-note">1,234<sup' in page
    assert page.count('class="for-ears">none<') == 2
    assert len(sheet_csv(sheet, SOURCES).decode().splitlines()) == 1 + 3 + 1 + 1


def test_a_source_nobody_recorded_is_refused():
    with pytest.raises(KeyError):
        Footnotes(SOURCES).cite(["nobody"])


def test_a_column_without_dates_beside_it_has_them_beneath_its_figures():
    sheet = Sheet("T", ("Row", "Cell"), (("r", MEASURED),), dated=(1,))
    assert '<div class="soft">5 February 2026</div>' in sheet_html(sheet, Footnotes(SOURCES))
