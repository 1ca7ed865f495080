"""Where the number of each of several routes stands on the map: on its own line, as far from the others as can be."""

from collections.abc import Sequence

import numpy as np

from corridor.assessing.sampling import Samples
from corridor.land.geodesy import Positions, Values

#: Places of a line that are looked at; a number needs no better spot than the best of these.
PLACES = 300
#: Lines that stay nearer than this share of what all of them span are one line to whoever sees them all.
APART_SHARE = 0.06


def number_spots(lines: Sequence[Samples]) -> list[tuple[float, float]]:
    """Return a place on each line, (lon, lat) in degrees, at which its number can belong to no other line.

    It is the place furthest from all other lines. A line that leaves another nowhere by much has its number at a share
    of its length that no other line has it at, so that numbers never lie on each other.
    """
    thinned = [_thinned(line) for line in lines]
    whole = np.vstack([metric for metric, _ in thinned])
    least = float(np.hypot(*np.ptp(whole, axis=0))) * APART_SHARE
    return [_spot(number, thinned, least) for number in range(len(lines))]


def _thinned(line: Samples) -> tuple[Positions, Positions]:
    """Return places along a line in metres of the corridor's zone, and in degrees."""
    kept = np.unique(np.linspace(0, len(line.metric) - 1, PLACES).round().astype(np.intp))
    return line.metric[kept], line.lonlat[kept]


def _spot(number: int, lines: Sequence[tuple[Positions, Positions]], least_m: float) -> tuple[float, float]:
    places, lonlat = lines[number]
    away = np.min([_away(places, other) for at, (other, _) in enumerate(lines) if at != number], axis=0)
    furthest = int(np.argmax(away))
    at = furthest if away[furthest] >= least_m else round((number + 1) / (len(lines) + 1) * (len(places) - 1))
    lon, lat = lonlat[at].tolist()
    return lon, lat


def _away(places: Positions, other: Positions) -> Values:
    """Return the distance of each place to the nearest of another line, in metres."""
    across = places[:, None, :] - other[None, :, :]
    return np.asarray(np.hypot(across[..., 0], across[..., 1]).min(axis=1))
