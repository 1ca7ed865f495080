"""Which candidate routes and connections there are, what they connect, and how many km lie in which country.

Candidates are put together from the segments of the route layer. Nothing here ranks them: they stand by mode and then
by name, and only those with one mode, one origin and one destination stand side by side.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BeforeValidator, TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass

from corridor.errors import CatalogueError
from corridor.land.catalogue import read_catalogue, read_features, refuse_unknown_sources
from corridor.land.features import Feature, FeatureId, RouteProperties, properties_of
from corridor.sources import GEODATA, STRICT, SourceId, checked, first_fault, read_sources, read_toml

CandidateId = str
Mode = Literal["rail", "road", "energy", "digital", "air"]
MODES: tuple[Mode, ...] = ("rail", "road", "energy", "digital", "air")
TABLE = "geodata/tables/candidate.toml"

#: What each mode is called on screen.
MODE_WORDS = {"rail": "Railway", "road": "Road", "energy": "Energy", "digital": "Digital", "air": "Air"}


@dataclass(frozen=True, config=STRICT)
class Statement:
    """A sentence with its sources."""

    text: str
    sources: tuple[SourceId, ...]


@dataclass(frozen=True, config=STRICT)
class Said:
    """Who proposed or answered what, and when (ISO date, month or year; None when undated)."""

    by: str
    what: str
    sources: tuple[SourceId, ...]
    as_of: str | None = None
    quote: str | None = None


@dataclass(frozen=True, config=STRICT)
class PublishedLength:
    """A published length in km of more than one segment, or of the whole; `km_high` closes a range."""

    km: float
    what: str
    by: str
    sources: tuple[SourceId, ...]
    km_high: float | None = None
    as_of: str | None = None


@dataclass(frozen=True, config=STRICT)
class Part:
    """A segment of the route layer, or the stretch of it between two named stations or places."""

    segment: str
    start: str | None = None
    end: str | None = None


def _as_part(entry: object) -> object:
    """The two ways a segment is written in the table: its id, or its id with the names of the ends used."""
    if isinstance(entry, str):
        return {"segment": entry}
    if isinstance(entry, dict):
        return {{"from": "start", "to": "end"}.get(key, key): value for key, value in entry.items()}
    return entry


Course = tuple[Annotated[Part, BeforeValidator(_as_part)], ...]


@dataclass(frozen=True, config=STRICT)
class Candidate:
    """One candidate route or connection.

    `segments` lead from origin to destination; `onward` are connecting segments beyond it, which count in no
    comparison. `crossings` are ids of the crossing layer without "crossing/", in the order of travel. An empty
    `proposed_by` or `answered_by` means that none was found. `not_known` names the gaps; each stands with the one
    standard sentence for a gap.
    """

    id: CandidateId
    name: str
    table: Literal["transport", "energy-digital", "air"]
    mode: Mode
    origin: str
    destination: str
    base_case: bool
    segments: Course
    onward: Course
    crossings: tuple[str, ...]
    connects_for_armenia: tuple[Statement, ...]
    connects_for_azerbaijan: tuple[Statement, ...]
    missing_parts: tuple[Statement, ...]
    not_known: tuple[str, ...]
    proposed_by: tuple[Said, ...] = ()
    answered_by: tuple[Said, ...] = ()
    published_totals: tuple[PublishedLength, ...] = ()
    note: str | None = None
    names: tuple[tuple[str | bool, ...], ...] = ()

    @property
    def sources(self) -> tuple[SourceId, ...]:
        """Every source named, once, in the order of the table."""
        statements: list[Statement | Said | PublishedLength] = [
            *self.connects_for_armenia,
            *self.connects_for_azerbaijan,
            *self.missing_parts,
            *self.proposed_by,
            *self.answered_by,
            *self.published_totals,
        ]
        return tuple(dict.fromkeys(source for statement in statements for source in statement.sources))


def read_candidates(root: Path = GEODATA) -> dict[CandidateId, Candidate]:
    """Return every candidate by id, by mode and then by name.

    Raises CatalogueError for a broken entry, an unknown source, or a segment, station or crossing no layer has.
    """
    adapter = TypeAdapter(Candidate)
    sources = read_sources(root)
    catalogue = read_catalogue(root)
    routes = {feature["id"]: feature for feature in read_features(catalogue["route"], root)}
    crossings = {feature["id"] for feature in read_features(catalogue["crossing"], root)}
    candidates: dict[CandidateId, Candidate] = {}
    for number, entry in enumerate(read_toml(root / "tables" / "candidate.toml", root).get("candidate", []), start=1):
        where = f"{TABLE}, candidate {entry.get('id', f'number {number}')!r}"
        try:
            candidate = checked(adapter, entry)
        except ValidationError as error:
            raise CatalogueError(f"{where} has a fault at {first_fault(error)}.") from error
        if candidate.id in candidates:
            raise CatalogueError(f"{where} stands in the table twice; an id is used once.")
        refuse_unknown_sources(candidate.sources, sources, where)
        for crossing in candidate.crossings:
            if f"crossing/{crossing}" not in crossings:
                raise CatalogueError(
                    f"{where} names the crossing {crossing!r}, which the crossing layer does not have."
                )
        for part in (*candidate.segments, *candidate.onward):
            _refuse_unknown_part(part, routes, where)
        candidates[candidate.id] = candidate
    return {
        candidate.id: candidate
        for candidate in sorted(
            candidates.values(), key=lambda candidate: (MODES.index(candidate.mode), candidate.name.casefold())
        )
    }


def _refuse_unknown_part(part: Part, routes: Mapping[FeatureId, Feature], where: str) -> None:
    feature = routes.get(f"route/{part.segment}")
    if feature is None:
        raise CatalogueError(f"{where} names the segment {part.segment!r}, which the route layer does not have.")
    stations = {station["name"] for station in properties_of(feature, RouteProperties)["stations"]}
    for end in (part.start, part.end):
        if end is not None and end not in stations:
            raise CatalogueError(f"{where} names {end!r} on {part.segment!r}, which has no such station or place.")
