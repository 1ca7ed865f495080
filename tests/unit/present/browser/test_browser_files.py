"""What runs in a browser: a component is made of its own files and the shared ones, and every colour has one source."""

import re
from posixpath import dirname, normpath

import pytest

from corridor.present.browser import files, palette
from corridor.present.publication import published
from corridor.present.single_file.story_file import PAGE, SHEETS
from corridor.present.style import LIGHT
from tests.support.served import ROOT

COMPONENTS = (*files.COMPONENTS, "page")
FILES = [name for folder in (files.SHARED, *COMPONENTS) for name in files.files_of_folder(folder)]
SCRIPTS = [name for name in FILES if name.endswith(".js")]
#: Every way in which a script names another: import or export … from, a bare import, import(), new URL(), a list.
NAMED = re.compile(
    r"""(?:^(?:import|export)\b[^;"'`]*?\bfrom\s*|^import\s*|\bimport\(\s*|\bnew URL\(\s*|(?=["'`]\.{1,2}/))"""
    r"""(["'`])([^"'`\n]+)\1""",
    re.MULTILINE,
)
PAGE_SHEETS = sorted((ROOT / "corridor").glob("**/*.css"))
#: A blank screen is black, with grey words for whoever finds it with the keyboard; rules on paper are grey ink.
OWN_COLOURS = {
    "presenting.css": ["#000", "#000", "#8a8a8a"],
    "page.css": ["#888", "#888", "#333"],
    # Streamlit's own header is translucent too, above pages of both themes.
    "house.css": ["rgba(128, 132, 140, 0.28)"],
}
COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}\b|\b(?:rgb|hsl)a?\([^)]*\)")
SET_ELSEWHERE = {"--top", "--foot", "--share", "--fit", "--beside"}


def strangers(name: str, code: str) -> list[str]:
    """The files a script names that are neither its component's own nor shared."""
    allowed = {dirname(name), files.SHARED}
    found = []
    for match in NAMED.finditer(code):
        # An address made of the application's own routes leads to a page, not to a file of a component.
        route = match[0].startswith("new URL") and match[2].startswith("/")
        if not route and (match[2][0] != "." or dirname(normpath(f"{dirname(name)}/{match[2]}")) not in allowed):
            found.append(match[2])
    return found


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_component_refers_to_its_own_files_and_the_shared_ones_alone(name: str):
    assert strangers(name, files.text(name)) == []


@pytest.mark.parametrize(
    "line",
    [
        'import { SceneMap } from "../presenter/scene_map.js";',
        "import { SceneMap } from '../presenter/scene_map.js';",
        'import "../route/marks.js";',
        'import * as all from "../presenter/speaking.js";',
        'import {\n  one,\n  other,\n} from "../presenter/speaking.js";',
        'const late = import("../page/page.js");',
        'export { Marks } from "../route/marks.js";',
        'const SHEET = new URL("../route/editor.css", import.meta.url);',
        'const SHEETS = ["./frame.css", "../route/editor.css"].map((name) => new URL(name, import.meta.url).href);',
        'import leaflet from "leaflet";',
        'import { a } from "/assets/scripts/other.js";',
        'import { a } from "https://example.org/a.js";',
        'import { a } from "../../elsewhere.js";',
    ],
)
def test_every_way_to_refer_to_another_component_is_seen(line: str):
    assert strangers("reader/reader.js", line)


@pytest.mark.parametrize("name", SCRIPTS)
def test_what_a_script_refers_to_is_there(name: str):
    assert set(files.referred(name)) <= set(FILES)


def reached(component: str) -> set[str]:
    found = {
        file
        for name in files.files_of_folder(component)
        if name.endswith(".js")
        for file in files.files_of_window(name)
    }
    return found | set(SHEETS) if component == "page" else found


@pytest.mark.parametrize("name", files.files_of_folder(files.SHARED))
def test_a_shared_file_is_used_by_several_components(name: str):
    assert sum(name in reached(component) for component in COMPONENTS) >= 2


@pytest.mark.parametrize("name", FILES)
def test_every_file_says_first_what_it_is(name: str):
    assert files.text(name).startswith("// " if name.endswith(".js") else "/* ")


def test_no_file_is_left_over():
    assert set(FILES) - set().union(*map(reached, COMPONENTS)) == set()


@pytest.mark.parametrize("path", PAGE_SHEETS, ids=lambda path: path.name)
def test_a_style_sheet_has_no_colour_of_its_own(path):
    told = re.sub(r"/\*.*?\*/|url\([^)]*\)", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert COLOUR.findall(told) == OWN_COLOURS.get(path.name, [])


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_script_has_no_colour_of_its_own(name: str):
    assert re.findall(r"[\"'`](?:#[0-9a-fA-F]{3,8}|rgba?\([^\"'`]*)[\"'`]", files.text(name)) == []


@pytest.mark.parametrize("component", COMPONENTS)
def test_no_window_uses_a_property_that_nothing_gives_it(component: str):
    sheets = "\n".join(files.text(name) for name in sorted(reached(component)) if name.endswith(".css"))
    declared = set(re.findall(r"(--[\w-]+)\s*:", sheets))
    assert set(re.findall(r"var\((--[\w-]+)", sheets)) - declared - SET_ELSEWHERE == set()


@pytest.mark.parametrize("entry", ["presenter/presenter.js", "route/sample_list.js", "route/editor.js"])
def test_whoever_mounts_a_component_is_given_the_palette_even_without_a_map(entry: str):
    assert {palette.NAME, "shared/base.css", "shared/in_page.css"} <= set(files.files_of_window(entry))


def test_the_pages_have_the_same_colours_for_both_themes():
    told = dict(re.findall(r"--([\w-]+): light-dark\((.*?)\);", palette.page_palette_css()))
    light = palette.variables(LIGHT, palette.LIGHT_WINDOW)
    assert set(told) == set(light) - {"shadow"}
    assert all(pair.startswith(light[name]) for name, pair in told.items())


def test_the_pages_use_no_colour_that_is_not_in_the_palette():
    given = set(re.findall(r"(--[\w-]+):", palette.page_palette_css()))
    for path in (ROOT / "corridor" / "pages").glob("*.css"):
        sheet = path.read_text(encoding="utf-8")
        own = set(re.findall(r"(--[\w-]+)\s*:", sheet)) | {"--line", "--faint"}
        used = {name for name in re.findall(r"var\((--[\w-]+)\)", sheet) if not name.startswith("--st-")}
        assert used <= given | own, path.name


def test_the_reader_is_fetched_early_with_all_it_needs_and_nothing_else():
    publication = published()
    addresses = {file.address for file in publication.files}
    assert set(publication.reader_files) <= addresses
    names = {address.split("/", 4)[-1] for address in publication.reader_files}
    assert {palette.NAME, "reader/session.js", "reader/frame.css", "shared/drawn.js"} <= names
    assert not {name for name in names if "small_map" in name or "presenting" in name}


def test_the_palette_is_published_beside_the_sheets_that_use_it():
    (sheet,) = [file for file in published().files if file.address.endswith(palette.NAME)]
    assert sheet.content.decode() == palette.palette_css()
    assert not (files.FOLDER / palette.NAME).exists()


def test_a_story_file_is_dressed_by_what_its_scripts_need():
    assert SHEETS[0] == palette.NAME
    assert all(files.text(name) for name in SHEETS)
    assert PAGE in FILES
