"""What a repair changes in metres and kilometres, and which change of a sound line is too large to be made unasked."""

import numpy as np
import pytest

from corridor.land.geodesy import REGION, length_km
from corridor.reading.mend import mend
from corridor.reading.repairs.effect import altered_share, furthest_m, lines_in
from corridor.reading.route import Reading, read_route
from tests.support.drawn_lines import FORMATS, beside, winding

LINE = np.array([[46.2, 38.9], [46.3, 38.9], [46.4, 38.9]])
METRES = LINE * 100_000
SWAPPED = LINE[:, ::-1]


def drawn(*lines):
    return {"type": "MultiLineString", "coordinates": [line.tolist() for line in lines]}


def test_lengths_are_those_of_lines_in_degrees():
    assert lines_in(drawn(LINE)).length_km == pytest.approx(17.35, abs=0.01)
    assert lines_in(drawn(LINE, METRES)).length_km is None
    assert lines_in({"type": "FeatureCollection", "features": []}).length_km is None


def test_lines_are_kept_as_they_were():
    document = {"type": "LineString", "coordinates": LINE.tolist()}
    of = lines_in(document)
    document["coordinates"][0][0] = 0.0
    assert of.lines["/coordinates"][0, 0] == 46.2
    assert of.vertices == 3


WAY = winding()
REPEATS = {
    "there and back": ([[*WAY, *WAY[40:-1][::-1]]], ["back-tracking"]),
    "a part twice": ([WAY, WAY[20:50]], ["drawn-twice"]),
    "two carriageways": ([WAY, beside(WAY[20:50], 25)], ["side-by-side"]),
    "a spike": ([[*WAY[:41], [WAY[40][0], WAY[40][1] + 0.018], *WAY[40:]]], ["spike"]),
}


@pytest.mark.parametrize(("parts", "only"), REPEATS.values(), ids=REPEATS)
@pytest.mark.parametrize("name", FORMATS)
def test_a_repair_is_told_in_the_lengths_that_are_read_before_and_after(parts, only, name):
    reading = read_route(FORMATS[name](parts), name)
    mended = mend(reading, only)
    (entry,) = mended.ledger
    before, after = kilometres_of(reading), kilometres_of(mended.reading)
    assert (entry.length_before_km, entry.repeated_before_km) == pytest.approx(before, abs=1e-6)
    assert (entry.length_after_km, entry.repeated_after_km) == pytest.approx(after, abs=1e-6)
    assert before[1] > 1
    assert after[1] == 0
    assert f"{before[1]:,.3f} km drawn twice are taken out" in entry.effect
    assert f"length {before[0]:.3f} km before, {after[0]:.3f} km after" in mended.ledger_text()
    assert f"drawn twice and counted once {before[1]:.3f} km before, 0.000 km after" in mended.ledger_text()
    assert f"{sum(before):,.3f} km" not in mended.ledger_text() + entry.effect


def kilometres_of(reading: Reading) -> tuple[float, float]:
    """Return the length of all routes of a file in km, and what is drawn again."""
    routes = reading.routes
    return sum(length_km(route.line) for route in routes), sum(route.repeated_km for route in routes)


@pytest.mark.parametrize(
    ("after", "metres"),
    [(LINE, 0.0), (LINE + np.array([0, 0.001]), 111.0), (LINE[:2], None), (METRES, None)],
    ids=["as it was", "moved", "shorter", "in metres"],
)
def test_how_far_vertices_moved(after, metres):
    told = furthest_m({"/a": LINE}, {"/a": after})
    assert told == (metres if metres is None else pytest.approx(metres, abs=0.1))


@pytest.mark.parametrize(
    ("before", "after", "share"),
    [
        ({"/a": LINE}, {"/a": LINE[:2]}, 0.5),
        ({"/a": LINE, "/b": LINE}, {"/a": LINE[:2]}, 0.75),
        # What could not be measured before has no length to lose.
        ({"/a": METRES}, {"/a": LINE}, 0.0),
        ({"/a": SWAPPED}, {"/a": LINE}, 0.0),
        ({"/a": LINE, "/b": SWAPPED}, {"/a": LINE, "/b": LINE}, 0.0),
        ({}, {"/a": LINE}, 0.0),
        # Parts that are joined are one line of the same length.
        ({"/a/0": LINE[:2], "/a/1": LINE[1:]}, {"/a": LINE}, 0.0),
    ],
)
def test_only_sound_lines_count_as_altered(before, after, share):
    assert altered_share(before, after, REGION) == pytest.approx(share, abs=1e-3)
