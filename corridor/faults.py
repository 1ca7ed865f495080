"""What can be said about a reader's own file: a finding, how serious it is, and where in the file it stands."""

from dataclasses import dataclass
from enum import StrEnum

#: A JSON Pointer without escapes needed by us: "/features/0/geometry/coordinates/3".
JsonPath = str


class Severity(StrEnum):
    """How much a finding weighs: an error breaks RFC 7946 or the geometry, a warning misleads, a note informs."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing noticed in a file.

    `path` points into the JSON, `line` and `column` (from 1, columns counted in characters) into its text, `feature`
    counts from 0, `lon` and `lat` are degrees on WGS84; each is None where the finding has no such place.
    `blocks` says that no route can be taken from the file as long as it stands.
    """

    code: str
    severity: Severity
    says: str
    advice: str
    path: JsonPath | None = None
    line: int | None = None
    column: int | None = None
    feature: int | None = None
    lon: float | None = None
    lat: float | None = None
    mendable: bool = False
    blocks: bool = False
