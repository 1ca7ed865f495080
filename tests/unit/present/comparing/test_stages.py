"""Stages of one route side by side: one that goes on does not part, and differences are those of what is shown."""

from functools import cache

import numpy as np
import pytest

from corridor.assessing.assessment import assess
from corridor.assessing.compared_lengths import ComparedLength
from corridor.assessing.comparison import QuantityRow, compare
from corridor.assessing.region import Region, read_region
from corridor.present.comparing.partings import partings
from corridor.present.comparing.tables import of_shown
from corridor.reading.route import Route


@cache
def region() -> Region:
    return read_region()


def stage(name: str, *places: tuple[float, float]):
    lon, lat = (np.linspace(start, end, 60) for start, end in zip(*places, strict=True))
    return assess(Route(name, [np.column_stack([lon, lat])], {}), region())


FIRST = ((46.2, 38.9), (46.4, 38.95))


@pytest.mark.parametrize("far", [(46.6, 38.9), (46.5, 39.2)])
def test_the_next_stage_goes_on_where_the_first_ends(far):
    comparison = compare(stage("Stage 0", *FIRST), [stage("Stage 1", FIRST[1], far)])
    (place,) = partings(comparison)
    assert place.says == "“Stage 1” goes on from the end of the first route, as a next stage does."


def test_a_line_that_leaves_in_the_middle_parts():
    comparison = compare(stage("Stage 0", *FIRST), [stage("Branch", (46.3, 38.925), (46.4, 39.2))])
    assert "parts from the first route" in partings(comparison)[0].says


@pytest.mark.parametrize(
    ("first", "other", "shown"), [(21.84, 70.76, 49.0), (21.84, 27.26, 5.5), (21.84, 21.84, 0.0), (21.76, 21.84, 0.025)]
)
def test_differences_are_those_of_the_lengths_that_are_shown(first, other, shown):
    lengths = tuple(ComparedLength(km, (km, km)) for km in (first, other))
    assert of_shown(QuantityRow("Length", "km", (first, other), (other - first,), lengths), 0) == pytest.approx(shown)


def test_no_more_ground_is_shared_than_the_first_line_has():
    straight = stage("Straight", *FIRST)
    lon, lat = (np.linspace(start, end, 900) for start, end in zip(*FIRST, strict=True))
    winding = np.column_stack([lon, lat + 0.0003 * (np.arange(900) % 2)])
    other = assess(Route("Winding", [winding], {}), region())
    assert other.measures.length_km > straight.measures.length_km
    assert compare(straight, [other]).pairings[0].same_ground_km == straight.measures.length_km
