"""What a repair changes in metres and kilometres, and which change of a sound line is too large to be made unasked."""

import numpy as np
import pytest

from corridor.reading.repairs.effect import altered_share, furthest_m, length_km, lines_of
from corridor.reading.route import REGION

LINE = np.array([[46.2, 38.9], [46.3, 38.9], [46.4, 38.9]])
METRES = LINE * 100_000
SWAPPED = LINE[:, ::-1]


def test_lengths_are_those_of_lines_in_degrees():
    assert length_km({"/a": LINE}) == pytest.approx(17.35, abs=0.01)
    assert length_km({"/a": LINE, "/b": METRES}) is None
    assert length_km({}) == 0


def test_lines_are_kept_as_they_were():
    document = {"type": "LineString", "coordinates": LINE.tolist()}
    lines = lines_of(document)
    document["coordinates"][0][0] = 0.0
    assert lines["/coordinates"][0, 0] == 46.2


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
