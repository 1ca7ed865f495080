"""How a story is changed: every change gives a new story, and a history takes it back.

An id that is not in the story changes nothing, so that a button pressed twice does no harm.
"""

import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields, replace
from itertools import chain
from typing import Any

from corridor.reading.faults import Severity
from corridor.reading.limits import MEGABYTE
from corridor.storyboard.fields import SCENE_FIELDS, STORY_FIELDS, Field, take
from corridor.storyboard.opening import MOST_SCENES, free_id
from corridor.storyboard.story import OwnRoute, Problem, Scene, SceneId, Story, TomlTable

#: Steps that can be taken back, and about the bytes of memory that they may take together; the oldest go first.
MOST_STEPS = 100
MOST_BYTES = 24 * MEGABYTE
#: The fields of a story that hold parts, which its versions share.
PARTED = ("scenes", "routes")


@dataclass(frozen=True, slots=True)
class History:
    """A story with the versions before it, the newest last, and those taken back, the next one last."""

    now: Story
    before: tuple[Story, ...] = ()
    after: tuple[Story, ...] = ()

    def did(self, story: Story) -> "History":
        """Return the history with `story` as the present; the same story again is no step."""
        if story == self.now:
            return self
        before = (*self.before, self.now)[-MOST_STEPS:]
        while before and _bytes_beside(story, before) > MOST_BYTES:
            before = before[1:]
        return History(story, before)

    @property
    def held_bytes(self) -> int:
        """About how many bytes of memory all versions take; what several of them share counts once."""
        return _bytes_beside(None, (self.now, *self.before, *self.after))

    def undo(self) -> "History":
        """Return the history one step back; itself at the beginning."""
        if not self.before:
            return self
        return History(self.before[-1], self.before[:-1], (*self.after, self.now))

    def redo(self) -> "History":
        """Return the history with the step that was taken back last done again; itself when there is none."""
        if not self.after:
            return self
        return History(self.after[-1], (*self.before, self.now), self.after[:-1])


def _bytes_beside(known: Story | None, versions: Iterable[Story]) -> int:
    """Return about the bytes of the scenes, routes and texts of stories, without those of one that is there anyway."""
    seen = {id(part) for part in _parts(known)} if known else set()
    held = 0
    for version in versions:
        for part in _parts(version):
            if id(part) not in seen:
                seen.add(id(part))
                held += _bytes_of(part)
        held += _bytes_of([getattr(version, text.name) for text in fields(version) if text.name not in PARTED])
    return held


def _parts(story: Story) -> Iterable[Scene | OwnRoute]:
    return chain(story.scenes, story.routes)


def _bytes_of(value: object) -> int:
    """Return about the bytes of what a story file can hold: texts, numbers, and lists and tables of them."""
    if isinstance(value, str):
        return sys.getsizeof(value)
    if isinstance(value, Mapping):
        return 100 + sum(_bytes_of(key) + _bytes_of(inner) for key, inner in value.items())
    if isinstance(value, list | tuple):
        return 60 + sum(map(_bytes_of, value))
    if isinstance(value, Scene | OwnRoute):
        return 200 + sum(_bytes_of(getattr(value, part.name)) for part in fields(value))
    return 32


def add(story: Story, scene: Scene, *, before: SceneId = "", after: SceneId = "") -> Story:
    """Return the story with one more scene before or after another, at the end where neither is there.

    A scene whose id is taken gets a free one. A full story stays as it is.
    """
    if len(story.scenes) >= MOST_SCENES:
        return story
    new = replace(scene, id=free_id(scene.id, {other.id for other in story.scenes}))
    place = _place(story, before)
    if place is None:
        follows = _place(story, after)
        place = len(story.scenes) if follows is None else follows + 1
    return replace(story, scenes=(*story.scenes[:place], new, *story.scenes[place:]))


def move(story: Story, identity: SceneId, by: int) -> Story:
    """Return the story with a scene `by` places further on (negative: further back), at most to an end."""
    place = _place(story, identity)
    if place is None:
        return story
    others = [scene for scene in story.scenes if scene.id != identity]
    others.insert(min(max(place + by, 0), len(others)), story.scenes[place])
    return replace(story, scenes=tuple(others))


def duplicate(story: Story, identity: SceneId) -> Story:
    """Return the story with a copy of a scene, under an id of its own, right after it."""
    scene = story.scene(identity)
    return story if scene is None else add(story, scene, after=identity)


def hide(story: Story, identity: SceneId, *, hidden: bool = True) -> Story:
    """Return the story with a scene left out of presenting and exporting, or shown again."""
    return _changed(story, identity, lambda scene: replace(scene, hidden=hidden))


def delete(story: Story, identity: SceneId) -> Story:
    """Return the story without a scene; own routes stay, so that taking back and other scenes find them."""
    return replace(story, scenes=tuple(scene for scene in story.scenes if scene.id != identity))


def edit(story: Story, identity: SceneId, changes: TomlTable) -> tuple[Story, tuple[Problem, ...]]:
    """Return the story with keys of a scene set to values in the form of the file, and what is wrong with those.

    Where a value has not its form nothing is changed. The id of a scene cannot be changed.
    """
    asked = {key: value for key, value in changes.items() if key != "id"}
    values, problems = _checked(SCENE_FIELDS, asked, identity)
    if any(problem.severity is Severity.ERROR for problem in problems):
        return story, problems

    def edited(scene: Scene) -> Scene:
        return replace(scene, **values, kept={key: kept for key, kept in scene.kept.items() if key not in values})

    return _changed(story, identity, edited), problems


def describe(story: Story, changes: TomlTable) -> tuple[Story, tuple[Problem, ...]]:
    """Return the story with its own keys (title, author, handling line ...) set, as `edit` does for a scene."""
    values, problems = _checked(STORY_FIELDS, changes, "")
    if any(problem.severity is Severity.ERROR for problem in problems):
        return story, problems
    return replace(story, **values, kept={k: kept for k, kept in story.kept.items() if k not in values}), problems


def _checked(
    fields: tuple[Field, ...], changes: TomlTable, scene: SceneId
) -> tuple[dict[str, Any], tuple[Problem, ...]]:
    taken = take(fields, changes)
    problems = [
        Problem(
            Severity.ERROR if key in taken.kept else severity,
            scene,
            key,
            f"{key.replace('_', ' ').capitalize()}: {says.partition('; it is kept')[0]}.",
        )
        for severity, key, says in taken.problems
    ]
    return taken.values, tuple(problems)


def _place(story: Story, identity: SceneId) -> int | None:
    return next((number for number, scene in enumerate(story.scenes) if scene.id == identity), None)


def _changed(story: Story, identity: SceneId, change: Callable[[Scene], Scene]) -> Story:
    return replace(story, scenes=tuple(change(scene) if scene.id == identity else scene for scene in story.scenes))


def without_unused_routes(story: Story) -> Story:
    """Return the story without the own routes that stand in no scene, for a file that leaves the house."""
    used = {route for scene in story.scenes for route in scene.routes}
    return replace(story, routes=tuple(route for route in story.routes if route.id in used))
