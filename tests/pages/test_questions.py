"""The questions page, driven through the menu: every question, the filter, one question by its address."""

import re
from html import unescape

import pytest
from streamlit.testing.v1 import AppTest

from corridor.present.sheets import figure_text
from corridor.present.words import standard_gap
from corridor.ui.answering.fetched import questions


@pytest.fixture
def page():
    app = AppTest.from_file("../../corridor/pages/_menu.py", default_timeout=60)
    app.switch_page("questions.py")
    return app


def html(app):
    return "\n".join(block.proto.body for block in app.get("html"))


def words(app):
    return unescape(re.sub(r"<[^>]+>", "", html(app)))


def test_every_question_stands_on_the_page_with_an_anchor(page):
    page.run()
    assert not page.exception
    assert page.title[0].value == "Questions"
    for question in questions():
        assert f'id="question-{question.number}"' in html(page)
        assert question.asked in words(page)
    for number in range(1, 22):
        assert f'<a href="?question={number}" target="_self">Copy or save question {number} →</a>' in html(page)


def test_every_figure_stands_with_accuracy_date_and_source(page):
    page.run()
    shown = words(page)
    for question in questions():
        for figure in question.figures:
            assert figure_text(figure) in shown
            assert figure.what in shown
    assert standard_gap() in shown


def test_the_filter_keeps_the_questions_that_hold_every_word(page):
    page.run()
    page.text_input(key="wanted").set_value("gauge dilucu").run()
    assert "13. Which gauge" in words(page)
    assert "1. How many kilometres" not in words(page)
    page.text_input(key="wanted").set_value("<b>no such words</b>").run()
    assert "No question holds all of these words" in words(page)
    assert "<b>no such" not in html(page)


def test_the_address_opens_one_question_with_its_evidence(page):
    page.query_params["question"] = "7"
    page.run()
    assert "7. How close" in words(page)
    assert "8. What would Armenia gain" not in words(page)
    assert '<details class="evidence" open="">' in html(page)
    for way in ('href="?"', 'href="?question=6"', 'href="?question=8"'):
        assert way in html(page)


@pytest.mark.parametrize("asked", ["23", "seven", "<script>"])
def test_an_unknown_question_is_told_and_the_page_goes_on(page, asked):
    page.query_params["question"] = asked
    page.run()
    assert not page.exception
    assert "which is not known here; 1 to 22 are" in words(page)
    assert "<script>" not in html(page)
    assert "20. What does each side call this" in words(page)


def test_the_copy_carries_the_sources_the_gaps_and_the_disclaimer(page):
    page.query_params["question"] = "1"
    page.run()
    copied = page.code[0].value
    assert copied.startswith("1. How many kilometres")
    for part in ("Not known:", "Sources:", "[1] ", "Reference map, not a legal document."):
        assert part in copied
    assert [button.label for button in page.get("download_button")] == ["Figures as CSV"]
