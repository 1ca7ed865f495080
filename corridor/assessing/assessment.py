"""The whole chain for one route in one call: its numbers, and what each criterion says of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from corridor.assessing.accuracy import AS_THE_DATA, Tolerance
from corridor.assessing.criteria import judge
from corridor.assessing.judging import Attributes, Case, Verdict
from corridor.assessing.measures import CutLine, Measures, measure
from corridor.assessing.region import Region
from corridor.land.territory import TerritoryId
from corridor.legs import by_country, total
from corridor.reading.route import Route

NO_ATTRIBUTES = Attributes()


@dataclass(frozen=True, eq=False, slots=True, weakref_slot=True)
class Assessment:
    """A route with its numbers and the verdicts on them."""

    route: Route
    measures: Measures
    verdicts: tuple[Verdict, ...]
    attributes: Attributes = NO_ATTRIBUTES

    @property
    def length_km(self) -> float:
        """Its length: of a shipped candidate the published ones of its segments first, of a file as it is drawn."""
        return total(self.attributes.legs).used if self.attributes.legs else self.measures.length_km

    @property
    def by_territory_km(self) -> dict[TerritoryId, float]:
        """Kilometres by territory in its order; of a shipped candidate by the countries of its segments."""
        if not self.attributes.legs:
            return self.measures.by_territory_km
        return {country: km.used for country, km in by_country(self.attributes.legs).items()}

    @property
    def held_bytes(self) -> int:
        """About how many bytes of memory it takes."""
        return 20_000 + 40 * self.route.vertices + 100 * len(self.measures.samples.along_km)

    def verdict(self, criterion: str) -> Verdict:
        """Return the verdict of one criterion; raise KeyError for an id that is none."""
        for verdict in self.verdicts:
            if verdict.criterion.id == criterion:
                return verdict
        raise KeyError(criterion)


def assess(
    route: Route,
    region: Region,
    tolerance: Tolerance = AS_THE_DATA,
    attributes: Attributes = NO_ATTRIBUTES,
    part_accuracy_m: Sequence[float] = (),
    cut: CutLine | None = None,
) -> Assessment:
    """Return the assessment of a route.

    `attributes` and `part_accuracy_m` are what sourced statements add for a shipped candidate; `cut` is what
    is known of the route segment by segment, where it is known already.
    """
    measures = measure(route, region, tolerance, part_accuracy_m, cut)
    return Assessment(route, measures, judge(Case(route, measures, region, attributes)), attributes)
