"""What a writer of scenes is given: every sentence, number, table and map of a story, in words and ready to be set.

The screen, the slides, the printed pages, the single file and the JSON are all made from these records. A writer lays
them out and formats nothing: a number is `text`, and what has to stand beside it is in its `FigureWords`.

    StoryView
    ├── title, subtitle, author, handling, made_on, age, disclaimer, long_disclaimer, method, versions
    ├── sources           numbered once for the whole story; `FigureWords.sources` are these numbers
    └── scenes            SceneView: kicker, title, message, points, then what there is of
        ├── quote         a clause word for word, cut into runs, the lit phrase marked
        ├── columns       none, or two of equal weight: for Armenia, for Azerbaijan
        ├── facts         figures under headings, one in each row
        ├── lists         statements under headings: proposed by, answered by, not known
        ├── tables, bars  tables with every cell in words; bars for a chart, whose numbers stand in the table
        ├── grounds       the ground along routes, to be drawn at any size, whose figures stand among the facts
        ├── map, caption  what a map has to show, and the words under it
        ├── figures       every figure of the sentences above in full, for the small print
        └── notes         what the speaker says, with figures of its own in `note_figures`
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from corridor.present.candidates.charts import Bar
from corridor.present.cartography.ground_band import BandLook, GroundDrawing
from corridor.present.footnotes import number_runs
from corridor.present.map_request import MapRequest
from corridor.present.sheets import Sheet
from corridor.present.versions import Versions
from corridor.sources import SourceId


@dataclass(frozen=True, slots=True)
class FigureWords:
    """A figure, status, date or sourced statement with all that stands beside it, in words.

    `text` is the value with its unit ("42 km"), `value` without it. `accuracy` and `as_of` are never empty where the
    value is a number; `as_of` is a date in words or "undated". `subject` names the option of whose scene the
    figure is part, where `what` leaves that to the heading. `sources` are numbers of the story's list.
    """

    what: str
    text: str
    value: str
    unit: str
    accuracy: str
    as_of: str
    by: str
    quote: str
    sources: tuple[int, ...]
    subject: str = ""

    @property
    def remarks(self) -> str:
        """What stands beside the value, as one line: accuracy, date, who said it."""
        dated = self.as_of if self.as_of in {"", "undated"} else f"as of {self.as_of}"
        return "; ".join(filter(None, [self.accuracy, dated, f"said by {self.by}" if self.by else ""]))

    @property
    def beside(self) -> str:
        """The remarks, and the numbers of the sources behind them."""
        return f"{self.remarks} [{number_runs(self.sources)}]" if self.sources else self.remarks


@dataclass(frozen=True, slots=True)
class TextRun:
    """A piece of a sentence: words, or the text of a figure, which then has `figure` beside it."""

    text: str
    figure: FigureWords | None = None

    @property
    def cited(self) -> str:
        """The text with the numbers of its sources, "42 km [3]"."""
        return f"{self.text} [{number_runs(self.figure.sources)}]" if self.figure and self.figure.sources else self.text


#: A sentence or statement in pieces.
TextLine = tuple[TextRun, ...]
#: What stands in one cell, each entry under the one before.
Cell = tuple[TextRun, ...]


def cited_line(line: Iterable[TextRun]) -> str:
    """Return a line as text, each figure followed by the numbers of its sources in brackets."""
    return "".join(run.cited for run in line)


@dataclass(frozen=True, slots=True)
class QuoteRun:
    """A piece of a clause; `lit` is true for the phrase of the scene."""

    text: str
    lit: bool


@dataclass(frozen=True, slots=True)
class Quote:
    """A clause word for word; `note` says who carries the text.

    Where a phrase is lit, `relation` says how it stands to what it points to ("Names this land") and `reason` why.
    """

    clause: str
    heading: str
    text: str
    runs: tuple[QuoteRun, ...]
    note: str
    relation: str = ""
    reason: str = ""
    sources: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class StatementColumn:
    """Statements under a heading."""

    heading: str
    statements: tuple[TextLine, ...]


@dataclass(frozen=True, slots=True)
class FactSet:
    """Figures under a heading, one in each row."""

    heading: str
    facts: tuple[FigureWords, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """The headings of the figures as a table; who said one has a column where anybody is named."""
        return ("What", "Figure", "Accuracy", "As of", *(("Said by",) if any(fact.by for fact in self.facts) else ()))

    @property
    def rows(self) -> tuple[tuple[TextRun, ...], ...]:
        """The figures as rows of a table under `columns`."""
        return tuple(
            (
                TextRun(fact.what),
                TextRun(fact.text, fact),
                TextRun(fact.accuracy),
                TextRun(fact.as_of),
                TextRun(fact.by),
            )[: len(self.columns)]
            for fact in self.facts
        )


@dataclass(frozen=True, slots=True)
class StoryTable:
    """A table with every cell in words; the first `heads` columns name a row, `numeric` ones are right-aligned.

    The unit of a numeric column stands in its heading. Under a figure in one of the `dated` columns stands its date.
    `sheet` is the same table for corridor.present.sheets (a page, a CSV file).
    """

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    numeric: tuple[int, ...]
    heads: int
    dated: tuple[int, ...]
    sheet: Sheet

    def date_under(self, run: TextRun, column: int) -> str:
        """Return the date that stands under a piece of a cell, "" where none does."""
        return run.figure.as_of if run.figure and column in self.dated else ""


@dataclass(frozen=True, eq=False, slots=True)
class SceneGround:
    """The ground along a route: what it says in a sentence, its figures, and `draw`, which gives it at any size."""

    name: str
    says: str
    facts: FactSet
    draw: Callable[[BandLook], GroundDrawing]


@dataclass(frozen=True, eq=False, slots=True)
class SceneView:
    """One scene in words; see the module for its parts.

    `number` counts the shown scenes from 1 to `of`; a hidden scene has 0. `kicker` stands over the title. `mode` is
    that of the candidate, for colours. `sources` are the numbers of all sources of the scene. `as_of` says which dates
    its facts have. `link` is path and query of the view on the live page. `problem` is the sentence to show where
    something the scene was made of is not there, "" when all is well; `told` is everything noticed.
    """

    id: str
    number: int
    of: int
    kind: str
    title: str
    kicker: str = ""
    message: TextLine = ()
    points: tuple[TextLine, ...] = ()
    quote: Quote | None = None
    columns: tuple[StatementColumn, ...] = ()
    facts: tuple[FactSet, ...] = ()
    lists: tuple[StatementColumn, ...] = ()
    tables: tuple[StoryTable, ...] = ()
    bars: tuple[Bar, ...] = ()
    grounds: tuple[SceneGround, ...] = ()
    mode: str = ""
    map: MapRequest | None = None
    caption: str = ""
    figures: tuple[FigureWords, ...] = ()
    notes: TextLine = ()
    note_figures: tuple[FigureWords, ...] = ()
    sources: tuple[int, ...] = ()
    as_of: str = ""
    link: str = ""
    hidden: bool = False
    problem: str = ""
    told: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceView:
    """One source as it stands in the list: how it is cited, where it is found, when it was read."""

    number: int
    id: SourceId
    text: str
    reference: str
    url: str
    read: str


@dataclass(frozen=True, slots=True)
class Attribution:
    """What has to be shown for the layers a map of the story draws."""

    layers: tuple[str, ...]
    licence: str
    licence_url: str
    text: str


@dataclass(frozen=True, eq=False, slots=True)
class StoryView:
    """A story in words; `made_on` is the day the file or the presentation was made, in words.

    `age` says how old the facts are on that day. `note` is what is to be said of the quoted text, `method` how lengths
    are measured and candidates compared.
    """

    id: str
    title: str
    subtitle: str
    language: str
    author: str
    handling: str
    made: str
    changed: str
    made_on: str
    scenes: tuple[SceneView, ...]
    sources: tuple[SourceView, ...]
    attributions: tuple[Attribution, ...]
    age: str
    disclaimer: str
    long_disclaimer: str
    note: str
    method: tuple[str, ...]
    versions: Versions
    told: tuple[str, ...] = field(default=())

    @property
    def shown(self) -> tuple[SceneView, ...]:
        """The scenes that are not hidden."""
        return tuple(scene for scene in self.scenes if not scene.hidden)

    def scene(self, identity: str) -> SceneView | None:
        """Return the scene with this id, or None."""
        return next((scene for scene in self.scenes if scene.id == identity), None)
