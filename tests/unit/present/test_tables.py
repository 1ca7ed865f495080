"""Tables for people who look, listen or print; nothing anybody wrote becomes markup."""

from corridor.present.tables import Html, element, html_table, lines, link


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
    assert element("p", "x", title='"><script>') == '<p title="&quot;&gt;&lt;script&gt;">x</p>'
    assert 'rel="noopener noreferrer"' in link("x", "https://example.org")
    assert isinstance(lines(["<a>", Html("<br>")]), Html)
    assert lines(["<a>", Html("<br>")]) == "<div>&lt;a&gt;</div><div><br></div>"
