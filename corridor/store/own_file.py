"""What is known of one file that a visitor keeps here: where it came from, where it lies, what its visitor accepted."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path

from corridor.assessing.accuracy import AS_THE_DATA, Tolerance
from corridor.candidates import Mode

#: The first hexadecimal digits of a file's SHA-256, six or as many as tell it from the others of its visit.
FileId = str
#: What the id of a route of a visitor's own file begins with, on maps, in lists and in addresses.
OWN_ROUTE = "own/"


def own_route_id(file: FileId, number: int | str) -> str:
    """Return the id of a route of a file, counted from 1; it means something within its visit only.

    Without a number ("") it is what the ids of all its routes begin with.
    """
    return f"{OWN_ROUTE}{file}/{number}"


class FileSource(StrEnum):
    """How a file came into a visit."""

    UPLOADED = "uploaded"
    PASTED = "pasted"
    SAMPLE = "sample"
    MENDED = "mended"
    EDITED = "edited"
    DRAWN = "drawn"
    CANDIDATE = "candidate"


@dataclass(frozen=True, slots=True)
class FileOrigin:
    """Where a file comes from.

    `file` and `sha256` name what a mended or edited one was made from and `changes` says what was changed; `sample` is
    the code of a shipped sample, `candidate` the id of a shipped candidate.
    """

    source: FileSource
    file: FileId | None = None
    sha256: str | None = None
    sample: str | None = None
    candidate: str | None = None
    changes: str = ""


@dataclass(frozen=True, slots=True)
class OwnFile:
    """A file of a visit; the name is the visitor's own and is shown as text only.

    `size` is in bytes, `kept_on` the day to be shown, `path` where the bytes lie. `accepted` are the mends the
    visitor accepted, with the choice made where there is one; `tolerance` is what was set instead of the data's own
    accuracies, `mode` what the visitor said its routes are, None where that is left to the file.
    """

    id: FileId
    name: str
    sha256: str
    size: int
    kept_on: date
    origin: FileOrigin
    path: Path
    accepted: Mapping[str, str | None] = field(default_factory=dict)
    tolerance: Tolerance = AS_THE_DATA
    mode: Mode | None = None
