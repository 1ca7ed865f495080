"""How the file of a story is opened: as a value with everything that is to be said of it, whatever the file holds."""

import hashlib
import re
import tomllib
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any, TypeVar

from corridor.reading.faults import Severity
from corridor.storyboard.fields import ROUTE_FIELDS, SCENE_FIELDS, STORY_FIELDS, Field, take
from corridor.storyboard.story import SCHEMA, OwnRoute, Problem, Scene, Story
from corridor.toml_text import check_outside, outside_texts

OpenedRecord = TypeVar("OpenedRecord", Scene, OwnRoute)
LARGEST_FILE = 16_000_000
#: Characters of a file outside its texts, and with the blanks between them; a story of two hundred scenes needs about a
#: fifth of it. What is written anew has more blanks: each value of a list stands on a line of its own, set in by its
#: depth.
MOST_OUTSIDE_TEXTS, MOST_WITH_BLANKS = 300_000, 8_000_000
MOST_SCENES = 200
MOST_ROUTES = 12
#: Sentences about one file; what is beyond them is told by its number.
MOST_TOLD = 200
_NO_BLANKS = dict.fromkeys(map(ord, " \t\r\n"))
#: How deep lists and tables stand in each other, and how many values they hold; the form of a story needs four, and two
#: hundred scenes have about 4,000.
MOST_NESTED, MOST_VALUES = 10, 20_000
#: Whole numbers of TOML have 64 bits; Python reads longer ones, and cannot write those of thousands of digits.
LARGEST_NUMBER = 2**63


@dataclass(frozen=True, slots=True)
class Opened:
    """A file of a story: the story, None when it is none, what is to be told, and the file's SHA-256."""

    story: Story | None
    problems: tuple[Problem, ...]
    sha256: str


def open_story(data: bytes, name: str) -> Opened:
    """Return the story in a file called `name`; never raises for what the file holds."""
    digest = hashlib.sha256(data).hexdigest()
    try:
        table = _table(data)
    except ValueError as error:
        sentence = f"{name} {error}; a story file was expected. Nothing of it is opened."
        return Opened(None, (Problem(Severity.ERROR, "", "", sentence),), digest)
    problems: list[Problem] = []
    schema = _schema(table.pop("schema", None), name, problems)
    scenes = _records(table.pop("scene", []), "scene", SCENE_FIELDS, name, problems, _scene)
    routes = _records(table.pop("route", []), "route", ROUTE_FIELDS, name, problems, _route)
    taken = take(STORY_FIELDS, table)
    problems[:0] = [
        Problem(severity, "", key, f"{name}, key {key!r}: {says}.") for severity, key, says in taken.problems
    ]
    own_id = re.sub(r"[^A-Za-z0-9_-]+", "-", name.rpartition(".")[0] or name).strip("-_")[:60] or "story"
    # An id that is none is replaced, as those of scenes and routes are; kept, it would stand beside the new one.
    kept = {key: value for key, value in taken.kept.items() if key != "id"}
    story = Story(
        **({"id": own_id, "title": ""} | taken.values), scenes=scenes, routes=routes, schema=schema, kept=kept
    )
    if not story.title:
        problems.append(Problem(Severity.WARNING, "", "title", f"{name}, key 'title': a story has a title."))
    if not story.scenes:
        problems.append(Problem(Severity.WARNING, "", "scene", f"{name} has no [[scene]]; there is nothing to show."))
    if len(problems) > MOST_TOLD:
        more = f"{name} has {len(problems) - MOST_TOLD:,} further faults like these; they are not listed."
        problems[MOST_TOLD:] = [Problem(Severity.WARNING, "", "", more)]
    return Opened(story, tuple(problems), digest)


def _table(data: bytes) -> dict[str, Any]:
    """Return the table of a file shaped like a story; raise ValueError with the rest of a sentence for any other."""
    if len(data) > LARGEST_FILE:
        raise ValueError(f"has {len(data):,} bytes, more than the {LARGEST_FILE:,} that are read")
    try:
        text = data.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise ValueError(f"is not UTF-8 text at line {line}") from None
    outside = outside_texts(text)
    if len(outside) > MOST_WITH_BLANKS or len(outside.translate(_NO_BLANKS)) > MOST_OUTSIDE_TEXTS:
        raise ValueError(f"has more than {MOST_OUTSIDE_TEXTS:,} characters outside its texts")
    check_outside(outside)
    try:
        table = tomllib.loads(text)
    except RecursionError:
        raise ValueError("nests brackets too deeply to be read") from None
    except ValueError as error:  # a number of thousands of digits is no TOMLDecodeError
        raise ValueError(f"is not readable TOML ({str(error)[:1].lower()}{str(error)[1:200]})") from None
    _check_values(table)
    for key, most in (("scene", MOST_SCENES), ("route", MOST_ROUTES)):
        entries = table.get(key, [])
        if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
            raise ValueError(f"has the key {key!r} in another form than [[{key}]]")
        if len(entries) > most:
            raise ValueError(f"has {len(entries):,} [[{key}]] entries, more than the {most} that are read")
    if "schema" not in table and "scene" not in table:
        raise ValueError("has neither 'schema' nor [[scene]]")
    return table


def _check_values(table: dict[str, Any]) -> None:
    """Raise ValueError with the rest of a sentence for what could be read and not be written again."""
    level: list[Any] = [table]
    count = 0
    for _ in range(MOST_NESTED):
        level = [value for each in level for value in (each.values() if isinstance(each, dict) else each)]
        count += len(level)
        if count > MOST_VALUES:
            raise ValueError(f"has more than {MOST_VALUES:,} values")
        if any(isinstance(value, int) and not -LARGEST_NUMBER <= value < LARGEST_NUMBER for value in level):
            raise ValueError("has a whole number of more than 64 bits")
        level = [value for value in level if isinstance(value, dict | list)]
    if level:
        raise ValueError(f"has lists or tables more than {MOST_NESTED} deep in each other")


def _schema(value: object, name: str, problems: list[Problem]) -> int:
    if isinstance(value, int) and not isinstance(value, bool) and value >= SCHEMA:
        if value > SCHEMA:
            sentence = (
                f"{name} was written in version {value} of the form of stories; this application knows version "
                f"{SCHEMA}. What it understands is shown, everything else is kept as it is."
            )
            problems.append(Problem(Severity.WARNING, "", "schema", sentence))
        return value
    sentence = f"{name}, key 'schema': {SCHEMA} was expected; the file is read as version {SCHEMA}."
    problems.append(Problem(Severity.WARNING, "", "schema", sentence))
    return SCHEMA


def _records(
    entries: list[dict[str, object]],
    what: str,
    fields: Sequence[Field],
    name: str,
    problems: list[Problem],
    make: Callable[[dict[str, Any], dict[str, object]], OpenedRecord],
) -> tuple[OpenedRecord, ...]:
    """Return the entries as records, each under an id of its own; a missing or doubled one is replaced and told."""
    asked: list[object] = [entry.get("id") for entry in entries]
    records: list[OpenedRecord] = []
    used: set[str] = set()
    for number, (entry, written) in enumerate(zip(entries, asked, strict=True), start=1):
        taken = take(fields, entry)
        identity = taken.values.get("id", "")
        if not identity or identity in used:
            identity = free_id(f"{what}-{number}", {*used, *(wanted for wanted in asked if isinstance(wanted, str))})
            expected = "stands in the file twice" if written in used else "is missing or is no id"
            sentence = (
                f"{name}, {what} number {number}, key 'id': it {expected}; the {what} is called {identity!r} here."
            )
            problems.append(Problem(Severity.WARNING, identity if what == "scene" else "", "id", sentence))
        used.add(identity)
        scene = identity if what == "scene" else ""
        for severity, key, says in taken.problems:
            if key != "id":
                sentence = f"{name}, {what} {identity!r}, key {key!r}: {says}."
                problems.append(Problem(severity, scene, key, sentence))
        kept = {key: value for key, value in taken.kept.items() if key != "id"}
        records.append(make(taken.values | {"id": identity}, kept))
    return tuple(records)


def _scene(values: dict[str, Any], kept: dict[str, object]) -> Scene:
    return Scene(**({"kind": ""} | values), kept=kept)


def _route(values: dict[str, Any], kept: dict[str, object]) -> OwnRoute:
    return OwnRoute(**values, kept=kept)


def free_id(wanted: str, used: Collection[str]) -> str:
    """Return `wanted`, or it with the first number that makes it an id nobody uses."""
    if wanted not in used:
        return wanted
    return next(name for number in count(2) if (name := f"{wanted[:50]}-{number}") not in used)
