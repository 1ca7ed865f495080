"""What a scene refers to: found, or told in one sentence and the scene kept; no entry of a reader raises anything."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corridor.answering.figures import Figure
from corridor.answering.questions import REFERENCES
from corridor.reading.faults import Severity
from corridor.storyboard.resolving import MOST_COMPARISONS, MOST_MEASURED, resolve
from corridor.storyboard.story import OwnRoute, Scene, Story
from corridor.ui.context import briefing_context


def resolved(scene: Scene, *routes: OwnRoute):
    (found,) = resolve(Story("s", "S", scenes=(scene,), routes=routes), briefing_context().known)
    return found


TWO = ("rail-araks", "rail-ijevan-yerevan")
LENGTH = {"get": "measured", "candidate": "rail-araks", "countries": ["armenia"], "what": "In Armenia"}


def test_texts_become_pieces_with_the_figures_their_placeholders_stand_for():
    found = resolved(Scene("one", "text", message="It runs {km}.", points=("{km}, {{so}}",), figures={"km": LENGTH}))
    assert found.problems == ()
    assert [type(piece) for piece in found.message] == [str, Figure, str]
    assert "".join(found.points[0][1:]) == ", {so}"


@pytest.mark.parametrize(
    ("scene", "key", "says"),
    [
        (Scene("one", ""), "kind", "'nothing' is no kind of scene this version knows"),
        (Scene("one", "hologram"), "kind", "'hologram' is no kind of scene"),
        (Scene("one", "clause"), "clause", "a scene of the kind 'clause' names clause or phrase"),
        (Scene("one", "clause", clause="joint-declaration/9"), "clause", "is no clause of the Joint Declaration"),
        (Scene("one", "clause", phrase="joint-declaration/3#x"), "phrase", "is no linked phrase"),
        (
            Scene("one", "clause", clause="joint-declaration/4", phrase="joint-declaration/3#main-part"),
            "phrase",
            "does not stand in the clause 'joint-declaration/4'",
        ),
        (Scene("one", "map", features=("place/atlantis",)), "features", "'place/atlantis' is no feature"),
        (Scene("one", "map", layers=("territory", "weather")), "layers", "'weather' is no layer of this name"),
        (Scene("one", "options", candidates=("rail-moon",)), "candidates", "'rail-moon' is no candidate"),
        (Scene("one", "options", candidates=("rail-araks", "road-araks")), "candidates", "shows one candidate or own"),
        (Scene("one", "comparison", candidates=("rail-araks",)), "candidates", "between 2 and 6 routes are compared"),
        (Scene("one", "chart", candidates=("rail-araks", "road-araks")), "candidates", "candidates differ in mode"),
        (Scene("one", "options", routes=("own-1",)), "routes", "'own-1' is no own route of this story"),
        (Scene("one", "table", table="weather"), "table", "'weather' is no table this version knows"),
        (Scene("one", "table", table="kilometres"), "candidates", "the table 'kilometres' is one of candidates"),
        (Scene("one", "text", question="why"), "question", "'why' is none of the briefing questions"),
        (Scene("one", "text", message="{km}"), "message", "has the placeholder {km} and no figure of that name"),
        (Scene("one", "text", message="a } b"), "message", "has a brace that opens or closes nothing"),
        (Scene("one", "text", message="x", figures={"a": {"what": "A"}}), "figure 'a'", "lacks 'get'"),
        (Scene("one", "text", message="x", figures={"a": {"get": "fact"}}), "figure 'a'", "lacks 'what'"),
        (
            Scene("one", "text", message="x", figures={"a": LENGTH | {"candidate": "rail-moon"}}),
            "figure 'a'",
            "asks for the candidate 'rail-moon', which is not in the table",
        ),
        (
            Scene("one", "text", message="x", figures={"a": LENGTH | {"countries": 5}}),
            "figure 'a'",
            "cannot be computed from the keys that stand there",
        ),
        (
            Scene("one", "text", message="x", figures={"a": {"get": "near", "what": "A", "metres": 10**9}}),
            "figure 'a'",
            "its metres are 1000000000; 0 to 5,000 were expected",
        ),
    ],
)
def test_what_is_not_there_is_one_sentence_and_the_scene_is_kept(scene, key, says):
    found = resolved(scene)
    (problem,) = [one for one in found.problems if one.key == key]
    assert problem.severity is Severity.ERROR
    assert problem.scene == "one"
    assert says in problem.says
    assert problem.says.startswith("Scene 'one', ")
    assert problem.says.endswith(".")
    assert found.scene == scene
    assert found.broken


def test_a_sentence_stays_short_whatever_a_key_holds():
    entry = {"get": "fact", "feature": "x" * 100_000, "label": "x", "what": "x"}
    (problem,) = resolved(Scene("one", "text", message="x", figures={"a": entry})).problems
    assert len(problem.says) < 400
    assert problem.says.endswith("….")


def test_a_chart_of_candidates_with_other_ends_is_drawn_and_told():
    found = resolved(Scene("one", "chart", candidates=("rail-araks", "rail-meghri-yeraskh")))
    assert [problem.severity for problem in found.problems] == [Severity.WARNING]
    assert "have other ends, so that their kilometres are not alike" in found.problems[0].says
    assert len(found.candidates) == 2


def test_what_is_there_is_found_beside_what_is_not():
    scene = Scene("one", "comparison", candidates=("rail-araks", "rail-moon", "road-araks"), features=("place/meghri",))
    found = resolved(scene)
    assert [candidate.id for candidate in found.candidates] == ["rail-araks", "road-araks"]
    assert found.features == ("place/meghri",)


def test_a_route_that_was_changed_is_drawn_and_told_and_one_without_data_is_told():
    line = '{"type":"LineString","coordinates":[[46.6,39.0],[46.0,38.9]]}'
    changed, empty = OwnRoute("a", "A", geojson=line, sha256="0" * 64), OwnRoute("b", "B")
    found = resolved(Scene("one", "comparison", routes=("a", "b"), candidates=("rail-araks",)), changed, empty)
    assert [own.id for own, _ in found.routes] == ["a"]
    assert [problem.severity for problem in found.problems] == [Severity.WARNING, Severity.ERROR]


def test_only_so_much_is_measured_for_one_story():
    near = {"get": "near", "feature": "route/tripp-rail", "to": ["border/armenia-iran"], "metres": 500, "what": "Near"}
    scene = Scene("one", "text", message="x", figures={f"n{number}": near for number in range(MOST_MEASURED)})
    found = resolve(
        Story("s", "S", scenes=(scene, Scene("two", "text", figures={"more": near}))), briefing_context().known
    )
    assert found[0].problems == ()
    assert "at most 10 figures of a story are measured" in found[1].problems[-1].says


def test_only_so_many_comparisons_are_made_for_one_story():
    scenes = tuple(Scene(f"c{n}", "comparison", candidates=TWO) for n in range(MOST_COMPARISONS + 1))
    *found, last = resolve(Story("s", "S", scenes=scenes), briefing_context().known)
    assert all(one.problems == () and len(one.candidates) == 2 for one in found)
    assert last.candidates == ()
    assert "at most 12 comparisons of a story are made" in last.problems[0].says


VALUES = st.one_of(
    st.none(), st.booleans(), st.integers(-3, 10**6), st.floats(), st.text(max_size=5),
    st.sampled_from(["route/tripp-rail", "border/armenia-iran", "place/meghri", "rail-araks", "crossing", "a"]),
    st.lists(st.sampled_from(["a", "armenia", "border/armenia-iran", 3]), max_size=2),
    st.dictionaries(st.sampled_from(["pair", "status"]), st.text(max_size=3), max_size=1),
)  # fmt: skip
KEYS = sorted({key for reference in REFERENCES.values() for key in (*reference.needs, *reference.may)})


@settings(max_examples=200, deadline=None)
@given(st.data(), st.sampled_from(sorted(REFERENCES)))
def test_any_entry_of_a_reader_is_a_figure_or_a_sentence(data, way):
    needed = {key: data.draw(VALUES, key) for key in sorted(REFERENCES[way].needs)}
    more = data.draw(st.dictionaries(st.sampled_from(KEYS), VALUES, max_size=2))
    entries = {"a": LENGTH, "b": {**more, **needed, "get": way, "what": "Any"}}
    found = resolved(Scene("one", "text", message="{a}", figures=entries))
    told = [problem for problem in found.problems if problem.key == "figure 'b'"]
    assert len(found.figures) + len(told) == len(entries)
    assert all(problem.says.endswith(".") and "\n" not in problem.says for problem in told)
