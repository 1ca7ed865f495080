"""How the office's file of additions is written: one entry more or one less, everything else left as it stands.

A change is made in the text itself, so that comments, order and entries this application cannot use stay as somebody
wrote them; it is kept only when the file then reads as intended, and it replaces the file in one step.
"""

import json
import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TypeVar

from corridor.office import shared_file
from corridor.office.entry_places import HEADER
from corridor.office.updates import LARGEST_FILE, MOST_ENTRIES, Update, check_update, read_text, reason
from corridor.toml_text import parsed_toml

_ANY_HEADER = re.compile(r"^[ \t]*\[", re.MULTILINE)
Changed = TypeVar("Changed")


@dataclass(frozen=True)
class Removal:
    """An entry that was taken out, and the file's text before and after, so that it can be put back."""

    entry: Update
    before: str
    after: str


def add_update(path: Path, fields: Mapping[str, object], known_ids: Collection[str]) -> tuple[str, ...]:
    """Write one more entry at the end of the file; return what is wrong instead of writing, () when written."""
    update = check_update(fields, known_ids)
    if not isinstance(update, Update):
        key, says = update
        return (f"{key.capitalize() or 'The entry'} {says}.",)

    def added(text: str) -> tuple[str, ...]:
        if any(check_update(entry, known_ids) == update for entry in _entries(text)):
            return ("This entry is in the file already; it was not written twice.",)
        return _replace(path, _with(text, update), [*_entries(text), _said(update)])

    return _changed(path, added)


def remove_update(path: Path, key: str, known_ids: Collection[str]) -> Removal | tuple[str, ...]:
    """Take the entry with this key out of the file; return what was removed, or the sentences why it was not."""

    def removed(text: str) -> Removal | tuple[str, ...]:
        entries = _entries(text)
        checked = [check_update(entry, known_ids) for entry in entries]
        matching = [number for number, update in enumerate(checked) if isinstance(update, Update) and update.key == key]
        if not matching:
            return (f"{path.name} no longer holds this entry.",)
        number = matching[0]
        entry, left = checked[number], entries[:number] + entries[number + 1 :]
        for start, end in _blocks(text):
            after = text[:start] + text[end:].lstrip("\n")
            if isinstance(entry, Update) and _reads_as(after, left):
                return _replace(path, after, left) or Removal(entry, text, after)
        return (f"{path.name} writes this entry in a way that only an editor can change safely.",)

    return _changed(path, removed)


def replace_update(
    path: Path, key: str, fields: Mapping[str, object], known_ids: Collection[str]
) -> Removal | tuple[str, ...]:
    """Put other words in the place of an entry; return the entry that went, or why nothing was changed."""
    update = check_update(fields, known_ids)
    if not isinstance(update, Update):
        wrong, says = update
        return (f"{wrong.capitalize() or 'The entry'} {says}.",)
    if problems := add_update(path, fields, known_ids):
        return problems
    return remove_update(path, key, known_ids)


def undo_removal(path: Path, removal: Removal) -> tuple[str, ...]:
    """Put a removed entry back: where it was if nothing else has changed since, at the end otherwise."""

    def put_back(text: str) -> tuple[str, ...]:
        if text == removal.after:
            return _replace(path, removal.before, _entries(removal.before))
        return _replace(path, _with(text, removal.entry), [*_entries(text), _said(removal.entry)])

    return _changed(path, put_back)


def _changed(path: Path, change: Callable[[str], Changed]) -> Changed | tuple[str, ...]:
    """Return what comes of a change to the file's text while no other process has hold of the file."""
    try:
        with shared_file.alone_with(path):
            text = _readable(path)
            return change(text) if isinstance(text, str) else text
    except shared_file.BusyError:
        return (f"Another program has been changing {path.name} for long, so nothing was written. Try again.",)
    except OSError as error:
        return (f"{path.name} cannot be written: {reason(error)}. Nothing in it was lost.",)


def as_toml(update: Update) -> str:
    """Return the entry as its `[[update]]` table."""
    # A JSON string without control characters is a TOML basic string; Update lets none through.
    # A line holds no apostrophe; as a literal string it stays the GeoJSON an editor can copy.
    lines = [
        f"{key} = '{value}'" if key == "line" else f"{key} = {json.dumps(value, ensure_ascii=False)}"
        for key, value in _said(update).items()
    ]
    return "\n".join(["[[update]]", *lines]) + "\n"


def _said(update: Update) -> dict[str, object]:
    return {key: value for key, value in asdict(update).items() if value is not False and value not in ("", None)}


def _with(text: str, update: Update) -> str:
    kept = text if not text or text.endswith("\n") else text + "\n"
    return kept + ("\n" if kept else "") + as_toml(update)


def _readable(path: Path) -> str | tuple[str, ...]:
    text = read_text(path)
    if not isinstance(text, str):
        return text.problems
    try:
        entries = parsed_toml(text).get("update", [])
    except ValueError as error:
        return (f"{path.name} is not readable TOML, so nothing was written to it: {error}.",)
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        return (f"{path.name}, key 'update': [[update]] entries were expected, so nothing was written to it.",)
    return text


def _entries(text: str) -> list[dict[str, object]]:
    entries = parsed_toml(text).get("update", [])
    return entries if isinstance(entries, list) else []


def _reads_as(text: str, entries: list[dict[str, object]]) -> bool:
    try:
        return _entries(text) == entries
    except ValueError:
        return False


def _replace(path: Path, text: str, entries: list[dict[str, object]]) -> tuple[str, ...]:
    if not _reads_as(text, entries):
        return (f"{path.name} writes its entries in a way that only an editor can add to safely.",)
    if len(entries) > MOST_ENTRIES:
        return (f"{path.name} holds {MOST_ENTRIES:,} entries already, so nothing was written to it. Take some out.",)
    content = text.encode("utf-8")
    if len(content) > LARGEST_FILE:
        return (f"{path.name} would become larger than {LARGEST_FILE:,} bytes, so nothing was written to it.",)
    shared_file.replace(path, content)
    return ()


def _blocks(text: str) -> list[tuple[int, int]]:
    """Return where each entry starts and ends in `text`; a comment above the next entry belongs to that one."""
    blocks = []
    for match in HEADER.finditer(text):
        following = _ANY_HEADER.search(text, match.end())
        lines = text[match.start() : following.start() if following else len(text)].splitlines(keepends=True)
        while following and (not lines[-1].strip() or lines[-1].lstrip().startswith("#")):
            lines.pop()
        blocks.append((match.start(), match.start() + len("".join(lines))))
    return blocks
