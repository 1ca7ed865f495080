"""How a story is written as a file: the same story gives the same bytes, and opening them gives the same story."""

import tomli_w

from corridor.storyboard.fields import ROUTE_FIELDS, SCENE_FIELDS, STORY_FIELDS, as_table
from corridor.storyboard.story import Story


def story_bytes(story: Story) -> bytes:
    """Return the story as UTF-8 TOML: known keys in the order of the form, then what was kept of others."""
    table: dict[str, object] = {"schema": story.schema, **as_table(STORY_FIELDS, story, story.kept)}
    if story.scenes:
        table["scene"] = [as_table(SCENE_FIELDS, scene, scene.kept) for scene in story.scenes]
    if story.routes:
        table["route"] = [as_table(ROUTE_FIELDS, route, route.kept) for route in story.routes]
    return tomli_w.dumps(table).encode()
