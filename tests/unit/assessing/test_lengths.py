"""Kilometres of many routes at once are those of each by itself."""

import json
from collections.abc import Iterator
from functools import partial

import numpy as np
import orjson
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from corridor.assessing.lengths import lengths_of
from corridor.assessing.measures import measure
from corridor.assessing.sampling import sample
from corridor.commands import routes as commands
from corridor.commands.cli import main
from corridor.land.line_rows import LineRows
from corridor.reading.route import read_route
from corridor.store.work import region

#: Round every border between Armenia, Azerbaijan and Iran, and every area under delimitation.
LON, LAT = st.floats(44.7, 46.9).map(lambda x: round(x, 6)), st.floats(38.7, 41.2).map(lambda y: round(y, 6))
LINE = st.lists(st.tuples(LON, LAT), min_size=2, max_size=6)


@pytest.fixture(scope="module", autouse=True)
def few_samples() -> Iterator[None]:
    """Have each line looked at in few places: what is compared here is exact, and rests on none of them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("corridor.assessing.measures.sample", partial(sample, at_most=100))
        yield


def routes_of(lines: list[list]) -> bytes:
    kinds = {True: "MultiLineString", False: "LineString"}
    several = [isinstance(line[0][0], list | tuple) for line in lines]
    features = [
        {"type": "Feature", "properties": {"name": f"Way {n}"}, "geometry": {"type": kinds[many], "coordinates": line}}
        for n, (line, many) in enumerate(zip(lines, several, strict=True))
    ]
    return orjson.dumps({"type": "FeatureCollection", "features": features})


@given(st.lists(LINE, min_size=1, max_size=5))
def test_lines_are_split_together_as_each_by_itself(lines):
    positions = [np.array(line) for line in lines]
    together = region().territories.split_all(LineRows.together(positions))
    assert list(together) == [region().territories.split(shapely.LineString(line)) for line in positions]


@pytest.mark.slow
@given(st.lists(st.one_of(LINE, st.lists(LINE, min_size=1, max_size=3)), min_size=1, max_size=4))
def test_the_kilometres_of_many_are_those_of_each(lines):
    routes = read_route(routes_of(lines), "many.geojson").routes
    for lengths, route in zip(lengths_of(routes, region()), routes, strict=True):
        measures = measure(route, region())
        assert lengths.length_km == measures.length_km
        assert lengths.stretches == tuple(measures.stretches)
        assert lengths.overlaps == measures.overlaps
        assert [c.at_km for c in lengths.crossings] == [c.at_km for c in measures.crossings]
        assert [c.border for c in lengths.crossings] == [c.border for c in measures.crossings]
        assert lengths.by_territory_km == measures.by_territory_km


def test_no_routes_have_no_lengths():
    assert lengths_of((), region()) == ()


def test_later_routes_of_a_file_of_hundreds_come_with_their_kilometres(tmp_path, capsys, monkeypatch):
    # The process of a command is forked, and begins with what is put in place here.
    monkeypatch.setattr("corridor.store.separate_process.start_method", lambda: "fork")
    monkeypatch.setattr(commands, "MOST_JUDGED", 2)
    monkeypatch.setattr(commands, "MOST_MEASURED", 4)
    lines = [[[46.0 + n / 10, 38.9], [46.1 + n / 10, 38.95]] for n in range(5)]
    file = tmp_path / "ways.geojson"
    file.write_bytes(routes_of(lines))
    assert main(["check", str(file), "--json"]) == 0
    record = json.loads(capsys.readouterr().out)
    assert [bool(route["criteria"]) for route in record["routes"]] == [True, True, False, False]
    assert all(abs(sum(route["by_territory_km"].values()) - route["length_km"]) < 1e-5 for route in record["routes"])
    (told,) = [finding for finding in record["findings"] if finding["code"] == "more-routes-than-measured"]
    assert told["says"].startswith("The file has 5 routes: the first 2 were set beside every question")
    assert main(["check", str(file)]) == 0
    assert "usable routes: 5" in capsys.readouterr().out
