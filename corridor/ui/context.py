"""The context of a briefing and the shipped stories, once per process."""

from functools import cache

from corridor.present.context import BriefingContext, briefing_context_of
from corridor.storyboard.story import Story
from corridor.ui.shipped import shipped


@cache
def briefing_context() -> BriefingContext:
    """Return all that a briefing is written from."""
    return briefing_context_of(shipped())


def stories() -> dict[str, Story]:
    """Return the shipped stories by id; raise DocumentError, one sentence, when one of them is broken."""
    return briefing_context().stories
