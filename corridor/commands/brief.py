"""What `corridor brief` does: a story, shipped or a reader's own, written as a file to leave behind."""

import argparse
import hashlib
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from corridor.commands.bounded import ERROR_FOUND, FINE, WRONG_USE, CommandOutput, in_bounds
from corridor.commands.routes import json_line, printable
from corridor.present.briefing_files.formats import FORMATS, Format, format_of
from corridor.present.context import BriefingContext, read_briefing_context
from corridor.present.slides.stage import left_out_of
from corridor.present.story.briefing import ADDRESS, ExportOptions, brief
from corridor.present.story.records import StoryView
from corridor.quantities import counted, day, listed
from corridor.reading.faults import Severity
from corridor.storyboard.editing import describe
from corridor.storyboard.opening import LARGEST_FILE, Opened, open_story
from corridor.storyboard.story import Problem
from corridor.texts.edition import facts_as_of

#: What may be chosen for a file, by the names of the options and of the fields of ExportOptions.
OPTIONS = ("paper", "template", "address")


def brief_story(arguments: argparse.Namespace) -> int:
    """Write a story as the file `--to` names, or list the shipped stories and the kinds of file."""
    return in_bounds(_briefed, arguments)


def _briefed(arguments: argparse.Namespace) -> CommandOutput:
    if arguments.list:
        return _list(read_briefing_context(), as_json=arguments.json)
    if not arguments.story or not arguments.to:
        return _wrong("a story and `--to` are needed, or `--list`")
    kind = format_of(arguments.to)
    if kind is None:
        return _wrong(
            f"{arguments.to}: the suffix is none of {', '.join(file_format.suffix for file_format in FORMATS)}"
        )
    made_on = _made_on(arguments.made_on)
    if made_on is None:
        expected = f"a day such as 2026-08-12, and none before {day(facts_as_of())}, was expected"
        return _wrong(f"--made-on {arguments.made_on}: {expected}")
    options = _options(arguments, kind)
    if isinstance(options, str):
        return _wrong(options)
    context = read_briefing_context()
    opened = _opened(arguments.story, context)
    if isinstance(opened, str):
        return _wrong(opened)
    if opened.story is None:
        return _output(arguments, kind, None, b"", opened.problems)
    story, wrong = describe(opened.story, {} if arguments.handling is None else {"handling": arguments.handling})
    if any(problem.severity is Severity.ERROR for problem in wrong):
        return _wrong(f"--handling: {wrong[0].says.rstrip('.')}")
    briefing = brief(story, context, made_on, problems=opened.problems, options=options)
    data = kind.write(briefing)
    broken = [problem for scene in briefing.measured.resolved(story) for problem in scene.problems]
    left_out = left_out_of(options.template)
    about_template = [Problem(Severity.WARNING, "", "template", left_out)] if left_out else []
    return _output(arguments, kind, briefing.view, data, [*opened.problems, *broken, *about_template])


def _made_on(given: str | None) -> date | None:
    """Return the day a file is made on, today where none is given; None for what is no day the facts can have."""
    try:
        made_on = date.fromisoformat(given) if given else date.today()
    except ValueError:
        return None
    return made_on if made_on >= facts_as_of() else None


def _options(arguments: argparse.Namespace, kind: Format) -> ExportOptions | str:
    """Return what was chosen for the file, or the rest of a sentence why that cannot be had."""
    chosen = {name: value for name in OPTIONS if (value := getattr(arguments, name)) is not None}
    idle = [name for name in chosen if name not in kind.takes]
    if idle:
        kinds = listed([f".{file_format.suffix}" for file_format in FORMATS if idle[0] in file_format.takes])
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
    return ExportOptions(paper=chosen.get("paper", ExportOptions().paper), template=template, address=address)


def _output(
    arguments: argparse.Namespace, kind: Format, view: StoryView | None, data: bytes, problems: Sequence[Problem]
) -> CommandOutput:
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
                {
                    "severity": str(problem.severity),
                    "scene": problem.scene or None,
                    "key": problem.key or None,
                    "says": problem.says,
                }
                for problem in problems
            ],
        }
        said = json_line(record)
    else:
        made = f"{arguments.to}: {kind.what}; {counted(scenes, 'scene')}, {len(data):,} bytes"
        written = made if view else "nothing written"
        said = printable("\n".join([written, *(f"  {problem.severity}: {problem.says}" for problem in problems)]))
    status = ERROR_FOUND if any(problem.severity is Severity.ERROR for problem in problems) else FINE
    return CommandOutput(status, said, data=data if view else None, to=arguments.to)


def _opened(wanted: str, context: BriefingContext) -> Opened | str:
    """Return the story of a shipped id or of a file, or the rest of a sentence why there is none."""
    if wanted in context.stories:
        return Opened(context.stories[wanted], (), "")
    path = Path(wanted)
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST_FILE + 1)
    except OSError as error:
        known = ", ".join(context.stories)
        return f"{wanted}: {error.strerror or error}; a story file or one of {known} was expected"
    return open_story(data, path.name)


def _list(context: BriefingContext, *, as_json: bool) -> CommandOutput:
    stories = context.stories.values()
    if as_json:
        lines = [json_line({"id": story.id, "title": story.title, "scenes": len(story.scenes)}) for story in stories]
        return CommandOutput(FINE, "\n".join(lines))
    lines = [f"{story.id:28} {len(story.scenes):3} scenes  {story.title}" for story in stories]
    return CommandOutput(
        FINE,
        "\n".join([*lines, "", *(f"--to OUT.{file_format.suffix:5} {file_format.what}" for file_format in FORMATS)]),
    )


def _wrong(says: str) -> CommandOutput:
    return CommandOutput(WRONG_USE, err=printable(f"corridor: {says}."))
