"""An edited line: after any sequence of edits it has the numbers and answers of the same line read from a file."""

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from corridor.assessing.assessment import assess
from corridor.assessing.editing import Edit, EditedLine, EditError
from corridor.reading.route import Route
from corridor.store.work import edited_region, region
from tests.support.shapes import lines_of

MILLIMETRE_KM = 1e-6
#: Through Zangilan, Armenia and Nakhchivan along the river, a vertex every kilometre or so.
ALONG = shapely.segmentize(shapely.LineString([(46.75, 39.05), (46.4, 38.95), (46.2, 38.95), (45.8, 39.0)]), 0.01)
LONGITUDES = st.one_of(st.floats(45.6, 46.9), st.sampled_from([46.0, 46.25, 46.5]))
LATITUDES = st.one_of(st.floats(38.8, 39.2), st.sampled_from([38.9, 39.0]))
POSITION = st.tuples(LONGITUDES, LATITUDES)
EDITS = st.lists(
    st.tuples(st.sampled_from(["move", "add", "remove", "twice"]), st.integers(0, 10_000), POSITION), max_size=12
)


def put(*positions: tuple[float, ...]) -> np.ndarray:
    rows = [position if len(position) == 3 else (*position, np.nan) for position in positions]
    return np.array(rows, dtype=float).reshape(-1, 3)


def edit(kind: str, number: int, position: tuple[float, float], line: EditedLine) -> Edit:
    part = number % len(line.parts)
    vertices = line.parts[part]
    at = number % len(vertices)
    match kind:
        case "move":
            return Edit(part, at, 1, put(position))
        case "add":
            return Edit(part, number % (len(vertices) + 1), 0, put(position))
        case "twice":
            return Edit(part, at, 0, vertices[at : at + 1])
    return Edit(part, at, 1, put())


def same_as_fresh(line: EditedLine) -> None:
    found = line.assessment()
    fresh = assess(line.counted_route(), region())
    assert found.measures.repeated_km == pytest.approx(fresh.measures.repeated_km, abs=MILLIMETRE_KM)
    assert found.measures.length_km == pytest.approx(fresh.measures.length_km, abs=MILLIMETRE_KM)
    assert found.measures.by_territory_km == pytest.approx(fresh.measures.by_territory_km, abs=MILLIMETRE_KM)
    assert [s.territory for s in found.measures.stretches] == [s.territory for s in fresh.measures.stretches]
    told = [[(c.before, c.after, c.lon, c.lat, c.border) for c in of.measures.crossings] for of in (found, fresh)]
    assert told[0] == told[1]
    assert [v.judgement.answer for v in found.verdicts] == [v.judgement.answer for v in fresh.verdicts]
    assert [v.judgement.because for v in found.verdicts] == [v.judgement.because for v in fresh.verdicts]


@pytest.mark.slow
@settings(max_examples=40, deadline=None)
@given(edits=EDITS, two=st.booleans(), heights=st.booleans())
def test_any_sequence_of_edits_comes_to_what_the_line_comes_to_when_it_is_read(edits, two, heights):
    corners = shapely.get_coordinates(ALONG)
    half = len(corners) // 2
    whole = shapely.MultiLineString([corners[: half + 1], corners[half:]]) if two else ALONG
    count = int(shapely.get_num_coordinates(whole).sum()) if not two else len(corners) + 1
    line = EditedLine(
        Route("A line", lines_of(whole), {}, np.arange(count, dtype=float) if heights else None), edited_region()
    )
    for kind, number, position in edits:
        before = [part.copy() for part in line.parts]
        try:
            line.apply(edit(kind, number, position, line))
        except EditError:
            assert all(np.array_equal(a, b, equal_nan=True) for a, b in zip(before, line.parts, strict=True))
    same_as_fresh(line)


def test_an_edit_and_its_opposite_leave_the_line_as_it_was():
    line = EditedLine(Route("A line", lines_of(ALONG), {}, np.arange(len(ALONG.coords), dtype=float)), region())
    before, length = line.parts[0].copy(), line.assessment().measures.length_km
    line.apply(Edit(0, 3, 2, put((46.5, 39.1), (46.51, 39.1), (46.52, 39.1))))
    assert line.assessment().measures.length_km > length
    line.apply(Edit(0, 3, 3, before[3:5]))
    assert np.array_equal(line.parts[0], before)
    assert line.assessment().measures.length_km == pytest.approx(length, abs=MILLIMETRE_KM)
    assert line.route().heights_m is not None


def test_a_moved_vertex_has_no_height_and_a_stated_accuracy_does_not_hold():
    route = Route("A line", lines_of(ALONG), {}, np.arange(len(ALONG.coords), dtype=float), stated_accuracy_m=5.0)
    line = EditedLine(route, region())
    line.apply(Edit(0, 1, 1, put((46.6, 39.0))))
    assert np.flatnonzero(np.isnan(line.route().heights_m)).tolist() == [1]
    assert line.route().stated_accuracy_m is None


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (Edit(1, 0, 0, put((46.0, 39.0))), "no part 2"),
        (Edit(0, 900, 1, put((46.0, 39.0))), "vertex 901"),
        (Edit(0, -1, 1, put((46.0, 39.0))), "vertex 0"),
        (Edit(0, 0, 1, put((np.nan, 39.0))), "longitude"),
        (Edit(0, 0, 1, put((46.0, 90.5))), "latitude"),
        (Edit(0, 0, 1, put((135.0, 0.0))), "between -30 and 120"),
        (Edit(0, 0, len(ALONG.coords) - 1, put()), "needs two vertices"),
    ],
)
def test_an_edit_that_cannot_be_done_is_told_and_changes_nothing(wrong, says):
    line = EditedLine(Route("A line", lines_of(ALONG), {}), region())
    before = line.parts[0].copy()
    with pytest.raises(EditError, match=says):
        line.apply(wrong)
    assert np.array_equal(line.parts[0], before, equal_nan=True)


def scribble(vertices: int, reach: float) -> shapely.LineString:
    """A line that jumps about across a border: in places, as far as `reach` degrees from one on the Araks."""
    lon, lat = np.random.default_rng(1).uniform(-reach, reach, (2, vertices))
    return shapely.LineString(np.column_stack([46.5 + lon, 38.88 + lat]))


def test_a_line_that_would_take_long_to_measure_is_refused_before_it_is_and_stays_as_it_was():
    with pytest.raises(EditError, match=r"km are drawn; up to 100,000 km can be edited here\."):
        EditedLine(Route("A line", lines_of(scribble(50_000, 1.0)), {}), edited_region())
    halves = shapely.MultiLineString([scribble(80, 1.0)] * 2)
    whole = EditedLine(Route("A line", lines_of(halves), {}), edited_region())
    far = np.column_stack([shapely.get_coordinates(scribble(3_000, 1.0)), np.full(3_000, np.nan)])
    before = [rows.tolist() for rows in whole.parts]
    for wrong in (Edit(0, 50, 0, far), Edit(1, 50, 0, far[:1200])):
        with pytest.raises(EditError, match="km are drawn"):
            whole.apply(wrong)
    assert str([rows.tolist() for rows in whole.parts]) == str(before)


def test_a_line_that_crosses_borders_without_end_is_not_measured_until_it_does_no_more():
    line = EditedLine(Route("A line", lines_of(scribble(8_000, 0.02)), {}), edited_region())
    with pytest.raises(EditError, match=r"times the line goes from one territory to another; up to 2,000 can be"):
        line.assessment()
    line.apply(Edit(0, 10, 7_980, put()))
    same_as_fresh(line)


def test_only_the_segments_an_edit_touches_are_measured_again(monkeypatch):
    line = EditedLine(Route("A line", lines_of(ALONG), {}), region())
    asked = []
    parts = region().territories.parts
    monkeypatch.setattr(
        region().territories, "parts", lambda positions: asked.append(len(positions)) or parts(positions)
    )
    line.apply(Edit(0, 20, 1, put((46.55, 39.0))))
    line.apply(Edit(0, 20, 0, put((46.56, 39.0))))
    line.apply(Edit(0, 20, 1, put()))
    line.assessment()
    assert asked == [3, 3, 2]
