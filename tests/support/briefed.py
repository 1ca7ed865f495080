"""The context and the shipped stories in words and as files, made once for all tests."""

from datetime import date
from functools import cache

from corridor.present.briefing_files.formats import FORMATS
from corridor.present.story.briefing import Briefing, brief
from corridor.present.story.records import StoryView
from corridor.ui.context import briefing_context
from tests.support.once import once

MADE_ON = date(2026, 8, 12)
SHIPPED = ("declaration-on-the-map", "options-side-by-side")


@cache
def briefing(story: str) -> Briefing:
    return brief(briefing_context().stories[story], briefing_context(), MADE_ON)


def view(story: str) -> StoryView:
    return briefing(story).view


@cache
def shipped_file(story: str, suffix: str) -> bytes:
    """A shipped story as the kind of file of that suffix, as its writer makes it of `briefing(story)`."""
    (kind,) = [kind for kind in FORMATS if kind.suffix == suffix]
    return once(f"{story}.{suffix}".encode(), lambda: kind.write(briefing(story)))
