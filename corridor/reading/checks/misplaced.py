"""Positions of a line that are given otherwise than its others: latitude first, with another sign, or as 0, 0."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np

from corridor.reading.checks.positions import spot
from corridor.reading.contents import Contents
from corridor.reading.faults import Check, FaultSpot, Mend, Severity
from corridor.reading.limits import LONGEST_ROUTE_KM
from corridor.reading.misplaced_positions import Misplaced
from corridor.reading.repairs import misplaced as mends

#: The code of positions that have latitude first in a line whose others do not.
SWAPPED_PARTLY = "lat-lon-swapped-partly"
#: What holds until misplaced positions are mended: of a line that is measured, and of one that is too long for it.
DETOUR = "the length holds the detour there"
UNMEASURED = "the route has {km:,.0f} km, over the {limit:,} km that are measured"


def _misplaced(how: Misplaced) -> Callable[[Contents], Iterator[FaultSpot]]:
    """Return what finds the lines of which some positions are misplaced in one way."""

    def find(contents: Contents) -> Iterator[FaultSpot]:
        lines = contents.partly_misplaced[how]
        unmeasured = {run.path: route.rough_km for route in contents.too_long for run in route.lines} if lines else {}
        for run in contents.lines if lines else ():
            which = lines.get(run.path)
            if run.lonlat is not None and which is not None:
                first = int(np.flatnonzero(which)[0])
                x, y = run.lonlat[first].tolist()
                km = unmeasured.get(run.path)
                so_far = DETOUR if km is None else UNMEASURED.format(km=km, limit=LONGEST_ROUTE_KM)
                at = spot(run, first, count=int(which.sum()), x=f"{x:g}", y=f"{y:g}", so_far=so_far)
                lon, lat = (y, x) if how is Misplaced.EXCHANGED else (x, y)
                yield replace(at, lon=lon, lat=lat, blocks=km is not None)

    return find


MISPLACED_CHECKS: tuple[Check[Contents], ...] = (
    Check(
        SWAPPED_PARTLY,
        Severity.WARNING,
        "{count:position of this line has|positions of this line have} latitude first, as {x}, {y}; the others are "
        "the other way round.",
        "Let the two numbers of these positions be exchanged; until then {so_far}.",
        _misplaced(Misplaced.EXCHANGED),
        Mend("exchange the two numbers of positions that lie in the region the other way round", placed=mends.exchange),
    ),
    Check(
        "sign-lost-partly",
        Severity.WARNING,
        "{count:position of this line lies|positions of this line lie} in the region only with another sign, as "
        "{x}, {y}; the others lie in it.",
        "Let the signs be changed; until then {so_far}.",
        _misplaced(Misplaced.MIRRORED),
        Mend("change the signs of positions that lie in the region with them changed", placed=mends.change_some_signs),
    ),
    Check(
        "position-at-zero",
        Severity.WARNING,
        "{count:position of this line is|positions of this line are} 0, 0, off Africa: so programs write a place they "
        "do not know.",
        "Let what is 0, 0 be taken out; until then {so_far}.",
        _misplaced(Misplaced.AT_ZERO),
        Mend("take positions at 0, 0 out of lines in the region", placed=mends.drop_zeros),
    ),
)
