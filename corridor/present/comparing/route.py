"""A route that is set beside others, a shipped candidate or a reader's own, with all a comparison says of it."""

from dataclasses import dataclass, replace
from datetime import date

from corridor.assessing.assessment import Assessment
from corridor.candidates import CandidateId
from corridor.present.comparing.tables import ComparedLine, line_of
from corridor.present.context import BriefingContext
from corridor.present.own_route.figures import RouteFigures, own_source
from corridor.present.subject import Subject, from_candidates, from_file
from corridor.present.words import first_day
from corridor.sources import Source, SourceId
from corridor.storyboard.open_findings import UNMENDED, MendsSaid


@dataclass(frozen=True, eq=False, slots=True)
class ComparedRoute:
    """One route of a comparison: where it comes from, its numbers, and how exactly and from where its line is known.

    `source` is the reader's own file as a source, None for a shipped candidate, whose sources are shipped too.
    """

    subject: Subject
    line: ComparedLine
    measured: RouteFigures
    source: tuple[SourceId, Source] | None = None

    @property
    def assessment(self) -> Assessment:
        """Its numbers and answers."""
        return self.subject.assessment

    @property
    def candidate(self) -> CandidateId:
        """The id of the shipped candidate it is, "" for a reader's own."""
        return self.subject.origin.candidate


def compared_candidate(identity: CandidateId, context: BriefingContext) -> ComparedRoute:
    """Return a shipped candidate of which a part is drawn; raise KeyError for any other."""
    shipped, candidate, assessment = (
        context.shipped,
        context.shipped.candidates[identity],
        context.candidate_route(identity),
    )
    line = line_of(assessment, candidate, context)
    drawn_on = first_day(shipped.layers["route"].as_of)
    measured = RouteFigures(candidate.name, assessment.measures, context.region, shipped.layers, drawn_on, line.sources)
    return ComparedRoute(Subject(assessment, from_candidates(identity, shipped)), line, measured)


def compared_own(
    assessment: Assessment,
    name: str,
    sha256: str,
    kept_on: date,
    number: int,
    context: BriefingContext,
    open_findings: str = "",
    mends: MendsSaid = UNMENDED,
    called: str = "",
) -> ComparedRoute:
    """Return a route of a reader's file of that name and SHA-256; `number` tells its file from those of the others.

    `open_findings` is what checking the file found and was not mended, `mends` what was changed in it first. `called`
    heads its columns in place of its name, where several have the same.
    """
    source: SourceId = f"own-file-{number}"
    line = line_of(assessment, None, context, (source,))
    line = replace(line, name=called or line.name)
    measured = RouteFigures(line.name, assessment.measures, context.region, context.shipped.layers, kept_on, (source,))
    own_sources = (source, own_source(name, sha256, kept_on))
    return ComparedRoute(
        Subject(assessment, from_file(name, sha256, open_findings, mends)), line, measured, own_sources
    )
