"""What is worked out from a file: the same as the domain says, thinned only for drawing, and light enough to keep."""

import json

import numpy as np
import pytest
import shapely
from hypothesis import example, given, settings
from hypothesis import strategies as st

from corridor.assessing.accuracy import Tolerance
from corridor.assessing.assessment import assess
from corridor.assessing.thinning import drawn
from corridor.reading.mend import mend
from corridor.reading.route import Route, read_route
from corridor.reading.samples import find_sample
from corridor.sources import GEODATA
from corridor.store import work
from corridor.store.work import Request, analyse, compared, is_small, region
from tests.support.other_json_files import OTHER_JSON
from tests.support.shapes import lines_of


def request(sample: str, **more) -> Request:
    found = find_sample(sample)
    return Request(GEODATA / "samples" / found.file, "sha", found.file, limits=found.limits, **more)


def told():
    words: list[str] = []
    return words, words.append


def test_a_file_is_read_measured_and_judged_as_the_domain_does_it():
    words, tell = told()
    found = analyse(request("sound-two-routes"), tell)
    reading = read_route(find_sample("sound-two-routes").content(), "a")
    assert [one.route.name for one in found.assessments] == [route.name for route in reading.routes]
    for one, route in zip(found.assessments, reading.routes, strict=True):
        assert one.measures.length_km == assess(route, region()).measures.length_km
    assert words[1:3] == ["measuring route 1 of 2", "measuring route 2 of 2"]
    assert found.given.data == found.given.document == b""


def test_what_was_accepted_is_mended_and_what_was_set_is_used():
    _, tell = told()
    found = analyse(request("spike", accepted=(("spike", None),), tolerance=Tolerance(border_m=500.0)), tell)
    expected = mend(read_route(find_sample("spike").content(), "spike.geojson"), ["spike"])
    assert found.mended.data == expected.data
    assert found.mended.sha256 == expected.sha256
    assert found.mended.ledger == expected.ledger
    assert found.reading.findings == ()
    assert [finding.code for finding in found.given.findings] == ["spike"]
    assert found.assessments[0].measures.tolerance == Tolerance(border_m=500.0)


def test_only_so_many_routes_are_measured_and_all_are_counted(monkeypatch):
    monkeypatch.setattr(work, "MOST_ROUTES", 1)
    _, tell = told()
    found = analyse(request("sound-two-routes"), tell)
    assert (len(found.assessments), len(found.drawn), len(found.reading.routes)) == (1, 1, 2)


def test_routes_are_compared_with_the_names_of_the_land():
    words, tell = told()
    base, other = analyse(request("sound-two-routes"), tell).assessments
    assert "Armenia" in [row.label for row in compared(base, [other], tell).by_territory]
    assert words[-1] == "comparing"


@pytest.mark.parametrize(
    ("sample", "small"),
    [("spike", True), ("sound-placemark", False), ("too-many-features", False), ("file-empty", False)],
)
def test_small_json_is_looked_at_here_and_all_else_by_a_worker(sample, small):
    assert is_small(request(sample).path) is small


@pytest.mark.parametrize(("lines", "small"), [(2, True), (3, False)])
@pytest.mark.parametrize("indent", [None, 1])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("multi", [True, False])
def test_json_with_many_lines_or_parts_is_left_to_a_worker(lines, small, indent, encoding, multi, tmp_path):
    line = [[46.5, 38.9], [46.6, 38.9], [46.7, 38.9]]
    one = [{"type": "MultiLineString", "coordinates": [line] * lines}]
    many = [{"type": "LineString", "coordinates": line}] * lines
    geometry = {"type": "GeometryCollection", "geometries": one if multi else many}
    (tmp_path / "lines.json").write_text(json.dumps(geometry, indent=indent), encoding)
    assert is_small(tmp_path / "lines.json") is small


@pytest.mark.parametrize(("count", "small"), [(190, True), (300, False)])
def test_a_line_of_many_short_numbers_is_left_to_a_worker(count, small, tmp_path):
    line = {"type": "LineString", "coordinates": [[45 + number % 3, 39] for number in range(count)]}
    (tmp_path / "line.json").write_text(json.dumps(line, separators=(",", ":")), encoding="utf-8")
    assert (tmp_path / "line.json").stat().st_size < 100_000
    assert is_small(tmp_path / "line.json") is small


@pytest.mark.parametrize(("count", "small"), [(190, True), (3_000, False)])
@pytest.mark.parametrize(
    "written",
    [
        lambda places: [number for place in places for number in place],
        lambda places: [{"x": x, "y": y} for x, y in places],
        lambda places: [f"{x}, {y}" for x, y in places],
    ],
    ids=["in a row", "objects", "texts"],
)
def test_positions_that_only_a_mend_makes_are_counted_too(written, count, small, tmp_path):
    places = [(45.5 + number % 3, 39.5) for number in range(count)]
    line = {"type": "LineString", "coordinates": written(places)}
    (tmp_path / "line.json").write_text(json.dumps(line), encoding="utf-8")
    assert (tmp_path / "line.json").stat().st_size < 100_000
    assert is_small(tmp_path / "line.json") is small


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize(("count", "small"), [(100, True), (5_000, False)])
@pytest.mark.parametrize("key", ["coordinates", "description"])
def test_a_line_in_one_long_text_is_left_to_a_worker(key, count, small, encoding, tmp_path):
    """A mend that is accepted makes a line of it: thousands of positions that no bracket tells of."""
    line = {"type": "LineString", "coordinates": [[46.5, 38.9], [46.6, 38.9]]}
    line[key] = '\\"∢ ' + " ".join(f"4{number % 7},39" for number in range(count))
    (tmp_path / "line.json").write_text(json.dumps(line, ensure_ascii=False), encoding)
    assert (tmp_path / "line.json").stat().st_size < 100_000
    assert is_small(tmp_path / "line.json") is small


@pytest.mark.parametrize("name", OTHER_JSON)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_other_forms_of_json_are_left_to_a_worker(name, encoding, tmp_path):
    """An arc of TopoJSON can be named ten thousand times, an arc of a circle becomes chords, a polyline is packed."""
    text = json.dumps(OTHER_JSON[name][1])
    for written in (text, f"{text[:-1]},{text[-1]}", json.dumps(text)):
        (tmp_path / "other.json").write_text(written, encoding)
        assert not is_small(tmp_path / "other.json")


def test_a_file_that_is_gone_is_found_gone_at_once(tmp_path):
    assert is_small(tmp_path / "gone.json")


def route(parts: list[np.ndarray]) -> Route:
    lines = [shapely.LineString(part) for part in parts]
    return Route("a", lines_of(lines[0] if len(lines) == 1 else shapely.MultiLineString(lines)), {})


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.lists(st.tuples(st.floats(-180, 180), st.floats(-90, 90)), min_size=2, max_size=40), min_size=1, max_size=9
    ),
    st.integers(4, 60),
)
@example([[(0.0, 0.0), (0.0, 0.0)], [(0.0, 2.225073858507203e-309), (0.0, 0.0), (0.0, 0.0)]], 4)
@example([[(0.0, 0.0), (0.0, 0.0)], [(0.0, 2.225073858507203e-309), (0.0, 1.0), (0.0, 0.0)]], 4)
def test_a_line_is_drawn_with_about_as_many_vertices_as_are_allowed_and_between_its_ends(parts, at_most):
    given_parts = [np.array(part) for part in parts]
    found = drawn(route(given_parts), at_most)
    count, whole = sum(map(len, found)), sum(map(len, given_parts))
    assert count <= max(at_most, 2 * len(found)) + 2 * len(found)
    assert all(len(part) >= 2 for part in found)
    if whole <= at_most and len(parts) <= at_most // 2:
        assert [part.tolist() for part in found] == [part.tolist() for part in given_parts]
    if len(parts) <= at_most // 2:
        for part, original in zip(found, given_parts, strict=True):
            assert part[[0, -1]] == pytest.approx(original[[0, -1]], abs=1e-9)


def test_a_dense_survey_keeps_its_course_and_a_scribble_is_drawn_all_the_same():
    along = np.linspace(0, 1, 200_000)
    survey = np.column_stack([46 + along, 39 + 0.05 * np.sin(20 * along)])
    (thin,) = drawn(route([survey]))
    assert 100 < len(thin) <= 4_000
    assert shapely.hausdorff_distance(shapely.LineString(thin), shapely.LineString(survey[::50])) < 1e-3
    scribble = np.column_stack([46 + 0.02 * np.cos(along * 4e5), 39 + 0.02 * np.sin(along * 7e5)])
    (thin,) = drawn(route([scribble]))
    assert 3_000 < len(thin) <= 4_001
