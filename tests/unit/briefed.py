"""The desk and the shipped stories in words, made once for all tests of a process."""

from datetime import date
from functools import cache

from corridor.pages._stories import desk
from corridor.present.briefing import Briefing, brief
from corridor.present.scene_view import StoryView

MADE_ON = date(2026, 6, 9)
SHIPPED = ("declaration-on-the-map", "options-side-by-side")


@cache
def briefing(story: str) -> Briefing:
    return brief(desk().stories[story], desk(), MADE_ON)


def view(story: str) -> StoryView:
    return briefing(story).view
