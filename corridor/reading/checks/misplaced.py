"""Positions of a line that are given otherwise than its others: latitude first, with another sign, or as 0, 0."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np

from corridor.land.geodesy import segment_lengths_m
from corridor.reading.checks.positions import spot
from corridor.reading.contents import Contents
from corridor.reading.faults import Check, FaultSpot, Mend, Severity
from corridor.reading.misplaced_positions import Misplaced, put_right
from corridor.reading.repairs import misplaced as mends

#: The code of positions that have latitude first in a line whose others do not.
SWAPPED_PARTLY = "lat-lon-swapped-partly"


def _misplaced(how: Misplaced) -> Callable[[Contents], Iterator[FaultSpot]]:
    """Return what finds the lines of which some positions are misplaced in one way."""

    def find(contents: Contents) -> Iterator[FaultSpot]:
        lines = contents.partly_misplaced[how]
        for run in contents.lines if lines else ():
            which = lines.get(run.path)
            if run.lonlat is not None and which is not None:
                first = int(np.flatnonzero(which)[0])
                x, y = run.lonlat[first].tolist()
                km = float(segment_lengths_m(put_right(run.lonlat, which, contents.region, how)).sum()) / 1000
                at = spot(run, first, count=int(which.sum()), x=f"{x:g}", y=f"{y:g}", km=f"{km:,.1f}")
                lon, lat = (y, x) if how is Misplaced.EXCHANGED else (x, y)
                yield replace(at, lon=lon, lat=lat)

    return find


MISPLACED_CHECKS: tuple[Check[Contents], ...] = (
    Check(
        SWAPPED_PARTLY,
        Severity.WARNING,
        "{count:position of this line has|positions of this line have} latitude first, as {x}, {y}; the others are "
        "the other way round.",
        "Exchanged, the line is {km} km long. Nothing of it is measured until you let them be exchanged.",
        _misplaced(Misplaced.EXCHANGED),
        Mend("exchange the two numbers of positions that lie in the region the other way round", placed=mends.exchange),
        blocks=True,
    ),
    Check(
        "sign-lost-partly",
        Severity.WARNING,
        "{count:position of this line lies|positions of this line lie} in the region only with another sign, as "
        "{x}, {y}; the others lie in it.",
        "With the signs changed, the line is {km} km long. Nothing of it is measured until you let them be changed.",
        _misplaced(Misplaced.MIRRORED),
        Mend("change the signs of positions that lie in the region with them changed", placed=mends.change_some_signs),
        blocks=True,
    ),
    Check(
        "position-at-zero",
        Severity.WARNING,
        "{count:position of this line is|positions of this line are} 0, 0, off Africa: so programs write a place they "
        "do not know.",
        "Without them the line is {km} km long. Nothing of it is measured until you let them be taken out.",
        _misplaced(Misplaced.AT_ZERO),
        Mend("take positions at 0, 0 out of lines in the region", placed=mends.drop_zeros),
        blocks=True,
    ),
)
