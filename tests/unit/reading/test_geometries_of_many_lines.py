"""A geometry of thousands of lines is kept as numbers alone, and read as each line by itself would be."""

import json
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corridor.land.line_rows import LineRows
from corridor.reading import packed_runs
from corridor.reading.formats import json_batches
from corridor.reading.packed_runs import (
    GeometryRuns,
    RunGroups,
    arrays_of,
    groups_of,
    in_groups,
    kept,
    runs_in,
    together_by,
)
from corridor.reading.route import Reading, read_route
from corridor.reading.standing import NOTHING_CHOSEN, ChosenSystems
from corridor.reading.structure import structure_without_numbers

PARTS = [[[46 + n / 100, 39], [46 + (n + 0.9) / 100, 39.001]] for n in range(12)]
HIGH = [[[*place, 700.5 + n] for n, place in enumerate(part)] for part in PARTS]
METRES = [[[570_000 + 900 * n, 4_310_000], [570_800 + 900 * n, 4_310_100]] for n in range(12)]
#: What stands in the place of a part, or of a number: sound, and not.
PLACES = st.one_of(
    st.tuples(st.floats(46, 46.01), st.floats(38.9, 39)).map(list),
    st.sampled_from([[46, 39], [46.5, 39.5, 700], [1e3, 2e6], [39, 46], [46.1], ["46,1", "39,1"], [None, 39], 46, {}]),
)
ODD_PARTS = st.lists(st.lists(PLACES, max_size=4) | st.sampled_from([[], None, 7, [[]]]), min_size=3, max_size=9)
SOUND_PARTS = st.lists(st.sampled_from([*PARTS, PARTS[0][::-1], [[46, 39]], [[46, 39], [46, 39]]]), min_size=3)
FEATURES = st.lists(
    st.tuples(
        ODD_PARTS | SOUND_PARTS,
        st.sampled_from(["Feature", "feature"]),
        st.dictionaries(st.sampled_from(["bbox", "crs"]), st.just([46, 38, 47, 40]), max_size=1),
    ),
    min_size=1,
    max_size=4,
)  # fmt: skip


def feature(parts: list, name: str, kind: str = "Feature", **members: object) -> dict:
    geometry = {"type": "MultiLineString", "coordinates": parts, **members}
    return {"type": kind, "properties": {"name": name}, "geometry": geometry}


def outcome(reading: Reading) -> tuple:
    routes = [
        (route.name, [rows.tolist() for rows in route.lines], [rows.tolist() for rows in route.again],
         str(route.heights_m), route.feature, route.system_accuracy_m)
        for route in reading.routes
    ]  # fmt: skip
    return reading.findings, routes, reading.waypoints, reading.crs, reading.geojson, reading.document


@pytest.fixture
def kept_as_numbers(monkeypatch):
    """Have few lines be many."""
    for module, name, few in (
        (json_batches, "MANY", 2), (json_batches, "LARGE_LINES", 0), (json_batches, "AT_A_TIME", 2),
        (packed_runs, "MANY_LINES", 2),
    ):  # fmt: skip
        monkeypatch.setattr(module, name, few)


def as_numbers_and_not(text: bytes, chosen: ChosenSystems = NOTHING_CHOSEN) -> tuple[tuple, tuple]:
    """Return what comes of a text whose lines are kept as numbers, and of the same where they are not."""
    few = outcome(read_route(text, "a.geojson", chosen=chosen))
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(json_batches, "LARGE_LINES", len(text) + 1)
        patched.setattr(packed_runs, "MANY_LINES", len(text))
        return few, outcome(read_route(text, "a.geojson", chosen=chosen))


@pytest.mark.slow
@pytest.mark.usefixtures("kept_as_numbers")
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(FEATURES, st.booleans())
def test_lines_kept_as_numbers_are_read_as_each_by_itself(features, collected):
    each = [feature(parts, f"way {n}", kind, **members) for n, (parts, kind, members) in enumerate(features)]
    document = {"type": "FeatureCollection", "features": each} if collected else each[0]
    as_numbers, plainly = as_numbers_and_not(json.dumps(document).encode())
    assert as_numbers == plainly


@pytest.mark.usefixtures("kept_as_numbers")
@pytest.mark.parametrize(
    "parts", [PARTS, HIGH, METRES, PARTS[::-1], [part[::-1] for part in PARTS], [*PARTS, PARTS[3]]]
)
@pytest.mark.parametrize(
    "chosen", [NOTHING_CHOSEN, ChosenSystems(unclear="EPSG:32638"), ChosenSystems(clear="EPSG:4326")]
)
def test_lines_in_any_system_with_heights_or_drawn_twice_are_the_same_kept_as_numbers(parts, chosen):
    point = {"type": "Feature", "properties": {}, "geometry": {"type": "Point", "coordinates": [46, 39]}}
    line = {"type": "Feature", "properties": {}, "geometry": {"type": "LineString", "coordinates": PARTS[0]}}
    features = [point, feature(parts, "first"), line, feature(PARTS[4:9], "second"), feature(PARTS[:1], "third")]
    text = json.dumps({"type": "FeatureCollection", "features": features}).encode()
    as_numbers, plainly = as_numbers_and_not(text, chosen)
    assert as_numbers == plainly


@pytest.mark.usefixtures("kept_as_numbers")
def test_the_lines_of_a_sound_feature_are_parsed_as_numbers():
    text = json.dumps({"type": "FeatureCollection", "features": [feature(PARTS, "a"), feature(HIGH, "b")]}).encode()
    document = json_batches.parse_in_batches(text)
    low, high = (held["geometry"]["coordinates"] for held in document["features"])
    assert isinstance(low, LineRows)
    assert isinstance(high, LineRows)
    assert [rows.tolist() for rows in low] == PARTS
    assert [rows.tolist() for rows in high] == HIGH
    runs = structure_without_numbers(document).runs
    assert isinstance(runs, RunGroups)
    assert [*map(type, groups_of(runs))] == [GeometryRuns, GeometryRuns]
    paths = [f"/features/{of}/geometry/coordinates/{part}" for of in (0, 1) for part in range(len(PARTS))]
    assert [run.path for run in runs] == [runs[number].path for number in range(len(runs))] == paths


def test_runs_are_numbered_kept_and_grouped_as_in_a_list():
    together = runs_in(LineRows.together([np.array(part) for part in PARTS * 9]), "line", "MultiLineString", "/c", 4)
    alone = tuple(runs_in(np.array(PARTS[0]), "line", "LineString", "/d", 5))
    runs = in_groups([alone, [], together, alone])
    plain = list(runs)
    assert isinstance(together, GeometryRuns)
    assert len(runs) == len(plain) == len(together) + 2
    assert [runs[number].path for number in range(-len(runs), len(runs))] == [run.path for run in plain * 2]
    assert [run.path for run in runs[3:9:2]] == [run.path for run in plain[3:9:2]]
    assert [run.path for run in together[3:9:2]] == [run.path for run in plain[4:10:2]]
    with pytest.raises(IndexError):
        runs[len(runs)]
    assert kept(runs, lambda run: run.feature == 4) is together
    odd = kept(runs, lambda run: not run.path.endswith("/7"))
    assert [run.path for run in odd] == [run.path for run in plain if not run.path.endswith("/7")]
    assert not kept(runs, lambda run: run.count > 2)
    assert [len(some) for some in together_by(runs, lambda run: run.feature)] == [1, len(together), 1]
    assert [len(some) for some in together_by(runs, lambda run: run.role)] == [len(runs)]
    for rows, run in zip(arrays_of(runs), plain, strict=True):
        assert rows.tolist() == run.lonlat.tolist()
    assert all(a.shared.room is b.shared.room for a, b in pairwise(together))
