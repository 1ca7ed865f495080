"""A label shows a text of somebody's as the characters it is, whatever Streamlit's Markdown would make of it."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from corridor.ui.frame.labels import as_label

JOINER = "\N{WORD JOINER}"
#: What Streamlit 1.67 and its Markdown look for in the text that is left once all signs of Markdown are read.
LOOKED_FOR = (
    r"(https?://|www(?=\.))([-.\w]+)([^ \t\r\n]*)",
    r"(?<!\w)([-.\w+]+)@([-\w]+(?:\.[-\w]+)+)",
    r":[+\w/-]+:",
    r"(^|\s)(<->|->|<-|--|>=|<=|~=)(\s|$)",
)
MARKDOWN = MarkdownIt("commonmark").enable(["strikethrough", "table"])


def shown(label: str) -> str:
    """The text a label is shown as; fails where it holds anything but text."""
    tokens = MARKDOWN.parse(label)
    assert [token.type for token in tokens] in ([], ["paragraph_open", "inline", "paragraph_close"])
    inside = tokens[1].children if tokens else []
    assert {token.type for token in inside} <= {"text", "text_special"}
    return "".join(token.content for token in inside)


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"], exclude_characters=JOINER)))
@example("1. *a* _b_ `c` ~~d~~ [e](http://example.org) ![f](x) <g> &amp; # h | $x^2$ :red[i] \\")
@example("https://example.org www.example.org a.b@example.org :material/home: :smile: :streamlit: -> -- >= ~=")
@example("12. x")
@example("3) x")
@example("- x")
@example("a\n===\nb")
def test_a_text_is_shown_as_it_is(text):
    text = " ".join(text.split())
    seen = shown(as_label(text))
    assert seen.replace(JOINER, "") == text
    assert not any(re.search(pattern, seen, re.IGNORECASE) for pattern in LOOKED_FOR)


@pytest.mark.parametrize("text", ["Scene", "Բեմ 2", "رویداد", "Where it runs, 42 km", "a/b"])
def test_plain_words_stay_as_they_are(text):
    assert as_label(text) == text
