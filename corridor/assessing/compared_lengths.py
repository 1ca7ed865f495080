"""How long routes side by side are: the published length of a segment first, and a difference only where it is one."""

from collections.abc import Sequence
from dataclasses import dataclass

from corridor.assessing.assessment import Assessment
from corridor.land.territory import TerritoryId
from corridor.legs import KnownLength, Leg, Range, known_lengths, total


@dataclass(frozen=True, slots=True)
class ComparedLength:
    """The length of one route, or of its part in a territory, in km.

    `km` is what is reckoned with and `between` its lowest and highest value; of a shipped candidate `legs` are the
    segments it is the length of, of a reader's own line there are none and it is as drawn.
    """

    km: float
    between: Range
    legs: tuple[Leg, ...] = ()


@dataclass(frozen=True, slots=True)
class RouteByLengths:
    """A route as a comparison keeps it: its length, the lengths it is made of, its km by territory.

    `candidate` is the id of a shipped candidate, "" for a line of a file, which is made of no segments.
    """

    candidate: str
    name: str
    length: ComparedLength
    made_of: tuple[KnownLength, ...]
    by_territory_km: dict[TerritoryId, float]


def route_by_lengths(assessment: Assessment) -> RouteByLengths:
    """Return the lengths of a route."""
    legs = assessment.attributes.legs
    return RouteByLengths(
        candidate=str(assessment.route.properties["id"]) if legs else "",
        name=assessment.route.name,
        length=compared_length(assessment),
        made_of=known_lengths(legs),
        by_territory_km=assessment.by_territory_km,
    )


def compared_length(assessment: Assessment, territory: TerritoryId | None = None) -> ComparedLength:
    """Return the length of a route in a territory, or of all of it."""
    legs = _legs(assessment, territory)
    if assessment.attributes.legs:
        sums = total(legs)
        return ComparedLength(sums.used, (sums.low, sums.high), legs)
    measures = assessment.measures
    km = measures.length_km if territory is None else measures.share(territory).km
    return ComparedLength(km, (km, km))


def _legs(assessment: Assessment, territory: TerritoryId | None) -> tuple[Leg, ...]:
    return tuple(leg for leg in assessment.attributes.legs if territory in (None, leg.country))


def difference(base: Assessment, other: Assessment, territory: TerritoryId | None = None) -> float | None:
    """Return by how many km the other is longer than the base; None where that is less than the drawings allow.

    Segments of both play no part. Of what is drawn and has no published length, the length lies anywhere between the
    bounds that drawn segments with published lengths show (`Attributes.drawn_short`).
    """
    first, second = (_lengths(assessment, territory) for assessment in (base, other))
    shared = {_key(length) for length in first} & {_key(length) for length in second}
    own, its = (
        _between(assessment, [length for length in lengths if _key(length) not in shared], territory)
        for assessment, lengths in ((base, first), (other, second))
    )
    apart = its.between[0] > own.between[1] or its.between[1] < own.between[0]
    exact = own.between[0] == own.between[1] and its.between[0] == its.between[1]
    return its.km - own.km if apart or exact else None


def _lengths(assessment: Assessment, territory: TerritoryId | None) -> Sequence[KnownLength]:
    return known_lengths(_legs(assessment, territory))


def _key(length: KnownLength) -> tuple[tuple[str, float | None], ...]:
    # A published length is that of the whole segment, whatever of its drawing counts with another.
    whole = length.used == "published"
    return tuple((leg.segment, leg.drawn_km if whole else leg.measured_km) for leg in length.legs)


def _between(assessment: Assessment, lengths: Sequence[KnownLength], territory: TerritoryId | None) -> ComparedLength:
    if not assessment.attributes.legs:
        return compared_length(assessment, territory)
    least, most = assessment.attributes.drawn_short
    low = sum(length.km[0] * (least if length.used == "drawn" else 1.0) for length in lengths)
    high = sum(length.km[1] * (most if length.used == "drawn" else 1.0) for length in lengths)
    return ComparedLength(sum(length.used_km for length in lengths), (low, high))
