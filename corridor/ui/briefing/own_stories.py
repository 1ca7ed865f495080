"""The stories a visitor can open: the shipped ones, and those of the visit, kept with its files and ended with it."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import count

from corridor.present.context import StoryMeasurements, measured_own_route
from corridor.present.story.records import StoryView
from corridor.present.story.scenes import story_view
from corridor.store.job_queue import Job
from corridor.store.tokens import Token
from corridor.store.visits import Visit
from corridor.store.work import is_small_geojson
from corridor.storyboard.editing import History
from corridor.storyboard.opening import LARGEST_FILE, open_story
from corridor.storyboard.story import Problem, Scene, Story
from corridor.storyboard.writing import story_bytes
from corridor.ui.checking.adding import tell
from corridor.ui.context import briefing_context, stories
from corridor.ui.visit.process import forget_story, histories, job_queue, opened_stories, story_measurements, visits
from corridor.ui.visit.waiting import awaited

#: What the keys of notes begin with that hold a story, and the name of a story of the visit in the address.
NOTE, OWN = "story/", "own-"
UNTITLED = "Untitled briefing"
#: Briefings of one visit; as many as files (corridor/store/visits.py).
MOST_STORIES = 30


@dataclass(frozen=True, slots=True)
class OpenStory:
    """A story as it is open: its name in the address, its versions, and what opening its file found.

    `kept_as` are the token of its visit and the version of its note; "" and its name for a shipped one.
    """

    kept_as: tuple[Token, str]
    key: str
    history: History
    problems: tuple[Problem, ...]

    @property
    def story(self) -> Story:
        """The story as it is now."""
        return self.history.now

    @property
    def own(self) -> bool:
        """Whether it is of the visit and can be changed; a shipped one is copied first."""
        return self.key.startswith(OWN)

    @property
    def measured(self) -> StoryMeasurements:
        """What was measured for it so far, the same for every page that shows it."""
        measurements = story_measurements().get(self.kept_as)
        if measurements is None or measurements.context is not briefing_context():
            measurements = StoryMeasurements(briefing_context())
        # They grow while a page is drawn: their size is that of the page before.
        story_measurements().put(self.kept_as, measurements, measurements.held_bytes)
        token, version = self.kept_as
        if self.own and Visit(visits(), token).note_version(f"{NOTE}{self.key}") != version:
            forget_story(self.kept_as)
        return measurements

    def view(self, *, hidden: bool = False) -> StoryView:
        """Return the story as it is shown today, with its `hidden` scenes where these are asked for."""
        return story_view(
            self.story,
            briefing_context(),
            date.today(),
            measured=self.measured,
            problems=self.problems,
            hidden=hidden,
        )


def routes_measured(visit: Visit, open_story: OpenStory) -> bool:
    """Whether the own routes of a story are at hand; what a worker is still doing, or could not do, is shown.

    Small ones are taken out and measured as the page is drawn.
    """
    measurements = open_story.measured
    for own in open_story.story.routes:
        text = own.geojson.encode()
        if measurements.holds(own) or not text or is_small_geojson(text):
            continue
        about = frozenset({open_story.kept_as[1]})
        asked = Job(
            visit.token, about, measured_own_route, (own.id, own.title, own.mode, own.sha256, text), size=len(text)
        )
        outcome = awaited(
            partial(job_queue().ask, asked),
            asked,
            name=own.title,
            failed=f"The route “{own.title}” of this briefing was not measured.",
            again="Measure it again",
        )
        if outcome is None:
            return False
        measurements.hold(own, outcome)
    return True


def titles(visit: Visit) -> dict[str, str]:
    """Return the titles of all stories at hand by their names in the address, those of the visit first."""
    own = {key.removeprefix(NOTE): _kept(visit, key.removeprefix(NOTE)) for key in visit.note_keys(NOTE)}
    named = {key: f"{story.title or UNTITLED} (yours)" for key, (story, _) in own.items() if story}
    return named | {key: story.title for key, story in stories().items()}


def opened(visit: Visit, key: str) -> OpenStory | None:
    """Return a story at hand, with the versions before it while there is room for them; None for an unknown name."""
    if key in stories():
        return OpenStory(("", key), key, History(stories()[key]), ())
    story, problems = _kept(visit, key)
    if story is None:
        return None
    kept_as = (visit.token, visit.note_version(f"{NOTE}{key}") or "")
    history = histories().get(kept_as)
    if history is None or history.now != story:
        history = History(story)
    return OpenStory(kept_as, key, history, problems)


def _kept(visit: Visit, key: str) -> tuple[Story | None, tuple[Problem, ...]]:
    version = visit.note_version(f"{NOTE}{key}")
    if version is None:
        return None, ()
    # A page opens every story of its visit for its title, and one of 16 MB takes a second.
    read = opened_stories().get((visit.token, version))
    if read is None:
        data = visit.note(f"{NOTE}{key}")
        if data is None:
            return None, ()
        read = open_story(data, f"{key}.toml")
        opened_stories().put((visit.token, version), read, len(data))
        if visit.note_version(f"{NOTE}{key}") != version:
            opened_stories().drop(lambda kept_story: kept_story == (visit.token, version))
    return read.story, read.problems


def keep(visit: Visit, key: str, history: History) -> bool:
    """Keep a story of the visit as it is now; what cannot be kept is told, and the one kept before stays."""
    note = f"{NOTE}{key}"
    data = story_bytes(history.now)
    # Routes add up, and a text may be longer written anew than as it was read; what no page can open would be gone.
    read = open_story(data, f"{key}.toml")
    if read.story is None:
        tell(_not_kept(len(data), read.problems))
        return False
    measured = story_measurements().get((visit.token, visit.note_version(note) or ""))
    refused = visit.put_note(note, data, time.monotonic())
    if refused:
        tell(f"The briefing was not kept. {refused.says}")
        return False
    # What was kept beside the version before went with it.
    kept_as = (visit.token, visit.note_version(note) or "")
    histories().put(kept_as, history, history.held_bytes)
    opened_stories().put(kept_as, read, len(data))
    if measured is not None:
        story_measurements().put(kept_as, measured, measured.held_bytes)
    if visit.note_version(note) != kept_as[1]:
        forget_story(kept_as)
    return True


def _not_kept(size: int, problems: Sequence[Problem]) -> str:
    if size > LARGEST_FILE:
        return (
            f"The briefing would take {size / 1e6:.1f} MB, and at most {LARGEST_FILE / 1e6:.0f} MB are kept. "
            "It stays as it was. Take a long line out of it, or begin another briefing."
        )
    return f"The briefing was not kept, since it could not be opened again. {problems[0].says}"


def begin(visit: Visit, story: Story) -> str | None:
    """Keep a story under a name of its own and return the name; None, told, when there is no room."""
    taken = set(visit.note_keys(NOTE))
    if len(taken) >= MOST_STORIES:
        tell(f"A visit holds at most {MOST_STORIES} briefings. Nothing was lost; delete one and try again.")
        return None
    key = next(name for number in count(1) if f"{NOTE}{(name := f'{OWN}{number}')}" not in taken)
    return key if keep(visit, key, History(story)) else None


def begin_empty(visit: Visit) -> str | None:
    """Begin a story with an opening and an end."""
    scenes = (Scene("start", "start"), Scene("closing", "closing", title="Sources and method"))
    return begin(visit, Story("briefing", UNTITLED, scenes=scenes))


def drop(visit: Visit, key: str) -> None:
    """Delete a story of the visit."""
    visit.drop_note(f"{NOTE}{key}")
