"""The context of a briefing and the shipped stories, once per process."""

from functools import lru_cache

from corridor.present.context import BriefingContext, briefing_context_of
from corridor.present.publication import MOST_KEPT, Publication, published
from corridor.storyboard.story import Story


def briefing_context() -> BriefingContext:
    """Return all that a briefing is written from, made once for each publication."""
    return _context_of(published())


@lru_cache(MOST_KEPT)
def _context_of(publication: Publication) -> BriefingContext:
    return briefing_context_of(publication.shipped)


def stories() -> dict[str, Story]:
    """Return the shipped stories by id; raise DocumentError, one sentence, when one of them is broken."""
    return briefing_context().stories
