"""Heights of a file that lie far off the ground along its line: how far, over how much of it, and what follows."""

import numpy as np
import pytest

from corridor.assessing.ground_profile import GroundProfile, GroundStep
from corridor.assessing.heights_off_ground import FAR_M, heights_off_ground
from corridor.assessing.profile import Profile

LOWEST, HIGHEST = 600, 900
PLACES = 400


def ground(*levels: str) -> GroundProfile:
    steps = tuple(
        GroundStep(float(number), number + 1.0, LOWEST, HIGHEST, "above-sea-level")
        if level == "above-sea-level"
        else GroundStep(float(number), number + 1.0, None, None, level)
        for number, level in enumerate(levels or ["above-sea-level"] * 4)
    )
    return GroundProfile(steps, (), (), source="a model", sources=(), as_of="1999")


def heights(off: dict[int, float]) -> Profile:
    """A line of four kilometres at 700 m, with other heights at some of its places."""
    km = np.linspace(0, 4, PLACES, endpoint=False).tolist()
    drawn = tuple((at, off.get(number, 700.0)) for number, at in enumerate(km))
    return Profile(700, 700, 0, 0, 0, 0, 1, drawn)


def says(off: dict[int, float]) -> str:
    off_ground = heights_off_ground(heights(off), ground())
    return "" if off_ground is None else off_ground.says


def test_heights_as_far_as_a_bridge_or_another_datum_explains_are_not_off_the_ground():
    assert says({}) == ""
    assert says({7: LOWEST - FAR_M, 8: HIGHEST + FAR_M}) == ""


@pytest.mark.parametrize(
    ("count", "words"),
    [(1, "Less than 1% of"), (4, "1% of"), (200, "50% of"), (PLACES - 1, "99% of"), (PLACES, "100% of")],
)
def test_a_share_is_never_more_than_it_is(count, words):
    assert says(dict.fromkeys(range(count), 2_000.0)).startswith(words)


def test_a_tunnel_is_named_for_heights_that_lie_too_low_alone():
    low = "up to 400 m below the lowest within 1 km. No climb or steepness is taken from them"
    assert says({5: 200.0}).endswith(f"{low}; only a deep tunnel could lie so.")
    assert says({5: 2_000.0}).endswith(
        "up to 1,100 m above the highest within 1 km. No climb or steepness is taken from them."
    )


def test_nothing_is_said_where_the_ground_is_not_known():
    profile = heights({5: 2_000.0, 6: -2_000.0})
    assert heights_off_ground(profile, ground("no-data")) is None
    assert heights_off_ground(None, ground()) is None


def test_at_sea_level_a_height_can_be_too_high_and_not_too_low():
    at_sea = heights_off_ground(heights({5: 2_000.0, 6: -2_000.0}), ground("at-or-below-sea-level"))
    assert at_sea is not None
    assert (at_sea.below_m, at_sea.above_m) == (0.0, 2_000.0)
