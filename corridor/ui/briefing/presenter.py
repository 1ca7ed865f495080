"""The presenter, mounted with all scenes of a story at once, so that presenting needs no server afterwards."""

from collections.abc import Sequence

import streamlit as st
from streamlit.components.v2.types import ComponentRenderer

from corridor.present.publication import published
from corridor.present.story.html import notes_html, scene_html, small_print_html
from corridor.present.story.maps import told_map
from corridor.present.story.records import SceneView, StoryView

LOADER = """
const presenter = import(new URL("%s/presenter.js", window.location.origin).href);
export default async (component) => (await presenter).default(component);
"""


@st.cache_resource(show_spinner=False)
def _component(name: str, tag: str) -> ComponentRenderer:
    html = f'<{tag} class="corridor-reader corridor-map corridor-presenter"></{tag}>'
    js = LOADER % published().presenter
    return st.components.v2.component(name, html=html, js=js, isolate_styles=False)


def mount_presenter(view: StoryView, story: str, *, speaker: bool, notices: Sequence[str] = ()) -> None:
    """Show a story to an audience, or its notes to who speaks; `story` names it in the address."""
    _mount(view, view.shown, story, speaker=speaker, preview=False, notices=notices)


def mount_preview(view: StoryView, scene: SceneView, story: str) -> None:
    """Show one scene within a page as an audience would see it, a hidden one too."""
    _mount(view, (scene,), story, speaker=False, preview=True)


def _mount(
    view: StoryView,
    scenes: Sequence[SceneView],
    story: str,
    *,
    speaker: bool,
    preview: bool,
    notices: Sequence[str] = (),
) -> None:
    publication = published()
    story_record = {
        "key": story,
        "title": view.title,
        "age": view.age,
        "disclaimer": view.disclaimer,
        "handling": view.handling,
        "scenes": [_scene(scene) for scene in scenes],
    }
    # A modal dialog stays above whatever Streamlit shows, and answers, even when Streamlit says its server is gone.
    mount = _component("corridor_preview", "div") if preview else _component("corridor_presenter", "dialog")
    mount(
        key="preview" if preview else "presenter",
        data={
            **publication.of_a_map,
            "speaker": speaker,
            "preview": preview,
            "notices": list(notices),
            "story": story_record,
        },
        height="content",
    )


def _scene(view: SceneView) -> dict[str, object]:
    return {
        "id": view.id,
        "number": view.number,
        "of": view.of,
        "kind": view.kind,
        "title": view.title,
        "html": scene_html(view),
        "small": small_print_html(view),
        "notes": notes_html(view),
        "as_of": view.as_of,
        "caption": view.caption,
        "map": None if view.map is None else told_map(view.map),
    }
