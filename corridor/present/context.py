"""All that a briefing is written from: what is shipped, the figures and questions made of it, and routes measured."""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from threading import Lock
from typing import Any

from corridor.answering.figures import Evidence, gathered
from corridor.answering.findings import read_findings
from corridor.answering.questions import Question, read_questions
from corridor.assessing.assessment import Assessment, assess
from corridor.assessing.candidate_routes import assess_candidate
from corridor.assessing.comparison import Comparison, compare
from corridor.assessing.region import Region, read_region
from corridor.candidates import CandidateId
from corridor.land.features import FeatureId, RouteProperties, features_of, shape_of
from corridor.office.lines import lines_of, with_lines
from corridor.office.updates import Update, read_updates
from corridor.present.candidates.legs import TableLookup
from corridor.present.cards.feature import CardLookup
from corridor.present.cartography.land import Land
from corridor.present.versions import Versions
from corridor.reading.route import Route
from corridor.settings import read_settings
from corridor.shipped import Shipped, read_shipped
from corridor.sources import GEODATA
from corridor.storyboard.capturing import TitleWords
from corridor.storyboard.embedding import TakenOut, taken_out
from corridor.storyboard.resolving import ReferenceTargets, ResolvedScene, resolve
from corridor.storyboard.shipped import read_stories
from corridor.storyboard.story import OwnRoute, Story

#: The folders and files of geodata/ that figures, texts and maps are made of.
RESTS_ON = (
    "catalogue.toml",
    "layers/*",
    "sources/*.toml",
    "tables/candidate.toml",
    "texts/*.toml",
)


@dataclass(frozen=True, eq=False)
class BriefingContext:
    """What is shipped, read and checked once; what takes long is done when it is first asked for, and once."""

    shipped: Shipped
    evidence: Evidence
    questions: tuple[Question, ...]
    root: Path = GEODATA

    @cached_property
    def known(self) -> ReferenceTargets:
        """What a story may refer to."""
        return ReferenceTargets(
            evidence=self.evidence,
            document=self.shipped.library.declaration,
            ids=self.shipped.known_ids,
            layers=self.shipped.switches,
            questions={question.id: question for question in self.questions},
        )

    @cached_property
    def stories(self) -> dict[str, Story]:
        """The shipped stories by id; raises DocumentError, one sentence, when one of them is broken."""
        return read_stories(self.known, self.root)

    @cached_property
    def table_lookup(self) -> TableLookup:
        """What tables of candidates look up."""
        return TableLookup(self.shipped.labels, self.shipped.by_id, self.evidence)

    @cached_property
    def card_lookup(self) -> CardLookup:
        """What cards of features look up: labels, bounds, sources."""
        library = self.shipped.library
        names = {i: candidate.name for i, candidate in self.shipped.candidates.items()}
        return CardLookup(self.shipped.by_id, self.shipped.layers, library.declaration, library.sources, names)

    @cached_property
    def land(self) -> Land:
        """The shipped land laid flat for static maps."""
        return Land(self.shipped)

    @cached_property
    def boxes(self) -> dict[FeatureId, tuple[float, float, float, float]]:
        """West, south, east and north of every drawn feature, in degrees."""
        drawn = {i: feature for i, feature in self.shipped.by_id.items() if feature["geometry"] is not None}
        return {i: shape_of(feature).bounds for i, feature in drawn.items()}

    @cached_property
    def programmes(self) -> frozenset[str]:
        """The ids of the instruments that are programmes."""
        return frozenset(
            i for i, instrument in self.shipped.library.instruments.items() if instrument.kind == "programme"
        )

    def words(self, story: Story) -> TitleWords:
        """Return what the titles of scenes are made of that are added to a story."""
        own = {route.id: route.title for route in story.routes}
        return TitleWords({**self.shipped.labels, **own}, self.questions, self.programmes)

    @cached_property
    def region(self) -> Region:
        """The land routes are measured against."""
        return read_region(self.root)

    @cached_property
    def drawn_candidates(self) -> tuple[CandidateId, ...]:
        """The candidates of which a part is drawn, in the order of the shipped table."""
        drawn = {i for i, feature in self.shipped.by_id.items() if feature["geometry"] is not None}
        every = self.shipped.candidates.values()
        return tuple(
            candidate.id for candidate in every if any(f"route/{part.segment}" in drawn for part in candidate.segments)
        )

    def candidate_route(self, identity: CandidateId) -> Assessment:
        """Return a candidate of which a part is drawn, measured once; raise KeyError for any other.

        Who asks for one that somebody else has measured at the moment waits for it.
        """
        if identity not in self.drawn_candidates:
            raise KeyError(identity)
        measured, lock = self._measured_candidates
        with lock:
            if identity not in measured:
                assessment = assess_candidate(self.shipped.candidates[identity], self.shipped.by_id, self.region)
                assert assessment is not None
                measured[identity] = assessment
            return measured[identity]

    @cached_property
    def _measured_candidates(self) -> tuple[dict[CandidateId, Assessment], Lock]:
        return {}, Lock()

    @cached_property
    def versions(self) -> Versions:
        """The version of the software and the SHA-256 of each file the figures rest on."""
        paths = sorted(path for pattern in RESTS_ON for path in self.root.glob(pattern))
        hashes = ((path, hashlib.sha256(path.read_bytes()).hexdigest()) for path in paths)
        lines = (
            (f"line added by this office: {feature['id']}", hashlib.sha256(json.dumps(feature["geometry"]).encode()))
            for feature in features_of(self.shipped.features["route"], RouteProperties)
            if "office_line" in feature["properties"]
        )
        return Versions(
            software=f"Declaration Map {version('corridor')}",
            files=(
                *((f"geodata/{path.relative_to(self.root).as_posix()}", digest) for path, digest in hashes),
                *((name, digest.hexdigest()) for name, digest in lines),
            ),
        )


def read_briefing_context(root: Path = GEODATA) -> BriefingContext:
    """Return the context of what is shipped with the lines of the office's file.

    Raises CorridorError, one sentence, when anything shipped is broken; never for what is in the office's file.
    """
    shipped = read_shipped(root)
    lines = lines_of(read_updates(read_settings().office_updates, shipped.known_ids).entries)
    return briefing_context_of(with_lines(shipped, lines, root)[0], root)


def with_lines_of(lines: Sequence[Update], root: Path = GEODATA) -> BriefingContext:
    """Return the context of what is shipped with some lines of an office; raise as `read_briefing_context` does."""
    return briefing_context_of(with_lines(read_shipped(root), lines, root)[0], root)


def briefing_context_of(shipped: Shipped, root: Path = GEODATA) -> BriefingContext:
    """Return the context of what was read and checked; raise DocumentError when a figure or a question is broken."""
    sources = shipped.library.sources
    evidence = gathered(shipped.by_id, shipped.library, read_findings(sources, root), shipped.candidates)
    clauses = [clause.id for clause in shipped.library.declaration.clauses]
    questions = read_questions(evidence, sources, {*shipped.known_ids, *clauses}, root)
    return BriefingContext(shipped, evidence, questions, root)


@dataclass(frozen=True, eq=False, slots=True)
class MeasuredOwnRoute:
    """An own route of a story as it was taken out and measured; `assessment` is None where it has no line."""

    taken: TakenOut
    assessment: Assessment | None

    @property
    def held_bytes(self) -> int:
        """About how many bytes of memory this takes."""
        return len(self.taken.own.geojson) + (self.assessment.held_bytes if self.assessment else 0)


def measured_own_route(
    identity: str, title: str, mode: str, sha256: str, geojson: bytes, tell: Callable[[str], None]
) -> MeasuredOwnRoute:
    """Take an own route out of a story and measure it, in a worker: its text is a stranger's, of any form."""
    tell("reading a route of the briefing")
    taken = taken_out(OwnRoute(identity, title, mode, sha256=sha256, geojson=geojson.decode()))
    tell("measuring a route of the briefing")
    return MeasuredOwnRoute(taken, assess(taken.route, read_region()) if taken.route is not None else None)


#: Own routes and comparisons that are kept for one story, which has at most 12 routes and 200 scenes.
MOST_OWN, MOST_COMPARED = 24, 200


@dataclass
class StoryMeasurements:
    """What was measured for one story, so that it is measured once while the story is edited and shown again.

    Whoever shows a story more than once keeps it beside the story. `given` are own routes measured before, by their id
    in the story.
    """

    context: BriefingContext
    given: Mapping[str, Assessment] = field(default_factory=dict)
    _taken: dict[str, TakenOut] = field(default_factory=dict)
    _resolved: tuple[Story, tuple[ResolvedScene, ...]] | None = None
    _own: dict[Route, Assessment] = field(default_factory=dict)
    _compared: dict[tuple[Assessment, ...], Comparison] = field(default_factory=dict)

    def holds(self, own: OwnRoute) -> bool:
        """Whether an own route was taken out before."""
        return own.id in self._taken and self._taken[own.id].own == own

    def hold(self, own: OwnRoute, measured: MeasuredOwnRoute) -> None:
        """Hold an own route that a worker took out and measured."""
        self._taken[own.id] = replace(measured.taken, own=own)
        if measured.taken.route is not None and measured.assessment is not None:
            self._own[measured.taken.route] = measured.assessment

    def taken_out(self, story: Story) -> Mapping[str, TakenOut]:
        """Return the own routes of a story as lines, by their ids."""
        known = self._taken
        self._taken = {own.id: known[own.id] if self.holds(own) else taken_out(own) for own in story.routes}
        return self._taken

    def resolved(self, story: Story) -> tuple[ResolvedScene, ...]:
        """Return the scenes of a story with all they refer to, hidden ones too."""
        if self._resolved is None or self._resolved[0] is not story:
            self._resolved = (story, resolve(story, self.context.known, self.taken_out(story)))
        return self._resolved[1]

    def own(self, identity: str, route: Route) -> Assessment:
        """Return an own route measured."""
        if identity in self.given:
            return self.given[identity]
        assessment = self._own.get(route)
        if assessment is None:
            assessment = self._own[route] = assess(route, self.context.region)
            _keep_latest(self._own, MOST_OWN)
        return assessment

    def compared(self, assessments: Sequence[Assessment]) -> Comparison:
        """Return routes side by side, the first being the one the others are compared with."""
        key = tuple(assessments)
        comparison = self._compared.get(key)
        if comparison is None:
            comparison = self._compared[key] = compare(key[0], key[1:], self.context.region.labels)
            _keep_latest(self._compared, MOST_COMPARED)
        return comparison

    @property
    def held_bytes(self) -> int:
        """About how many bytes of memory the own routes take, as text, as lines and measured."""
        texts = sum(len(own.geojson) for own in self._resolved[0].routes) if self._resolved else 0
        return 100_000 + texts + sum(assessment.held_bytes for assessment in tuple(self._own.values()))


def _keep_latest(measured: dict[Any, Any], most: int) -> None:
    """Keep what the scenes of a story need, not what every version of it needed."""
    for first in list(measured)[:-most]:
        measured.pop(first, None)
