"""A measured route as cards and files speak of it: its name, and where its line comes from."""

from dataclasses import dataclass

from corridor.assessing.assessment import Assessment
from corridor.candidates import CandidateId
from corridor.present.typography.typefaces import writable
from corridor.quantities import day
from corridor.shipped import Shipped

NAMELESS = "Route without a name"


@dataclass(frozen=True, slots=True)
class LineOrigin:
    """Where a line comes from, said in a sentence, and the SHA-256 of the file it was taken from.

    `candidate` is the id of a shipped candidate, "" for a reader's own line. `open_findings` is what checking a
    reader's file found and was not mended; `says` ends with it.
    """

    says: str
    sha256: str
    candidate: CandidateId = ""
    open_findings: str = ""


@dataclass(frozen=True, eq=False, slots=True)
class Subject:
    """A route of a card with where it comes from."""

    assessment: Assessment
    origin: LineOrigin

    @property
    def name(self) -> str:
        """Its name, or that it has none."""
        return writable(self.assessment.route.name) or NAMELESS


def from_file(name: str, sha256: str, open_findings: str = "") -> LineOrigin:
    """Return the origin of a route that was taken from a reader's file of that name and SHA-256."""
    says = f"Taken from the file “{name}”, which is not published by this project."
    return LineOrigin(f"{says} {open_findings}".strip(), sha256, open_findings=open_findings)


def from_candidates(candidate: CandidateId, shipped: Shipped) -> LineOrigin:
    """Return the origin of a shipped candidate; raise KeyError for an id that is none."""
    known, layer = shipped.candidates[candidate], shipped.layers["route"]
    says = f"Candidate as shipped with the Declaration Map; its segments as of {day(layer.as_of)}."
    return LineOrigin(says, layer.sha256, known.id)
