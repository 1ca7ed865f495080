"""Files of thousands of short features: each quick way is held to the plain one, and what is parsed is let go."""

import json
from collections import defaultdict
from dataclasses import replace
from itertools import pairwise

import numpy as np
import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corridor.land.geodesy import REGION, Bounds, segment_lengths_m
from corridor.reading.checks.all_checks import READABLE, check_contents, check_structure, placed
from corridor.reading.contents import Contents
from corridor.reading.contracting import ROUND, SHARP, pieces_of
from corridor.reading.formats import json_batches
from corridor.reading.formats.json_batches import structure_in_batches
from corridor.reading.limits import BLOCK, STRING, outside_of_strings
from corridor.reading.line_pieces import Piece, piece_of, places, roundness, strung_together
from corridor.reading.line_shape import JUMP_M, LineShape
from corridor.reading.many_lines import batches, shares_inside, uneventful, with_long_segments
from corridor.reading.reference_systems import share_inside
from corridor.reading.route import read_route
from corridor.reading.structure import STAND_INS, Structure, structure_of, structure_without_numbers
from tests.support.any_json import FEATURES, GEOMETRY, JSON

STEP = st.integers(-6, 6)
#: Lines on a grid of about 100 m, on which much repeats, turns back and crosses; some leave it by kilometres.
GRID = st.lists(st.tuples(STEP, STEP) | st.tuples(st.integers(-90, 90), STEP), min_size=2, max_size=9).map(
    lambda line: np.array([[46.2 + x / 1000, 38.9 + y / 1000] for x, y in line])
)


def features(count: int, line=lambda n: [[46 + n / 1e5, 39], [46 + (n + 1) / 1e5, 39]]) -> dict:
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": {"name": f"way {n}"},
                "geometry": {"type": "LineString", "coordinates": line(n)},
            }
            for n in range(count)
        ],
    }


def told(structure: Structure, text: bytes) -> tuple:
    """All that is found of a document, and what it offers as routes."""
    contents = Contents(structure, REGION)
    findings = check_structure(text, structure, most=None) + check_contents(contents)
    routes = [
        (route.path, route.name, route.feature, [a.tolist() for a in route.rows]) for route in contents.candidates
    ]
    return findings, routes, contents.waypoints, structure.kinds


@pytest.mark.slow
@settings(max_examples=200, deadline=None)
@given(JSON | GEOMETRY | FEATURES)
def test_a_document_without_its_numbers_is_told_of_as_the_whole_one(document):
    text = orjson.dumps(document)
    whole, without = structure_of(orjson.loads(text)), structure_without_numbers(orjson.loads(text))
    assert repr(told(without, text)) == repr(told(whole, text))


@pytest.mark.parametrize("kind", STAND_INS)
def test_parsed_numbers_of_sound_features_are_let_go(kind):
    position = [46.2, 38.9, 700.0]
    coordinates = {
        "Point": position,
        "LineString": [position, [46.3, 38.9, 1]],
        "MultiLineString": [[position] * 2] * 3,
    }
    document = features(3, lambda _: coordinates[kind])
    for feature in document["features"]:
        feature["geometry"]["type"] = kind
    structure = structure_without_numbers(document)
    assert [feature["geometry"] for feature in document["features"]] == [STAND_INS[kind]] * 3
    assert not any(run.raw for run in structure.runs)
    assert {run.lonlat.tolist()[0][0] for run in structure.runs} == {46.2}
    # A geometry that has more to be told of stays as it is.
    odd = features(2)
    odd["features"][0]["geometry"]["bbox"] = [46, 38, 47, 39]
    odd["features"][1]["geometry"]["coordinates"][0][0] = "46,2"
    before = json.dumps(odd)
    structure_without_numbers(odd)
    assert json.dumps(odd) == before


@pytest.fixture
def small_batches(monkeypatch):
    monkeypatch.setattr(json_batches, "AT_A_TIME", 2)
    monkeypatch.setattr(json_batches, "MANY", 1)


@pytest.mark.usefixtures("small_batches")
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(FEATURES, st.dictionaries(st.sampled_from(["name", "crs", "bbox", "features "]), JSON, max_size=2))
def test_features_parsed_some_at_a_time_are_told_of_as_all_at_once(document, members):
    text = orjson.dumps({**members, **document, "after": [[1, "],"]]})
    structure = structure_in_batches(text)
    assert (structure is None) == (not document["features"])
    if structure is not None:
        whole = structure_without_numbers(orjson.loads(text))
        assert repr(told(structure, text)) == repr(told(whole, text))
        assert structure.document == whole.document


@pytest.mark.parametrize(
    "elements",
    [
        "{},",
        ",{}",
        "{},,{}",
        "{},{",
        "{} {}",
        '{"Feature"},{}',
        "[{}],]",
        '{"a":"\\"},{}',
        "{},{}}",
        "",
        "1,2]",
        "{}]]",
    ],
)
def test_a_broken_collection_is_never_read_in_batches(elements):
    feature = '{"type":"Feature","properties":null,"geometry":null}'
    text = f'{{"type":"FeatureCollection","features":[{elements.replace("{}", feature)}],"a":"Feature"}}'.encode()
    with pytest.raises(orjson.JSONDecodeError):
        orjson.loads(text if elements else text[:-1])
    assert structure_in_batches(text if elements else text[:-1]) is None


@pytest.mark.usefixtures("small_batches")
def test_other_documents_are_not_read_in_batches():
    feature = {"type": "Feature", "properties": None, "geometry": None}
    for document in (
        {"type": "FeatureCollectio", "features": [feature]},
        {"type": "FeatureCollection", "features": {"a": feature}},
        {"type": "FeatureCollection", "geometries": [feature]},
        [feature],
        feature,
    ):
        assert structure_in_batches(orjson.dumps(document)) is None


def test_short_lines_share_their_arrays():
    structure = structure_without_numbers(features(1_000))
    rooms = {id(run.lonlat.base) for run in structure.runs}
    assert len(rooms) <= 2


@settings(max_examples=300, deadline=None)
@given(st.lists(GRID, min_size=1, max_size=6))
def test_of_an_uneventful_line_nothing_can_be_told(lines):
    for line, even, long in zip(lines, uneventful(lines), with_long_segments(lines, JUMP_M), strict=True):
        if not long and len(line) > 1:
            assert segment_lengths_m(line).max() < JUMP_M * 1.01
        if even:
            shape = LineShape(line)
            assert len(shape.original) == len(line)
            assert not len(shape.turns)
            assert shape.crossings == ([], True)


def test_a_straight_line_is_uneventful_and_no_other():
    straight = np.array([[46.2, 38.9], [46.201, 38.901], [46.202, 38.9015]])
    lines = [straight, straight[[0, 0, 1]], straight[[0, 1, 0]], straight[[0]], np.array([[46.2, 38.9], [46.3, 38.9]])]
    others = [*lines, np.repeat(straight, 100, axis=0), straight * 1e200]
    assert uneventful(others).tolist() == [True, False, False, False, True, False, False]
    assert with_long_segments(others, JUMP_M).tolist() == [False, False, False, False, True, True, True]


@given(st.lists(GRID, min_size=1, max_size=6))
def test_shares_of_many_lines_are_those_of_each(lines):
    box: Bounds = (46.198, 38.899, 46.203, 38.904)
    assert shares_inside(lines, box).tolist() == [share_inside(line, box) for line in lines]


def test_lines_are_looked_at_in_batches_none_lost():
    lines = [np.zeros((count, 2)) for count in (3, 60_000, 49_999, 2, 2)]
    assert [len(line) for some in batches(lines) for line in some] == [len(line) for line in lines]
    assert [len(some) for some in batches(lines)] == [1, 1, 1, 2]
    assert not list(batches([]))


def turns_back(before: np.ndarray, after: np.ndarray) -> bool:
    """Whether a line that follows on another begins by more than 120 degrees turned against the other's end."""
    across = np.cos(np.radians(before[-1, 1]))
    coming, going = (before[-1, :2] - before[-2, :2]) * [across, 1], (after[1, :2] - after[0, :2]) * [across, 1]
    return bool(coming @ going < SHARP * np.hypot(*coming) * np.hypot(*going))


def split_one_by_one(lines: list[np.ndarray]) -> list[Piece]:
    """Split each line at the vertices where the end of another, or its own, touches it."""
    pieces = [piece_of(line) for line in lines]
    ends = {end for piece in pieces for end in piece.ends}
    split = []
    for piece in pieces:
        stands = places(piece.rows).tolist()
        bounds = [0, *(at for at in range(1, len(stands) - 1) if stands[at] in ends), len(stands) - 1]
        split += [piece_of(piece.rows[a : b + 1]) for a, b in pairwise(bounds)]
    return split


def strung_one_by_one(lines: list[np.ndarray]) -> list[list[list[float]]]:
    """String pieces together one after the other, each an object of its own: the plain way."""
    pieces = split_one_by_one(lines) if len(lines) > 1 else [piece_of(lines[0])]
    at = defaultdict(list)
    for number, piece in enumerate(pieces):
        for end in piece.ends:
            at[end].append(number)
    used = [False] * len(pieces)

    def follow(before: Piece) -> list[Piece]:
        following = []
        while len(at[before.ends[1]]) == 2:
            number = next((number for number in at[before.ends[1]] if not used[number]), None)
            if number is None:
                break
            piece = pieces[number] if pieces[number].ends[0] == before.ends[1] else pieces[number].turned
            if turns_back(before.rows, piece.rows):
                break
            used[number] = True
            following.append(piece)
            before = piece
        return following

    strings = []
    for number, piece in enumerate(pieces):
        if not used[number]:
            used[number] = True
            after, before = follow(piece), follow(piece.turned)
            string = [*(other.turned for other in reversed(before)), piece, *after]
            whole = strung_together(string)
            ring = len(string) > 1 and whole.ends[0] == whole.ends[1] and roundness(whole.rows) < ROUND
            strings.append(([], whole) if ring else (whole.rows.tolist(), whole))
    return strings


@pytest.mark.slow
@settings(max_examples=300, deadline=None)
@given(st.lists(GRID, min_size=1, max_size=7))
def test_pieces_strung_together_in_a_table_are_those_strung_one_by_one(lines):
    expected = strung_one_by_one(lines)
    strung = pieces_of(lines)
    if any(not rows for rows, _ in expected):
        # A narrow ring is two ways, which is held to in the tests of networks.
        assert len(strung) >= len(expected)
        return
    assert [piece.rows.tolist() for piece in strung] == [rows for rows, _ in expected]
    for piece, (_, whole) in zip(strung, expected, strict=True):
        assert piece.ends == whole.ends
        assert piece.length_m == pytest.approx(whole.length_m)
        assert piece.forward_m == pytest.approx(whole.forward_m, abs=1e-6)


def test_thousands_of_shuffled_pieces_are_one_line():
    line = np.column_stack([np.linspace(46, 46.9, 3_001), np.linspace(38.9, 39.2, 3_001)]).round(6)
    pieces = [line[n : n + 2][:: -1 if n % 3 else 1] for n in range(3_000)]
    order = np.random.default_rng(3).permutation(3_000)
    strung = pieces_of([pieces[n] for n in order])
    (piece,) = strung
    rows = piece.rows if piece.rows[0, 0] < piece.rows[-1, 0] else piece.rows[::-1]
    assert (rows == line).all()
    assert sorted(strung.stretches.of(0).tolist()) == list(range(3_000))


TEXTS = st.text(st.sampled_from('"\\[]{}:,a\n'), max_size=12)


@settings(max_examples=50, deadline=None)
@given(st.lists(TEXTS, max_size=5), st.booleans())
def test_strings_are_blanked_wherever_they_stand(texts, cut):
    text = json.dumps({"a": texts, "b": {key: [1] for key in texts}}).encode()
    few = text[:-3] if cut and not text[:-3].endswith(b"\\") else text
    for data in (few, b"[" + b'"\\"x",' * (BLOCK // 6) + few, b"{" * (BLOCK - 1) + few):
        plain = STRING.sub(lambda match: b"_" * len(match.group()), data)
        assert b"".join(block.tobytes() for block in outside_of_strings(data)) == plain


def test_a_fault_of_thousands_of_features_is_told_as_if_each_were_kept():
    document = features(3_000, lambda n: [[46.123456789 + n / 1e6, 39.0], [46.2 + n / 1e6, 39.0]])
    text = orjson.dumps(document)
    every = check_structure(text, structure_of(document), most=None)
    few = check_structure(text, structure_of(document))
    assert len(few) == len(every) == 3_000
    assert len({id(finding) for finding, _ in few}) == READABLE + 1
    assert placed(few, None) == placed(every, None)
    assert [finding.code for finding in placed(few, None)] == ["over-precise"] * 4


@pytest.mark.parametrize("count", [3, 200])
def test_of_a_fault_that_blocks_every_feature_is_left_out_that_has_it(count):
    document = features(count, lambda n: [[46, 39], [46, 39]] if n % 2 else [[46 + n / 1e3, 39], [46.1 + n / 1e3, 39]])
    reading = read_route(orjson.dumps(document), "every-second.geojson")
    assert [route.feature for route in reading.routes] == list(range(0, count, 2))
    assert "zero-length" in {finding.code for finding in reading.findings}


def test_a_document_of_another_format_keeps_its_text():
    marks = "".join(
        f"<Placemark><name>way {n}</name><LineString><coordinates>{46 + n / 1e5},39 {46.00001 + n / 1e5},39"
        "</coordinates></LineString></Placemark>"
        for n in range(50)
    )
    kml = f'<kml xmlns="http://www.opengis.net/kml/2.2"><Document>{marks}</Document></kml>'.encode()
    reading = read_route(kml, "ways.kml")
    inner = read_route(reading.document, "ways.geojson")
    assert [route.line for route in inner.routes] == [route.line for route in reading.routes]
    assert [replace(f, line=None, column=None) for f in inner.findings] == list(reading.findings)


def test_parts_shorter_than_a_millimetre_are_read():
    # Their ends are two places of a centimetre each, by the last decimals alone.
    near, far = 46.0000000499999, 46.0000000500001
    tiny, long = [[near, 39], [far, 39]], [[46.1, 39], [46.2, 39]]
    for parts in ([tiny, long], [tiny, [[far, 39], [far + 2e-10, 39 + 1e-10]], long], [tiny, tiny[::-1], long]):
        reading = read_route(orjson.dumps({"type": "MultiLineString", "coordinates": parts}), "tiny.geojson")
        (route,) = reading.routes
        assert route.line.length == pytest.approx(0.1, abs=1e-8)
        kml = "".join(
            "<LineString><coordinates>" + " ".join(f"{lon},{lat}" for lon, lat in part) + "</coordinates></LineString>"
            for part in parts
        )
        marked = f"<kml><Placemark><MultiGeometry>{kml}</MultiGeometry></Placemark></kml>".encode()
        assert [r.line for r in read_route(marked, "tiny.kml").routes] == [route.line]
