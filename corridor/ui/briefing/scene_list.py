"""The scenes of a story as a list: one is chosen, moved, copied, hidden or deleted; every step can be taken back."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from corridor.present.story.records import SceneView, StoryView
from corridor.storyboard import editing
from corridor.storyboard.story import Scene, Story
from corridor.ui.briefing.choosing_story import SCENE, to_story
from corridor.ui.briefing.own_stories import OpenStory, keep, opened
from corridor.ui.frame.labels import as_label
from corridor.ui.frame.office import show_notice
from corridor.ui.visit.visit import current_visit

#: What a new scene can be, with what it is made of at first.
FRESH = Scene("scene", "text", title="New scene", message="What is to be said here.")


def choose_scene(open_story: OpenStory, view: StoryView) -> SceneView | None:
    """Return the scene the address names, the first where it names none; None where the story has none."""
    if not view.scenes:
        show_notice("This briefing has no scene yet. Add one here, or from any page by “Add this view to a briefing”.")
        if open_story.own:
            st.button("Add a scene", on_click=change, args=(open_story.key, partial(editing.add, scene=FRESH)))
        return None
    asked = st.query_params.get(SCENE)
    chosen = view.scene(asked or "") or view.scenes[0]
    if asked is not None and chosen.id != asked:
        show_notice(f"The address asks for the scene “{asked[:60]}”, which this briefing has not; the first is shown.")
    names = {scene.id: _name(scene) for scene in view.scenes}
    st.session_state["scene-list"] = chosen.id
    st.radio(
        "Scenes",
        list(names),
        format_func=lambda identity: names[identity],
        key="scene-list",
        on_change=lambda: to_story(open_story.key, st.session_state["scene-list"]),
    )
    if open_story.own:
        _show_steps(open_story, chosen)
    return chosen


def _name(scene: SceneView) -> str:
    number = f"{scene.number}." if scene.number else "hidden:"
    return as_label(f"{number} {scene.title}")


def _show_steps(open_story: OpenStory, scene: SceneView) -> None:
    steps: tuple[tuple[str, Callable[[Story], Story]], ...] = (
        ("Earlier", partial(editing.move, identity=scene.id, by=-1)),
        ("Later", partial(editing.move, identity=scene.id, by=1)),
        ("Duplicate", partial(editing.duplicate, identity=scene.id)),
        ("Show" if scene.hidden else "Hide", partial(editing.hide, identity=scene.id, hidden=not scene.hidden)),
        ("Delete", partial(editing.delete, identity=scene.id)),
        ("Add a scene", partial(editing.add, scene=FRESH, after=scene.id)),
    )
    with st.container(horizontal=True, key="scene-steps", gap="small"):
        for words, step in steps:
            leads_to = _beside(open_story.story, scene.id) if words == "Delete" else None
            st.button(words, key=f"step-{words}", on_click=change, args=(open_story.key, step, leads_to))


def _beside(story: Story, identity: str) -> str:
    """Return the id of the scene after another, of the one before at the end; "" where it is the only one."""
    ids = [scene.id for scene in story.scenes]
    place = ids.index(identity) if identity in ids else 0
    return next(iter([*ids[place + 1 : place + 2], *ids[max(0, place - 1) : place]]), "")


def change(key: str, step: Callable[[Story], Story], leads_to: str | None = None) -> None:
    """Change a story of the visit by one step, which can be taken back; a story that is gone stays gone.

    `leads_to` is the scene the address names afterwards, "" for none; None leaves it as it is.
    """
    visit = current_visit()
    open_story = opened(visit, key)
    if open_story is not None:
        keep(visit, key, open_story.history.did(step(open_story.story)))
        if leads_to is not None:
            to_story(key, leads_to)
