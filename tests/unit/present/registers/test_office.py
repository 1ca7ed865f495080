"""How the office's own entries are shown and taken away: always as its own, never as formula or markup."""

import csv
import tomllib
from io import StringIO

from corridor.office.updates import Update
from corridor.present.registers.office import (
    ADDED,
    NOT_SHIPPED,
    number_text,
    office_cards,
    update_sentence,
    updates_csv,
    updates_toml,
)

STATUS = Update("status", "under construction", "2026-11-20", "Ministry note 12", feature="route/tripp-rail")
FIGURE = Update(
    "figure",
    "length in the study",
    "2026-10-01",
    "Study, p. 4",
    feature="route/tripp-rail",
    value=42.5,
    unit="km",
    link="https://example.org/study",
)
EVENT = Update("event", '=HYPERLINK("x") <b>met</b>', "2026-09-30", "+ own record")


def test_one_card_for_each_feature_says_whose_words_it_holds():
    cards = office_cards([STATUS, EVENT, FIGURE], {"route/tripp-rail": "TRIPP, railway section"})
    assert [(card["id"], card["subtitle"], len(card["rows"])) for card in cards] == [
        ("route/tripp-rail", "TRIPP, railway section", 2),
        ("", "Events about no feature of the map", 1),
    ]
    for card in cards:
        assert card["title"] == ADDED
        assert card["paragraphs"] == [NOT_SHIPPED]
        assert card["copy"].startswith(ADDED)
        assert all(row["source"] and row["as_of"] and row["by"] == "this office" for row in card["rows"])
    assert cards[0]["rows"][1] | {"copy": ""} == {
        "label": "Length in the study",
        "value": "42.5",
        "unit": "km",
        "accuracy": None,
        "as_of": "1 October 2026",
        "by": "this office",
        "source": "Study, p. 4",
        "quote": None,
        "copy": "",
    }


def test_markup_reaches_the_card_as_characters():
    assert office_cards([EVENT])[0]["rows"][0]["value"] == '=HYPERLINK("x") <b>met</b>'


def test_a_line_to_paste_has_the_figure_the_day_the_source_and_whose_it_is():
    assert update_sentence(FIGURE) == (
        "length in the study: 42.5 km, 1 October 2026. Source: Study, p. 4, https://example.org/study. "
        "Added by this office."
    )
    assert update_sentence(STATUS) == (
        "under construction (status), 20 November 2026. Source: Ministry note 12. Added by this office."
    )


def test_figures_are_written_as_the_office_wrote_them():
    assert [number_text(value) for value in (None, 42.0, 42.5, 11377.0, 0.25)] == ["", "42", "42.5", "11,377", "0.25"]


def test_the_csv_opens_in_a_spreadsheet_and_runs_nothing():
    rows = list(csv.DictReader(StringIO(updates_csv([STATUS, FIGURE, EVENT]).decode("utf-8-sig"))))
    assert [row["value"] for row in rows] == ["", "42.5", ""]
    assert rows[2]["what"] == '\'=HYPERLINK("x") <b>met</b>'
    assert rows[2]["source"] == "'+ own record"
    assert rows[0]["about"] == "route/tripp-rail"


def test_the_toml_reads_back_as_the_same_entries():
    entries = tomllib.loads(updates_toml([STATUS, FIGURE, EVENT]).decode())["update"]
    assert [Update(**entry) for entry in entries] == [STATUS, FIGURE, EVENT]
