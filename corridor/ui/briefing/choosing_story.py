"""Which story is open, named in the address; how one is begun, opened from a file, copied and deleted."""

from collections.abc import Callable
from functools import partial
from pathlib import PurePath

import streamlit as st

from corridor.store.downloads import NotAtHandError
from corridor.store.visits import Visit
from corridor.storyboard.editing import History, without_unused_routes
from corridor.storyboard.opening import LARGEST_FILE, open_story
from corridor.storyboard.writing import story_bytes
from corridor.ui.briefing.own_stories import OpenStory, begin, begin_empty, drop, keep, opened, titles
from corridor.ui.checking.adding import tell
from corridor.ui.context import stories
from corridor.ui.frame.office import show_notice
from corridor.ui.visit.download import show_download
from corridor.ui.visit.uploader import let_go, show_uploader
from corridor.ui.visit.visit import current_visit

#: The names under which the address carries a story and one of its scenes.
STORY, SCENE = "story", "scene"


def choose_story(visit: Visit) -> OpenStory:
    """Return the story the address names, the first at hand where it names none; let the reader choose another."""
    known = titles(visit)
    asked = st.query_params.get(STORY)
    if asked is not None and asked not in known:
        show_notice(
            f"The address asks for the briefing “{asked[:60]}”, which is not here; a briefing of a visit ends with it. "
            f"Something like “{next(iter(stories()))}” was expected."
        )
    key = asked if asked in known else next(iter(known))
    st.session_state[STORY] = key
    st.selectbox(
        "Briefing",
        list(known),
        format_func=lambda story_key: known[story_key],
        key=STORY,
        on_change=lambda: to_story(st.session_state[STORY]),
    )
    story = opened(visit, key)
    assert story is not None
    _show_tools(visit, story)
    return story


def to_story(key: str, scene: str = "") -> None:
    """Let the address name a story, and one of its scenes."""
    st.query_params.from_dict({STORY: key} | ({SCENE: scene} if scene else {}))


def _show_tools(visit: Visit, open_story: OpenStory) -> None:
    """Show what can be done with the story as a whole."""
    with st.container(horizontal=True, key="story-tools"):
        asked = st.query_params.get(SCENE, "")
        scene = f"&scene={asked}" if open_story.story.scene(asked) else ""
        st.link_button("Present", f"/present?story={open_story.key}{scene}")
        show_download(
            "Save as a file",
            partial(_saved, visit, open_story.key),
            f"{open_story.story.id}.toml",
            "application/toml",
            "save",
        )
        if open_story.own:
            history = open_story.history
            st.button("Undo", on_click=_step, args=(open_story.key, History.undo), disabled=not history.before)
            st.button("Redo", on_click=_step, args=(open_story.key, History.redo), disabled=not history.after)
            st.button("Delete this briefing", on_click=_drop, args=(open_story.key,), type="tertiary")
        else:
            st.button("Make a copy to change", on_click=_begin, args=(partial(_copy, open_story.key),))


def _saved(visit: Visit, key: str) -> bytes:
    saved = opened(visit, key)
    if saved is None:
        raise NotAtHandError("This briefing is not here any more. A briefing of a visit ends with it.")
    return story_bytes(without_unused_routes(saved.story))


def _copy(key: str, visit: Visit) -> str | None:
    return begin(visit, stories()[key])


def show_beginning(visit: Visit) -> None:
    """Show how another story is begun: empty, or opened from a file."""
    st.header("Begin or open a briefing")
    st.button("Begin an empty one", on_click=_begin, args=(begin_empty,))
    number = st.session_state.setdefault("openings", 0)
    sent = show_uploader("Open a briefing from its file (TOML)", LARGEST_FILE, f"opening-{number}", ["toml"])
    if sent is not None:
        # A fresh uploader: what this one held is read now.
        st.session_state["openings"] = number + 1
        let_go(sent)
        _open(visit, sent.getvalue(), PurePath(sent.name).name)


def _open(visit: Visit, data: bytes, name: str) -> None:
    read = open_story(data, name)
    for problem in read.problems:
        tell(problem.says)
    if read.story is not None and (key := begin(visit, read.story)):
        to_story(key)
    st.rerun()


def _step(key: str, step: Callable[[History], History]) -> None:
    visit = current_visit()
    open_story = opened(visit, key)
    if open_story is not None:
        keep(visit, key, step(open_story.history))


def _begin(make: Callable[[Visit], str | None]) -> None:
    if key := make(current_visit()):
        to_story(key)


def _drop(key: str) -> None:
    drop(current_visit(), key)
    st.query_params.clear()
