"""Tables for people who look, listen or print; nothing anybody wrote becomes markup."""

import ast
from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup, escape

import corridor
from corridor.office.updates import Update
from corridor.present.footnotes import Footnotes
from corridor.present.own_route.file_report import facts_html
from corridor.present.registers.office import entry_record, office_table
from corridor.present.sheets import Sheet, sheet_html
from corridor.present.story.html import around_html, notes_html, scene_html, small_print_html
from corridor.present.tables import element, html_table, link, stacked
from tests.support.briefed import SHIPPED, view

MARKER = "\N{LOWER ONE EIGHTH BLOCK}"
#: What could begin or end an element, an attribute or a comment.
BREAKING = [*"<>&\"'=/!-;#xé", " onload=x", "<script>", "&lt;", "<!--"]
TEXTS = st.lists(st.sampled_from(BREAKING), max_size=12).map("".join)
UPDATE = Update("figure", "length", "2026-10-01", "Study", feature="route/x", value=4.5, unit="km")
#: Where HTML is made of more than a constant: the one place that escapes, and the head of the one-file story.
REVIEWED = {
    "present/tables.py": 1,
    "present/single_file/story_file.py": 2,
    "present/cartography/ground_picture.py": 1,
}


def test_every_text_is_escaped_and_html_is_left_alone():
    table = html_table("<i>Caption</i>", ["<b>A</b>", "B"], [["<script>", link("a & b", "/sources?section=x&y=1")]])
    assert "<script>" not in table
    assert "<i>" not in table
    assert "<b>" not in table
    assert '<a href="/sources?section=x&amp;y=1" target="_self">a &amp; b</a>' in table


def test_rows_and_columns_have_their_headings():
    table = html_table("Lengths", ["Line", "Length (km)"], [["River", "45.9"]], numeric=[1], anchors=["river"])
    assert '<th scope="col" class="figure">Length (km)</th>' in table
    assert (
        '<tr id="river"><th scope="row">River</th><td data-label="Length (km)" class="figure">45.9</td></tr>' in table
    )
    assert 'role="region" tabindex="0" aria-label="Lengths"' in table
    assert "<caption>Lengths</caption>" in table


def test_an_empty_cell_says_that_it_is_empty():
    assert '–</span><span class="for-ears">none</span></td>' in html_table("C", ["A", "B"], [["x", None]])


def test_attributes_are_escaped_and_outside_links_tell_nothing():
    assert element("p", "x", title='"><script>') == '<p title="&#34;&gt;&lt;script&gt;">x</p>'
    assert element("p", title=Markup('<b lang="en">')) == '<p title="&lt;b lang=&#34;en&#34;&gt;"></p>'
    assert 'rel="noopener noreferrer"' in link("x", "https://example.org")
    assert isinstance(stacked(["<a>", Markup("<br>")]), Markup)
    assert stacked(["<a>", Markup("<br>")]) == "<div>&lt;a&gt;</div><div><br></div>"


class Events(HTMLParser):
    """What a browser reads in HTML: its elements with their attributes, and the text between them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.read: list[Any] = []
        self.feed(str(html))
        self.close()

    def handle_starttag(self, tag, attrs):
        self.read.append((tag, tuple(attrs)))

    def handle_endtag(self, tag):
        self.read.append(f"/{tag}")

    def handle_data(self, data):
        self.read.append(("text", data))

    def handle_comment(self, data):
        self.read.append(("comment", data))


def put(value: Any, text: str) -> Any:
    """Replace the marker by a text in whatever was made with it."""
    if isinstance(value, str):
        return value.replace(MARKER, text)
    if isinstance(value, (list, tuple)):
        return type(value)(put(one, text) for one in value)
    return value


def written_in(value: Any, text: str) -> Any:
    """Return a record as if somebody had added a text to every text in it."""
    if isinstance(value, str):
        return value + text
    if isinstance(value, (list, tuple)):
        return type(value)(written_in(one, text) for one in value)
    if is_dataclass(value):
        return replace(value, **{one.name: written_in(getattr(value, one.name), text) for one in fields(value)})
    return value


def of_sheet(text: str) -> str:
    sheet = Sheet(text, (text, text), ((text, (text, text)), (text, None)))
    return sheet_html(sheet, Footnotes({}))


def of_update(text: str) -> str:
    update = replace(UPDATE, what=text, source=text, unit=text)
    labels = {"route/x": text}
    return office_table([update], labels) + entry_record(1, update, labels)


def of_table(text: str) -> str:
    cells = [[text, escape(text), stacked([text, None]), link(text, f"?x={text}")]]
    return html_table(text, [text, Markup("<b>x</b>"), text, text], cells, anchors=[text], look=text)


@pytest.mark.parametrize("show", [of_table, of_sheet, of_update, lambda text: facts_html([(text, text)], text)])
@given(text=TEXTS)
def test_no_text_of_a_visitor_becomes_an_element_or_an_attribute(show: Callable[[str], str], text):
    expected = put(Events(show(f"a{MARKER}z")).read, text)
    assert Events(show(f"a{text}z")).read == expected


@pytest.mark.parametrize("show", [scene_html, small_print_html, notes_html])
@pytest.mark.parametrize("story", SHIPPED)
@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "\"><img src=x onerror='x'>", "' onload='x", "&lt;b>", "<!--"]
)
def test_no_text_of_a_scene_becomes_an_element_or_an_attribute(show, story, text):
    for scene in view(story).shown:
        expected = put(Events(show(written_in(scene, MARKER))).read, text)
        assert Events(show(written_in(scene, text))).read == expected
    whole = view(story)
    assert Events(around_html(written_in(whole, text))).read == put(
        Events(around_html(written_in(whole, MARKER))).read, text
    )


def test_html_is_made_of_constants_everywhere_but_in_the_places_that_were_reviewed():
    package = Path(corridor.__file__).parent
    made = {}
    for file in package.rglob("*.py"):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)]
        loose = [c for c in calls if c.func.id == "Markup" and not all(isinstance(a, ast.Constant) for a in c.args)]
        if loose:
            made[file.relative_to(package).as_posix()] = len(loose)
    assert made == REVIEWED
