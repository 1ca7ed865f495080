"""The published length of a segment stands first; one that covers several segments stands for all of them."""

from dataclasses import replace

import pytest

from corridor.candidates import Part, read_candidates
from corridor.land.catalogue import read_catalogue, read_features
from corridor.legs import by_country, known_lengths, legs, total
from corridor.quantities import published_first, used_kilometres
from tests.support.builders import length, segment

LAND = {
    feature["id"]: feature
    for feature in (
        segment("a", ["x"], measured_km=38.0, accuracy_m=500),
        segment(
            "b", ["x"], measured_km=10.0, accuracy_m=4000,
            published_lengths=[length(11, "one"), length(13, "two")],
        ),
        segment(
            "c", ["x"], measured_km=50.0, accuracy_m=500,
            published_lengths=[{**length(103, "three", comparable=False), "covers": ["a", "b", "c"]}],
        ),
        segment("d", ["x"], country="az-nakhchivan", measured_km=12.0, accuracy_m=100,
                published_lengths=[length(11, "one"), length(13, "two")]),
        segment(
            "e", ["x"], measured_km=30.0, accuracy_m=500,
            chainage={"from_km": 313.0, "to_km": 352.0, "line": "L", "sources": ["three"]},
            stations=[
                {"name": "Post", "chainage_km": 338.0, "line": "L", "from_start_km": 20.0, "lon": 46.2, "lat": 38.9,
                 "sources": ["three"]},
            ],
        ),
        segment("f", ["x"]),
    )
}  # fmt: skip


def way(*names: str):
    return legs([Part(name) for name in names], LAND)


def test_a_published_length_is_used_and_without_one_the_drawn():
    lengths = known_lengths(way("a", "b"))
    assert [(known.used, known.km) for known in lengths] == [("drawn", (38.0, 38.0)), ("published", (11, 13))]
    assert lengths[1].sources == ("one", "two")
    assert total(way("a", "b")).used == 49.0


def test_within_a_published_range_the_drawing_decides_and_outside_the_nearer_end():
    assert [known.used_km for known in known_lengths(way("b", "d"))] == [11, 12.0]


def test_a_length_that_covers_segments_stands_for_them_only_where_all_are_used():
    (together,) = known_lengths(way("a", "b", "c"))
    assert (together.published_km, together.drawn_km, together.sources) == ((103, 103), 98.0, ("three",))
    assert [leg.segment for leg in together.legs] == ["route/a", "route/b", "route/c"]
    assert [known.used for known in known_lengths(way("b", "c"))] == ["published", "drawn"]
    part = legs([Part("a", start=None, end=None), Part("b"), Part("c")], LAND)
    assert total(part).without_published == 0


def test_a_part_between_kilometre_posts_is_as_long_as_they_say():
    (leg,) = legs([Part("e", start="Post")], LAND)
    assert (leg.published_km, leg.sources, leg.measured_km) == ((14.0, 14.0), ("three",), 10.0)


def test_what_is_neither_drawn_nor_published_is_counted_and_not_estimated():
    sums = total(way("b", "f"))
    assert (sums.unknown, sums.low, sums.high) == (1, 11, 13)
    assert published_first(way("b", "f")) == "11 to 13 km published and 1 segment of unknown length"


def test_what_counts_with_another_leg_is_left_out_of_what_is_drawn_and_of_nothing_published():
    drawn, published = way("a", "d")
    drawn, published = (replace(leg, measured_km=leg.measured_km - 2, repeated_km=2.0) for leg in (drawn, published))
    sums = total([drawn, published])
    assert (sums.measured, sums.repeated) == (46.0, 4.0)
    assert [known.km for known in known_lengths([drawn, published])] == [(36.0, 36.0), (11, 13)]
    assert [known.used_km for known in known_lengths([drawn, published])] == [36.0, 12.0]
    assert [known.drawn_km for known in known_lengths([drawn, published])] == [38.0, 12.0]
    once = "km as drawn here, 2.0 km drawn twice counted once"
    assert published_first([published]) == f"11 to 13 km published (10.0 {once})"
    assert published_first([drawn]) == f"36.0 {once}, no length published"
    assert used_kilometres([drawn]) == "36.0"


def test_in_words_the_published_length_stands_first():
    assert published_first(way("b")) == "11 to 13 km published (10 km as drawn here, 9 % short)"
    assert published_first(way("a")) == "38.0 km as drawn here, no length published"
    assert (
        published_first(way("a", "b")) == "11 to 13 km published and 38.0 km as drawn here where no length is published"
    )
    assert used_kilometres(way("b")) == "11 to 13"
    assert used_kilometres(way("a")) == "38.0"


def test_kilometres_by_country_add_up_to_the_whole_for_every_candidate():
    features = {feature["id"]: feature for feature in read_features(read_catalogue()["route"])}
    for candidate in read_candidates().values():
        way_there = legs(candidate.segments, features)
        parts, whole = by_country(way_there), total(way_there)
        assert sum(part.used for part in parts.values()) == pytest.approx(whole.used, abs=0.05)
        assert sum(part.high for part in parts.values()) == pytest.approx(whole.high, abs=0.05)


def test_the_sum_by_georgia_and_turkiye_is_of_published_figures_alone():
    features = {feature["id"]: feature for feature in read_features(read_catalogue()["route"])}
    sums = total(legs(read_candidates()["rail-georgia-turkiye"].segments, features))
    assert sums.without_published == 0
    assert (sums.low, sums.high) == pytest.approx((1153.2, 1153.6))
