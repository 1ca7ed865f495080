"""Changing a story: each change does what it says, an unknown id changes nothing, and every step can be taken back."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corridor.reading.faults import Severity
from corridor.reading.limits import MEGABYTE
from corridor.storyboard import editing
from corridor.storyboard.editing import MOST_BYTES, MOST_STEPS, History
from corridor.storyboard.opening import MOST_SCENES
from corridor.storyboard.story import OwnRoute, Scene, Story

STORY = Story("s", "Story", scenes=tuple(Scene(name, "map", name.title()) for name in ("a", "b", "c")))


def ids(story: Story) -> str:
    return " ".join(scene.id for scene in story.scenes)


def test_a_scene_is_added_before_after_or_at_the_end_under_an_id_of_its_own():
    new = Scene("a", "text", "New")
    assert ids(editing.add(STORY, new)) == "a b c a-2"
    assert ids(editing.add(STORY, new, before="a")) == "a-2 a b c"
    assert ids(editing.add(STORY, new, after="b")) == "a b a-2 c"
    assert ids(editing.add(STORY, Scene("d", "map"), after="nobody")) == "a b c d"


def test_a_full_story_takes_no_more():
    full = Story("s", "S", scenes=tuple(Scene(f"n{number}", "map") for number in range(MOST_SCENES)))
    assert editing.add(full, Scene("x", "map")) == full
    assert editing.duplicate(full, "n1") == full


@pytest.mark.parametrize(("by", "order"), [(1, "b a c"), (2, "b c a"), (9, "b c a"), (-1, "a b c"), (0, "a b c")])
def test_a_scene_moves_at_most_to_an_end(by, order):
    assert ids(editing.move(STORY, "a", by)) == order


def test_a_copy_stands_right_after_its_original():
    copied = editing.duplicate(STORY, "b")
    assert ids(copied) == "a b b-2 c"
    assert copied.scene("b-2").title == "B"


def test_a_hidden_scene_can_be_shown_again():
    hidden = editing.hide(STORY, "b")
    assert [scene.hidden for scene in hidden.scenes] == [False, True, False]
    assert editing.hide(hidden, "b", hidden=False) == STORY


def test_what_is_edited_has_the_form_of_the_file_and_what_has_not_changes_nothing():
    changed, problems = editing.edit(STORY, "b", {"title": " Two \n lines ", "view": [45, 38.5, 47, 39.5], "id": "z"})
    assert problems == ()
    assert changed.scene("b").title == "Two lines"
    assert changed.scene("b").view == (45.0, 38.5, 47.0, 39.5)
    refused, problems = editing.edit(STORY, "b", {"title": "fine", "inset": "yes", "colour": "red"})
    assert refused == STORY
    assert {problem.key for problem in problems if problem.severity is Severity.ERROR} == {"inset", "colour"}
    assert "Inset: is 'yes'; true or false was expected." in [problem.says for problem in problems]


def test_the_story_itself_is_described_in_the_same_way():
    described, problems = editing.describe(STORY, {"handling": "Internal", "made": "2026-06-09"})
    assert (described.handling, described.made, problems) == ("Internal", "2026-06-09", ())
    refused, problems = editing.describe(STORY, {"made": "yesterday"})
    assert refused == STORY
    assert problems[0].says == "Made: is 'yesterday'; a day such as 2025-08-08 was expected."


def test_own_routes_outlive_their_scene_until_a_file_leaves_the_house():
    routes = (OwnRoute("used"), OwnRoute("unused"))
    story = Story("s", "S", scenes=(Scene("a", "map", routes=("used",)),), routes=routes)
    assert editing.delete(story, "a").routes == routes
    assert editing.without_unused_routes(story).routes == routes[:1]


def test_pressing_undo_at_the_beginning_and_redo_at_the_end_does_no_harm():
    history = History(STORY)
    assert history.undo() == history
    assert history.redo() == history
    assert history.did(STORY) == history


def test_what_is_done_after_going_back_takes_the_place_of_what_was_taken_back():
    history = History(STORY).did(editing.delete(STORY, "a")).undo().did(editing.delete(STORY, "b"))
    assert history.redo() == history
    assert ids(history.now) == "a c"
    assert history.undo().now == STORY


NAMES = st.sampled_from(["a", "b", "c", "a-2", "new", "nobody"])
STEPS = st.one_of(
    st.tuples(st.just("add"), NAMES, NAMES),
    st.tuples(st.just("move"), NAMES, st.integers(-4, 4)),
    st.tuples(st.just("duplicate"), NAMES),
    st.tuples(st.just("hide"), NAMES, st.booleans()),
    st.tuples(st.just("edit"), NAMES, st.dictionaries(st.sampled_from(["title", "inset", "odd"]), st.text(max_size=4))),
    st.tuples(st.just("delete"), NAMES),
)


def done(story: Story, step: tuple) -> Story:
    match step:
        case "add", name, after:
            return editing.add(story, Scene(name, "text"), after=after)
        case "move", name, by:
            return editing.move(story, name, by)
        case "duplicate", name:
            return editing.duplicate(story, name)
        case "hide", name, hidden:
            return editing.hide(story, name, hidden=hidden)
        case "edit", name, changes:
            return editing.edit(story, name, changes)[0]
        case "delete", name:
            return editing.delete(story, name)
    raise AssertionError(step)


@pytest.mark.slow
@given(st.lists(STEPS, max_size=30))
def test_any_steps_keep_ids_apart_and_can_all_be_taken_back_and_done_again(steps):
    history = History(STORY)
    seen = [STORY]
    for step in steps:
        history = history.did(done(history.now, step))
        if history.now != seen[-1]:
            seen.append(history.now)
        assert len({scene.id for scene in history.now.scenes}) == len(history.now.scenes)
    for story in reversed(seen[:-1]):
        history = history.undo()
        assert history.now == story
    assert history.before == ()
    for story in seen[1:]:
        history = history.redo()
        assert history.now == story
    assert history.after == ()


def test_only_so_many_steps_are_kept():
    history = History(STORY)
    for number in range(1, 3 * MOST_STEPS + 1):
        history = history.did(editing.describe(STORY, {"author": str(number)})[0])
        assert len(history.before) == min(number, MOST_STEPS)


def test_the_versions_of_a_story_take_no_more_memory_than_they_may():
    large = [replace(STORY.scenes[0], notes=f"{number}" + "x" * 5 * MEGABYTE) for number in range(8)]
    history = History(STORY)
    for scene in large:
        history = history.did(replace(STORY, scenes=(scene, *STORY.scenes[1:])))
    assert history.now.scenes[0] == large[-1]
    assert [version.scenes[0] for version in history.before] == large[3:-1]
    assert history.held_bytes <= MOST_BYTES + 6 * MEGABYTE


def test_what_versions_share_counts_once():
    route = OwnRoute("own", geojson="x" * MEGABYTE)
    history = History(replace(STORY, routes=(route,)))
    once = history.held_bytes
    assert once >= MEGABYTE
    for number in range(MOST_STEPS):
        history = history.did(replace(history.now, title=f"{number}"))
    assert len(history.before) == MOST_STEPS
    assert history.held_bytes < once + MEGABYTE
    assert history.undo().redo().held_bytes == history.held_bytes
