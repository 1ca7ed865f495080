"""The file of a story: what is read of it, what is told of it, and that nothing of it is lost when it is written."""

import tomllib
from dataclasses import replace
from datetime import date

import pytest
import tomli_w
from hypothesis import given, settings
from hypothesis import strategies as st

from corridor.reading.faults import Severity
from corridor.sources import GEODATA
from corridor.storyboard import forms, opening
from corridor.storyboard.fields import ROUTE_FIELDS, SCENE_FIELDS, STORY_FIELDS
from corridor.storyboard.opening import open_story
from corridor.storyboard.story import KINDS, TABLES, OwnRoute, Scene, Story
from corridor.storyboard.writing import story_bytes

SMALL = """
schema = 1
id = "small"
title = "Small"
[[scene]]
id = "one"
kind = "map"
title = "One"
"""


def opened(text: str):
    return open_story(text.encode(), "small.toml")


def told(text: str) -> list[str]:
    return [problem.says for problem in opened(text).problems]


def test_a_story_in_order_is_read_without_a_word():
    found = opened(SMALL)
    assert found.problems == ()
    assert found.story == Story("small", "Small", scenes=(Scene("one", "map", "One"),))


@pytest.mark.parametrize(
    ("old", "new", "severity", "says"),
    [
        ("schema = 1", "schema = 2", Severity.WARNING, "was written in version 2 of the form of stories"),
        ("schema = 1", "", Severity.WARNING, "key 'schema': 1 was expected"),
        ("schema = 1", 'schema = "one"', Severity.WARNING, "key 'schema': 1 was expected"),
        ('title = "Small"', "", Severity.WARNING, "key 'title': a story has a title"),
        ('title = "Small"', "title = 5", Severity.ERROR, "key 'title': is 5; text was expected"),
        ('title = "Small"', 'title = "Small"\nmade = "June"', Severity.ERROR, "key 'made': is 'June'; a day such as"),
        (
            'title = "Small"',
            'title = "Small"\nlanguage = "<x>"',
            Severity.ERROR,
            "'language': is '<x>'; a language tag",
        ),
        ('title = "Small"', 'title = "Small"\nmood = "calm"', Severity.WARNING, "key 'mood': is not known"),
        ('title = "One"', 'title = "One"\nhue = 1', Severity.WARNING, "scene 'one', key 'hue': is not known"),
        ('title = "One"', "title = true", Severity.ERROR, "scene 'one', key 'title': is true; text was expected"),
        ('title = "One"', f'title = "{"x" * 201}"', Severity.ERROR, "has 201 characters; at most 200 were expected"),
        ('title = "One"', 'hidden = "no"', Severity.ERROR, "key 'hidden': is 'no'; true or false was expected"),
        ('title = "One"', "view = [47, 38, 45, 40]", Severity.ERROR, "west lies before east"),
        ('title = "One"', "view = [0, 38, 1, 40]", Severity.ERROR, "key 'view': is [0, 38, 1, 40]; west, south, east"),
        ('title = "One"', "view = [nan, 38, 45, 40]", Severity.ERROR, "key 'view': is [nan, 38, 45, 40]"),
        ('title = "One"', 'features = "x"', Severity.ERROR, "key 'features': is 'x'; a list of ids was expected"),
        ('title = "One"', "features = [1]", Severity.ERROR, "key 'features': is 1; text was expected"),
        ('title = "One"', "figures = [1]", Severity.ERROR, "a table for each figure was expected"),
        ('id = "one"', 'id = "eins zwei"', Severity.WARNING, "scene number 1, key 'id': it is missing or is no id"),
        (
            'title = "One"',
            'title = "One"\n[[scene]]\nid = "one"',
            Severity.WARNING,
            "scene number 2, key 'id': it stands in the file twice; the scene is called 'scene-2' here",
        ),
        (
            'title = "One"',
            'title = "One\\u202eenO"',
            Severity.WARNING,
            "key 'title': held characters that cannot be shown; they were taken out",
        ),
    ],
)
def test_each_fault_is_one_sentence_with_file_scene_and_key_and_the_rest_is_read(old, new, severity, says):
    assert old in SMALL
    found = opened(SMALL.replace(old, new, 1))
    (problem,) = [one for one in found.problems if says in one.says]
    assert problem.severity is severity
    assert problem.says.startswith("small.toml")
    assert problem.says.endswith(".")
    assert "\n" not in problem.says
    assert found.story is not None
    assert found.story.scenes[0].kind == "map"


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"\xff\xfe", "is not UTF-8 text at line 1"),
        (b"schema = ", "is not readable TOML"),
        (b"scene = 5\n", "has the key 'scene' in another form than [[scene]]"),
        (b"schema = 1\nroute = [1]\n", "has the key 'route' in another form than [[route]]"),
        (b'name = "a Cargo file"\n', "has neither 'schema' nor [[scene]]"),
        (b"schema = 1\na = " + b"[" * 5_000, "nests brackets too deeply"),
        (b"schema = 1\n" + b"a." * 100_000 + b"b = 1", "has a key of more than 16 parts"),
        (b"schema = 1\n" + b'"a".' * 50_000 + b"b = 1", "has a key of more than 16 parts"),
        (b"schema = 1\nx = " + b"9" * 5_000, "is not readable TOML (exceeds the limit"),
        (b"schema = 1\nx = " + b"[" * 240 + b"]" * 240, "has lists or tables more than 10 deep in each other"),
        (b"schema = 1\nx = " + b"{a=" * 17 + b"1" + b"}" * 17, "has lists or tables more than 10 deep in each other"),
        (b"schema = 1\nx = [{a = 0x" + b"f" * 6_000 + b"}]", "has a whole number of more than 64 bits"),
        (b"schema = 1\nx = [1" + b",1" * 140_000 + b"]", "has more than 20,000 values"),
        (b"schema = 1\n" + b" " * 9_000_000, "has more than 300,000 characters outside its texts"),
        (b"schema = 1\n" + b"a = 1 # \n" * 140_000, "has more than 300,000 characters outside its texts"),
        (b"schema = 1\n" + b"[[scene]]\n" * 201, "has 201 [[scene]] entries, more than the 200 that are read"),
        (b"#" * (opening.LARGEST_FILE + 1), "bytes, more than the 16,000,000 that are read"),
    ],
    ids=lambda value: value[:12] if isinstance(value, bytes) else None,
)
def test_what_is_no_story_is_told_in_one_sentence_and_nothing_is_raised(data, says):
    found = open_story(data, "bad.toml")
    assert found.story is None
    (problem,) = found.problems
    assert problem.severity is Severity.ERROR
    assert problem.says.startswith("bad.toml ")
    assert says in problem.says


def test_only_so_many_faults_are_listed():
    found = opened(SMALL + "".join(f"key{number} = 1\n" for number in range(500)))
    assert len(found.problems) == opening.MOST_TOLD + 1
    assert "has 300 further faults like these" in found.problems[-1].says


def test_a_newer_file_is_written_back_with_all_it_came_with():
    text = SMALL.replace("schema = 1", "schema = 7") + (
        'kind_of_light = "soft"\nview = "everything"\n[scene.camera]\ntilt = 30\nwhen = 2027-01-02\n'
        '[[scene]]\nid = "two"\nkind = "hologram"\n[weather]\nsnow = true\n'
    )
    written = tomllib.loads(story_bytes(opened(text).story).decode())
    assert written == tomllib.loads(text)


def test_right_to_left_text_joiners_and_every_script_stay_and_what_would_turn_them_goes():
    title = "می\u200cخواهم \u200fאבג Նախիջևան Naxçıvan"
    found = opened(SMALL.replace("One", title))
    assert found.problems == ()
    assert found.story.scenes[0].title == title
    turned = opened(SMALL.replace("One", r"a\u2067b\u202ec\u0007d\ne"))
    assert turned.story.scenes[0].title == "abcd e"


def test_the_form_is_documented_key_by_key():
    readme = (GEODATA / "stories" / "README.md").read_text(encoding="utf-8")
    for field in (*STORY_FIELDS, *SCENE_FIELDS, *ROUTE_FIELDS):
        assert f"| `{field.key}` | {field.sentence} | {field.form.words} |" in readme
    for kind in KINDS:
        assert f"| `{kind.id}` | {kind.sentence} |" in readme
    for table in TABLES:
        assert f"| `{table.id}` | {table.title} | {table.sentence} |" in readme
    example = readme.partition("```toml\n")[2].partition("```")[0]
    assert opened(example).problems == ()


def test_the_fields_are_those_of_the_records():
    for fields, record in ((STORY_FIELDS, Story), (SCENE_FIELDS, Scene), (ROUTE_FIELDS, OwnRoute)):
        others = {"scenes", "routes", "schema", "kept"} if record is Story else {"kept"}
        assert {field.key for field in fields} == set(record.__dataclass_fields__) - others


# Texts as they are after reading; ids; and whatever else TOML can hold, for keys nobody knows.
SHOWN = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
LINES = SHOWN.map(lambda text: forms.cleaned(text, several_lines=False))
PROSE = SHOWN.map(lambda text: forms.cleaned(text, several_lines=True))
NAMES = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9_-]{0,8}", fullmatch=True)
IDS = st.lists(LINES, max_size=3).map(tuple)
PLAIN = st.one_of(st.booleans(), st.integers(-(2**40), 2**40), st.floats(allow_nan=False), SHOWN, st.dates())
ANY = st.recursive(PLAIN, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(SHOWN, inner, max_size=3))
KNOWN = {field.key for field in (*STORY_FIELDS, *SCENE_FIELDS, *ROUTE_FIELDS)} | {"schema", "scene", "route"}
KEPT = st.dictionaries(SHOWN.filter(lambda key: key not in KNOWN), ANY, max_size=3)
VIEWS = st.tuples(st.floats(42, 46), st.floats(38, 39.9), st.floats(46.5, 51), st.floats(40.5, 42))
FIGURES = st.dictionaries(NAMES, st.fixed_dictionaries({"get": NAMES, "what": LINES}), max_size=2)
SCENES = st.builds(
    Scene,
    id=NAMES,
    kind=st.sampled_from([kind.id for kind in KINDS]) | LINES,
    title=LINES,
    message=PROSE,
    points=st.lists(PROSE, max_size=2).map(tuple),
    figures=FIGURES,
    clause=LINES,
    phrase=LINES,
    features=IDS,
    candidates=IDS,
    routes=IDS,
    for_armenia=IDS,
    for_azerbaijan=IDS,
    table=LINES,
    question=LINES,
    view=st.none() | VIEWS,
    layers=st.none() | IDS,
    inset=st.booleans(),
    caption=LINES,
    notes=PROSE,
    hidden=st.booleans(),
    kept=KEPT,
)
ROUTES = st.builds(
    OwnRoute,
    id=NAMES,
    name=LINES,
    mode=st.sampled_from(["", "rail", "road"]),
    origin=LINES,
    file=LINES,
    sha256=st.sampled_from(["", "0f" * 32]),
    geojson=SHOWN,
    kept=KEPT,
)
STORIES = st.builds(
    Story,
    id=NAMES,
    title=LINES,
    subtitle=LINES,
    language=st.sampled_from(["en", "hy", "az-Cyrl"]),
    author=LINES,
    made=st.dates().map(date.isoformat) | st.just(""),
    scenes=st.lists(SCENES, max_size=3, unique_by=lambda scene: scene.id).map(tuple),
    routes=st.lists(ROUTES, max_size=2, unique_by=lambda route: route.id).map(tuple),
    schema=st.integers(1, 3),
    kept=KEPT,
)


@pytest.mark.slow
@settings(max_examples=150, deadline=None)
@given(STORIES)
def test_a_written_story_is_read_as_it_was_and_written_as_the_same_bytes(story):
    found = open_story(story_bytes(story), "any.toml")
    assert found.story == story
    assert story_bytes(found.story) == story_bytes(story)


@pytest.mark.parametrize(
    "value",
    [
        "[" * 9 + "1" + ",1" * 19_000 + "]" * 9,
        "[" * 9 + '""' + ',""' * 19_000 + "]" * 9,
        "{a=" * 9 + "1" + "}" * 9,
        "[1e400, -0.0, nan, -inf, 9223372036854775807, 0o777]",
    ],
    ids=["numbers", "texts", "tables", "odd numbers"],
)
def test_what_the_form_does_not_know_comes_back_in_a_file_that_can_be_opened_and_is_not_much_longer(value):
    data = f'schema = 1\ntitle = "x"\nx = {value}\n[[scene]]\nid = "a"\nkind = "start"\n'.encode()
    story = open_story(data, "any.toml").story
    written = story_bytes(story)
    assert len(written) < 10_000 + 25 * len(data)
    again = open_story(written, "any.toml").story
    assert story_bytes(again) == written


TABLE = st.dictionaries(st.sampled_from(sorted(KNOWN - {"schema", "scene", "route", "id"})) | SHOWN, ANY, max_size=6)


@pytest.mark.slow
@settings(max_examples=150, deadline=None)
@given(TABLE, st.lists(TABLE, max_size=3), ANY)
def test_any_values_under_any_keys_are_opened_and_come_back_when_written(table, scenes, schema):
    given_table = {**table, "schema": schema, "scene": scenes}
    found = open_story(tomli_w.dumps(given_table).encode(), "any.toml")
    again = open_story(story_bytes(found.story), "any.toml")
    assert again.story == found.story
    written = tomllib.loads(story_bytes(found.story).decode())
    for before, after, record in [
        (table, written, found.story),
        *zip(scenes, written.get("scene", []), found.story.scenes, strict=True),
    ]:
        for key, value in before.items():
            if key not in KNOWN or key in record.kept:
                assert after[key] == value


def test_a_value_set_anew_takes_the_place_of_the_one_that_was_kept():
    story = opened(SMALL.replace('title = "One"', "title = 5")).story
    (scene,) = story.scenes
    assert tomllib.loads(story_bytes(story).decode())["scene"][0]["title"] == 5
    renamed = replace(story, scenes=(replace(scene, title="New"),))
    assert tomllib.loads(story_bytes(renamed).decode())["scene"][0]["title"] == "New"
