"""What lines are together: their order, gaps, repeats, roundabouts, branches and alternatives, in three formats."""

import json
import math
import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corridor.land.geodesy import length_km, segment_lengths_m
from corridor.reading import counted_once
from corridor.reading.contracting import pieces_of
from corridor.reading.counted_once import PlaceKind, km_of, lengths_km, total_km
from corridor.reading.line_network import LineNetwork, network_of
from corridor.reading.many_lines import AT_ONCE
from corridor.reading.mend import MENDABLE, mend, mend_by_default
from corridor.reading.parallel_looks import SAME_M
from corridor.reading.repeats import rough_lengths_m
from corridor.reading.route import Reading, read_route
from tests.support.drawn_lines import FORMATS, Line, as_features, as_geojson, as_placemarks, beside, winding

LINE = winding()
#: Kilometres of a line, as its segments are measured.
WHOLE = float(segment_lengths_m(np.array(LINE)).sum()) / 1000


def km(lines) -> float:
    return float(sum(segment_lengths_m(np.ascontiguousarray(line[:, :2])).sum() for line in lines)) / 1000


def network(*parts: Line) -> LineNetwork:
    return network_of([np.array(part, dtype=float) for part in parts])


def kinds(of: LineNetwork) -> list[PlaceKind]:
    return [place.kind for place in of.unusual]


def codes(reading: Reading) -> set[str]:
    return {finding.code for finding in reading.findings}


def read_all(*parts: Line) -> list[Reading]:
    return [read_route(write(parts), name) for name, write in FORMATS.items()]


def only_km(reading: Reading) -> tuple[float, float]:
    (route,) = reading.routes
    return length_km(route.line), route.repeated_km


def test_a_line_alone_is_as_it_was_drawn():
    assert network(LINE).as_drawn
    for reading in read_all(LINE):
        assert list(reading.routes[0].line.coords) == [tuple(position) for position in LINE]
        assert codes(reading) <= {"long-chord"}


@given(st.randoms(use_true_random=False), st.integers(2, 12))
@settings(max_examples=40, deadline=None)
def test_the_order_and_direction_of_parts_change_nothing(dice: random.Random, count: int):
    cuts = sorted(dice.sample(range(1, len(LINE) - 1), count - 1))
    parts = [LINE[a : b + 1] for a, b in zip([0, *cuts], [*cuts, len(LINE) - 1], strict=True)]
    parts = [part[::-1] if dice.random() < 0.5 else part for part in parts]
    dice.shuffle(parts)
    of = network(*parts)
    (way,) = of.ways
    (line,) = way.lines
    assert line.tolist() in (LINE, LINE[::-1])
    assert not way.gaps
    assert not of.again
    assert not of.unusual


@given(st.randoms(use_true_random=False), st.integers(2, 12), st.floats(0.5, 19))
@settings(max_examples=40, deadline=None)
def test_small_gaps_are_the_only_ones_in_any_order(dice: random.Random, count: int, metres: float):
    cuts = sorted(dice.sample(range(1, len(LINE) - 1), count - 1))
    parts = [[*LINE[a : b + 1]] for a, b in zip([0, *cuts], [*cuts, len(LINE) - 1], strict=True)]
    for part in parts[:-1]:
        part[-1] = [part[-1][0] - metres / 111_195 / math.cos(math.radians(part[-1][1])), part[-1][1]]
    expected = km([np.array(part) for part in parts])
    parts = [part[::-1] if dice.random() < 0.5 else part for part in parts]
    dice.shuffle(parts)
    (way,) = network(*parts).ways
    assert len(way.gaps) == count - 1
    assert all(gap.metres == pytest.approx(metres, rel=0.01) for gap in way.gaps)
    assert km(way.all_lines) == pytest.approx(expected, abs=1e-9)


@given(st.integers(0, 60), st.integers(10, 20), st.booleans(), st.floats(6, 45), st.booleans())
@settings(max_examples=60, deadline=None)
def test_what_counts_and_what_is_drawn_again_are_what_was_drawn(
    first: int, count: int, turned: bool, m: float, exact: bool
):
    again = LINE[first : first + count] if exact else beside(LINE[first : first + count], m)
    again = again[::-1] if turned else again
    of = network(again, LINE)
    (way,) = of.ways
    drawn = km([np.array(LINE), np.array(again)])
    assert km(way.all_lines) + km(of.again) == pytest.approx(drawn, abs=1e-6)
    assert km(way.all_lines) == pytest.approx(WHOLE, abs=0.06)
    assert km(of.again) == pytest.approx(drawn - WHOLE, rel=0.01)
    assert set(kinds(of)) == {PlaceKind.AGAIN if exact else PlaceKind.BESIDE}


@pytest.mark.parametrize("metres", [0, 4, 33])
def test_a_line_there_and_back_counts_once(metres):
    back = LINE[::-1] if metres == 0 else beside(LINE[::-1], metres)
    for reading in read_all([*LINE, *back[1:]]):
        counted, again = only_km(reading)
        assert counted == pytest.approx(WHOLE, rel=0.005)
        assert again == pytest.approx(WHOLE, rel=0.005)
        assert codes(reading) & {"back-tracking", "drawn-twice", "side-by-side"}


#: A place two kilometres beside the line, and another in between.
ASIDE, HALF_WAY = [LINE[40][0], LINE[40][1] + 0.018], [LINE[40][0], LINE[40][1] + 0.008]
SPIKES = {
    "from a vertex": [*LINE[:41], ASIDE, *LINE[40:]],
    "past a vertex on the way out": [*LINE[:41], HALF_WAY, ASIDE, *LINE[40:]],
    "at the end": [*LINE[:41], ASIDE, LINE[40]],
    "at the beginning": [LINE[40], ASIDE, *LINE[40:]],
    "the whole line": [LINE[40], ASIDE, LINE[40]],
    "to the same place twice": [*LINE[:41], ASIDE, LINE[40], [LINE[40][0], LINE[40][1] - 0.018], *LINE[40:]],
}


@pytest.mark.parametrize("line", SPIKES.values(), ids=SPIKES)
def test_a_segment_drawn_out_and_back_counts_once_and_is_one_sentence(line):
    spikes = sum(position in (ASIDE, [LINE[40][0], LINE[40][1] - 0.018]) for position in line)
    back = spikes * km([np.array([LINE[40], ASIDE])])
    for reading in read_all(line):
        counted, again = only_km(reading)
        assert again == pytest.approx(back, rel=0.02)
        assert counted + again == pytest.approx(km([np.array(line)]), abs=1e-6)
        findings = [finding for finding in reading.findings if finding.code != "long-chord"]
        (finding,) = [finding for finding in findings if finding.code == "spike"]
        assert f"these {again:.1f} km are counted once" in finding.says
        assert len(finding.says.split()) <= 25
        assert {finding.code for finding in findings} <= {"spike", "self-crossing"}


def test_a_slip_of_a_few_metres_is_a_spike_and_nothing_of_it_is_counted_once():
    for reading in read_all([*LINE[:41], [LINE[40][0], LINE[40][1] + 2e-4], *LINE[40:]]):
        assert only_km(reading)[1] == 0
        (finding,) = [finding for finding in reading.findings if finding.code == "spike"]
        assert finding.says == "The line runs out to a point and straight back (1 time)."


def test_the_second_carriageway_counts_once_and_gaps_to_it_are_none():
    middle = LINE[20:51]
    other = [middle[-1], *beside(middle, 30)[1:-1][::-1], middle[0]]
    for reading in read_all(LINE[:21], middle, other, LINE[50:]):
        counted, again = only_km(reading)
        assert counted == pytest.approx(WHOLE, rel=0.001)
        assert again == pytest.approx(km([np.array(other)]), rel=0.001)
        assert "side-by-side" in codes(reading)
        assert not codes(reading) & {"gap", "parts-join", "small-gap", "branch"}


def test_ways_apart_by_the_width_of_a_valley_are_two_ways_in_one_line_too():
    across = beside(LINE, 500)[::-1]
    of = network([*LINE, *across])
    assert of.as_drawn
    for reading in read_all([*LINE, *across]):
        assert only_km(reading)[1] == 0


def hairpins(legs: int, length_m: float, rise_m: float) -> Line:
    """Return a road that climbs a slope in legs which lie `rise_m` apart at their far ends, on the map."""
    line, north = [], 0.0
    for leg in range(legs):
        along = np.linspace(0, length_m, 30)[:: 1 if leg % 2 == 0 else -1]
        line += [[45.5 + x / 85_700, 39.5 + (north + rise_m * n / 30) / 111_195] for n, x in enumerate(along.tolist())]
        north += rise_m
    return line


@pytest.mark.parametrize(("length_m", "rise_m"), [(250, 35), (400, 50), (700, 70), (1_500, 140)])
def test_hairpins_are_no_repeats(length_m, rise_m):
    line = hairpins(12, length_m, rise_m)
    for parts in ([line], [line[i : i + 31] for i in range(0, len(line) - 1, 30)]):
        of = network(*parts)
        assert not of.again
        assert km(of.ways[0].all_lines) == pytest.approx(km([np.array(line)]), abs=1e-9)
        assert not set(kinds(of)) & {PlaceKind.BESIDE, PlaceKind.AGAIN, PlaceKind.BACK}


def circle(at: list[float], radius_m: float, first: float, last: float) -> Line:
    turn = np.linspace(first, last, 12)
    across = 111_195 * math.cos(math.radians(at[1]))
    return [[at[0] + radius_m * (1 + math.cos(a)) / across, at[1] + radius_m * math.sin(a) / 111_195] for a in turn]


@pytest.mark.parametrize("radius_m", [15, 40, 90])
def test_of_a_roundabout_one_side_counts(radius_m):
    west, east = LINE[:41], LINE[40:]
    upper, lower = circle(LINE[40], radius_m, math.pi, 0), circle(LINE[40], radius_m, math.pi, 2 * math.pi)
    upper[0] = lower[0] = LINE[40]
    upper[-1] = lower[-1]
    east = [lower[-1], *LINE[41:]]
    for halves in ([upper, lower[::-1]], [[*upper, *lower[::-1][1:]]]):
        for reading in read_all(west, *halves, east):
            counted, again = only_km(reading)
            assert again == pytest.approx(math.pi * radius_m / 1000, rel=0.03)
            assert counted == pytest.approx(WHOLE + (math.pi - 2) * radius_m / 1000, abs=0.02)
            assert "roundabout" in codes(reading)
            assert not codes(reading) & {"gap", "small-gap", "branch"}


@pytest.mark.parametrize("root_m", [0, 8])
def test_a_branch_is_counted_and_named_and_no_gap(root_m):
    lon, lat = LINE[40]
    branch = [[lon, lat + root_m / 111_195], [lon + 0.001, lat + 0.02], [lon, lat + 0.04]]
    for parts in ([LINE, branch], [LINE[:41], branch[::-1], LINE[40:]] if root_m == 0 else [branch, LINE]):
        for reading in read_all(*parts):
            assert only_km(reading)[0] == pytest.approx(WHOLE + km([np.array(branch)]), abs=1e-6)
            (found,) = [finding for finding in reading.findings if finding.code == "branch"]
            assert (found.lon, found.lat) == pytest.approx((lon, lat), abs=2e-4)
            assert not codes(reading) & {"gap", "parts-join"}


def test_where_two_carriageways_part_round_a_hill_the_second_way_is_told():
    hill = [[lon, lat + (0.003 if 30 < n < 45 else 0.0002)] for n, (lon, lat) in enumerate(LINE)]
    parted = km([np.array(hill[30:46])])
    for reading in read_all(LINE, hill[::-1]):
        assert only_km(reading)[0] == pytest.approx(WHOLE + parted, abs=1)
        assert {"side-by-side", "two-ways"} <= codes(reading)


def test_two_ways_in_the_middle_both_count():
    other = [[lon, lat - 0.02 * math.sin(math.pi * i / 30)] for i, (lon, lat) in enumerate(LINE[20:51])]
    other[0], other[-1] = LINE[20], LINE[50]
    for reading in read_all(LINE[:21], LINE[20:51], other[::-1], LINE[50:]):
        assert only_km(reading)[0] == pytest.approx(WHOLE + km([np.array(other)]), rel=0.03)
        assert "two-ways" in codes(reading)
        assert "gap" not in codes(reading)


def test_alternatives_that_share_both_ends_are_routes_of_their_own():
    other = [[lon, lat + 0.06 * math.sin(math.pi * i / 80)] for i, (lon, lat) in enumerate(LINE)]
    other[0], other[-1] = LINE[0], LINE[-1]
    for parts in ([LINE, other], [LINE, other[::-1]]):
        for reading in read_all(*parts):
            lengths = sorted(length_km(route.line) for route in reading.routes)
            assert lengths == pytest.approx(sorted([WHOLE, km([np.array(other)])]), abs=1e-6)
            assert "alternatives" in codes(reading)
            assert not codes(reading) & {"gap", "parts-join", "routes-join"}
            assert len(mend(reading, MENDABLE).reading.routes) == 2


@pytest.mark.parametrize("shift", [0.02, 0.06])
def test_alternatives_in_one_feature_that_share_one_end_are_routes_of_their_own(shift):
    other = [LINE[0], *([lon, lat + shift * min(1, n / 6)] for n, (lon, lat) in enumerate(LINE[1:60], start=1))]
    for parts in ([LINE, other], [other[::-1], LINE], [LINE[::-1], other[::-1]]):
        for reading in read_all(*parts):
            lengths = sorted(length_km(route.line) for route in reading.routes)
            assert lengths == pytest.approx(sorted([WHOLE, km([np.array(other)])]))
            assert "alternatives" in codes(reading)
            assert "parts-join" not in codes(reading)


def test_a_way_that_bends_back_for_its_last_stretch_is_one_way():
    tip = LINE[-1]
    back = [tip, *([LINE[-n][0], LINE[-n][1] + 0.01 * n] for n in range(2, len(LINE) // 7))]
    assert 3 * km([np.array(back)]) < WHOLE
    for reading in read_all(LINE[:20], LINE[19:], back):
        assert only_km(reading) == (pytest.approx(WHOLE + km([np.array(back)])), 0)
        assert "alternatives" not in codes(reading)


def test_a_part_without_length_is_left_out_and_told():
    for reading in read_all([LINE[7], LINE[7]], LINE, [LINE[9]] * 3):
        assert only_km(reading) == (pytest.approx(WHOLE), 0)
        assert codes(reading) & {"part-without-length", "zero-length"} == {"part-without-length"}
        mended = mend_by_default(reading).reading
        assert only_km(mended) == (pytest.approx(WHOLE), 0)
        assert "part-without-length" not in codes(mended)


def features(*lines: Line, names: bool = False) -> bytes:
    listed = [
        {"type": "Feature", "properties": {"name": f"Way {n}"} if names else {},
         "geometry": {"type": "LineString", "coordinates": line}}
        for n, line in enumerate(lines)
    ]  # fmt: skip
    return json.dumps({"type": "FeatureCollection", "features": listed}).encode()


def test_alternatives_from_one_station_are_never_joined():
    other = [[lon, lat + 0.05 * i / 40] for i, (lon, lat) in enumerate(LINE[:41])]
    reading = read_route(features(LINE, other), "two.geojson")
    assert "routes-join" not in codes(reading)
    assert len(mend(reading, MENDABLE).reading.routes) == len(mend_by_default(reading).reading.routes) == 2
    placemarks = "".join(
        "<Placemark><LineString><coordinates>" + " ".join(f"{x},{y}" for x, y in line) + "</coordinates></LineString>"
        "</Placemark>"
        for line in (LINE[::-1], other)
    )
    kml = f'<kml xmlns="http://www.opengis.net/kml/2.2"><Document>{placemarks}</Document></kml>'
    reading = read_route(kml.encode(), "two.kml")
    assert len(reading.routes) == 2
    assert "routes-join" not in codes(reading)


@pytest.mark.parametrize("names", [True, False])
def test_the_ways_of_a_road_are_read_as_one_route_and_told_in_few_sentences(names):
    ways = [LINE[i : i + 3] for i in range(0, len(LINE) - 1, 2)]
    random.Random(3).shuffle(ways)
    reading = read_route(features(*ways, names=names), "ways.geojson")
    (route,) = reading.routes
    assert length_km(route.line) == pytest.approx(WHOLE, abs=1e-9)
    assert "read-as-one" in codes(reading)
    assert len(reading.findings) <= 5
    missing = read_route(features(*ways[:15], *ways[16:], names=names), "ways.geojson")
    assert "gap" in codes(missing)
    assert len(missing.findings) <= 6


def test_few_lots_stay_routes_of_their_own():
    reading = read_route(features(LINE[:30], LINE[29:], names=True), "lots.geojson")
    assert [route.name for route in reading.routes] == ["Way 0", "Way 1"]
    assert "routes-join" in codes(reading)


def test_heights_go_with_their_vertices_when_parts_are_turned_and_ordered():
    rows = [[lon, lat, 400 + n] for n, (lon, lat) in enumerate(LINE)]
    data = as_geojson([rows[40:], rows[:41][::-1]])
    (route,) = read_route(data, "heights.geojson").routes
    assert route.heights_m is not None
    heights = route.heights_m.tolist()
    assert heights in ([400 + n for n in range(len(LINE))], [400 + n for n in range(len(LINE))][::-1])
    joined = json.loads(mend(read_route(data, "heights.geojson"), ["parts-join"]).data)
    assert joined["geometry"]["coordinates"] in (rows, rows[::-1])


def test_small_gaps_are_closed_when_asked_and_large_ones_are_not():
    parts = [LINE[:30], [[LINE[29][0] + 5e-5, LINE[29][1]], *LINE[30:50]], LINE[52:]]
    reading = read_route(as_geojson(parts), "gaps.geojson")
    assert {"small-gap", "gap"} <= codes(reading)
    closed = json.loads(mend(reading, ["small-gap"]).data)
    assert [len(part) for part in closed["geometry"]["coordinates"]] == [51, 29]
    assert "small-gap" not in codes(mend(reading, ["small-gap"]).reading)


def test_what_is_drawn_again_is_taken_out_when_asked():
    for parts in ([LINE, LINE[20:50]], [[*LINE[:50], *LINE[:49][::-1], *LINE[1:]]]):
        reading = read_route(as_geojson(parts), "again.geojson")
        (before,) = reading.routes
        assert before.repeated_km > 0
        assert "drawn-twice" not in codes(mend(reading, ["drawn-twice"]).reading)
        (after,) = mend(reading, ["drawn-twice", "back-tracking"]).reading.routes
        assert after.repeated_km == 0
        assert length_km(after.line) == pytest.approx(length_km(before.line), rel=0.002)


def test_a_segment_of_one_position_is_left_out_and_told():
    for reading in read_all([LINE[0]], LINE[:40], [LINE[5]], LINE[39:]):
        assert only_km(reading)[0] == pytest.approx(WHOLE, abs=1e-9)
        assert codes(reading) & {"one-point-segment", "part-too-short"}
        assert "line-too-short" not in codes(reading)
    assert read_route(as_geojson([[LINE[0]], LINE]), "a.geojson").geojson == "invalid"


@pytest.mark.parametrize("which", [[40], [0], [3, 4, 5, 70], range(30), range(1, 10_000), range(0, 10_000, 3)])
def test_positions_the_other_way_round_are_told_once_and_exchanged(which):
    line = [position[::-1] if n in which else position for n, position in enumerate(LINE)]
    for reading in read_all(line):
        assert codes(reading) == {"lat-lon-swapped-partly"}
        (route,) = mend(reading, ["lat-lon-swapped-partly"]).reading.routes
        assert [list(position) for position in route.line.coords] == LINE


def test_a_railway_from_rostov_to_baku_is_the_right_way_round():
    line = [
        [39.7, 47.2],
        [39.5, 46.5],
        [40.1, 45.4],
        [41.1, 45.0],
        [44.7, 43.0],
        [47.5, 42.9],
        [48.3, 42.1],
        [49.8, 40.4],
    ]
    for reading in read_all(line):
        assert "lat-lon-swapped-partly" not in codes(reading)


def siding(metres: float, length_m: float, *, joined: bool) -> Line:
    """A short track beside the line from its 41st vertex on, that begins in it or beside it."""
    start, end = LINE[40], LINE[41]
    aside = beside([start, end], metres)
    whole = km([np.array([start, end])]) * 1000
    shares = [30 / whole + n * (length_m - 30) / whole / 4 for n in range(5)]
    along = [[a + share * (b - a) for a, b in zip(*aside, strict=True)] for share in shares]
    return [start, *along] if joined else along


@pytest.mark.parametrize("metres", [4.5, 12.0])
@pytest.mark.parametrize("length_m", [120.0, 280.0, 450.0])
@pytest.mark.parametrize("joined", [True, False])
def test_a_short_track_beside_the_line_is_no_branch(metres, length_m, joined):
    track = siding(metres, length_m, joined=joined)
    for parts in ([LINE, track], [LINE[:41], track[::-1], LINE[40:]]):
        for reading in read_all(*parts):
            assert not codes(reading) & {"branch", "two-ways", "gap"}
            assert ("side-by-side" if metres > SAME_M else "drawn-twice") in codes(reading)
            assert only_km(reading)[0] == pytest.approx(WHOLE, abs=0.02)


@pytest.mark.parametrize("metres", [4.5, 12.0, 35.0])
@pytest.mark.parametrize("split", [True, False])
def test_a_second_track_and_the_links_at_both_its_ends_are_no_branches(metres, split):
    track = [LINE[20], *beside(LINE[20:60], metres), LINE[59]]
    line = [LINE[:21], LINE[20:60], LINE[59:]] if split else [LINE]
    for reading in read_all(*line, track):
        assert not codes(reading) & {"branch", "two-ways", "gap", "small-gap"}
        assert ("side-by-side" if metres > SAME_M else "drawn-twice") in codes(reading)
        assert only_km(reading)[0] == pytest.approx(WHOLE, abs=0.1)


def test_a_short_branch_that_leads_away_stays_one():
    branch = [LINE[40], [LINE[40][0] + 0.0002, LINE[40][1] + 0.0009], [LINE[40][0] + 0.0004, LINE[40][1] + 0.002]]
    for reading in read_all(LINE, branch):
        assert "branch" in codes(reading)
        assert "side-by-side" not in codes(reading)


@given(st.lists(st.integers(1, 40), max_size=12), st.integers(0, 9))
def test_lines_measured_together_are_as_long_as_one_by_one(vertices, seed):
    rng = np.random.default_rng(seed)
    lines = [np.column_stack([rng.uniform(44, 48, (count, 2)), rng.uniform(0, 900, count)]) for count in vertices]
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(counted_once, "BLOCK", 30)
        assert lengths_km(lines).tolist() == pytest.approx([km_of(rows) for rows in lines], rel=1e-12)
        assert total_km(lines) == pytest.approx(sum(map(km_of, lines)), rel=1e-12)


def test_lines_of_more_vertices_than_are_measured_at_once_are_measured_whole():
    lon = np.linspace(46.0, 47.0, 2 * AT_ONCE + 5)
    rows = np.column_stack([lon, 39.0 + 0.01 * np.sin(30 * lon)])
    halves = [rows[: AT_ONCE + 3], rows[AT_ONCE + 2 :]]
    (piece,) = pieces_of(halves)
    assert piece.length_m == pytest.approx(float(rough_lengths_m(rows).sum()), rel=1e-12)
    branch = np.array([rows[AT_ONCE], [46.5, 39.5]])
    # A branch parts a line at the last vertex that is measured at once; no segment there is lost or measured twice.
    pieces = pieces_of([rows, branch])
    assert sorted(len(piece.rows) for piece in pieces) == [2, AT_ONCE + 1, AT_ONCE + 5]
    lengths = sum(piece.length_m for piece in pieces) - float(rough_lengths_m(branch).sum())
    assert lengths == pytest.approx(float(rough_lengths_m(rows).sum()), rel=1e-12)


@pytest.mark.parametrize("write", [as_features, as_placemarks])
def test_routes_that_follow_each_other_with_small_gaps_are_said_to_be_so(write):
    moved = [[lon + 0.0001, lat] for lon, lat in LINE[20:51]]
    for parts in ([LINE[:21], moved, LINE[50:]], [LINE[50:], LINE[:21][::-1], moved]):
        reading = read_route(write(parts), "sections")
        assert len(reading.routes) == 3
        assert "routes-follow" in codes(reading)
        assert "routes-join" not in codes(reading)


@pytest.mark.parametrize("write", [as_features, as_placemarks])
def test_routes_that_join_or_lie_apart_or_branch_do_not_follow_with_gaps(write):
    branch = [LINE[40], [LINE[40][0] + 0.02, LINE[40][1] + 0.09]]
    far = [[lon + 0.01, lat] for lon, lat in LINE[20:51]]
    for parts in ([LINE[:21], LINE[20:51], LINE[50:]], [LINE[:21], far, LINE[50:]], [LINE[:41], LINE[40:], branch]):
        assert "routes-follow" not in codes(read_route(write(parts), "sections"))
