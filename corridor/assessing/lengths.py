"""The kilometres of many routes at once, by territory and nothing more: for files of thousands of short pieces."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np
import shapely

from corridor.assessing.measures import strung
from corridor.assessing.neighbours import BorderCrossing
from corridor.assessing.region import Border, Region
from corridor.land.features import FeatureId
from corridor.land.line_rows import LineRows
from corridor.land.territory import Crossing, Overlap, Stretch, TerritoryId, km_by_territory
from corridor.reading.route import Route

#: Routes cut at the borders in one go: of all at once, what is known segment by segment would take much memory.
AT_ONCE = 1_000


@dataclass(frozen=True, eq=False, slots=True)
class RouteLengths:
    """A route with its stretches by territory, in km from its start, and its km in areas under delimitation.

    Of the crossings neither the accuracy nor the nearest post is known.
    """

    route: Route
    stretches: tuple[Stretch, ...]
    crossings: tuple[BorderCrossing, ...]
    overlaps: tuple[Overlap, ...]

    @property
    def length_km(self) -> float:
        """The length of the route, as `Measures` has it."""
        return self.stretches[-1].to_km

    @property
    def by_territory_km(self) -> dict[TerritoryId, float]:
        """Kilometres by territory, in the order the route first enters them; together the whole length."""
        return km_by_territory(self.stretches)


def lengths_of(routes: Sequence[Route], region: Region) -> tuple[RouteLengths, ...]:
    """Return the kilometres of routes as `measure` finds them; many are cut at the borders in one go."""
    blocks = (routes[start : start + AT_ONCE] for start in range(0, len(routes), AT_ONCE))
    return tuple(lengths for some in blocks for lengths in _lengths_of(some, region))


def _lengths_of(routes: Sequence[Route], region: Region) -> tuple[RouteLengths, ...]:
    each = [LineRows.together(route.lines) for route in routes]
    splits = region.territories.split_all(LineRows.together([part for parts in each for part in parts]))
    near = _near_areas(routes, region)
    borders = {border.id: border for border in region.borders}
    measured = []
    for route, parts, beside in zip(routes, each, near, strict=True):
        stretches, crossings = strung(parts, islice(splits, len(parts)), region)
        overlaps = region.territories.overlaps(parts) if beside else ()
        passed = tuple(_passed(crossing, borders) for crossing in crossings)
        measured.append(RouteLengths(route, tuple(stretches), passed, overlaps))
    return tuple(measured)


def _passed(crossing: Crossing, borders: Mapping[FeatureId, Border]) -> BorderCrossing:
    border = borders.get(crossing.border) if crossing.border else None
    return BorderCrossing(
        before=crossing.before,
        after=crossing.after,
        at_km=crossing.at_km,
        lon=crossing.lon,
        lat=crossing.lat,
        border=border,
        accuracy_m=None,
        post=None,
        post_distance_m=None,
    )


def _near_areas(routes: Sequence[Route], region: Region) -> list[bool]:
    """Whether each route meets an area under delimitation."""
    lines = np.array([route.line for route in routes], dtype=object)
    near = np.zeros(len(lines), bool)
    for area in region.areas:
        near |= shapely.intersects(area.shape, lines)
    return [bool(met) for met in near]
