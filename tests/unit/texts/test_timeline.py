"""Events are dated, sourced, within what was searched, and every event an anchor points at is there."""

import csv
import re

import pytest

from corridor.errors import DocumentError
from corridor.sources import read_sources
from corridor.texts.edition import facts_as_of
from corridor.texts.instruments import read_instruments
from corridor.texts.reading import read_register
from corridor.texts.timeline import TRACKS, read_timeline
from tests.support.registers import change, copied, one_sentence, shared

SOURCES = read_sources()
INSTRUMENTS = read_instruments(SOURCES)
TIMELINE = read_timeline(INSTRUMENTS, SOURCES)


def test_events_run_by_date():
    dates = [event.date for event in TIMELINE.values()]
    assert dates == sorted(dates)


@pytest.mark.parametrize("event", TIMELINE.values(), ids=lambda one: one.id)
def test_an_event_is_named_after_its_month_and_not_after_the_last_search(event):
    assert event.date[:7] in event.id
    assert (event.until or event.date) <= facts_as_of().isoformat()
    assert event.track in TRACKS


def test_every_track_holds_something():
    assert {event.track for event in TIMELINE.values()} == set(TRACKS)


def test_every_event_and_instrument_the_reference_points_at_exists():
    with shared("reference", "anchors.csv").open(encoding="utf-8", newline="") as file:
        targets = {target for row in csv.DictReader(file) for target in row["targets"].split()}
    wanted = {target for target in targets if target.startswith(("event/", "instrument/"))}
    assert wanted
    assert wanted <= {*TIMELINE, *INSTRUMENTS}


@pytest.mark.parametrize(
    "event",
    [event for event in TIMELINE.values() if all(SOURCES[source].grade != "page" for source in event.sources)],
    ids=lambda one: one.id,
)
def test_what_rests_on_headlines_and_notes_is_said_as_reported(event):
    assert re.search(r"\b(reported|quoted)\b", event.sentence)
    if all("no date of its own" in SOURCES[source].note for source in event.sources):
        assert re.search(r"\bby \d{1,2} \w+ 20\d\d\b", event.sentence, re.IGNORECASE)


def test_disputed_names_stand_only_in_attributed_quotations():
    dispute = TIMELINE["event/name-dispute-2025-09"]
    said_by = {SOURCES[source].seat for quotation in dispute.quotations for source in quotation.sources}
    speakers = [quotation.by.split(",")[0] for quotation in dispute.quotations]
    assert speakers == ["Ilham Aliyev", "Nikol Pashinyan", "Nikol Pashinyan", "Ilham Aliyev"]
    numbers = {asked["number"]: asked["id"] for asked in read_register("questions.toml")["question"]}
    assert numbers[dispute.question] == "names-and-words"
    assert said_by


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ('date = "1991-12-21"', 'date = "1991-13-21"', ["almaty", "date", "a day such as"]),
        ('track = "documents"', 'track = "rumours"', ["almaty", "track", "'documents'"]),
        ('id = "event/statement-2020-11-10"', 'id = "statement"', ["'event/'"]),
        ('until = "2025-08-29"', 'until = "2025-08-01"', ["memoranda-published", "before it begins"]),
        ('"instrument/almaty-declaration-1991"', '"instrument/almaty"', ["almaty", "not an instrument"]),
        ('sources = ["bits-almaty-1991"]', 'sources = ["nobody"]', ["almaty", "nobody", "geodata/sources/"]),
        ('sources = ["bits-almaty-1991"]', "sources = []", ["almaty", "no sources"]),
        ('title = "Almaty', 'title = 1991 # "', ["almaty", "title", "string"]),
    ],
)
def test_a_broken_timeline_is_refused_in_one_sentence(tmp_path, old, new, expected):
    root = copied(tmp_path)
    change(root, "timeline.toml", old, new)
    with pytest.raises(DocumentError) as raised:
        read_timeline(INSTRUMENTS, SOURCES, root)
    one_sentence(raised, "geodata/texts/timeline.toml", *expected)
