"""What an answer to a question about a route consists of: never a bare yes or no, always the number that decided."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from corridor.assessing.measures import Measures
from corridor.assessing.region import Region
from corridor.land.territory import TerritoryId
from corridor.legs import Leg, Range
from corridor.quantities import bare_kilometres
from corridor.reading.route import Route
from corridor.sources import SourceId


class Answer(StrEnum):
    """What can be said; only the first two compare a line with words of the text."""

    MET = "met"
    NOT_MET = "not-met"
    CANNOT_SAY = "cannot-say"
    INFORMATION = "information"


class Why(StrEnum):
    """Why nothing can be said."""

    TOO_CLOSE = "too-close"
    NO_DATA = "no-data"


@dataclass(frozen=True, slots=True)
class Judgement:
    """An answer with its value and unit, and the sentence that names the number which decided.

    `margin_m` is how far the deciding place is from turning the answer, `tolerance_m` the accuracy of border plus line
    there, both in metres; the answer holds while the margin is the larger. `line_m` is how exactly a measured line is
    known as a whole, by which its length is rounded. `reaches` names the territory at whose
    border the line ends. `details` are further lines, `sources` those of any attribute used.
    """

    answer: Answer
    because: str
    why: Why | None = None
    value: float | None = None
    unit: str | None = None
    margin_m: float | None = None
    tolerance_m: float | None = None
    line_m: float | None = None
    reaches: TerritoryId | None = None
    details: tuple[str, ...] = ()
    sources: tuple[SourceId, ...] = ()


@dataclass(frozen=True, slots=True)
class TableCrossing:
    """A crossing of a shipped candidate as the table has it; `delimited` is None where that was not examined."""

    label: str
    territories: tuple[TerritoryId, ...]
    status: str
    status_as_of: str | None
    delimited: bool | None
    sources: tuple[SourceId, ...]


@dataclass(frozen=True, slots=True)
class Attributes:
    """What sourced statements, not geometry, say of a route; only shipped candidates have them.

    `missing` are the parts that do not exist and `breaks` the changes of gauge or mode, each a sentence; `sources` are
    theirs. `legs` are its segments and `crossings` those between them, both in the order of travel. The length of a leg
    that is drawn and not published lies between the two numbers of `drawn_short` times what is drawn. `part_countries`
    is the country of each part of the drawn line, that of its segment.
    """

    missing: tuple[str, ...] | None = None
    breaks: tuple[str, ...] | None = None
    sources: tuple[SourceId, ...] = ()
    legs: tuple[Leg, ...] = ()
    crossings: tuple[TableCrossing, ...] = ()
    drawn_short: Range = (1.0, 1.0)
    part_countries: tuple[TerritoryId, ...] = ()


@dataclass(frozen=True, eq=False, slots=True)
class Case:
    """All that a rule may look at."""

    route: Route
    measures: Measures
    region: Region
    attributes: Attributes = Attributes()

    def km(self, value: float) -> str:
        """Return a length of the line in km with as many decimals as the line bears, as every table has it."""
        return f"{bare_kilometres(value, self.measures.accuracy.metres)} km"


@dataclass(frozen=True, slots=True)
class Criterion:
    """One question: the clause it belongs to (None: none), its words, the rule in words, and the rule itself.

    `tests_text` is true only where the rule compares a line with words of the clause.
    """

    id: str
    clause: str | None
    question: str
    rule: str
    judge: Callable[[Case], Judgement]
    tests_text: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """A criterion and its judgement of one route."""

    criterion: Criterion
    judgement: Judgement


def information(
    because: str,
    value: float | None = None,
    unit: str | None = None,
    details: tuple[str, ...] = (),
    sources: tuple[SourceId, ...] = (),
) -> Judgement:
    """Return a judgement that only informs; the text sets no measure for it."""
    return Judgement(Answer.INFORMATION, because, value=value, unit=unit, details=details, sources=sources)


def no_data(because: str) -> Judgement:
    """Return "cannot say" for want of data; `because` names what is missing."""
    return Judgement(Answer.CANNOT_SAY, because, why=Why.NO_DATA)
