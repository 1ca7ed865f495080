"""What an office adds to the shipped facts: its own statuses, events, figures and lines, each with date and source.

The additions live in a TOML file the office keeps beside the application, one `[[update]]` table each. The file is the
office's own: whatever is wrong with it is a value to show, never an exception, and the application goes on without the
entries it cannot use. No addition ever changes a shipped fact.
"""

import re
import time
from collections.abc import Collection, Mapping
from dataclasses import field, fields
from datetime import date
from functools import lru_cache, partial
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Literal, cast

from pydantic import (
    AfterValidator,
    BeforeValidator,
    ConfigDict,
    StrictBool,
    StrictFloat,
    StrictStr,
    TypeAdapter,
    ValidationError,
    model_validator,
)
from pydantic.dataclasses import dataclass

from corridor.office import shared_file
from corridor.office.entry_places import EntryPlaces
from corridor.office.given_line import line_in, line_text
from corridor.quantities import day
from corridor.toml_text import DearTextError, parsed_toml

#: Prose written by hand and a line for every segment that is shipped; one larger than this is some other file (bytes).
LARGEST_FILE = 10_000_000
LONGEST_TEXT, MOST_ENTRIES = 500, 2_000
#: Above this a float no longer holds every whole number, and no figure of a railway is near it.
LARGEST_VALUE = 1e15
#: A line known less exactly than this is better left to the drawing that is shipped (metres).
LEAST_EXACT_M = 1_000.0
#: What entries of one kind alone have, with the kind.
ONLY_OF = {"value": "figure", "unit": "figure", "line": "line", "accuracy_m": "line"}
#: Since when a file must lie unchanged before it is not read again (nanoseconds).
SETTLED_NS = 2_000_000_000


def _one_line(text: str, *, required: bool) -> str:
    line = " ".join(text.split())
    if required and not line:
        raise ValueError("is empty; some words were expected")
    if len(line) > LONGEST_TEXT:
        raise ValueError(f"has {len(line)} characters; at most {LONGEST_TEXT} were expected")
    if not line.isprintable():
        raise ValueError("holds a character that cannot be shown; plain text was expected")
    return line


def _iso_day(value: object) -> str:
    if type(value) is date:
        return value.isoformat()
    try:
        return date.fromisoformat(value).isoformat() if isinstance(value, str) else _no_day(value)
    except ValueError:
        return _no_day(value)


def _no_day(value: object) -> str:
    raise ValueError(f"is {value!r}; a day such as 2026-11-23 was expected")


def _web_address(text: str) -> str:
    if text and not re.fullmatch(r"https?://[^\s<>\"']+", text):
        raise ValueError(f"is {text!r}; a full web address (https://...) or nothing was expected")
    return text


def _kept_line(text: str) -> str:
    return text and line_text(line_in(text))


OneLineText = Annotated[StrictStr, AfterValidator(partial(_one_line, required=True))]
Optional = Annotated[StrictStr, AfterValidator(partial(_one_line, required=False))]
UpdateDay = Annotated[StrictStr, BeforeValidator(_iso_day)]


# Not strict as a whole: a strict record takes no table, and a day may be written as a date or as text.
@dataclass(frozen=True, config=ConfigDict(extra="forbid"))
class Update:
    """One addition of the office.

    `what` is the status in words, what happened, what the figure counts, or what the line is; a figure also has `value`
    and `unit`. A `line` (the text of a GeoJSON LineString, lon/lat degrees), known to `accuracy_m` metres to the side,
    is drawn and measured in place of the shipped one of a segment. `feature` is the id of what it is about and may be
    left out for an event only. `date` is the ISO day the fact holds from, `added` the ISO day it was entered ("" when
    the office wrote the file by hand without it), `initials` those of who entered it. `expected` says that a day
    still to come is meant; without it an entry of such a day is not used.
    """

    kind: Literal["status", "event", "figure", "line"]
    what: OneLineText
    date: UpdateDay
    source: OneLineText
    feature: Optional = ""
    value: StrictFloat | None = None
    unit: Optional = ""
    line: Annotated[StrictStr, AfterValidator(_kept_line)] = field(default="", repr=False)
    accuracy_m: StrictFloat | None = None
    link: Annotated[StrictStr, AfterValidator(_web_address)] = ""
    initials: Optional = ""
    added: Annotated[StrictStr, BeforeValidator(lambda value: value and _iso_day(value))] = ""
    expected: StrictBool = False

    @model_validator(mode="after")
    def _complete(self) -> "Update":
        if self.kind != "event" and not self.feature:
            raise ValueError(f"lacks the key feature; a {self.kind} says what it is about")
        if self.kind == "figure" and (self.value is None or not self.unit):
            raise ValueError(f"lacks the key {'value' if self.value is None else 'unit'}; a figure has both")
        if self.kind == "line" and not self.feature.startswith("route/"):
            raise ValueError(f"gives {self.feature!r} a line; only a segment, 'route/...', has one")
        if self.kind == "line" and (not self.line or self.accuracy_m is None):
            raise ValueError(f"lacks the key {'accuracy_m' if self.line else 'line'}; a line has both")
        for key, kind in ONLY_OF.items():
            if self.kind != kind and getattr(self, key) not in {"", None}:
                raise ValueError(f"has the key {key}; only a {kind} has it")
        if self.accuracy_m is not None and not 0 < self.accuracy_m <= LEAST_EXACT_M:
            raise ValueError(f"has the accuracy_m {self.accuracy_m:g}; above 0 and at most {LEAST_EXACT_M:g} is wanted")
        if self.value is not None and not abs(self.value) < LARGEST_VALUE:
            raise ValueError(f"has the value {self.value}, which is not a usable number")
        return self

    @property
    def key(self) -> str:
        """Tell this entry from every other by what it says."""
        text = "\n".join(f"{part.name}={getattr(self, part.name)}" for part in fields(self))
        return sha256(text.encode()).hexdigest()[:12]


@dataclass(frozen=True)
class Updates:
    """The usable entries in file order, and one sentence for everything that is wrong with the file."""

    entries: tuple[Update, ...] = ()
    problems: tuple[str, ...] = ()


def read_updates(path: Path, known_ids: Collection[str]) -> Updates:
    """Return what the office's file adds; an entry about an id not among `known_ids` becomes a problem.

    No file is no addition and no problem. Never raises for what the file holds. A file that lies as it was is not read
    again, one that changed a moment ago is: a clock may not tell two changes apart that follow each other at once.
    """
    version, ids = version_of(path), frozenset(known_ids)
    if version is None or time.time_ns() - version[0] < SETTLED_NS:
        return _read(path, ids)
    return _read_once(path, ids, version, date.today())


def version_of(path: Path) -> tuple[int, ...] | None:
    """Return what tells a file and the link to it from every other version of them; None where there is no file."""
    try:
        looks = (path.stat(), path.lstat())
    except (OSError, ValueError):
        return None
    changed = max(look.st_mtime_ns for look in looks)
    return (changed, *(number for look in looks for number in (look.st_ctime_ns, look.st_ino, look.st_size)))


@lru_cache(maxsize=4)
def _read_once(path: Path, known_ids: frozenset[str], _version: tuple[int, ...], _today: date) -> Updates:
    return _read(path, known_ids)


def _read(path: Path, known_ids: frozenset[str]) -> Updates:
    text = read_text(path)
    if not isinstance(text, str):
        return Updates(problems=text.problems)
    try:
        table = parsed_toml(text)
    except DearTextError as error:
        return Updates(problems=(f"{path.name} {error}. It is left out.",))
    except ValueError as error:
        return _entry_by_entry(path, text, known_ids, error)
    listed = table.pop("update", [])
    only = "not known here; only [[update]] entries were expected. It is left out."
    problems = [f"{path.name}, key {key!r}: {only}" for key in table]
    if not isinstance(listed, list):
        return Updates(problems=(*problems, f"{path.name}, key 'update': [[update]] entries were expected."))
    entries: list[Update] = []
    places = EntryPlaces(text)
    for number, entry in enumerate(listed[:MOST_ENTRIES]):
        checked = check_update(entry, known_ids) if isinstance(entry, dict) else ("", "is no table")
        if isinstance(checked, Update):
            entries.append(checked)
        else:
            key, says = checked
            problems.append(f"{path.name}, {places.named(number, key)} {says}. This entry is left out.")
    if len(listed) > MOST_ENTRIES:
        problems.append(_too_many(path, len(listed)))
    return Updates(tuple(entries), tuple(problems))


def _entry_by_entry(path: Path, text: str, known_ids: Collection[str], whole: ValueError) -> Updates:
    """Return the usable entries of a text that is no TOML as a whole: one broken entry hides no other."""
    places = EntryPlaces(text)
    entries: list[Update] = []
    problems: list[str] = []
    for number, start in enumerate(places.starts[:MOST_ENTRIES]):
        try:
            listed = parsed_toml(text[start : places.end(number)])["update"]
        except ValueError as error:
            says = _in_file(_lower_first(str(error)), places.line(start) - 1)
            problems.append(f"{path.name} is not readable TOML: {says}. This entry is left out.")
            continue
        # A header of an entry that parses is a list of one table.
        checked = check_update(cast("list[dict[str, object]]", listed)[0], known_ids)
        if isinstance(checked, Update):
            entries.append(checked)
        else:
            key, says = checked
            problems.append(f"{path.name}, {places.named(number, key)} {says}. This entry is left out.")
    if len(places.starts) > MOST_ENTRIES:
        problems.append(_too_many(path, len(places.starts)))
    if not problems:
        problems.append(f"{path.name} is not readable TOML: {_lower_first(str(whole))}. What is outside is left out.")
    return Updates(tuple(entries), tuple(problems))


def _too_many(path: Path, count: int) -> str:
    return f"{path.name} has {count:,} entries; the first {MOST_ENTRIES:,} are read and the others left out."


def _in_file(says: str, lines_before: int) -> str:
    """Return what is wrong with a part of a file, with the lines it names counted from the beginning of the file."""
    return re.sub(r"\bat line (\d+)", lambda said: f"at line {int(said[1]) + lines_before}", says)


def read_text(path: Path) -> str | Updates:
    """Return the file's text, "" when there is none, or Updates holding the sentence why it cannot be read."""
    try:
        content = shared_file.read(path, LARGEST_FILE + 1)
        if len(content) > LARGEST_FILE:
            return Updates(problems=(f"{path.name} is larger than {LARGEST_FILE:,} bytes. It is left out.",))
        return content.decode("utf-8")
    except FileNotFoundError:
        return ""
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        return Updates(problems=(f"{path.name}, line {line}: not UTF-8 text, as TOML must be. It is left out.",))
    except OSError as error:
        return Updates(problems=(f"{path.name} cannot be read: {reason(error)}. It is left out.",))


def reason(error: OSError) -> str:
    """Return why the machine could not do something with a file, to stand within a sentence."""
    return _lower_first(error.strerror or str(error))


_ADAPTER = TypeAdapter(Update)


def check_update(entry: Mapping[str, object], known_ids: Collection[str]) -> Update | tuple[str, str]:
    """Return the entry as an Update, or the key that is wrong ("" for the entry as a whole) and what is wrong."""
    try:
        update = _ADAPTER.validate_python(dict(entry))
    except ValidationError as error:
        fault = error.errors()[0]
        return ".".join(str(part) for part in fault["loc"]), _said(fault["type"], fault["msg"])
    if update.feature and update.feature not in known_ids:
        expected = "an id such as 'route/tripp-rail' was expected"
        return "feature", f"is {update.feature!r}, which this application does not know; {expected}"
    if update.date > date.today().isoformat() and not update.expected:
        return "date", f"is {day(update.date)}, which is still to come; write expected = true if that is meant"
    return update


def _said(kind: str, message: str) -> str:
    match kind:
        case "missing" | "missing_argument":
            return "is missing; every entry has a kind, what, date and source"
        case "unexpected_keyword_argument":
            return "is not a key of an entry; expected are " + ", ".join(part.name for part in fields(Update))
        case "value_error":
            return message.removeprefix("Value error, ")
        case _:
            return f"is not usable: {_lower_first(message)}"


def _lower_first(message: str) -> str:
    return message[:1].lower() + message[1:]
