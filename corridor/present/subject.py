"""A measured route as cards and files speak of it: its name, and where its line comes from."""

from dataclasses import dataclass

from corridor.assessing.assessment import Assessment
from corridor.candidates import CandidateId
from corridor.present.typography.typefaces import writable
from corridor.quantities import day
from corridor.shipped import Shipped
from corridor.storyboard.open_findings import UNMENDED, MendsSaid

NAMELESS = "Route without a name"


@dataclass(frozen=True, slots=True)
class LineOrigin:
    """Where a line comes from, said in a sentence, and the SHA-256 of the file it was taken from.

    `candidate` is the id of a shipped candidate, "" for a reader's own line. `open_findings` is what checking a
    reader's file found and was not mended; `says` ends with it. `mended_sha256` is the hash of the mended copy the line
    was measured on, "" where it is that of the file as sent.
    """

    says: str
    sha256: str
    candidate: CandidateId = ""
    open_findings: str = ""
    mended_sha256: str = ""


@dataclass(frozen=True, eq=False, slots=True)
class Subject:
    """A route of a card with where it comes from."""

    assessment: Assessment
    origin: LineOrigin

    @property
    def name(self) -> str:
        """Its name, or that it has none."""
        return writable(self.assessment.route.name) or NAMELESS


def from_file(name: str, sha256: str, open_findings: str = "", mends: MendsSaid = UNMENDED) -> LineOrigin:
    """Return the origin of a route that was taken from a reader's file of that name and SHA-256, as it was sent.

    `mends` are what was changed in it before the route was measured.
    """
    says = " ".join(filter(None, (taken_from(name), mends.says, open_findings)))
    return LineOrigin(says, sha256, open_findings=open_findings, mended_sha256=mends.sha256)


def taken_from(name: str) -> str:
    """Return from which file of a reader a line was taken, in a sentence."""
    return f"Taken from the file “{name}”, which is not published by this project."


def from_candidates(candidate: CandidateId, shipped: Shipped) -> LineOrigin:
    """Return the origin of a shipped candidate; raise KeyError for an id that is none."""
    known, layer = shipped.candidates[candidate], shipped.layers["route"]
    says = f"Candidate as shipped with the Declaration Map; its segments as of {day(layer.as_of)}."
    return LineOrigin(says, layer.sha256, known.id)
