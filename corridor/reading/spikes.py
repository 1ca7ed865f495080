"""What a line runs back over from the tip of a spike, so that it is told there and nowhere else."""

from collections.abc import Sequence

import numpy as np

from corridor.reading.counted_once import NetworkPlace, PlaceKind
from corridor.reading.line_shape import LineShape
from corridor.reading.repeats import plane, rough_lengths_m

#: Metres from the tip of a spike within which what is run back over begins: places along a line are looked at every
#: 25 m, and a cut is moved to a vertex at most 40 m away.
AT_TIP_M = 100.0


def run_back_from_spikes(places: Sequence[NetworkPlace], course: LineShape) -> list[NetworkPlace]:
    """Return the places where a line runs back from the tip of one of its spikes, no farther than its longer leg."""
    tips = course.turns[~course.going_back]
    back = [place for place in places if place.kind is PlaceKind.BACK]
    if not back or not len(tips):
        return []
    legs = rough_lengths_m(course.line)
    longest, flat = np.maximum(legs[tips - 1], legs[tips]) + AT_TIP_M, plane(course.line[tips])
    starts = plane(np.array([[place.lon, place.lat] for place in back]))
    return [
        place
        for place, start in zip(back, starts, strict=True)
        if ((np.hypot(*(flat - start).T) <= AT_TIP_M) & (longest >= place.km * 1000)).any()
    ]
