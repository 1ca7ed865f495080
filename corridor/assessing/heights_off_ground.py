"""Where the heights of a file lie far from all ground beside the line, so that no climb can be taken from them."""

from dataclasses import dataclass

import numpy as np

from corridor.assessing.ground_profile import GroundProfile, GroundStep
from corridor.assessing.profile import Profile

#: Metres below the lowest or above the highest ground within a cell of the model that no bridge, cutting or other datum
#: explains: three times what the model itself tells apart (`ground_profile.LIMITS`). A deep tunnel may lie lower.
FAR_M = 300.0


@dataclass(frozen=True, slots=True)
class HeightsOffGround:
    """By how many metres heights lie below the lowest or above the highest ground beside the line, 0 where not far.

    `share` is the part of the places of a profile, evenly along the line, whose height lies far off.
    """

    below_m: float
    above_m: float
    share: float

    @property
    def says(self) -> str:
        """What is wrong and what follows, in two sentences."""
        below = f"{self.below_m:,.0f} m below the lowest" if self.below_m else ""
        above = f"{self.above_m:,.0f} m above the highest" if self.above_m else ""
        off = " or ".join(filter(None, (below, above)))
        tunnel = "; only a deep tunnel could lie so" if self.below_m else ""
        return (
            f"{_percent(self.share)} of the heights lie far off the ground: up to {off} within 1 km. "
            f"No climb or steepness is taken from them{tunnel}."
        )


def _percent(share: float) -> str:
    """Return a share in whole per cent; neither none nor all is said of what is not quite so."""
    if share < 0.01:
        return "Less than 1%"
    return f"{share if share == 1 else min(share, 0.99):.0%}"


def heights_off_ground(heights: Profile | None, ground: GroundProfile) -> HeightsOffGround | None:
    """Return how far the heights of a file lie off the ground along its line, None where they may stand on it.

    Where the ground reaches sea level, how low it lies is not known; where there is no model, nothing is said.
    """
    if heights is None or not ground.steps:
        return None
    at_km, height_m = np.array(heights.drawn).T
    starts = [step.from_km for step in ground.steps]
    lowest = np.array([np.nan if step.lowest_m is None else step.lowest_m for step in ground.steps])
    highest = np.array([_highest_m(step) for step in ground.steps])
    number = np.clip(np.searchsorted(starts, at_km, side="right") - 1, 0, len(starts) - 1)
    below, above = lowest[number] - height_m, height_m - highest[number]
    far_below, far_above = below > FAR_M, above > FAR_M
    if not (far_below.any() or far_above.any()):
        return None
    return HeightsOffGround(
        float(below[far_below].max(initial=0.0)),
        float(above[far_above].max(initial=0.0)),
        float((far_below | far_above).mean()),
    )


def _highest_m(step: GroundStep) -> float:
    if step.level == "at-or-below-sea-level":
        return 0.0
    return np.nan if step.highest_m is None else step.highest_m


def said_with_heights(ground: GroundProfile, heights: Profile | None) -> str:
    """Return the band of the ground in words, with what is wrong with the heights of the file beside it."""
    off = heights_off_ground(heights, ground)
    return f"{ground.says} {off.says}" if off else ground.says
