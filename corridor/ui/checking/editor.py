"""The editor of a line, mounted for the page that checks a route; what it holds is measured over a POST route."""

from collections.abc import Callable, Mapping
from typing import TypedDict

import streamlit as st
from streamlit.components.v2.types import ComponentRenderer

from corridor.present.live_map.folium_script import DRAWN_WINDOW
from corridor.present.own_route.what_if import rests_on
from corridor.present.publication import published
from corridor.ui.shipped import shipped

LOADER = """
const editor = import(new URL("%s/editor.js", window.location.origin).href);
export default async (component) => (await editor).default(component);
"""
#: The POST route; `corridor.web.measuring` answers there.
ADDRESS = "/what-if"
HEIGHT = 560


class EditorOpening(TypedDict, total=False):
    """Which route of which file of the visit is edited; without both a new line is drawn."""

    file: str
    route: int


@st.cache_resource(show_spinner=False)
def _component() -> ComponentRenderer:
    html = '<div class="corridor-reader corridor-map corridor-editor"></div>'
    js = LOADER % published().routes
    return st.components.v2.component("corridor_editor", html=html, js=js, isolate_styles=False)


def show_editor(
    key: str, name: str, opening: EditorOpening, keep: Callable[[str, int, str], None], stop: Callable[[], None]
) -> None:
    """Show the editor of the route `opening` names, {"file": id, "route": number}, or of a new line for {}.

    `name` is what the new route is called unless its maker says otherwise. `keep` is told the draft, the number of the
    last edit in it, and the name; `stop` that nothing is to be kept.
    """
    publication = published()
    _component()(
        key=key,
        data={
            **publication.of_a_map,
            "address": ADDRESS,
            "open": dict(opening),
            "name": name,
            "rests_on": rests_on(shipped().layers),
            "window": list(DRAWN_WINDOW),
            "height": HEIGHT,
            "description": f"Map on which {name} is edited",
        },
        height="content",
        on_kept_change=lambda: _kept(key, keep),
        on_stopped_change=stop,
    )


def _kept(key: str, keep: Callable[[str, int, str], None]) -> None:
    kept = getattr(st.session_state.get(key), "kept", None)
    if isinstance(kept, Mapping):
        draft, applied, name = kept.get("draft"), kept.get("applied"), kept.get("name")
        if isinstance(draft, str) and isinstance(applied, int) and isinstance(name, str):
            keep(draft, applied, name)
