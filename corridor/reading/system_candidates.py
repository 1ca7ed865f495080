"""Which reference systems would put numbers into the region, side by side, with how far apart they put them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

import numpy as np

from corridor.land.geodesy import (
    CRS84,
    DEGREE_DECIMALS,
    PLAUSIBLE_SYSTEMS,
    PULKOVO_DEGREES,
    WGS84,
    Bounds,
    PlausibleSystem,
    Positions,
)
from corridor.reading.declared_systems import canonical
from corridor.reading.faults import SystemChoice
from corridor.reading.reference_systems import NORTHING_FIRST, conversion, degrees_like, horizontal, share_inside

#: Positions of which a candidate is judged; a line is in one system as a whole.
SAMPLED = 50
#: The share of them that has to come to lie in the region.
LEAST_INSIDE = 0.5
#: Choices shown; more than these nobody compares.
MOST_CHOICES = 8
#: Positions with which each choice is drawn on a small map.
MOST_DRAWN = 240
#: Metres below which two systems put the numbers in one and the same place.
SAME_PLACE_M = 0.05
#: Metres up to which another system leaves a choice in doubt. Datums and zones that are taken for each other put a line
#: up to 2 km away; what lies in another valley, or country, whoever knows the route tells apart on the small maps.
FURTHEST_RIVAL_M = 10_000.0


def fitting_systems(positions: Positions, region: Bounds, declared: str | None = None) -> tuple[SystemChoice, ...]:
    """Return the systems that put (first, second) rows into a region, the likeliest first, each place once.

    `declared` is what the file names; with its axes exchanged it is tried before all others, which are less likely
    where it fits. Shifts are the largest distance in metres, over a sample, from where the first choice puts the
    positions.
    """
    sample = sampled(positions)
    as_declared = False
    fitting: list[tuple[SystemChoice, Positions]] = []
    for name, northing_first in _tried(sample, declared):
        lonlat = _placed(name, northing_first, sample, region)
        if lonlat is None or any(shift_m(lonlat, other) < SAME_PLACE_M for _, other in fitting):
            continue
        shift = shift_m(fitting[0][1], lonlat) if fitting else 0.0
        lon, lat = (float(degrees) for degrees in lonlat[0])
        named = _named_by_order(name, sample, region) if northing_first else name
        fitting.append((SystemChoice(named, shift, lon, lat, northing_first, less_likely=as_declared), lonlat))
        as_declared = as_declared or (northing_first and name == declared)
    return tuple(choice for choice, _ in fitting[:MOST_CHOICES])


def _named_by_order(name: str, sample: Positions, region: Bounds) -> str:
    """Return the name of a system with northing first, said in it where with easting first some fits too."""
    way = conversion(name, region)
    straight = None if way is None else way.to_lonlat(sample)
    if straight is None or not np.isfinite(straight).all() or not share_inside(straight, region):
        return name
    return name + NORTHING_FIRST


def both_orders(
    name: str, positions: Positions, lonlat: Positions, lines: Sequence[Positions], region: Bounds
) -> tuple[SystemChoice, ...]:
    """Return both orders in which a projected system puts (first, second) rows into a region; () where one does.

    `lonlat` is where it puts them with easting first; `lines` are those of the positions that are drawn.
    """
    sample, here = sampled(positions), sampled(lonlat)
    turned = _placed(name, True, sample, region)
    if turned is None or share_inside(here, region) < LEAST_INSIDE or shift_m(here, turned) < SAME_PLACE_M:
        return ()
    (lon, lat), (other_lon, other_lat) = here[0].tolist(), turned[0].tolist()
    away = shift_m(here, turned)
    other = SystemChoice(name + NORTHING_FIRST, away, other_lon, other_lat, northing_first=True)
    return with_lines((SystemChoice(name, 0.0, lon, lat), other), lines, region)


def with_lines(choices: Sequence[SystemChoice], lines: Sequence[Positions], region: Bounds) -> tuple[SystemChoice, ...]:
    """Return choices with the lines of (first, second) rows where each would put them, for a small map."""
    drawn = _thinned(lines)
    return tuple(
        replace(choice, lines=_rounded(_read_as(choice, line, region) for line in drawn)) for choice in choices
    )


def small_lines(lines: Sequence[Positions]) -> tuple[tuple[tuple[float, float], ...], ...]:
    """Return lines of (lon, lat) rows with about MOST_DRAWN positions in all, for a small map."""
    return _rounded(_thinned(lines))


def _thinned(lines: Sequence[Positions]) -> list[Positions]:
    some = [line for line in lines[:: 1 + len(lines) // (MOST_DRAWN // 2)] if len(line) > 1]
    step = 1 + sum(map(len, some)) // MOST_DRAWN
    return [np.vstack([line[:-1:step], line[-1:]]) for line in some]


def _rounded(lines: Iterable[Positions]) -> tuple[tuple[tuple[float, float], ...], ...]:
    """Return lines as tuples, in degrees to about a centimetre, without what could not be placed."""
    placed = (line for line in lines if np.isfinite(line).all())
    return tuple(tuple((lon, lat) for lon, lat in line.round(DEGREE_DECIMALS).tolist()) for line in placed)


def _read_as(choice: SystemChoice, positions: Positions, region: Bounds) -> Positions:
    way = conversion(choice.name, region)
    if way is None:
        return np.full_like(positions, np.inf)
    return way.to_lonlat(positions, choice.northing_first)


def rival_shifts_m(
    positions: Positions, lonlat: Positions, choices: Sequence[SystemChoice], region: Bounds
) -> tuple[float, ...]:
    """Return how far from (lon, lat) rows the choices would put the same (first, second) rows, in metres.

    Left out are the same place and places further away than FURTHEST_RIVAL_M, which are no question once one is chosen.
    """
    numbers, here = sampled(positions), sampled(lonlat)
    others = (_read_as(choice, numbers, region) for choice in choices)
    shifts = (shift_m(here, other) for other in others if np.isfinite(other).all())
    return tuple(shift for shift in shifts if SAME_PLACE_M <= shift <= FURTHEST_RIVAL_M)


def sampled(positions: Positions) -> Positions:
    """Return at most about SAMPLED rows of many."""
    return positions[:: max(1, len(positions) // SAMPLED)]


def shift_m(some: Positions, others: Positions) -> float:
    """Return the largest geodesic distance in metres between (lon, lat) rows and others, row by row."""
    return float(np.max(WGS84.inv(some[:, 0], some[:, 1], others[:, 0], others[:, 1])[2]))


def degrees_elsewhere_m(lonlat: Positions, region: Bounds) -> float:
    """Return by how many metres positions lie elsewhere if their degrees are of the datum the old maps here are on."""
    sample = sampled(lonlat)
    way = conversion(PULKOVO_DEGREES, region)
    return 0.0 if way is None else shift_m(sample, way.to_lonlat(sample))


def _tried(sample: Positions, declared: str | None) -> Iterator[tuple[str, bool]]:
    """Yield the systems to be tried with the order of their axes: what is declared, then what the numbers suggest."""
    if declared is not None:
        yield declared, True
    low, high = sample.min(axis=0), sample.max(axis=0)
    if degrees_like((low[0], low[1], high[0], high[1])):
        known = horizontal(declared) if declared else None
        own = known.geodetic_crs.to_authority() if known is not None and known.geodetic_crs is not None else None
        for name in (CRS84, *((canonical(":".join(own)),) if own else ()), PULKOVO_DEGREES):
            yield name, False
        return
    for northing_first in (False, True):
        middle = float(np.median(sample[:, 1 if northing_first else 0]))
        for plausible in PLAUSIBLE_SYSTEMS:
            if plausible.least_easting <= middle <= plausible.most_easting:
                yield plausible.name, northing_first


def _placed(name: str, northing_first: bool, sample: Positions, region: Bounds) -> Positions | None:
    """Return where a system puts positions, None where too few of them lie in the region and where it is used."""
    way = conversion(name, region)
    if way is None:
        return None
    lonlat = way.to_lonlat(sample, northing_first)
    used = _used_between().get(name)
    west, south, east, north = region
    bounds = region if used is None else (max(west, used.west), south, min(east, used.east), north)
    if not np.isfinite(lonlat).all() or share_inside(lonlat, bounds) < LEAST_INSIDE:
        return None
    return lonlat


@lru_cache(maxsize=1)
def _used_between() -> dict[str, PlausibleSystem]:
    return {plausible.name: plausible for plausible in PLAUSIBLE_SYSTEMS}


def place(lon: float, lat: float) -> str:
    """Return a place in words: "46.6 E, 38.9 N"."""
    east, north = round(lon, 2), round(lat, 2)
    return f"{abs(east):.4g} {'E' if east >= 0 else 'W'}, {abs(north):.4g} {'N' if north >= 0 else 'S'}"
