"""The numbers of compared routes on the map: each on its own line, none on another's, and never one on the other."""

import itertools
from collections.abc import Sequence

import numpy as np
import pytest

from corridor.assessing.sampling import Samples
from corridor.present.comparing.numbering import number_spots
from corridor.ui.context import briefing_context

RAILWAYS = ("rail-araks", "rail-ijevan-yerevan", "rail-georgia-armenia", "rail-georgia-turkiye")
ROADS = ("road-araks", "road-goris-shahbuz", "road-goris-yeraskh", "road-kapan-kajaran")
#: Kilometres, a tenth of what the map of all of them is wide; a number covers less.
APART_KM = 30.0


def samples(candidate: str) -> Samples:
    return briefing_context().candidate_route(candidate).measures.samples


def km_apart(some: tuple[float, float], others: np.ndarray) -> float:
    """The distance to the nearest of (lon, lat) positions, good to a hundredth in this region."""
    lon, lat = some
    return float(np.hypot((others[:, 0] - lon) * 111.3 * np.cos(np.radians(lat)), (others[:, 1] - lat) * 111.3).min())


@pytest.mark.parametrize("chosen", [*itertools.combinations(RAILWAYS, 2), ("rail-araks", "road-goris-yeraskh")])
def test_a_number_stands_on_its_own_line_and_off_the_other(chosen: Sequence[str]):
    lines = [samples(candidate) for candidate in chosen]
    for number, spot in enumerate(number_spots(lines)):
        assert km_apart(spot, lines[number].lonlat) == 0
        assert km_apart(spot, lines[1 - number].lonlat) > APART_KM


@pytest.mark.parametrize(
    "chosen", [RAILWAYS, ROADS, ("rail-araks", "rail-araks"), ("rail-araks",) * 6, RAILWAYS[:1] * 2 + ROADS]
)
def test_no_number_hides_another(chosen: Sequence[str]):
    spots = number_spots([samples(candidate) for candidate in chosen])
    for some, other in itertools.combinations(spots, 2):
        assert km_apart(some, np.array([other])) > APART_KM / 2, chosen


def test_lines_that_begin_at_one_place_are_not_numbered_there():
    lines = [samples(candidate) for candidate in RAILWAYS]
    begin = np.array([line.lonlat[0] for line in lines])
    assert km_apart(tuple(begin[0]), begin[1:2]) < 1
    assert all(km_apart(spot, begin) > APART_KM for spot in number_spots(lines))
