"""Scenes in words: every kind and every table, own routes too, the same numbers wherever one figure stands."""

import json
import re
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest

from corridor.present.briefing_files.story_json import story_json, story_json_bytes
from corridor.present.context import StoryMeasurements
from corridor.present.live_map.folium_script import DRAWN_WINDOW
from corridor.present.publication import published
from corridor.present.sheets import sheet_html
from corridor.present.story.briefing import Briefing, brief
from corridor.present.story.html import scene_html
from corridor.present.story.records import FigureWords, SceneView, TextRun, cited_line
from corridor.present.story.scenes import footnotes, story_view
from corridor.present.story.tables import MADE
from corridor.present.words import facts_line
from corridor.quantities import day
from corridor.reading.faults import Severity
from corridor.storyboard import editing
from corridor.storyboard.embedding import embedded
from corridor.storyboard.opening import open_story
from corridor.storyboard.story import KINDS, TABLES, Problem, Scene, Story
from corridor.storyboard.writing import story_bytes
from corridor.texts.edition import facts_as_of
from corridor.ui.context import briefing_context
from corridor.ui.frame.address import NAMES, parse_address
from corridor.ui.frame.menu_entries import ENTRIES
from tests.support.briefed import MADE_ON, SHIPPED, view
from tests.support.own_routes import CORNERS, route
from tests.support.stories import MARKUP, OWN, STORY, TWO
from tests.support.story_texts import note_texts, plain_line, scene_texts, story_texts

NAMED = {"candidates": TWO, "routes": (OWN,), "clause": "joint-declaration/3", "": ()}


def seen(*scenes: Scene, story: Story = STORY, **more) -> Briefing:
    return brief(replace(story, scenes=scenes), briefing_context(), MADE_ON, **more)


def only(scene: Scene, **more) -> SceneView:
    (found,) = seen(scene, **more).view.scenes
    return found


def table_scene(table) -> Scene:
    named = {table.about: NAMED[table.about]} if table.about else {}
    return Scene("one", "table", table=table.id, **named)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.id)
def test_every_table_has_rows_and_every_cell_is_in_words(table):
    found = only(table_scene(table))
    assert found.problem == ""
    assert found.title == table.title
    assert found.tables
    for one in found.tables:
        assert one.rows
        for row in one.rows:
            assert len(row) == len(one.columns)
            for index, cell in enumerate(row):
                for told in cell:
                    assert told.text.strip()
                    if index in one.numeric and told.figure:
                        assert told.text == told.figure.value
        assert {number for row in one.rows for cell in row for told in cell if told.figure
                for number in told.figure.sources} <= set(found.sources)  # fmt: skip
    assert found.tables[0].sheet.rows


def test_every_table_that_can_be_named_can_be_made():
    assert set(MADE) == {table.id for table in TABLES}


SCENES = {
    "start": Scene("start", "start", view=(44, 38.5, 47, 41)),
    "map": Scene("map", "map", features=("place/meghri",)),
    "clause": Scene("clause", "clause", phrase="joint-declaration/3#main-part"),
    "table": Scene("table", "table", table="areas"),
    "chart": Scene("chart", "chart", candidates=("rail-araks", "rail-ijevan-yerevan")),
    "comparison": Scene("comparison", "comparison", candidates=TWO, routes=(OWN,)),
    "options": Scene("options", "options", candidates=("rail-araks",)),
    "text": Scene("text", "text", question="gauge"),
    "closing": Scene("closing", "closing", title="End"),
}


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.id)
def test_every_kind_of_scene_is_complete_and_has_a_map_where_it_always_has_one(kind):
    found = only(SCENES[kind.id])
    assert found.problem == ""
    assert found.title
    assert (found.number, found.of) == (1, 1)
    assert found.as_of.endswith(f"ublic sources searched up to {day(facts_as_of())}.")
    if kind.mapped:
        assert found.map is not None
        assert found.map.description
    if found.map is not None:
        west, south, east, north = found.map.bounds
        assert west < east
        assert south < north


def test_a_start_without_a_sentence_says_the_purpose_and_a_question_its_answer():
    assert plain_line(only(SCENES["start"]).message) == "Purpose."
    found = only(SCENES["text"])
    question = next(one for one in briefing_context().questions if one.id == "gauge")
    assert found.title == question.asked
    assert found.kicker == "Question 13 · Technique and operation · Answered in part"
    assert plain_line(found.message).startswith("The former line had 1,520 mm from Alat to Yeraskh. ")
    assert len(found.figures) == len(question.figures)
    assert found.lists[0].heading == "Not known"


def test_a_clause_is_quoted_word_for_word_with_its_phrase_marked():
    found = only(SCENES["clause"])
    clause = briefing_context().shipped.library.declaration.clause("joint-declaration/3")
    assert found.quote.text == clause.text == "".join(run.text for run in found.quote.runs)
    assert [run.text for run in found.quote.runs if run.lit] == ["the main part of the Republic of Azerbaijan"]
    assert found.quote.relation == "Names this land"
    assert "names no publisher" in found.quote.note
    assert list(found.map.lit) == ["territory/az-mainland"]


def test_a_clause_without_a_phrase_lights_the_land_it_names_and_a_phrase_on_documents_says_which():
    found = only(Scene("one", "clause", clause="joint-declaration/3"))
    assert set(found.map.lit) == {"territory/armenia", "territory/az-mainland", "territory/az-nakhchivan"}
    pointing = only(Scene("one", "clause", phrase="joint-declaration/5#un-charter"))
    assert list(pointing.map.lit) == []
    assert [plain_line(line) for line in pointing.lists[0].statements] == ["Charter of the United Nations"]


def test_one_candidate_is_stressed_and_several_are_drawn_alike():
    alone, several = only(SCENES["options"]), only(SCENES["comparison"])
    assert set(alone.map.lit) <= set(alone.map.shown)
    assert list(several.map.lit) == []
    assert {"route/tripp-rail", "route/tripp-road-river"} <= set(several.map.shown)


def test_the_same_length_is_told_the_same_in_sentence_facts_chart_table_and_comparison():
    figure = {"get": "measured", "candidate": "rail-araks", "countries": ["armenia"], "what": "In Armenia"}
    figures = {"km": figure, "published": {**figure, "get": "length"}}
    found = seen(
        replace(SCENES["options"], message="{km}", points=("{published}",), figures=figures),
        SCENES["chart"],
        SCENES["comparison"],
        Scene("km", "table", table="kilometres", candidates=("rail-araks",)),
    ).view
    options, chart, comparison, kilometres = found.scenes
    told = plain_line(options.message)
    assert re.fullmatch(r"\d+\.\d km", told)
    assert told in {fact.text for facts in options.facts for fact in facts.facts}
    first = plain_line(options.points[0])
    assert (first, ) == tuple(cell.text for row in comparison.tables[0].rows if row[0][0].text == "Armenia"
                              for cell in row[1])  # fmt: skip
    assert first in {fact.text for facts in options.facts for fact in facts.facts}
    number = told.removesuffix(" km")
    for table in (chart.tables[0], kilometres.tables[0]):
        row = next(row for row in table.rows if row[1][0].text == "Armenia" and "Araks" in row[0][0].text)
        assert number in {cell.text for cell in row[table.columns.index("Drawn here (km)")]}
    bar = next(bar for bar in chart.bars if bar.country == "Armenia")
    assert f"{bar.km:,.1f}" == number


def test_an_own_route_has_columns_measures_answers_and_its_line_as_data():
    found = only(Scene("one", "options", routes=(OWN,), for_azerbaijan=("A link for trade.",)))
    assert found.kicker == "Own route"
    armenia, azerbaijan = found.columns
    assert [plain_line(line) for line in armenia.statements] == [
        "As the line is drawn: it joins no two parts of Armenia and crosses 2 times to Azerbaijan."
    ]
    assert [plain_line(line) for line in azerbaijan.statements] == [
        "As the line is drawn: it joins the main part and the Nakhchivan Autonomous Republic and crosses 2 times to "
        "Armenia.",
        "A link for trade. (written for this story)",
    ]
    assert found.facts[0].heading == "Kilometres as drawn, whole and by territory in the order of travel"
    assert [fact.what for fact in found.facts[0].facts][:2] == ["Whole line", "Azerbaijan, main part"]
    assert {fact.unit for fact in found.facts[0].facts} == {"km"}
    assert found.lists[0].heading == "Geometry against one reading of paragraph 3"
    assert len(found.lists[0].statements) == 3
    (line,) = found.map.own
    assert line.name == found.title
    assert [part.tolist() for part in line.parts] == [CORNERS]


#: A line with a slip of the pen: it leaves Armenia and comes back.
ASTRAY = [*CORNERS[:2], [46.35, 38.7], *CORNERS[2:]]


@pytest.mark.parametrize(
    "scene",
    [
        Scene("one", "options"),
        Scene("one", "comparison", candidates=("rail-araks",)),
        Scene("one", "table", table="numbers"),
        Scene("one", "table", table="readings"),
    ],
    ids=lambda scene: scene.table or scene.kind,
)
def test_what_is_open_in_a_file_is_the_first_thing_said_of_its_route(scene):
    story, astray, _ = embedded(STORY, route(ASTRAY, name="A"), origin="A file.", file="a.gpx")
    briefing = seen(replace(scene, routes=(astray,)), story=story)
    (found,) = briefing.view.scenes
    says = plain_line(found.points[1 if scene.kind == "options" else 0])
    assert "Its file has 1 warning that is not mended. " in says
    assert "4 pieces are straight for more than 5 km" in says
    assert says in scene_html(found).unescape()
    assert says in json.dumps(story_json(briefing.view), ensure_ascii=False).replace("\\", "")


def test_an_order_of_travel_is_claimed_only_of_a_line_that_enters_each_territory_once():
    story, astray, _ = embedded(STORY, route(ASTRAY, name="A"), origin="A file.", file="a.gpx")
    found = only(Scene("one", "options", routes=(astray,)), story=story)
    assert found.facts[0].heading == "Kilometres as drawn, whole and by territory in the order of first entry"
    assert found.title == "A (a.gpx)"
    assert plain_line(found.points[0]) == f"Whole line as drawn: {found.facts[0].facts[0].text}."
    (whole, first, *_) = found.facts[0].facts
    assert plain_line(found.lists[0].statements[0]).count(f" {first.text} of the line run in ") == 1
    assert "." not in whole.text


def test_markup_stays_text_and_nothing_is_filled_into_it():
    for scene in (Scene("one", "options", routes=(OWN,)), Scene("one", "text", MARKUP, message="x", caption=MARKUP)):
        assert only(scene).title == MARKUP
    messy = only(Scene("one", "text", "T", message=MARKUP))
    assert plain_line(messy.message) == MARKUP.replace("{{", "{").replace("}}", "}")


def test_an_own_route_measured_before_is_not_measured_again():
    given = StoryMeasurements(briefing_context()).own(OWN, route(name="Other name", accuracy_m=300))
    found = only(
        Scene("one", "table", table="readings", routes=(OWN,)),
        measured=StoryMeasurements(briefing_context(), {OWN: given}),
    )
    assert found.tables[0].columns == ("Question", "Other name")


def test_what_was_measured_is_kept_while_the_story_is_edited():
    measured = StoryMeasurements(briefing_context())
    before = seen(SCENES["comparison"], measured=measured)
    line = measured.taken_out(before.story)[OWN].route
    assessment = measured.own(OWN, line)
    changed = editing.edit(before.story, "comparison", {"title": "Other"})[0]
    assert measured.taken_out(changed)[OWN].route is line
    assert measured.own(OWN, line) is assessment
    side_by_side = [assessment, briefing_context().candidate_route("rail-araks")]
    assert measured.compared(side_by_side) is measured.compared(side_by_side)
    other = replace(before.story, routes=(replace(before.story.routes[0], name="Renamed"),))
    assert measured.taken_out(other)[OWN].route.name == "Renamed"


def test_figures_of_the_notes_alone_stand_with_the_notes():
    scene = view(SHIPPED[1]).scene("rail-araks")
    assert [figure.what for figure in scene.figures] == ["In Armenia", "In Azerbaijan, both parts"]
    assert [figure.text for figure in scene.note_figures] == ["39 km", "45 km"]
    assert not {figure.what for figure in scene.note_figures} & set(scene_texts(scene))
    assert {figure.what for figure in scene.note_figures} <= set(note_texts(scene))


def test_an_own_route_outside_the_map_leaves_the_map_where_it_is():
    story, far, _ = embedded(STORY, route([[2.0, 48.0], [3.0, 49.0]], name="Far"), origin="")
    found = only(Scene("one", "map", routes=(far,)), story=story)
    south, west, north, east = DRAWN_WINDOW
    assert found.map.bounds[0] < 44 < found.map.bounds[2]
    assert found.map.bounds[0] > west - 1
    assert found.map.bounds[3] < north + 1
    assert south < north
    assert west < east


def test_what_is_missing_is_said_in_place_of_it_and_all_else_is_shown():
    found = only(Scene("one", "comparison", candidates=(*TWO, "rail-moon"), layers=("territory", "weather")))
    assert found.problem.startswith("This scene is not complete. Scene 'one', layers: 'weather' is no layer")
    assert "'rail-moon' is no candidate of this name" in found.problem
    assert found.tables
    assert list(found.map.layers) == ["territory"]
    assert found.problem in scene_texts(found)


def test_what_opening_told_stands_with_its_scene_and_the_rest_with_the_story():
    told = [
        Problem(Severity.ERROR, "one", "title", "x.toml, scene 'one', key 'title': is 5."),
        Problem(Severity.WARNING, "", "mood", "x.toml, key 'mood': is not known."),
    ]
    found = seen(Scene("one", "closing"), problems=told).view
    assert found.told == (told[1].says,)
    assert found.scenes[0].problem == f"This scene is not complete. {told[0].says}"
    assert found.scenes[0].told == (told[0].says,)


def test_an_end_without_words_says_how_it_was_measured_and_up_to_when_the_facts_go():
    empty = only(Scene("one", "closing", title="Sources and method"))
    assert plain_line(empty.message).startswith("Lengths are measured")
    assert "Pages dated to 1 June 2026" in [plain_line(point) for point in empty.points]
    own = only(Scene("one", "closing", message="Thank you."))
    assert (plain_line(own.message), own.points) == ("Thank you.", ())


def test_hidden_scenes_are_left_out_and_counted_out():
    story = replace(STORY, scenes=(Scene("a", "closing"), Scene("b", "closing", hidden=True), Scene("c", "closing")))
    shown = story_view(story, briefing_context(), MADE_ON)
    assert [(scene.id, scene.number, scene.of) for scene in shown.scenes] == [("a", 1, 2), ("c", 2, 2)]
    every = story_view(story, briefing_context(), MADE_ON, hidden=True)
    assert [(scene.id, scene.number, scene.of) for scene in every.scenes] == [("a", 1, 2), ("b", 0, 2), ("c", 2, 2)]
    assert every.shown == tuple(scene for scene in every.scenes if scene.id != "b")


def test_a_story_without_a_scene_or_a_title_is_a_story():
    found = story_view(Story("s", ""), briefing_context(), MADE_ON)
    assert (found.title, found.scenes, found.sources, found.attributions) == ("Untitled story", (), (), ())


def test_a_story_says_how_old_its_facts_are_and_what_it_was_made_with():
    found = view(SHIPPED[0])
    assert found.age == f"{facts_line()}. The newest headline is 1 day old"
    assert found.made_on == "12 August 2026"
    assert "take no position" in found.disclaimer
    assert "not legal advice" in found.long_disclaimer
    assert found.versions.software.startswith("Declaration Map ")
    layers = {f"geodata/{layer.file}": layer.sha256 for layer in briefing_context().shipped.layers.values()}
    assert layers.items() <= dict(found.versions.files).items()
    assert {title for one in found.attributions for title in one.layers} >= {"States of the region", "Places"}


LINKED = [(story, scene.id) for story in SHIPPED for scene in view(story).scenes]


@pytest.mark.parametrize(("story", "scene"), LINKED)
def test_a_link_leads_to_a_page_that_understands_all_of_it(story, scene):
    found = view(story).scene(scene)
    address = urlsplit(found.link)
    asked = {name: value for name, (value,) in parse_qs(address.query, strict_parsing=bool(address.query)).items()}
    assert address.path.removeprefix("/") in {entry.path for entry in ENTRIES}
    assert set(asked) <= set(NAMES)
    clauses = [clause.id for clause in briefing_context().shipped.library.declaration.clauses]
    understood = parse_address(asked, clauses, briefing_context().shipped.known_ids, published().switches)
    assert understood.notices == ()
    anchors = {anchor.id for anchor in briefing_context().shipped.library.declaration.anchors}
    assert asked.get("phrase", next(iter(anchors))) in anchors
    assert asked.get("candidate", "rail-araks") in briefing_context().shipped.candidates
    if found.map is not None:
        latitude, longitude, _ = understood.view
        west, south, east, north = found.map.bounds
        assert west < longitude < east
        assert south < latitude < north
        lit = {
            briefing_context().shipped.by_id[one]["properties"].get("mode")
            for one in found.map.lit
            if one.startswith("route/")
        }
        assert {f"route-{mode}" for mode in lit} <= set(understood.layers)


def test_html_can_be_set_under_the_numbers_of_the_story():
    found = view(SHIPPED[1])
    notes = footnotes(found, briefing_context())
    for source in found.sources:
        assert notes.numbers([source.id]) == [source.number]
    (table,) = found.scene("other-candidates").tables
    first = table.rows[0][1][0]
    assert f"source </span>{first.figure.sources[0]}</sup>" in sheet_html(table.sheet, notes)


def test_an_option_says_under_its_map_how_its_course_in_armenia_is_known():
    captions = {scene.id: scene.caption for scene in view(SHIPPED[1]).scenes if scene.kind == "options"}
    assert captions["rail-araks"] == "In Armenia: course stated, not published"
    assert captions["road-araks"] == "In Armenia: our inference"
    assert captions["road-gazakh-yeraskh"] == "In Armenia: no course published"
    assert all(captions.values())


def test_the_switches_are_those_of_the_reader():
    assert briefing_context().shipped.switches == published().switches


def test_json_holds_every_text_and_no_object():
    for story in SHIPPED:
        told = json.loads(story_json_bytes(view(story)))
        assert told == story_json(view(story))
        texts = set(strings(told))
        for text in story_texts(view(story)):
            assert any(text in " ".join(one.split()) for one in texts), text


def strings(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, (list, dict)):
        for part in value.values() if isinstance(value, dict) else value:
            yield from strings(part)


def test_the_texts_every_file_holds_are_figures_sources_and_dates_but_not_the_notes():
    scene = view(SHIPPED[1]).scene("rail-araks")
    texts = scene_texts(scene)
    assert {scene.title, scene.kicker, "For Armenia", "Not known", scene.as_of} <= set(texts)
    for fact in (fact for facts in scene.facts for fact in facts.facts):
        assert {fact.what, fact.text, fact.as_of} <= set(texts)
    assert not set(note_texts(scene)) & {text for text in texts if "connecting lines" in text}
    assert any("connecting lines" in text for text in note_texts(scene))
    assert {source.text for source in view(SHIPPED[1]).sources} <= set(story_texts(view(SHIPPED[1])))


def test_what_stands_beside_a_figure_is_one_line():
    figure = FigureWords("Length", "42 km", "42", "km", "about", "June 2026", "ADY", "", (2, 3, 4))
    assert figure.beside == "about; as of June 2026; said by ADY [2–4]"
    assert replace(figure, as_of="undated", by="", sources=()).beside == "about; undated"
    assert cited_line((TextRun("It is "), TextRun("42 km", figure), TextRun("."))) == "It is 42 km [2–4]."


@pytest.mark.parametrize(
    "name",
    ["a newer version", "unknown keys", "titles with markup", "right-to-left text", "a route whose data was deleted"],
)
def test_every_bad_input_of_the_issue_opens_says_so_and_loses_nothing(name):
    story = editing.add(STORY, Scene("one", "options", "Title", routes=(OWN,)))
    text = {
        "a newer version": "schema = 9\n" + written(story).removeprefix("schema = 1\n"),
        "unknown keys": written(story).replace('kind = "options"', 'kind = "options"\nmood = "calm"'),
        "titles with markup": written(story).replace('"Title"', json.dumps(MARKUP)),
        "right-to-left text": written(story).replace('"Title"', '"عنوان راست به چپ"'),
        "a route whose data was deleted": re.sub(r"(?m)^geojson = .*$", "", written(story)),
    }[name]
    found = open_story(text.encode(), "bad.toml")
    shown = brief(found.story, briefing_context(), MADE_ON, problems=found.problems).view
    told = [*shown.told, *shown.scenes[0].told]
    expected = {
        "a newer version": "was written in version 9",
        "unknown keys": "key 'mood': is not known",
        "a route whose data was deleted": f"'{OWN}' carries no line; the data of the route was deleted",
    }
    assert any(expected[name] in one for one in told) if name in expected else told == []
    again = open_story(written(found.story).encode(), "bad.toml")
    assert again.story == found.story


def written(story: Story) -> str:
    return story_bytes(story).decode()
