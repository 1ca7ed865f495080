"""What `corridor brief` does: a story, shipped or a reader's own, written as a file to leave behind."""

import argparse
import hashlib
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from corridor.edition import facts_as_of
from corridor.present.briefing import ADDRESS, Wishes, brief
from corridor.present.desk import Desk, read_desk
from corridor.present.leave_behinds import FORMATS, Format, format_of
from corridor.present.scene_view import StoryView
from corridor.quantities import counted, day, listed
from corridor.reading.faults import Severity
from corridor.route_commands import ERROR_FOUND, FINE, WRONG_USE, json_line, printable
from corridor.storyboard.editing import describe
from corridor.storyboard.opening import LARGEST_FILE, Opened, open_story
from corridor.storyboard.story import Problem

#: What may be chosen for a file, by the names of the options and of the fields of briefing.Wishes.
WISHES = ("paper", "template", "address")


def brief_story(arguments: argparse.Namespace) -> int:
    """Write a story as the file `--to` names, or list the shipped stories and the kinds of file."""
    if arguments.list:
        return _list(read_desk(), as_json=arguments.json)
    if not arguments.story or not arguments.to:
        return _wrong("a story and `--to` are needed, or `--list`")
    kind = format_of(arguments.to)
    if kind is None:
        return _wrong(f"{arguments.to}: the suffix is none of {', '.join(one.suffix for one in FORMATS)}")
    made_on = _made_on(arguments.made_on)
    if made_on is None:
        expected = f"a day such as 2026-06-09, and none before {day(facts_as_of())}, was expected"
        return _wrong(f"--made-on {arguments.made_on}: {expected}")
    wishes = _wishes(arguments, kind)
    if isinstance(wishes, str):
        return _wrong(wishes)
    desk = read_desk()
    opened = _opened(arguments.story, desk)
    if isinstance(opened, str):
        return _wrong(opened)
    if opened.story is None:
        return _told(arguments, kind, None, b"", opened.problems)
    story, wrong = describe(opened.story, {} if arguments.handling is None else {"handling": arguments.handling})
    if any(one.severity is Severity.ERROR for one in wrong):
        return _wrong(f"--handling: {wrong[0].says.rstrip('.')}")
    briefing = brief(story, desk, made_on, told=opened.problems, wishes=wishes)
    data = kind.write(briefing)
    try:
        Path(arguments.to).write_bytes(data)
    except OSError as error:
        return _wrong(f"{arguments.to}: {error.strerror or error}")
    broken = [problem for scene in briefing.measured.resolved(story) for problem in scene.problems]
    return _told(arguments, kind, briefing.view, data, [*opened.problems, *broken])


def _made_on(given: str | None) -> date | None:
    """Return the day a file is made on, today where none is given; None for what is no day the facts can have."""
    try:
        made_on = date.fromisoformat(given) if given else date.today()
    except ValueError:
        return None
    return made_on if made_on >= facts_as_of() else None


def _wishes(arguments: argparse.Namespace, kind: Format) -> Wishes | str:
    """Return what was chosen for the file, or the rest of a sentence why that cannot be had."""
    chosen = {name: value for name in WISHES if (value := getattr(arguments, name)) is not None}
    idle = [name for name in chosen if name not in kind.takes]
    if idle:
        kinds = listed([f".{one.suffix}" for one in FORMATS if idle[0] in one.takes])
        return f"--{idle[0]} is for {kinds} alone; {arguments.to} has no use for it"
    address = chosen.get("address", ADDRESS).rstrip("/")
    if not address.startswith(("http://", "https://")):
        return f"--address {address}: an address such as {ADDRESS} was expected"
    template = b""
    if "template" in chosen:
        try:
            template = Path(chosen["template"]).read_bytes()
        except OSError as error:
            return f"--template {chosen['template']}: {error.strerror or error}"
        if not template:
            return f"--template {chosen['template']}: the file is empty"
    return Wishes(paper=chosen.get("paper", Wishes().paper), template=template, address=address)


def _told(
    arguments: argparse.Namespace, kind: Format, view: StoryView | None, data: bytes, problems: Sequence[Problem]
) -> int:
    """Say what was written and what was noticed; without a view nothing was written."""
    scenes = len(view.shown) if view else 0
    if arguments.json:
        record = {
            "file": arguments.to if view else None,
            "sha256": hashlib.sha256(data).hexdigest() if view else None,
            "format": kind.suffix,
            "story": view.id if view else None,
            "scenes": scenes,
            "problems": [
                {"severity": str(one.severity), "scene": one.scene or None, "key": one.key or None, "says": one.says}
                for one in problems
            ],
        }
        print(json_line(record))
    else:
        made = f"{arguments.to}: {kind.what}; {counted(scenes, 'scene')}, {len(data):,} bytes"
        written = made if view else "nothing written"
        print(printable("\n".join([written, *(f"  {one.severity}: {one.says}" for one in problems)])))
    return ERROR_FOUND if any(one.severity is Severity.ERROR for one in problems) else FINE


def _opened(wanted: str, desk: Desk) -> Opened | str:
    """Return the story of a shipped id or of a file, or the rest of a sentence why there is none."""
    if wanted in desk.stories:
        return Opened(desk.stories[wanted], (), "")
    path = Path(wanted)
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST_FILE + 1)
    except OSError as error:
        known = ", ".join(desk.stories)
        return f"{wanted}: {error.strerror or error}; a story file or one of {known} was expected"
    return open_story(data, path.name)


def _list(desk: Desk, *, as_json: bool) -> int:
    for story in desk.stories.values():
        if as_json:
            print(json_line({"id": story.id, "title": story.title, "scenes": len(story.scenes)}))
        else:
            print(f"{story.id:28} {len(story.scenes):3} scenes  {story.title}")
    if not as_json:
        print("\n".join(["", *(f"--to OUT.{one.suffix:5} {one.what}" for one in FORMATS)]))
    return FINE


def _wrong(says: str) -> int:
    print(printable(f"corridor: {says}."), file=sys.stderr)
    return WRONG_USE
