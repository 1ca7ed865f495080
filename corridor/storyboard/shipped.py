"""Which stories come with the application, read without forgiveness: anything wrong with one is an error."""

from pathlib import Path

from corridor.errors import DocumentError
from corridor.sources import GEODATA
from corridor.storyboard.opening import open_story
from corridor.storyboard.resolving import ReferenceTargets, resolve
from corridor.storyboard.story import Story

FOLDER = "stories"


def read_stories(known: ReferenceTargets, root: Path = GEODATA) -> dict[str, Story]:
    """Return the stories of geodata/stories/ by id, in the order of their file names.

    Raises DocumentError, one sentence naming the file, the scene and the key, for the first thing that would be told
    of a reader's own story: an unknown key, a reference that leads nowhere, an id used twice, no story at all.
    """
    stories: dict[str, Story] = {}
    for path in sorted((root / FOLDER).glob("*.toml")):
        where = f"geodata/{FOLDER}/{path.name}"
        opened = open_story(path.read_bytes(), where)
        if opened.story is None or opened.problems:
            raise DocumentError(opened.problems[0].says)
        story = opened.story
        if story.id != path.stem:
            raise DocumentError(f"{where}, key 'id': it is {story.id!r}; the name of the file was expected.")
        for scene in resolve(story, known):
            if scene.problems:
                says = scene.problems[0].says
                raise DocumentError(f"{where}, {says[:1].lower()}{says[1:]}")
        stories[story.id] = story
    if not stories:
        raise DocumentError(f"geodata/{FOLDER} has no story; at least one was expected.")
    return stories
