"""Whether several lines of a file are one way together: parts to be joined, or the ways a map's database keeps.

Rows of lines are (lon, lat, height): degrees on WGS84 and metres, NaN where there is no height.
"""

from collections.abc import Sequence

import numpy as np

from corridor.land.geodesy import Positions
from corridor.reading.chaining import line_ends
from corridor.reading.counted_once import total_km
from corridor.reading.line_network import network_of
from corridor.reading.many_lines import AT_ONCE
from corridor.reading.repeats import plane

#: Of so many lines all but one have to meet another, for all to be one way.
STRUNG = 8


def joins_into_one(lines: Sequence[Positions]) -> bool:
    """Whether lines meet end to end and are one way that nowhere leads back over itself.

    It would where its two ends lie nearer together than one of them lies to a place where two lines meet.
    """
    network = network_of(lines)
    if len(network.ways) > 1 or network.again or network.unusual or len(network.ways[0].lines) > 1:
        return False
    ends = plane(network.ways[0].lines[0][[0, -1], :2])
    across = float(np.hypot(*(ends[1] - ends[0])))
    met = line_ends(lines)
    flat = (plane(met[start : start + AT_ONCE]) for start in range(0, len(met), AT_ONCE))
    return bool(max(np.hypot(*(some - end).T).max() for some in flat for end in ends) <= across * (1 + 1e-9))


def are_one_way(lines: Sequence[Positions]) -> bool:
    """Whether most of many lines meet end to end or nearly so, and no two are alternatives.

    Asked of the ways a map's database keeps a road in; a gap, a branch and a second carriageway are no hindrance.
    """
    network = network_of(lines)
    counted = [line for way in network.ways for line in way.all_lines]
    if len(network.ways) > 1 or len(counted) > max(1, len(lines) // STRUNG):
        return False
    # A second carriageway at most; copies of one line are no ways of a road.
    return total_km(network.again) <= 1.1 * total_km(counted)
