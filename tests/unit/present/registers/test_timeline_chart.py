"""The drawn timeline and the drawn promises: every event once, none covering another, the same as the tables."""

from datetime import date
from itertools import pairwise

import pytest

from corridor.present.footnotes import Footnotes
from corridor.present.registers.promises import promises, promises_drawing, promises_table, span
from corridor.present.registers.timeline import APART, anchor, lane_marks, position, timeline_drawing, timeline_table
from corridor.sources import read_sources
from corridor.texts.edition import facts_as_of
from corridor.texts.instruments import read_instruments
from corridor.texts.timeline import read_timeline

SOURCES = read_sources()
EVENTS = list(read_timeline(read_instruments(SOURCES), SOURCES).values())


def test_every_event_is_drawn_once_and_leads_to_its_row():
    drawing = timeline_drawing(EVENTS)
    table = timeline_table(EVENTS, Footnotes(SOURCES))
    for event in EVENTS:
        assert drawing.count(f'href="#{anchor(event)}"') == 1
        assert table.count(f'<tr id="{anchor(event)}">') == 1


def test_no_mark_covers_another():
    for lane in lane_marks(EVENTS).values():
        rows = {}
        for mark in lane:
            rows.setdefault(mark.row, []).append(mark.at)
        for places in rows.values():
            assert all(b - a >= APART for a, b in pairwise(sorted(places)))


def test_time_runs_from_left_to_right_within_the_drawing():
    days = [date(1991, 12, 21), date(2020, 11, 10), date(2024, 8, 30), date(2025, 8, 8), facts_as_of()]
    places = [position(day) for day in days]
    assert places == sorted(places)
    assert places[0] == 0
    assert places[-1] == 1


@pytest.mark.parametrize(
    ("dated", "first", "last"),
    [
        ("2026", date(2026, 1, 1), date(2026, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2023-03-31", date(2023, 3, 31), date(2023, 3, 31)),
    ],
)
def test_a_date_spans_what_it_may_mean(dated, first, last):
    assert span(dated) == (first, last)


def section(*dates):
    return {"id": "route/x", "properties": {"label": "Section <x>", "dates": list(dates)}}


def dated(kind, day, said_on=None):
    return {
        "kind": kind,
        "about": "completion",
        "of": None,
        "what": "Work",
        "date": day,
        "said_on": said_on,
        "by": "A",
        "sources": ["seed-003"],
        "quote": None,
    }


def test_only_sections_promised_for_a_date_are_drawn_and_in_order_of_what_was_said():
    promised = section(dated("promised", "2026", "2025-09-05"), dated("promised", "2023-03-31", "2021-12-12"))
    found = promises([section(dated("started", "2021-02-14")), promised])
    assert [one.date for one in found] == ["2023-03-31", "2026"]


def test_drawing_and_table_say_the_same():
    found = promises([section(dated("promised", "2026", "2025-09-05"), dated("delivered", "2026-05-01"))])
    drawing, table = promises_drawing(found), promises_table(found, Footnotes(SOURCES))
    assert "Section &lt;x&gt;" in drawing
    assert "Promised: Work, said 5 September 2025" in drawing
    assert "Delivered: Work, 1 May 2026" in drawing
    assert table.count("<tr>") == 3
    for words in ("Promised", "Delivered", "5 September 2025", "1 May 2026"):
        assert words in table


def test_no_word_of_praise_or_blame_stands_in_the_drawing():
    drawing = promises_drawing(promises([section(dated("promised", "2023", "2021-12-12"))])).lower()
    assert not any(word in drawing for word in ("late", "delay", "slip", "fail", "overdue"))
