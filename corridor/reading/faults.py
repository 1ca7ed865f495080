"""What can be said about a reader's own file: a finding, how serious it is, and the check that looks for it."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Generic, TypeVar

#: A JSON Pointer (RFC 6901): "/features/0/geometry/coordinates/3"; "" is the whole document.
JsonPath = str
#: A value as the JSON parser returns it, of whatever kind the file holds.
Json = Any
#: An object as the JSON parser returns it; whoever reads one looks at each member before it is used.
JsonMembers = dict[str, Any]
#: What a check looks at: bytes, a parsed document, a line.
CheckSubject = TypeVar("CheckSubject")


class Severity(StrEnum):
    """How much a finding weighs: an error breaks RFC 7946 or the geometry, a warning misleads, a note informs."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Count(int):
    """A number that knows its noun: "{count:vertex lies|vertices lie}" becomes "1 vertex lies" or "2 vertices lie"."""

    def __format__(self, spec: str) -> str:
        """Write the number with the singular or plural of the spec; without a "|" as any whole number."""
        singular, bar, many = spec.partition("|")
        return f"{int(self):,} {singular if self == 1 else many}" if bar else format(int(self), spec)


@dataclass(frozen=True, slots=True)
class SystemChoice:
    """A reference system that the numbers of a file may be in: its name, and where it would put them.

    `lon`, `lat` are degrees on WGS84 of the first position, `shift_m` the largest distance in metres from where the
    first of the choices puts the same positions; `northing_first` says that the two numbers are read in reverse order.
    `lines` are the lines read so, as runs of (lon, lat) in degrees on WGS84, thinned for a small map. `less_likely`
    says that the file names another system, which fits too.
    """

    name: str
    shift_m: float
    lon: float
    lat: float
    northing_first: bool = False
    lines: tuple[tuple[tuple[float, float], ...], ...] = field(default=(), repr=False, compare=False)
    less_likely: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing noticed in a file.

    `path` points into the JSON, `line` and `column` (from 1, columns counted in characters) into its text, `feature`
    counts from 0, `lon` and `lat` are degrees on WGS84; each is None where the finding has no such place.
    `blocks` says that no route can be taken from that part of the file as long as it stands. `choices` are what a mend
    can be told to choose from (reference systems by name), the likeliest first; empty where there is nothing to choose.
    `mendable` says that there is a repair that would change something, `by_name` that it is done only when asked for.
    `systems` says of each of them where it puts the line. `words` are those that the spot gave its sentences. `route`
    is what the route it is said of is called, where a file gives several; "" where it gives one.
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
    by_name: bool = False
    blocks: bool = False
    choices: tuple[str, ...] = ()
    systems: tuple[SystemChoice, ...] = ()
    words: Mapping[str, object] = field(default_factory=dict, repr=False, compare=False)
    route: str = ""


@dataclass(frozen=True, slots=True)
class FaultSpot:
    """Where a check found something, the words its sentence needs, and what its mend can choose from.

    `offset` counts bytes from the start. `mendable` is False where the check's repair would change nothing; `blocks` is
    True where its feature gives no route, though others with the same fault do: there it is an error.
    """

    path: JsonPath | None = None
    feature: int | None = None
    lon: float | None = None
    lat: float | None = None
    offset: int | None = None
    words: Mapping[str, object] = field(default_factory=dict)
    systems: tuple[SystemChoice, ...] = ()
    mendable: bool = True
    blocks: bool = False


#: What checks found, each with the spot it was found at.
FindingsWithSpots = list[tuple[Finding, FaultSpot]]


@dataclass(frozen=True, slots=True)
class Account:
    """What a mend did: vertices moved, added and removed, changes of type in words, parts dropped in words."""

    moved: int = 0
    added: int = 0
    removed: int = 0
    type_changes: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
    other: tuple[str, ...] = ()

    def __add__(self, more: "Account") -> "Account":
        """Return both accounts as one."""
        return Account(
            self.moved + more.moved,
            self.added + more.added,
            self.removed + more.removed,
            self.type_changes + more.type_changes,
            self.dropped + more.dropped,
            self.other + more.other,
        )

    @property
    def nothing(self) -> bool:
        """Whether nothing was changed."""
        return self == Account()


@dataclass(frozen=True, slots=True)
class Given:
    """What a mend may need besides the document: the region, and the mends accepted with the choice made for each."""

    region: tuple[float, float, float, float]
    accepted: Mapping[str, str | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Mend:
    """How a fault is mended: the method in words, and the function that does it and says what it changed.

    `document` mends the parsed JSON in place and returns it; `placed` does so knowing what else is `Given`; `text`
    mends the bytes before they are parsed. One of the three is there. `by_name` marks a repair that could be wrong, or
    that gives something up: it is done only when it is asked for by the code of its check.
    """

    method: str
    document: Callable[[Any], tuple[Json, Account]] | None = None
    placed: Callable[[Any, Given], tuple[Json, Account]] | None = None
    text: Callable[[bytes], tuple[bytes, Account]] | None = None
    by_name: bool = False


@dataclass(frozen=True, slots=True)
class Check(Generic[CheckSubject]):
    """One rule: its code, weight, sentence (with `{words}` of the spot), advice, what finds it and what mends it."""

    code: str
    severity: Severity
    says: str
    advice: str
    find: Callable[[CheckSubject], Iterable[FaultSpot]]
    mend: Mend | None = None
    blocks: bool = False

    def severity_at(self, spot: FaultSpot) -> Severity:
        """Return how grave it is at one spot."""
        return Severity.ERROR if spot.blocks else self.severity

    def finding(self, spot: FaultSpot) -> Finding:
        """Return the finding for one spot; its line and column are added by whoever holds the text."""
        words = {name: Count(word) if type(word) is int else word for name, word in spot.words.items()}
        return Finding(
            code=self.code,
            severity=self.severity_at(spot),
            says=self.says.format(**words),
            advice=self.advice.format(**words),
            path=spot.path,
            feature=spot.feature,
            lon=spot.lon,
            lat=spot.lat,
            mendable=self.mend is not None and spot.mendable,
            by_name=self.mend is not None and spot.mendable and self.mend.by_name,
            blocks=self.blocks or spot.blocks,
            choices=tuple(choice.name for choice in spot.systems),
            systems=spot.systems,
            words=spot.words,
        )


def pointer(path: JsonPath, key: str | int) -> JsonPath:
    """Return `path` extended by one member name or index, escaped as RFC 6901 asks."""
    if isinstance(key, int):
        return f"{path}/{key}"
    return f"{path}/{str(key).replace('~', '~0').replace('/', '~1')}"


def place_words(path: JsonPath) -> str:
    """Return where a path leads, for people: "entry 4" of the list in the file, or "the file" itself."""
    parts = path.split("/")[1:3]
    if len(parts) == 2 and parts[0] == "features" and parts[1].isdecimal():
        return f"entry {int(parts[1]) + 1:,}"
    return "the file"


#: Zero-width non-joiner and joiner, part of the spelling of Persian words.
JOINERS = "\u200c\u200d"


def shown(value: object, longest: int = 40) -> str:
    """Return a value of the file as it can stand in a sentence: one line, printable, cut to `longest` characters.

    The signs that join and part Persian letters are kept; those that turn the direction of a line are not.
    """
    text = value if isinstance(value, str) else repr(value)
    if len(text) <= longest and text.isprintable():
        return text
    text = "".join(c if c.isprintable() or c in JOINERS else "�" for c in text[: longest + 1])
    return f"{text[:longest]}…" if len(text) > longest else text


BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")
#: What parts one piece of text from the next in a file, and letters shown to either side of the first unusual one.
AROUND_WORDS, MOST_SEEN = re.compile(r"[\x00-\x1f\"<>{}\[\]]|  +"), 30


def such_as(text: str) -> str:
    """Return the first words of a text with a letter beyond ASCII, to be judged: ", such as “…”", "" without any."""
    beyond = BEYOND_ASCII.search(text)
    if beyond is None:
        return ""
    at = beyond.start()
    before = AROUND_WORDS.split(text[max(0, at - MOST_SEEN) : at])[-1]
    after = AROUND_WORDS.split(text[at : at + MOST_SEEN])[0]
    return f", such as “{shown((before + after).strip(), 2 * MOST_SEEN)}”"
