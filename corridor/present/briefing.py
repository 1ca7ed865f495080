"""A story ready to be written: the story itself, its scenes in words, and what both were made from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from corridor.present.desk import Desk, Measured
from corridor.present.scene_view import StoryView
from corridor.present.scenes import story_view
from corridor.storyboard.story import Problem, Story


@dataclass(frozen=True, eq=False)
class Briefing:
    """What every writer is given; most of them need the view and the shipped features (`desk.shipped`) alone."""

    story: Story
    view: StoryView
    desk: Desk
    measured: Measured


def brief(
    story: Story,
    desk: Desk,
    made_on: date,
    *,
    measured: Measured | None = None,
    told: Sequence[Problem] = (),
) -> Briefing:
    """Return a story ready to be written, as of the day `made_on`; see corridor.present.scenes.story_view."""
    routes = measured or Measured(desk)
    view = story_view(story, desk, made_on, measured=routes, told=told)
    return Briefing(story, view, desk, routes)
