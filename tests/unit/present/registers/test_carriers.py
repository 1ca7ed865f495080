"""That the newest facts come from outlets of one side is said where sources are described."""

from dataclasses import replace

from corridor.present.registers.sources import carriers
from corridor.quantities import day
from corridor.sources import read_sources
from corridor.texts.edition import read_edition


def test_it_names_the_day_and_holds_of_the_sources_shipped():
    edition = read_edition()
    assert f"after {day(edition.previous_to)}" in carriers(edition)
    seats = [source.seat for source in read_sources().values() if source.grade == "headline"]
    assert seats.count("Armenia") > 0.8 * len(seats)
    assert not {"Azerbaijan", "Iran", "Türkiye"} & set(seats)


def test_a_first_edition_has_nothing_to_say_of_it():
    assert carriers(replace(read_edition(), previous_to=None)) == ""
