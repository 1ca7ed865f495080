"""Lines made to take long are cut, joined and set beside posts as any other, by ways that do not grow with the square.

Each quick way is held to the plain one: every segment asked of every edge, every crossing of every post.
"""

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from corridor.assessing.neighbours import nearest_posts
from corridor.assessing.region import read_region
from corridor.land.geodesy import distance_m
from corridor.land.partition import ON_EDGE
from corridor.land.territory import Crossing, read_territories
from corridor.reading.line_network import network_of

ANYWHERE = st.tuples(st.floats(-180, 180), st.floats(-90, 90))
NEAR = st.tuples(st.floats(44, 47.5), st.floats(38.5, 41))


@pytest.fixture(scope="module")
def territories():
    return read_territories()


@settings(max_examples=30, deadline=None)
@given(st.lists(st.one_of(ANYWHERE, NEAR), min_size=2, max_size=8), st.lists(st.integers(0, 10_000), max_size=4))
def test_long_segments_meet_the_same_edges_as_when_each_is_asked_of_all(territories, corners, on_edges):
    land = territories._land
    positions = np.vstack([np.array(corners), *(land._ends[number] for number in on_edges)])
    lines = shapely.linestrings(np.stack([positions[:-1], positions[1:]], axis=1))
    segment, edge = land._meetings(positions, np.zeros(len(positions) - 1, bool))
    found = set(zip(segment.tolist(), edge.tolist(), strict=True))
    for number, line in enumerate(lines):
        if (positions[number] == positions[number + 1]).all():
            continue
        expected = np.flatnonzero(shapely.dwithin(line, land._tree.geometries, ON_EDGE))
        assert {edge for of, edge in found if of == number} == set(expected.tolist())


@settings(max_examples=30, deadline=None)
@given(st.lists(NEAR, min_size=1, max_size=6))
def test_a_passage_has_the_border_of_its_pair_nearest_to_it(territories, places):
    for before, after in (("armenia", "az-mainland"), ("armenia", "iran"), ("armenia", "sea")):
        pair = {before, after}
        for place in places:
            near = [
                (shapely.distance(shapely.Point(place), shape), key)
                for key, (shape, of) in territories._borders.items()
                if of == pair
            ]
            expected = min(near)[1] if near else None
            assert territories.border_between(before, after, place) == expected


def test_each_crossing_has_the_nearest_post_of_its_pair():
    region = read_region()
    places = np.random.default_rng(1).uniform((44, 38.5), (47.5, 41), (40, 2)).tolist()
    pairs = [("armenia", "iran"), ("iran", "armenia"), ("az-nakhchivan", "turkiye"), ("armenia", "sea")]
    crossings = [Crossing(*pairs[n % 4], 0.0, lon, lat, None) for n, (lon, lat) in enumerate(places)]
    for crossing, (post, away) in zip(crossings, nearest_posts(crossings, region.posts), strict=True):
        known = [
            (distance_m((crossing.lon, crossing.lat), (one.lon, one.lat)), one.id)
            for one in region.posts
            if one.territories == {crossing.before, crossing.after}
        ]
        assert (away, post.id if post else None) == (min(known) if known else (None, None))


@pytest.mark.slow
@pytest.mark.parametrize("ends", ["hub", "two places"])
def test_parts_that_all_meet_in_one_place_are_strung_together_once_each(ends):
    count = 20_000
    out = np.column_stack([np.linspace(45, 46, count), np.full(count, 39.5)])
    if ends == "two places":
        out[:] = (45.0, 39.5)
    parts = [np.array([[46.0, 39.0], place]) for place in out]
    network = network_of(parts)
    (way,) = network.ways
    assert len(way.all_lines) + len(network.again) == (count if ends == "two places" else count - 1)
    assert len(network.again) == (count - 1 if ends == "two places" else 0)
