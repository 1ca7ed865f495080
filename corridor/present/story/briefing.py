"""A story ready to be written: the story itself, its scenes in words, and what both were made from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from ipaddress import ip_address
from typing import Literal
from urllib.parse import urlsplit

from corridor.present.context import BriefingContext, StoryMeasurements
from corridor.present.story.records import StoryView
from corridor.present.story.scenes import story_view
from corridor.storyboard.story import Problem, Story

#: Where the application is found unless it is told otherwise; files link to it elsewhere alone.
ADDRESS = "http://127.0.0.1:8501"


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """What somebody who asks for a file may choose; a writer that has no use for a wish leaves it.

    `paper` is the size of printed pages, `template` the bytes of a PPTX file whose look slides take, b"" for ours, and
    `address` where the application is found that links lead to, without a slash at its end.
    """

    paper: Literal["a4", "letter"] = "a4"
    template: bytes = b""
    address: str = ADDRESS

    @property
    def shared_address(self) -> str:
        """The address where others find the application too; "" where it is that of one machine for itself."""
        host = urlsplit(self.address).hostname or ""
        try:
            return "" if ip_address(host).is_loopback or ip_address(host).is_unspecified else self.address
        except ValueError:
            return "" if host == "localhost" or host.endswith(".localhost") else self.address


@dataclass(frozen=True, eq=False)
class Briefing:
    """What every writer is given; most of them need the view and the shipped features (`context.shipped`) alone.

    `problems` is what opening the story's file found.
    """

    story: Story
    view: StoryView
    context: BriefingContext
    measured: StoryMeasurements
    made_on: date
    problems: tuple[Problem, ...] = ()
    options: ExportOptions = ExportOptions()


def brief(
    story: Story,
    context: BriefingContext,
    made_on: date,
    *,
    measured: StoryMeasurements | None = None,
    problems: Sequence[Problem] = (),
    options: ExportOptions | None = None,
) -> Briefing:
    """Return a story ready to be written, as of the day `made_on`; see corridor.present.story.scenes.story_view."""
    routes = measured or StoryMeasurements(context)
    view = story_view(story, context, made_on, measured=routes, problems=problems)
    return Briefing(story, view, context, routes, made_on, tuple(problems), options or ExportOptions())
