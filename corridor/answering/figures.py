"""What a figure is, and the ways an answer may fetch one from the shipped data instead of having it typed in."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from corridor.answering.findings import StatedFact
from corridor.assessing.candidate_lines import counted_legs
from corridor.candidates import Candidate, CandidateId
from corridor.errors import DocumentError
from corridor.land.features import Feature, FeatureId, Properties, RouteProperties, layer_of, properties_of
from corridor.legs import Leg
from corridor.quantities import drawn_twice
from corridor.sources import SourceId
from corridor.texts.documents import Clause, Document
from corridor.texts.instruments import Instrument, Passage, Saying
from corridor.texts.library import Library
from corridor.texts.timeline import Event

#: How exact a figure is, said where its source states no accuracy of its own.
PUBLISHED = "as published; the source states no accuracy"
STATED = "as stated by the source"
MEASURED = "measured on the line as drawn"
COUNTED = "counted in the shipped layers"
#: The accuracy of a figure whose source says "about"; a remark may follow after a semicolon.
APPROXIMATE = "about"
#: The status of a feature of which none was found, and how that is said.
NOT_FOUND, STATE_NOT_FOUND = "not found", "state not found"


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure, status or date with all that must stand beside it.

    `value` is a number in `unit`, or text; a date is ISO text with the unit "date". `accuracy` is said in words;
    `accuracy_m` is how exactly the measured line is known, in metres. `as_of` is an ISO date, month or year, or
    "undated". `words` is how a number is written that stands within a range: the range, without its unit.
    """

    what: str
    value: float | str
    unit: str
    accuracy: str
    as_of: str
    sources: tuple[SourceId, ...]
    by: str = ""
    quote: str = ""
    accuracy_m: float | None = None
    words: str = ""

    @property
    def approximate(self) -> bool:
        """Whether the source says "about": the accuracy is that word, alone or before a remark."""
        return not isinstance(self.value, str) and self.accuracy.partition(";")[0] == APPROXIMATE


def measured_once(repeated_km: float) -> str:
    """Return how exact a length is that was measured, with what its lines draw twice and it counts once."""
    return f"{MEASURED}, {drawn_twice(repeated_km)}" if repeated_km else MEASURED


def status_figure(what: str, properties: Properties) -> Figure:
    """Return the status of a feature with its date and sources, or that none was found."""
    status = properties["status"]
    known = None if status == NOT_FOUND else status
    return Figure(
        what=what,
        value=STATE_NOT_FOUND if known is None else known,
        unit="",
        accuracy="" if known is None else STATED,
        as_of=properties["status_as_of"] or "undated",
        sources=tuple(dict.fromkeys(properties["sources"])),
    )


def count_figure(what: str, count: int, unit: str, among: Iterable[Properties]) -> Figure:
    """Return how many of some features there are, dated and sourced by all that were looked through."""
    among = list(among)
    return Figure(
        what=what,
        value=count,
        unit=unit,
        accuracy=COUNTED,
        as_of=newest(properties["status_as_of"] or properties["as_of"] for properties in among),
        sources=once(source for properties in among for source in properties["sources"]),
    )


@dataclass(frozen=True)
class Evidence:
    """What is shipped, each by id; a saying by the ids of its point and its passage."""

    features: Mapping[FeatureId, Feature]
    events: Mapping[str, Event] = field(default_factory=dict)
    instruments: Mapping[str, Instrument] = field(default_factory=dict)
    clauses: Mapping[str, Clause] = field(default_factory=dict)
    sayings: Mapping[tuple[str, str], tuple[Passage, Saying]] = field(default_factory=dict)
    findings: Mapping[str, StatedFact] = field(default_factory=dict)
    candidates: Mapping[CandidateId, Candidate] = field(default_factory=dict)
    datasets: Collection[SourceId] = frozenset()
    declaration: Document | None = None

    def drawn_from(self, segments: Iterable[Properties]) -> tuple[SourceId, ...]:
        """Return the data some segments were drawn from; all their sources where none is a data set."""
        named = once(source for segment in segments for source in segment["sources"])
        return tuple(source for source in named if source in self.datasets) or named

    def properties(self, feature: FeatureId) -> Properties:
        """Return the properties of a feature; raise DocumentError when it is not shipped."""
        if feature not in self.features:
            raise DocumentError(f"asks for {feature!r}, which is not a shipped feature")
        return self.features[feature]["properties"]

    def segment(self, feature: FeatureId) -> RouteProperties:
        """Return the properties of a segment of a route; raise DocumentError for anything else."""
        self.properties(feature)
        if layer_of(feature) != "route":
            raise DocumentError(f"asks for {feature!r}, which is not a segment of a route")
        return properties_of(self.features[feature], RouteProperties)

    def legs(self, candidate: CandidateId) -> tuple[Leg, ...]:
        """Return the legs of a candidate from its origin to its destination, in the order of travel."""
        if candidate not in self.candidates:
            raise DocumentError(f"asks for the candidate {candidate!r}, which is not in the table")
        return counted_legs(self.candidates[candidate], self.features)


def gathered(
    features: Mapping[FeatureId, Feature],
    library: Library,
    findings: Mapping[str, StatedFact],
    candidates: Mapping[CandidateId, Candidate],
) -> Evidence:
    """Return the evidence of all that is shipped; a saying is found by the ids of its point and its passage."""
    passages = {passage.id: passage for passage in library.parallels.passages}
    return Evidence(
        features=features,
        events=library.timeline,
        instruments=library.instruments,
        clauses={clause.id: clause for clause in library.declaration.clauses},
        sayings={
            (point.id, saying.text): (passages[saying.text], saying)
            for point in library.parallels.points
            for saying in point.sayings
        },
        findings=findings,
        candidates=candidates,
        datasets=frozenset(i for i, source in library.sources.items() if source.kind in {"dataset", "own-work"}),
        declaration=library.declaration,
    )


Keys = Mapping[str, Any]
KnownFigures = Mapping[str, Figure]


@dataclass(frozen=True, slots=True)
class Reference:
    """One way to fetch a figure: its name, what it fetches in one sentence, the keys it needs and may take."""

    name: str
    sentence: str
    needs: frozenset[str]
    fetch: Callable[[str, Keys, Evidence, KnownFigures], Figure]
    may: frozenset[str] = frozenset()


def fetched(
    what: str, entry: Keys, evidence: Evidence, known: KnownFigures, references: Mapping[str, Reference]
) -> Figure:
    """Return the figure that `entry` asks for, called `what`; `known` are the figures fetched before it.

    Raises DocumentError with the rest of a sentence that begins with the place of the entry.
    """
    reference = references.get(entry.get("get", ""))
    if reference is None:
        raise DocumentError(f"has get = {entry.get('get')!r}; one of {', '.join(references)} was expected")
    given = frozenset(entry) - {"get", "what"}
    if missing := reference.needs - given:
        raise DocumentError(f"lacks the key {min(missing)!r}, which get = {reference.name!r} needs")
    if unknown := given - reference.needs - reference.may:
        raise DocumentError(f"has the key {min(unknown)!r}, which get = {reference.name!r} does not know")
    return reference.fetch(what, entry, evidence, known)


def least_exact(drawn: Iterable[Properties]) -> float | None:
    """Return the metres to which the least exact of some features is known; None where none is drawn."""
    return max((properties["accuracy_m"] for properties in drawn if properties["accuracy_m"] is not None), default=None)


def once(ids: Iterable[SourceId]) -> tuple[SourceId, ...]:
    """Return the source ids without repetition, in order."""
    return tuple(dict.fromkeys(ids))


def newest(dates: Iterable[str | None]) -> str:
    """Return the latest of some ISO dates; "undated" when none is known."""
    return max((date for date in dates if date and date != "undated"), default="undated")
