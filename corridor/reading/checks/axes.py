"""Positions of a line that have latitude first where the others have longitude first."""

from collections.abc import Iterator

import numpy as np

from corridor.reading.checks.positions import spot
from corridor.reading.contents import Contents
from corridor.reading.faults import Check, FaultSpot, Mend, Severity
from corridor.reading.repairs import axes as mends


def _partly_swapped(contents: Contents) -> Iterator[FaultSpot]:
    for run in contents.lines if contents.partly_exchanged else ():
        exchanged = contents.exchanged(run)
        if run.lonlat is not None and exchanged.any():
            first = int(np.flatnonzero(exchanged)[0])
            x, y = run.lonlat[first].tolist()
            first_spot = spot(run, first, count=int(exchanged.sum()), x=f"{x:g}", y=f"{y:g}")
            yield FaultSpot(first_spot.path, first_spot.feature, y, x, words=first_spot.words)


AXIS_CHECKS: tuple[Check[Contents], ...] = (
    Check(
        "lat-lon-swapped-partly",
        Severity.WARNING,
        "{count:position of this line has|positions of this line have} latitude first, as {x}, {y}; the others are "
        "the other way round.",
        "Let the two numbers of these positions be exchanged; until then the length holds a detour over them.",
        _partly_swapped,
        Mend("exchange the two numbers of positions that lie in the region the other way round", placed=mends.exchange),
    ),
)
