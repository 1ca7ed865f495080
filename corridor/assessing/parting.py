"""Where two lines run together, where they part and where they meet again."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from corridor.assessing.offsets import TOGETHER_M
from corridor.assessing.sampling import Samples
from corridor.land.geodesy import Values

#: Lines have parted once they are this many times the stated distance from each other; nearer, they only waver.
PARTED = 2.0


@dataclass(frozen=True, slots=True)
class PartingRun:
    """A run of a line, in km from its start, together with another or apart from it; ends in degrees (lon, lat).

    `farthest_m` is the largest distance from the other line on the run.
    """

    together: bool
    from_km: float
    to_km: float
    start: tuple[float, float]
    end: tuple[float, float]
    farthest_m: float


def parting_runs(samples: Samples, distances: Values) -> tuple[PartingRun, ...]:
    """Return the runs of a line together with another and apart from it; the same whichever way it is drawn.

    Together is within TOGETHER_M; a run beyond that which never exceeds PARTED times the distance is still together.
    """
    together = distances <= TOGETHER_M
    for start, end in _runs(together):
        if not together[start] and distances[start:end].max() <= PARTED * TOGETHER_M:
            together[start:end] = True
    ends = np.cumsum(samples.share_km)
    starts = ends - samples.share_km
    return tuple(
        PartingRun(
            together=bool(together[start]),
            from_km=float(starts[start]),
            to_km=float(ends[end - 1]),
            start=_pair(samples.lonlat[start]),
            end=_pair(samples.lonlat[end - 1]),
            farthest_m=float(distances[start:end].max()),
        )
        for start, end in _runs(together)
    )


def _runs(flags: NDArray[np.bool_]) -> list[tuple[int, int]]:
    edges = np.flatnonzero(np.concatenate([[True], flags[1:] != flags[:-1], [True]])).tolist()
    return list(pairwise(edges))


def _pair(position: Values) -> tuple[float, float]:
    return float(position[0]), float(position[1])
