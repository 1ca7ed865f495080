"""Points and lines by territory, on a small made-up region and on the shipped one."""

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from corridor.land.catalogue import read_catalogue, read_features
from corridor.land.geodesy import length_km
from corridor.land.line_rows import LineRows
from corridor.land.partition import Partition
from corridor.land.territory import OUTSIDE, SEA, Territories, read_territories
from tests.support.borders import border_distance_m
from tests.support.shapes import lines_of

EAST_TRIPOINT = (46.533983, 38.867172)
WEST_TRIPOINT = (46.140676, 38.844518)
MILLIMETRE_KM = 1e-6

LONGITUDES = st.floats(43.5, 50.5, allow_nan=False)
LATITUDES = st.floats(38.2, 42.0, allow_nan=False)
POSITIONS = st.lists(st.tuples(LONGITUDES, LATITUDES), min_size=2, max_size=30, unique=True)


@pytest.fixture(scope="module")
def territories() -> Territories:
    return read_territories()


@pytest.fixture(scope="module")
def armenia_iran():
    border = read_features(read_catalogue()["border"])
    return shapely.geometry.shape(next(f["geometry"] for f in border if f["id"] == "border/armenia-iran"))


@pytest.mark.parametrize(
    ("lon", "lat", "territory"),
    [
        (44.5126, 40.1776, "armenia"),  # Yerevan
        (46.2431, 38.9012, "armenia"),  # Meghri
        (49.892, 40.3777, "az-mainland"),  # Baku
        (46.6599, 39.0837, "az-mainland"),  # Zangilan
        (45.4122, 39.2089, "az-nakhchivan"),  # Nakhchivan
        (46.0227, 38.9096, "az-nakhchivan"),  # Ordubad
        (45.6333, 38.9379, "iran"),  # Jolfa
        (44.045, 39.9237, "turkiye"),  # Iğdır
        (44.8341, 41.6914, "georgia"),  # Tbilisi
        (48.2899, 42.0678, "russia"),  # Derbent
        (50.2, 39.6, SEA),
        (40.0, 40.0, OUTSIDE),
    ],
)
def test_a_known_point_lies_where_it_should(territories, lon, lat, territory):
    assert territories.locate(lon, lat) == territory


@settings(max_examples=60, deadline=None)
@given(positions=POSITIONS)
def test_stretches_follow_each_other_and_add_up_to_the_line(territories, positions):
    line = shapely.LineString(positions)
    split = territories.split(line)
    assert split.stretches[0].from_km == 0
    assert split.stretches[-1].to_km == pytest.approx(length_km(line), abs=MILLIMETRE_KM)
    for before, after in zip(split.stretches, split.stretches[1:], strict=False):
        assert before.to_km == after.from_km
        assert before.territory != after.territory
    assert len(split.crossings) == len(split.stretches) - 1
    assert sum(split.by_territory_km.values()) == pytest.approx(split.length_km, abs=MILLIMETRE_KM)


@settings(max_examples=60, deadline=None)
@given(positions=POSITIONS)
def test_the_direction_of_a_line_changes_nothing_but_the_order(territories, positions):
    line = shapely.LineString(positions)
    there, back = territories.split(line), territories.split(shapely.reverse(line))
    assert [s.territory for s in there.stretches] == [s.territory for s in reversed(back.stretches)]
    assert [s.km for s in there.stretches] == pytest.approx([s.km for s in reversed(back.stretches)], abs=MILLIMETRE_KM)
    for out, home in zip(there.crossings, reversed(back.crossings), strict=True):
        assert (out.before, out.after) == (home.after, home.before)
        assert (out.lon, out.lat) == pytest.approx((home.lon, home.lat), abs=1e-8)
        assert out.border == home.border


@pytest.mark.slow
@settings(max_examples=20, deadline=None)
@given(positions=st.lists(st.tuples(LONGITUDES, LATITUDES), min_size=2, max_size=4, unique=True))
def test_cutting_agrees_with_an_overlay(territories, positions):
    """The fast way against shapely's own intersection with each polygon."""
    # Short segments, since the share of a long one in degrees is not its share of the geodesic.
    line = shapely.segmentize(shapely.LineString(positions), 0.05)
    shapes = dict(zip(territories._land.names, territories._land._shapes, strict=True))
    sums = dict.fromkeys(shapes, 0.0)
    for start, end in zip(line.coords, line.coords[1:], strict=False):
        for territory, shape in shapes.items():
            sums[territory] += length_km(shapely.intersection(shapely.LineString([start, end]), shape))
    split = territories.split(line).by_territory_km
    assert {key: split.get(key, 0.0) for key in sums} == pytest.approx(sums, abs=0.01)


@pytest.mark.parametrize("at", [EAST_TRIPOINT, WEST_TRIPOINT])
def test_a_tripoint_is_in_the_first_of_its_three_territories(territories, at):
    assert territories.locate(*at) == "armenia"


def test_a_line_drawn_on_a_border_is_counted_once_and_never_flickers(territories, armenia_iran):
    split = territories.split(armenia_iran)
    assert list(split.by_territory_km) == ["armenia"]
    assert split.length_km == pytest.approx(45.92, abs=0.1)
    assert territories.split(shapely.reverse(armenia_iran)).by_territory_km == pytest.approx(split.by_territory_km)


def test_a_crossing_names_the_border_it_meets_and_lies_on_it(territories):
    split = territories.split(shapely.LineString([(46.7, 39.05), (46.3, 39.0), (45.9, 39.0)]))
    assert [c.border for c in split.crossings] == ["border/armenia-az-mainland", "border/armenia-az-nakhchivan"]
    for crossing in split.crossings:
        assert border_distance_m(crossing.lon, crossing.lat, crossing.border) < 0.01


def test_kilometres_inside_an_area_under_delimitation_are_listed_beside_the_sums(territories):
    line = shapely.LineString([(44.9, 39.78), (45.0, 39.79)])
    (overlap,) = territories.overlaps(LineRows.together(lines_of(line)))
    assert overlap.area == "exclave/karki"
    assert 2.5 < overlap.km < 4
    assert sum(territories.split(line).by_territory_km.values()) == pytest.approx(length_km(line), abs=MILLIMETRE_KM)


def test_a_line_away_from_the_areas_overlaps_none(territories):
    assert territories.overlaps(LineRows.together([np.array([(46.2, 39.0), (46.3, 39.1)])])) == ()


def test_a_hundred_thousand_vertices_are_split_like_a_few(territories):
    x = np.linspace(0, 1, 100_000)
    line = shapely.LineString(np.column_stack([43 + 7 * x, 39.5 + 0.8 * np.sin(60 * x)]))
    split = territories.split(line)
    assert len(split.stretches) > 20
    assert sum(split.by_territory_km.values()) == pytest.approx(length_km(line), abs=MILLIMETRE_KM)


def square(west: float, south: float) -> shapely.Polygon:
    return shapely.box(west, south, west + 1, south + 1)


@pytest.fixture(scope="module")
def chessboard() -> Partition:
    return Partition({"a": square(0, 0), "b": square(1, 0), "c": square(0, 1), "d": square(1, 1)})


GRID = st.tuples(*[st.sampled_from([-0.5, 0, 0.25, 0.5, 1, 1.5, 2, 2.5])] * 2)


@settings(max_examples=200, deadline=None)
@given(positions=st.lists(GRID, min_size=2, max_size=8))
def test_corners_edges_and_doubled_vertices_leave_no_crumbs(chessboard, positions):
    """Lines through corners and along edges are the ones that break a cutter."""
    line = shapely.LineString(positions)
    pieces = chessboard.pieces(line)
    assert sum(p.to_km - p.from_km for p in pieces) == pytest.approx(length_km(line), abs=MILLIMETRE_KM)
    assert all(p.to_km - p.from_km > MILLIMETRE_KM for p in pieces)
    back = chessboard.pieces(shapely.reverse(line))
    assert [p.owner for p in pieces] == [p.owner for p in reversed(back)]


def test_a_shared_edge_belongs_to_the_first_polygon_named(chessboard):
    (piece,) = chessboard.pieces(shapely.LineString([(1, 0.2), (1, 0.8)]))
    assert piece.owner == "a"


def test_a_line_of_one_repeated_point_has_no_pieces(chessboard):
    assert chessboard.pieces(shapely.LineString([(0.5, 0.5), (0.5, 0.5)])) == ()
