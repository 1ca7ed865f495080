"""What is worked out from a visitor's file: how it reads, what was mended, the numbers and answers of its routes."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import numpy as np
import orjson
from numpy.typing import NDArray

from corridor.assessing.accuracy import AS_THE_DATA, Tolerance
from corridor.assessing.assessment import Assessment, assess
from corridor.assessing.border_cache import RememberingRegion, remembering
from corridor.assessing.comparison import Comparison, compare
from corridor.assessing.region import Region, read_region
from corridor.assessing.shifted import Shifts, shifts
from corridor.assessing.thinning import DRAWN_VERTICES, drawn
from corridor.assessing.thresholds import Span, answer_spans
from corridor.candidates import Mode
from corridor.reading.formats.conversion import is_json_like
from corridor.reading.formats.json_text import parse, utf8_text
from corridor.reading.formats.other_json import is_of_another_form
from corridor.reading.ledger import OfferedRepair
from corridor.reading.limits import LIMITS, Limits
from corridor.reading.mend import Mended, mend, offered_repairs
from corridor.reading.route import Reading, Route, read_route
from corridor.store.freed_memory import suit_freed_memory_to

#: Tells in a few words what is being done at the moment.
Tell = Callable[[str], None]

#: Routes of one file that are measured; a file with more is told so, and the command line measures more.
MOST_ROUTES = 50
#: Vertices with which all routes of a file together are drawn.
DRAWN_TOGETHER = 20_000
#: Up to this size, this many positions, and this many lines or parts of lines, GeoJSON is looked at at once.
SMALL_BYTES = 100_000
FEW_POSITIONS, FEW_LINES = 200, 2
NOT_BRACKETS = bytes(set(range(256)) - set(b"[]{}"))
#: Among the brackets of a file: how a position begins, and where the last of a line ends, and the line with it.
POSITION, END_OF_LINE = b"[", b"]]"
#: A mend may make positions of what is no list of two: of numbers in a row, in objects, in texts. With three numbers to
#: a position and as many beside it nothing is mistaken.
NUMBER, FEW_NUMBERS = re.compile(rb"[0-9]++(?:\.[0-9]++)?+"), 6 * FEW_POSITIONS
#: A text of JSON, and bytes of the longest that a name or a note needs: a longer one may hold a packed line.
JSON_TEXT, LONGEST_TEXT = re.compile(rb'"(?:[^"\\]++|\\.)*+"', re.DOTALL), 2_000


@dataclass(frozen=True, slots=True)
class Request:
    """A file to be looked at: where its bytes lie, what it is called, and what the visitor accepted, set and said."""

    path: Path
    sha256: str
    name: str
    accepted: tuple[tuple[str, str | None], ...] = ()
    tolerance: Tolerance = AS_THE_DATA
    limits: Limits = LIMITS
    mode: Mode | None = None


@dataclass(frozen=True, eq=False, slots=True)
class FileAnalysis:
    """What a file comes to.

    `mended` holds the reading as given and after the accepted mends, both without the bytes of the file, and the mended
    text where something was changed (else none). `assessments` are the first MOST_ROUTES routes after the mends and
    `drawn` their parts for a map, (n, 2) rows of (lon, lat) in degrees, thinned where there are many.
    `offers` say what each mend that is left to accept would do.
    """

    mended: Mended
    assessments: tuple[Assessment, ...]
    drawn: tuple[tuple[NDArray[np.float64], ...], ...]
    offers: tuple[OfferedRepair, ...] = ()

    @property
    def given(self) -> Reading:
        """The file as it was given."""
        return self.mended.original

    @property
    def reading(self) -> Reading:
        """The file after the accepted mends."""
        return self.mended.reading

    @property
    def held_bytes(self) -> int:
        """About how many bytes of memory this takes."""
        vertices = sum(route.vertices for route in self.reading.routes)
        points = 300 * (len(self.reading.waypoints) + len(self.given.waypoints))
        samples = sum(len(assessment.measures.samples.along_km) for assessment in self.assessments)
        return (
            len(self.mended.data) + 40 * vertices + 100 * samples + 1_000 * len(self.given.findings) + 20_000 + points
        )


def is_small(path: Path) -> bool:
    """Whether a file is looked at within a tenth of a second or so; one that is gone is found gone at once."""
    try:
        return path.stat().st_size <= SMALL_BYTES and is_small_geojson(path.read_bytes())
    except FileNotFoundError:
        return True


def is_small_geojson(data: bytes) -> bool:
    """Whether bytes are GeoJSON, not long, with few lines in it: looked at within a tenth of a second or so.

    A worker would take 10 ms more, and may be busy with somebody's survey of a million vertices. The worst of such
    files, a line that wanders along borders, takes up to half a second of the pages' own processor (measured). Other
    forms of JSON name a line again and again; other formats are read by SQLite, expat and GDAL, which a strange file
    may bring down.
    """
    brackets = data.translate(None, delete=NOT_BRACKETS) if len(data) <= SMALL_BYTES and is_json_like(data) else None
    if brackets is None or brackets.count(POSITION) > FEW_POSITIONS or brackets.count(END_OF_LINE) > FEW_LINES:
        return False
    text = utf8_text(data)
    if any(len(part.group()) > LONGEST_TEXT for part in JSON_TEXT.finditer(text)):
        return False
    if len(NUMBER.findall(text)) > FEW_NUMBERS:
        return False
    try:
        return not is_of_another_form(parse(text))
    except orjson.JSONDecodeError:
        # Mended it may be of any form.
        return False


def region() -> Region:
    """Return the shipped land."""
    return read_region()


def region_at_hand() -> Region:
    """Return the shipped land with all worked out that the first line would wait for, such as the borders' index.

    A process that is forked from this one begins with it: a file in it takes a fifth of the time (measured).
    """
    # A line is measured, so that nobody has to list what is worked out when it is first asked for.
    assess(Route("", [np.array([(46.75, 39.05), (46.4, 38.95), (45.8, 39.0)])], {}), region())
    return region()


@cache
def edited_region() -> RememberingRegion:
    """Return the shipped land for lines that are edited, whose borders remember what was asked."""
    return remembering(region())


def analyse(request: Request, tell: Tell) -> FileAnalysis:
    """Read a file, do the accepted mends, measure and judge its routes; raise FileNotFoundError when it is gone."""
    tell("reading the file and looking for faults")
    data = request.path.read_bytes()
    suit_freed_memory_to(len(data))
    reading = read_route(data, request.name, limits=request.limits)
    if request.accepted:
        tell("mending what was accepted")
    mended = mend(reading, dict(request.accepted))
    if request.mode is not None:
        mended = replace(mended, reading=mended.reading.said_to_be(request.mode))
    routes = mended.reading.routes[:MOST_ROUTES]
    assessments = []
    for number, route in enumerate(routes, start=1):
        tell("measuring the route" if len(routes) == 1 else f"measuring route {number} of {len(routes)}")
        assessments.append(assess(route, region(), request.tolerance))
    if any(finding.mendable for finding in mended.reading.findings):
        tell("working out what each mend would change")
    offers = offered_repairs(mended)
    tell("drawing")
    room = min(DRAWN_VERTICES, DRAWN_TOGETHER // max(1, len(routes)))
    slim = replace(
        mended,
        original=_without_bytes(mended.original),
        reading=_without_bytes(mended.reading),
        data=mended.data if mended.changed else b"",
    )
    return FileAnalysis(slim, tuple(assessments), tuple(drawn(route, room) for route in routes), offers)


def _without_bytes(reading: Reading) -> Reading:
    return replace(reading, data=b"", document=b"")


def turns(assessment: Assessment, tell: Tell) -> dict[str, tuple[Span, ...]]:
    """Return at which accuracy of the border the answers turn; see `corridor.assessing.thresholds.answer_spans`."""
    tell("looking for where answers turn")
    return answer_spans(assessment, region())


def moved_crossing(assessment: Assessment, number: int, tell: Tell) -> Shifts:
    """Return what changes when a crossing moves along its border; see `corridor.assessing.shifted.shifts`."""
    tell("moving the crossing")
    return shifts(assessment, number, region())


def compared(base: Assessment, others: Sequence[Assessment], tell: Tell) -> Comparison:
    """Return routes side by side; see `corridor.assessing.comparison.compare`."""
    tell("comparing")
    return compare(base, others, region().labels)
