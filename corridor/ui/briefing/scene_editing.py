"""The texts of a story and of one scene, changed in a form; what has not its form is told and nothing is changed."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from corridor.reading.faults import Severity
from corridor.storyboard.editing import describe, edit
from corridor.storyboard.forms import LONGEST_LINE, LONGEST_MESSAGE, LONGEST_NOTES
from corridor.storyboard.story import KINDS, TABLES, Scene
from corridor.ui.briefing.own_stories import OpenStory, keep, opened
from corridor.ui.checking.adding import tell
from corridor.ui.visit.visit import current_visit

NOTHING = "none"
#: Ids in a text field stand between commas.
LISTED = ("features", "candidates", "layers")


def show_editing(open_story: OpenStory, scene: str) -> None:
    """Show the forms in which a scene and its story are changed."""
    chosen = open_story.story.scene(scene)
    if chosen is not None:
        with st.expander("Change this scene"):
            _scene_form(open_story, chosen)
    with st.expander("Title and handling of the briefing"):
        _story_form(open_story)


def _scene_form(open_story: OpenStory, scene: Scene) -> None:
    with st.form(f"scene-{scene.id}", border=False):
        kinds = [kind.id for kind in KINDS]
        said = {kind.id: f"{kind.id}: {kind.sentence}" for kind in KINDS}
        changes: dict[str, Any] = {
            "kind": st.selectbox(
                "Kind of scene",
                kinds if scene.kind in kinds else [scene.kind, *kinds],
                index=kinds.index(scene.kind) if scene.kind in kinds else 0,
                format_func=lambda kind: said.get(kind, kind),
            ),
            "title": st.text_input("Title", scene.title, max_chars=LONGEST_LINE),
            "message": st.text_area("Message, one sentence", scene.message, max_chars=LONGEST_MESSAGE),
            "points": st.text_area(
                "Statements, one in each line", "\n".join(scene.points), max_chars=LONGEST_NOTES
            ).splitlines(),
            "notes": st.text_area("Speaker notes", scene.notes, max_chars=LONGEST_NOTES),
            "caption": st.text_input("Words under the map", scene.caption, max_chars=LONGEST_LINE),
            "clause": st.text_input(
                "Clause that is quoted, such as joint-declaration/3", scene.clause, max_chars=LONGEST_LINE
            ),
            "phrase": st.text_input("Phrase that is lit, by its id", scene.phrase, max_chars=LONGEST_LINE),
        }
        tables = [NOTHING, *(table.id for table in TABLES)]
        chosen = st.selectbox(
            "Table that is shown", tables, index=tables.index(scene.table) if scene.table in tables else 0
        )
        changes["table"] = "" if chosen == NOTHING else chosen
        for key, words in zip(LISTED, ("Features that are lit", "Candidates", "Layers that are on"), strict=True):
            held = getattr(scene, key)
            typed = st.text_input(
                f"{words}, by their ids, with commas between", ", ".join(held or ()), max_chars=LONGEST_NOTES
            )
            given = [part.strip() for part in typed.split(",") if part.strip()]
            if given or held is not None:
                changes[key] = given
        if st.form_submit_button("Change the scene"):
            _apply(open_story.key, scene.id, changes)


def _story_form(open_story: OpenStory) -> None:
    story = open_story.story
    with st.form("story-texts", border=False):
        changes = {
            "title": st.text_input("Title of the briefing", story.title, max_chars=LONGEST_LINE),
            "subtitle": st.text_input("Purpose in one sentence", story.subtitle, max_chars=LONGEST_MESSAGE),
            "author": st.text_input("Prepared by", story.author, max_chars=LONGEST_LINE),
            "handling": st.text_input("Handling line, on every page", story.handling, max_chars=LONGEST_LINE),
        }
        if st.form_submit_button("Change the briefing"):
            _apply(open_story.key, "", changes)


def _apply(key: str, scene: str, changes: Mapping[str, Any]) -> None:
    visit = current_visit()
    open_story = opened(visit, key)
    if open_story is None:
        return
    story, problems = edit(open_story.story, scene, changes) if scene else describe(open_story.story, changes)
    for problem in problems:
        tell(problem.says)
    if not any(problem.severity is Severity.ERROR for problem in problems):
        keep(visit, key, open_story.history.did(story))
    st.rerun()
