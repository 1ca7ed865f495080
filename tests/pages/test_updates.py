"""The office's own page: bad files are told on every page and harm nothing; the form writes what it is given."""

import json
from datetime import date, timedelta
from html import unescape

import pytest
import shapely

from corridor.land.features import shape_of
from corridor.office.updates import read_updates
from corridor.present.publication import published
from corridor.present.registers.office import NOT_SHIPPED
from corridor.quantities import day
from tests.support.opened import notices, open_page, settled, shown

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
    assert "is still to come" in notices(app)[0]
    assert not file.exists()
    fill(app)
    (entry,) = read_updates(file, KNOWN).entries
    assert (entry.date, entry.expected) == (ahead.isoformat(), True)
    assert f"{day(ahead.isoformat())}, still to come" in shown(open_page("updates.py"))


def test_an_event_still_to_come_is_asked_about_when_it_stands_in_the_file(file):
    file.write_text(GOOD.replace("2026-11-20", "2099-01-21") + "\n" + GOOD, encoding="utf-8")
    app = open_page("updates.py")
    assert "line 5, key 'date' is 21 January 2099, which is still to come" in unescape(notices(app)[0])
    assert "Entries in the file: 1" in [header.value for header in app.header]


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


@pytest.mark.parametrize("about", ["route/tripp-rail", "crossing/meghri-rail-east", "candidate/rail-araks"])
def test_what_is_added_about_a_segment_a_crossing_or_a_connection_shows_with_the_connection(file, about):
    file.write_text(GOOD.replace("territory/armenia", about), encoding="utf-8")
    assert "Added by this office" in shown(open_page("routes.py", {"candidate": "rail-araks"}))
    assert "Added by this office" in shown(open_page("questions.py", {"question": "1"}))


def test_what_is_added_about_an_event_shows_in_its_row(file):
    file.write_text(GOOD.replace("territory/armenia", "event/name-dispute-2025-09"), encoding="utf-8")
    assert "closed (status), 20 November 2026." in shown(open_page("documents.py", {"section": "timeline"}))


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


TRIPP = "route/tripp-rail"


def moved_line(north=0.002):
    """The shipped railway section, its middle moved north by so many degrees, as a file that an office sends."""
    positions = shapely.get_coordinates(shape_of(published().shipped.by_id[TRIPP])).copy()
    positions[1:-1, 1] += north
    return json.dumps({"type": "LineString", "coordinates": positions.tolist()}).encode()


def send_line(data, name="track.geojson"):
    app = open_page("updates.py", {"feature": TRIPP})
    uploader = next(field for field in app.file_uploader if field.label.startswith("A file with the line"))
    return settled(uploader.set_value([(name, data, "application/geo+json")]).run())


def take_over(app, **given):
    for field in (*app.text_input, *app.number_input, *app.date_input, *app.selectbox):
        for begin, value in given.items():
            if field.label.lower().startswith(begin.replace("_", " ")):
                field.set_value(value)
    return next(button for button in app.button if button.label == "Draw and measure this line").click().run()


TWO_PARTS = b'{"type": "MultiLineString", "coordinates": [[[46.5, 38.9], [46.4, 38.9]], [[46.3, 38.9], [46.2, 38.85]]]}'
ABOUT_LINE = {"accuracy_of": 25, "date_of_the_line": HELD, "where_the_line": "Survey <b>7</b>"}


@pytest.mark.slow
def test_an_office_gives_a_segment_a_line_sees_it_everywhere_and_takes_it_back_with_one_press(file):
    before = published().shipped.by_id[TRIPP]
    app = take_over(send_line(moved_line()), **ABOUT_LINE)
    assert not app.exception
    assert any("is drawn and measured for" in notice for notice in notices(app))
    (entry,) = read_updates(file, published().shipped.known_ids).entries
    assert (entry.kind, entry.feature, entry.accuracy_m, entry.source) == ("line", TRIPP, 25, "Survey <b>7</b>")
    redrawn = published().shipped.by_id[TRIPP]
    assert redrawn["properties"]["measured_km"] != before["properties"]["measured_km"]
    words = "Line added by this office: Survey &lt;b&gt;7&lt;/b&gt;, 20 November 2026"
    assert words in shown(open_page("routes.py", {"candidate": "rail-araks"}))
    compared = settled(
        open_page("compare_routes.py", {"routes": "candidate/rail-araks,candidate/rail-georgia-armenia"})
    )
    assert f"{redrawn['properties']['measured_km']:.1f} km as drawn by this office" in shown(compared)
    app = open_page("updates.py")
    next(button for button in app.button if button.label == "Edit entry 1").click().run()
    next(field for field in app.text_input if field.label == "Source").set_value("Survey 8")
    next(button for button in app.button if button.label == "Keep the changes").click().run()
    (edited,) = read_updates(file, published().shipped.known_ids).entries
    assert (edited.source, edited.line, edited.accuracy_m) == ("Survey 8", entry.line, 25)
    redrawn = published().shipped.by_id[TRIPP]
    next(button for button in app.button if button.label.startswith("Bring our line back")).click().run()
    assert published().shipped.by_id[TRIPP] == before
    next(button for button in app.button if button.label == "Undo the removal").click().run()
    assert published().shipped.by_id[TRIPP] == redrawn


@pytest.mark.parametrize(
    ("data", "given", "says"),
    [
        (moved_line(-0.02), {}, "its segment lies in Armenia alone. Nothing was written."),
        (moved_line(), {"accuracy_of": None}, "Say how exact the line is, in metres."),
        (moved_line(), {"where_the_line": ""}, "Source is empty"),
        (TWO_PARTS, {}, "parts"),
        (b'{"type": "Point", "coordinates": [46.5, 38.9]}', {}, ""),
    ],
)
def test_a_line_that_cannot_be_taken_over_is_told_and_nothing_is_written(file, data, given, says):
    app = send_line(data)
    if says:
        app = take_over(app, **{**ABOUT_LINE, **given})
        assert says in unescape("".join(notices(app)))
    else:
        assert "No line can be taken" in "".join(notices(app))
    assert not app.exception
    assert not file.exists()
