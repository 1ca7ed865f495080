"""How a part of a file stands to longitude and latitude on WGS84, and what its reader chose."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from corridor.land.geodesy import CRS84, Positions
from corridor.reading.faults import JsonPath, SystemChoice
from corridor.reading.position_runs import PositionRun


class Standing(StrEnum):
    """How the numbers of a part stand to longitude and latitude on WGS84."""

    #: They are that, as the file or its format says.
    PLAIN = "plain"
    #: They were in another system and are converted.
    CONVERTED = "converted"
    #: They are degrees of a datum that is not stated, and are taken as they stand.
    ASSUMED = "assumed"
    #: They are not degrees, and no system is declared.
    UNDECLARED = "undeclared"
    #: What is declared is not known, or is a drawing's own axes, or lacks a datum.
    UNKNOWN = "unknown"
    #: Read as declared, the line lies elsewhere or does not keep its length.
    CONTRADICTED = "contradicted"
    #: So it does when read as was chosen.
    REFUSED = "refused"


#: Parts of which no line is taken.
UNREAD = (Standing.UNDECLARED, Standing.UNKNOWN, Standing.CONTRADICTED, Standing.REFUSED)


@dataclass(frozen=True, slots=True)
class ChosenSystems:
    """What a reader answered: the system of the parts that raise a question, and one for parts that are clear."""

    unclear: str | None = None
    clear: str | None = None


NOTHING_CHOSEN = ChosenSystems()


@dataclass(frozen=True, slots=True, eq=False)
class SystemPart:
    """The lists of positions that one declaration holds for, and how they are read.

    `declared` is the system as the file names it, None where it names none; `named` says that there is a `crs` member,
    `members` where. `lonlat` are the converted positions of all runs, run after run. `system` is what they were read
    in, `chosen` whether a reader said so. `moved_m` is what the change of datum moved them by and `accuracy_m` by how
    much they may still lie elsewhere, in metres, `rival_m` of which is the largest shift to the `rivals`, other systems
    that a reader could have chosen; `fate` says in words what became of a line that was not read.
    """

    runs: Sequence[PositionRun]
    declared: str | None = None
    named: bool = False
    members: tuple[JsonPath, ...] = ()
    standing: Standing = Standing.PLAIN
    system: str | None = CRS84
    lonlat: Positions | None = None
    chosen: bool = False
    northing_first: bool = False
    moved_m: float | None = None
    accuracy_m: float = 0.0
    rivals: int = 0
    rival_m: float = 0.0
    choices: tuple[SystemChoice, ...] = ()
    fate: str = ""

    @property
    def unread(self) -> bool:
        """Whether no line is taken from it."""
        return self.standing in UNREAD

    def converted_runs(self) -> Sequence[PositionRun]:
        """The runs with their positions on WGS84."""
        if self.lonlat is None:
            return self.runs
        ends = np.cumsum([len(run.lonlat) for run in self.runs if run.lonlat is not None])
        pieces = np.split(self.lonlat, ends[:-1])
        return tuple(run.with_numbers(piece, run.beyond) for run, piece in zip(self.runs, pieces, strict=True))
