"""Numbers that no place on Earth has, up to the largest there are: told as such, and nothing overflows."""

import json

import pytest

from corridor.reading.mend import mend
from corridor.reading.route import read_route

HUGE = {
    "there and back": [[1e308, 38], [-1e308, 39], [1e308, 40], [46, 38]],
    "one vertex": [[1e200, 1e200], [1e201, 1], [46, 38], [46.1, 38.1]],
    "repeated": [[1e308, 1e308], [1e308, 1e308], [1e308, 1e308]],
    "all signs": [[-1e308, -1e308], [1e308, -1e308], [1e308, 1e308], [-1e308, 1e308], [-1e308, -1e308]],
}


def as_geojson(positions: list[list[float]]) -> bytes:
    return json.dumps({"type": "LineString", "coordinates": positions}).encode()


def as_gpx(positions: list[list[float]]) -> bytes:
    points = "".join(f'<trkpt lat="{lat!r}" lon="{lon!r}"/>' for lon, lat in positions)
    return f'<gpx xmlns="http://www.topografix.com/GPX/1/1"><trk><trkseg>{points}</trkseg></trk></gpx>'.encode()


# Warnings are errors here: one that overflows in a worker stands in the log of whoever runs the server.
@pytest.mark.parametrize("write", [as_geojson, as_gpx])
@pytest.mark.parametrize("positions", HUGE.values(), ids=HUGE)
def test_numbers_that_are_no_place_are_told_and_nothing_overflows(positions, write):
    reading = read_route(write(positions), "huge.gpx" if write is as_gpx else "huge.geojson")
    codes = {finding.code for finding in reading.findings}
    assert codes & {"out-of-range", "outside-region", "format-unreadable"}, codes
    assert not codes & {"spike", "back-tracking", "self-crossing"}
    mend(reading, {finding.code: None for finding in reading.findings if finding.mendable})
