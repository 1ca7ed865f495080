"""What a segment of a route brings to a table: its kilometres, its published lengths and its facts, as figures."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from corridor.answering.figures import MEASURED, PUBLISHED, Evidence, Figure, measured_once
from corridor.assessing.candidate_lines import counted_legs
from corridor.candidates import Candidate, Part
from corridor.land.features import (
    CrossingProperties,
    Feature,
    FeatureFact,
    FeatureId,
    RouteProperties,
    SegmentLength,
    SingleFact,
    properties_of,
)
from corridor.legs import Leg, known_lengths, office_lines, total
from corridor.present.sheets import SheetEntry
from corridor.present.words import known_to
from corridor.quantities import bare_range, day, drawn_off_words, kilometres, measured_part

NOT_DRAWN = "listed, not drawn"
NOT_FOUND = "not found"
#: Statuses of a railway that has no track; both are said alike, whichever State's plans they follow.
WITHOUT_TRACK = ("not built", "proposed")


@dataclass(frozen=True)
class SegmentFigures:
    """A leg of a candidate with the properties of its segment; `label` also names the part where it is not whole."""

    leg: Leg
    label: str
    properties: RouteProperties

    @property
    def measured_km(self) -> float | None:
        """The kilometres of the drawn line that count; None where it is listed and not drawn."""
        return self.leg.measured_km

    @property
    def country(self) -> str:
        """The id of the territory the segment lies in."""
        return self.leg.country

    @property
    def status(self) -> str:
        """The status word of the segment; of a railway that is not built or is proposed, first that it has no track."""
        without = self.properties["mode"] == "rail" and self.leg.status in WITHOUT_TRACK
        return f"no track, {self.leg.status}" if without else self.leg.status

    @property
    def sources(self) -> tuple[str, ...]:
        """The sources of the segment."""
        return tuple(self.properties["sources"])

    def fact(self, key: SingleFact, heading: str) -> SheetEntry:
        """Return one of the single facts of the segment, of costs every figure; what no source says is "not found"."""
        fact = self.properties[key]
        if not fact:
            return NOT_FOUND
        figure = self._figure(f"{heading}: {self.label}", fact)
        others = [other for other in self.properties["facts"] if key == "cost" and other["label"].startswith(heading)]
        more = tuple(self._figure(f"{other['label']}: {self.label}", other) for other in others)
        return (figure, *more) if more else figure

    @staticmethod
    def _figure(what: str, fact: FeatureFact) -> Figure:
        return Figure(
            what=what,
            value=fact["value"],
            unit=fact["unit"] or "",
            accuracy=fact["accuracy"] or PUBLISHED,
            as_of=fact["as_of"] or "undated",
            sources=tuple(fact["sources"]),
            by=fact["by"] or "",
            quote=fact["quote"] or "",
        )


@dataclass(frozen=True)
class TableLookup:
    """What the tables look up: names, features, and which sources are data a line was drawn from."""

    labels: Mapping[str, str]
    features: Mapping[FeatureId, Feature]
    evidence: Evidence

    def country(self, territory: str) -> str:
        """Return what a territory is called on screen."""
        return self.labels[f"territory/{territory}"]

    def segment_figures(self, candidate: Candidate) -> tuple[SegmentFigures, ...]:
        """Return the segments of a candidate in the order of travel, those beyond its destination left out."""
        paired = zip(candidate.segments, counted_legs(candidate, self.features), strict=True)
        return tuple(
            SegmentFigures(
                leg, leg.label + part_words(part), properties_of(self.features[leg.segment], RouteProperties)
            )
            for part, leg in paired
        )


def part_words(part: Part) -> str:
    """Return which part of a segment is meant, " (from Meghri)"; nothing where it is the whole."""
    ends = (f"from {part.start}" if part.start else "", f"to {part.end}" if part.end else "")
    reach = " ".join(end for end in ends if end)
    return f" ({reach})" if reach else ""


def measured_length(what: str, stretches: Sequence[SegmentFigures], lookup: TableLookup) -> SheetEntry:
    """Return the measured kilometres of some segments together, each stretch once; nothing where there are none."""
    drawn = [segment for segment in stretches if segment.measured_km is not None]
    if not drawn:
        return NOT_DRAWN if stretches else None
    return Figure(
        what=what,
        value=sum(segment.measured_km or 0.0 for segment in drawn),
        unit="km",
        accuracy="; ".join(
            (
                measured_once(sum(segment.leg.repeated_km for segment in drawn)),
                *drawn_off_words([segment.leg for segment in drawn]),
                *office_lines(segment.leg for segment in drawn),
            )
        ),
        as_of=max(str(segment.properties["as_of"]) for segment in drawn),
        sources=lookup.evidence.drawn_from([segment.properties for segment in drawn]),
        accuracy_m=max(float(segment.properties["accuracy_m"] or 0.0) for segment in drawn),
    )


def segment_length(segment: SegmentFigures, lookup: TableLookup) -> SheetEntry:
    """Return the length of all that is drawn of one segment, as its card has it; what counts with another is said."""
    counted = measured_length(segment.label, [segment], lookup)
    again_km, drawn_km = segment.leg.repeated_km, segment.leg.drawn_km
    if not isinstance(counted, Figure) or not again_km or drawn_km is None:
        return counted
    repeated = f"{kilometres(again_km)} of it count with another segment"
    said = "; ".join((MEASURED, repeated, *drawn_off_words([segment.leg]), *office_lines([segment.leg])))
    return replace(counted, value=drawn_km, accuracy=said)


def accuracy(length: SheetEntry, stretches: Sequence[SegmentFigures]) -> str | None:
    """Return how exactly the lines of a measured length are known, and which of them leave their published length.

    Nothing where none is drawn.
    """
    if not isinstance(length, Figure):
        return None
    return "; ".join(filter(None, (known_to(length.accuracy_m), *drawn_off_words([each.leg for each in stretches]))))


def newest_of(stretches: Sequence[SegmentFigures]) -> str:
    """Return the latest date of what is said of some segments."""
    return day(max(str(segment.properties["as_of"]) for segment in stretches))


def published_range(what: str, stretches: Sequence[SegmentFigures]) -> SheetEntry:
    """Return the sums of the lowest and highest published lengths of some segments, and how many have none."""
    way = [segment.leg for segment in stretches]
    sums = total(way)
    without = sums.without_published
    if without == len(stretches):
        return NOT_FOUND
    missing = f"; {without} of {len(stretches)} segments without a published length are left out" if without else ""
    low, high = sums.published_low, sums.published_high
    sources = {source for known in known_lengths(way) if known.published_km for source in known.sources}
    used = [
        length
        for segment in stretches
        for length in segment.properties["published_lengths"]
        if set(length["sources"]) <= sources
    ]
    return Figure(
        what=what,
        value=low if low == high else bare_range((low, high)),
        unit="km",
        accuracy=f"lowest and highest published figures{missing}",
        as_of=max((length["as_of"] for length in used if length["as_of"]), default="undated"),
        sources=tuple(dict.fromkeys(source for known in known_lengths(way) for source in known.sources)),
    )


def published_length(length: SegmentLength, segment: str) -> Figure:
    """Return a published length; what it measures is said with its accuracy."""
    high = length["km_high"]
    return Figure(
        what=f"Published length of {segment}",
        value=length["km"] if high is None else f"{length['km']:g} to {high:g}",
        unit="km",
        accuracy=f"{PUBLISHED}; it measures: {measured_part(length)}",
        as_of=length["as_of"] or "undated",
        sources=tuple(length["sources"]),
        by=length["by"] or "",
    )


def delimited(crossing: CrossingProperties) -> str:
    """Return whether the border is delimited where it is crossed."""
    return {True: "yes", False: "no", None: "not examined"}[crossing["delimited"]]
