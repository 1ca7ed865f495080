"""The office's own page: bad files are told on every page and harm nothing; the form writes what it is given."""

from datetime import date, timedelta
from html import unescape

import pytest

from corridor.office.updates import read_updates
from corridor.present.registers.office import NOT_SHIPPED
from tests.support.opened import notices, open_page, shown

KNOWN = {"territory/armenia", "crossing/sadarak-yeraskh", "instrument/un-charter"}
HELD = date(2026, 11, 20)
GOOD = """# by hand
[[update]]
kind = "status"
what = "closed"
date = 2026-11-20
source = "Own record"
feature = "territory/armenia"
"""


@pytest.fixture
def file(monkeypatch, tmp_path):
    path = tmp_path / "office-updates.toml"
    monkeypatch.setenv("CORRIDOR_OFFICE_UPDATES", str(path))
    return path


@pytest.mark.parametrize("page", ["documents.py", "sources.py", "updates.py"])
@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[[update]\n", "is not readable TOML"),
        ('[[update]]\nkind = "event"\nwhat = "x"\ndate = 2026-01-01\n', "line 1, key 'source' is missing"),
        (GOOD.replace("territory/armenia", "route/<img src=x>"), "route/<img src=x>"),
        (GOOD.replace("2026-11-20", '"soon"'), "line 5, key 'date'"),
    ],
)
def test_a_bad_file_is_told_on_every_page_and_the_page_goes_on(file, page, text, told):
    file.write_text(text, encoding="utf-8")
    app = open_page(page)
    (notice,) = notices(app)
    assert "office-updates.toml" in notice
    assert "<img" not in notice
    assert told in unescape(notice)
    assert app.title[0].value in {"Documents", "Sources", "Office updates"}


def fill(app, **given):
    """Fill in the form by the labels of its fields."""
    for field in (*app.text_input, *app.selectbox, *app.date_input, *app.number_input):
        for begin, value in given.items():
            if field.label.lower().startswith(begin.replace("_", " ")):
                field.set_value(value)
    return app.button[0].click().run()


def test_the_form_adds_a_status_and_shows_it(file):
    app = fill(
        open_page("updates.py"), about="territory/armenia", status="closed <b>x</b>", source="Own record", date=HELD
    )
    assert not app.exception
    (entry,) = read_updates(file, KNOWN).entries
    assert (entry.kind, entry.what, entry.feature, entry.source) == (
        "status",
        "closed <b>x</b>",
        "territory/armenia",
        "Own record",
    )
    assert "1. closed &lt;b&gt;x&lt;/b&gt;" in shown(app)
    assert "Added about Armenia (territory) and written to office-updates.toml." in notices(app)[0]


def test_no_date_is_filled_in_and_one_to_come_is_asked_about(file):
    app = fill(open_page("updates.py"), about="territory/armenia", status="closed", source="Own record")
    assert "Choose the date" in notices(app)[0]
    assert not file.exists()
    ahead = date.today() + timedelta(days=30)
    app = fill(app, date=ahead)
    assert "lies in the future" in notices(app)[0]
    assert not file.exists()
    fill(app)
    assert read_updates(file, KNOWN).entries[0].date == ahead.isoformat()


def test_an_entry_is_edited_in_the_form_and_stays_one(file):
    file.write_text(GOOD, encoding="utf-8")
    app = open_page("updates.py")
    next(button for button in app.button if button.label == "Edit entry 1").click().run()
    assert next(field for field in app.text_input if field.label.startswith("Status")).value == "closed"
    app = fill(app, status="open", your_initials="AB")
    assert not app.exception
    (entry,) = read_updates(file, KNOWN).entries
    assert (entry.what, entry.initials, entry.date) == ("open", "AB", "2026-11-20")


def test_one_broken_entry_hides_no_other_and_each_shows_where_it_belongs(file):
    status = GOOD.replace("territory/armenia", "instrument/un-charter")
    file.write_text(status + '\n[[update]]\nkind = "event\n\n' + GOOD, encoding="utf-8")
    app = open_page("documents.py")
    assert "This entry is left out" in notices(app)[0]
    assert "closed (status), 20 November 2026. Source: Own record. Added by this office." in shown(app)


def test_what_the_office_adds_shows_on_the_question_it_concerns(file):
    file.write_text(GOOD.replace("territory/armenia", "crossing/sadarak-yeraskh"), encoding="utf-8")
    assert "Added by this office" in shown(open_page("questions.py", {"question": "9"}))
    assert "Added by this office" not in shown(open_page("questions.py", {"question": "16"}))


def test_the_form_adds_a_figure_with_its_unit(file):
    app = open_page("updates.py")
    app.segmented_control[0].set_value("figure").run()
    fill(
        app, about="crossing/sadarak-yeraskh", what="length of the gap", value=1.6, unit="km", source="Study", date=HELD
    )
    (entry,) = read_updates(file, KNOWN).entries
    assert (entry.value, entry.unit) == (1.6, "km")


def test_a_form_left_empty_is_told_and_writes_nothing(file):
    app = fill(open_page("updates.py"), about="territory/armenia", status="closed", date=HELD)
    assert "Source is empty" in notices(app)[0]
    assert not file.exists()
    assert next(field for field in app.text_input if field.label.startswith("Status")).value == "closed"


def test_the_form_never_writes_over_a_file_it_cannot_read(file):
    file.write_text("[[update]\n", encoding="utf-8")
    app = fill(open_page("updates.py"), about="territory/armenia", status="closed", source="Own record", date=HELD)
    assert any("nothing was written" in notice for notice in notices(app))
    assert file.read_text(encoding="utf-8") == "[[update]\n"


def test_an_entry_is_removed_and_comes_back(file):
    file.write_text(GOOD, encoding="utf-8")
    app = open_page("updates.py")
    next(button for button in app.button if button.label == "Remove entry 1").click().run()
    assert read_updates(file, KNOWN).entries == ()
    assert "Removed: closed" in notices(app)[0]
    next(button for button in app.button if button.label == "Undo the removal").click().run()
    assert not app.exception
    assert file.read_text(encoding="utf-8") == GOOD


def test_the_entries_can_be_taken_away(file):
    file.write_text(GOOD, encoding="utf-8")
    labels = [button.label for button in open_page("updates.py").get("download_button")]
    assert labels == ["Download the entries as CSV", "Download the entries as TOML"]


def test_an_address_chooses_what_the_entry_is_about(file):
    app = open_page("updates.py", {"feature": "instrument/un-charter"})
    assert app.selectbox[0].value == "instrument/un-charter"
    assert not file.exists()


def test_what_is_added_is_called_the_office_s_own(file):
    file.write_text(GOOD, encoding="utf-8")
    assert "Added by this office" in shown(open_page("updates.py"))
    page = shown(open_page("documents.py", {"feature": "territory/armenia"}))
    assert "Added by this office" in page
    assert NOT_SHIPPED in page
