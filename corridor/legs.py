"""How long the way of a candidate is, leg by leg: the published length where there is one, else that of the drawing.

The country of a leg is a fact of the table of segments. A drawing is never asked in which country it lies.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from corridor.candidates import Part
from corridor.land.features import Feature, FeatureId, RouteProperties, SegmentLength, properties_of
from corridor.sources import UNDATED, SourceId

#: Lowest and highest length in km.
Range = tuple[float, float]
#: A drawing may leave its published length by this share of it without a word.
UNSAID = 0.05


def share_off(drawn_km: float | None, published_km: Range | None) -> float:
    """Return by which share of the nearest published length a drawing is too long, or too short as less than 0.

    It is 0 up to `UNSAID`, and where the one or the other is not known.
    """
    if drawn_km is None or published_km is None:
        return 0.0
    low, high = published_km
    nearest = min(high, max(low, drawn_km))
    share = drawn_km / nearest - 1 if nearest else 0.0
    return share if abs(share) > UNSAID else 0.0


@dataclass(frozen=True, slots=True)
class LongerLength:
    """A published length in km that covers several segments of one country, by their ids in the order of travel."""

    segments: tuple[FeatureId, ...]
    km: Range
    sources: tuple[SourceId, ...]
    as_of: str = UNDATED


@dataclass(frozen=True)
class Leg:
    """A segment as one candidate uses it.

    `measured_km` is the geodesic length of the drawn line, None when it is listed and not drawn; `repeated_km` is what
    another leg of the candidate runs over too, which counts there and which `measured_km` leaves out. `published_km` is
    the lowest and highest published length of the same stretch, None when none was found; of a part of a segment it
    is the difference of two kilometre posts. `longer` are published lengths that cover this leg and others.
    `office_line` says from where its line is if an office added it.
    `published_as_of` is the newest date of the published lengths as their sources give it, `drawn_as_of` that of the
    drawing.
    """

    segment: FeatureId
    label: str
    country: str
    status: str
    alignment_status: str
    measured_km: float | None
    published_km: Range | None
    whole: bool
    accuracy_m: float | None = None
    sources: tuple[SourceId, ...] = ()
    longer: tuple[LongerLength, ...] = ()
    repeated_km: float = 0.0
    office_line: str = ""
    published_as_of: str = UNDATED
    drawn_as_of: str = UNDATED

    @property
    def drawn_km(self) -> float | None:
        """The length of all that is drawn of it, whatever of it counts; None where it is not drawn."""
        return None if self.measured_km is None else round(self.measured_km + self.repeated_km, 2)

    @property
    def drawn_off(self) -> float:
        """By which share its drawing leaves its own published length; see `share_off`. A part is drawn as its whole."""
        return share_off(self.drawn_km, self.published_km) if self.whole else 0.0


@dataclass(frozen=True, slots=True)
class KnownLength:
    """One leg, or several that one published figure covers, with the length that is used of them.

    `drawn_km` is the length as drawn here, None where not all of it is drawn; `repeated_km` of it count elsewhere.
    """

    legs: tuple[Leg, ...]
    published_km: Range | None
    drawn_km: float | None
    sources: tuple[SourceId, ...]
    repeated_km: float = 0.0
    published_as_of: str = UNDATED

    @property
    def as_of(self) -> str:
        """The date of the length that is used: that of its source, or of the drawing."""
        if self.published_km is not None:
            return self.published_as_of
        return max((leg.drawn_as_of for leg in self.legs if leg.drawn_as_of != UNDATED), default=UNDATED)

    @property
    def used(self) -> Literal["published", "drawn"] | None:
        """Which length stands for it: the published one first; None where there is neither."""
        if self.published_km is not None:
            return "published"
        return None if self.drawn_km is None else "drawn"

    @property
    def km(self) -> Range:
        """The lowest and the highest length that is used; nothing is added for what has none."""
        drawn = round((self.drawn_km or 0.0) - self.repeated_km, 2)
        return self.published_km or (drawn, drawn)

    @property
    def used_km(self) -> float:
        """The one length that is reckoned with: within the published range all that is drawn, else the nearer end."""
        low, high = self.km
        return min(high, max(low, low if self.drawn_km is None else self.drawn_km))


@dataclass(frozen=True)
class Kilometres:
    """Kilometres of several legs: as drawn, as published, and as used (published where published, else drawn).

    Each range is the sum of the lowest and of the highest figures; `not_drawn`, `without_published` and `unknown`
    (neither drawn nor published) count legs. `repeated` km are drawn again by these legs and left out of `measured`.
    """

    measured: float
    published_low: float
    published_high: float
    not_drawn: int
    without_published: int
    low: float = 0.0
    high: float = 0.0
    used: float = 0.0
    unknown: int = 0
    repeated: float = 0.0


def legs(way: Iterable[Part], features: Mapping[FeatureId, Feature]) -> tuple[Leg, ...]:
    """Return the legs of `candidate.segments` or `candidate.onward`; `features` are those of the route layer by id."""
    return tuple(_leg(part, properties_of(features[f"route/{part.segment}"], RouteProperties)) for part in way)


def _leg(part: Part, properties: RouteProperties) -> Leg:
    whole = part.start is None and part.end is None
    lengths = _comparable(properties) if whole else []
    published, sources = _range_of(lengths), [source for length in lengths for source in length["sources"]]
    if not whole:
        published, sources = _between_posts(part, properties)
    longer = [length for length in properties["published_lengths"] if length["covers"]] if whole else []
    return Leg(
        segment=f"route/{part.segment}",
        label=properties["label"],
        country=properties["country"],
        status=properties["status"],
        alignment_status=properties["alignment_status"],
        measured_km=_measured_km(part, properties),
        published_km=published,
        whole=whole,
        accuracy_m=properties["accuracy_m"],
        sources=tuple(dict.fromkeys(sources)),
        office_line=properties.get("office_line", ""),
        published_as_of=max((length["as_of"] for length in lengths if length["as_of"]), default=UNDATED),
        drawn_as_of=properties["as_of"],
        longer=tuple(
            LongerLength(
                tuple(f"route/{identity}" for identity in length["covers"]),
                (length["km"], length["km_high"] or length["km"]),
                tuple(length["sources"]),
                length["as_of"] or UNDATED,
            )
            for length in longer
        ),
    )


def segment_share_off(properties: RouteProperties) -> float:
    """Return by which share the drawing of a segment leaves its published lengths; see `share_off`."""
    return share_off(properties["measured_km"], _range_of(_comparable(properties)))


def part_share_off(length: SegmentLength) -> float:
    """Return by which share the drawing leaves a length published of a part of its segment; see `share_off`."""
    return share_off(length["drawn_km"], (length["km"], length["km_high"] or length["km"]))


def _comparable(properties: RouteProperties) -> list[SegmentLength]:
    """Return the published lengths that measure what the drawing does."""
    return [length for length in properties["published_lengths"] if length["comparable"]]


def _range_of(lengths: Sequence[SegmentLength]) -> Range | None:
    if not lengths:
        return None
    return min(length["km"] for length in lengths), max(length["km_high"] or length["km"] for length in lengths)


def _between_posts(part: Part, properties: RouteProperties) -> tuple[Range | None, list[SourceId]]:
    """Return the length of a part of a segment by the kilometre posts of its railway, where both ends have one."""
    chainage = properties["chainage"]
    if chainage is None:
        return None, []
    posts = {station["name"]: station["chainage_km"] for station in properties["stations"]}
    start = posts.get(part.start) if part.start else chainage["from_km"]
    end = posts.get(part.end) if part.end else chainage["to_km"]
    if start is None or end is None:
        return None, []
    km = round(abs(end - start), 2)
    return (km, km), chainage["sources"]


def _measured_km(part: Part, properties: RouteProperties) -> float | None:
    """Kilometres of the part along the drawn line; a segment and its stations run in the same direction."""
    if properties["measured_km"] is None:
        return None
    at = {station["name"]: float(station["from_start_km"]) for station in properties["stations"]}
    start = at[part.start] if part.start else 0.0
    end = at[part.end] if part.end else float(properties["measured_km"])
    return round(end - start, 2)


def known_lengths(some: Sequence[Leg]) -> tuple[KnownLength, ...]:
    """Return the legs with their lengths in order; those that one published figure covers as a whole stand together."""
    lengths: list[KnownLength] = []
    left = list(some)
    while left:
        leg = left[0]
        here = {other.segment: other for other in left if other.whole and other.country == leg.country}
        covering = [length for other in here.values() for length in other.longer if leg.segment in length.segments]
        whole = [length for length in covering if leg.whole and set(length.segments) <= set(here)]
        longer = max(whole, key=lambda length: len(length.segments), default=None)
        covered = (leg,) if longer is None else tuple(here[segment] for segment in longer.segments)
        drawn = [part.drawn_km for part in covered]
        lengths.append(
            KnownLength(
                legs=covered,
                published_km=leg.published_km if longer is None else longer.km,
                drawn_km=None if None in drawn else round(sum(km or 0.0 for km in drawn), 2),
                sources=leg.sources if longer is None else longer.sources,
                published_as_of=leg.published_as_of if longer is None else longer.as_of,
                repeated_km=round(sum(part.repeated_km for part in covered), 2),
            )
        )
        left = [other for other in left if not any(other is part for part in covered)]
    return tuple(lengths)


def office_lines(some: Iterable[Leg]) -> tuple[str, ...]:
    """Return what is said of the lines an office added among some legs that are drawn, each once."""
    said = (leg.office_line for leg in some if leg.office_line and leg.measured_km is not None)
    return tuple(dict.fromkeys(said))


def by_country(some: Sequence[Leg]) -> dict[str, Kilometres]:
    """Return the kilometres per territory id, in the order in which the legs first enter them."""
    return {country: total([leg for leg in some if leg.country == country]) for country in _once(some, "country")}


def total(some: Sequence[Leg]) -> Kilometres:
    """Return the kilometres of some legs together; what has no figure is counted, never estimated."""
    lengths = known_lengths(some)
    published = [length.published_km for length in lengths if length.published_km is not None]
    return Kilometres(
        measured=round(sum(leg.measured_km or 0.0 for leg in some), 2),
        published_low=round(sum(low for low, _ in published), 2),
        published_high=round(sum(high for _, high in published), 2),
        not_drawn=sum(leg.measured_km is None for leg in some),
        without_published=sum(len(length.legs) for length in lengths if length.published_km is None),
        low=round(sum(length.km[0] for length in lengths), 2),
        high=round(sum(length.km[1] for length in lengths), 2),
        used=round(sum(length.used_km for length in lengths), 2),
        unknown=sum(length.used is None for length in lengths),
        repeated=round(sum(leg.repeated_km for leg in some), 2),
    )


def _once(some: Sequence[Leg], attribute: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(str(getattr(leg, attribute)) for leg in some))
