"""The documents page: the origin of the sources first, every register whole, every section and entry by its address."""

from html import unescape

import pytest

from corridor.quantities import day
from corridor.ui.shipped import shipped
from tests.support.opened import notices, open_page, shown

SECTIONS = ("register", "disagreements", "texts", "timeline", "programmes", "people", "acronyms")


@pytest.fixture(autouse=True)
def _own_file(monkeypatch, tmp_path):
    monkeypatch.setenv("CORRIDOR_OFFICE_UPDATES", str(tmp_path / "office-updates.toml"))


@pytest.fixture(scope="module")
def library():
    return shipped().library


@pytest.mark.parametrize("section", SECTIONS)
def test_every_section_begins_with_where_the_sources_come_from(section, library):
    page = unescape(shown(open_page("documents.py", {"section": section})))
    origins = page.index(library.disagreements.origins.statement)
    assert page.index("Where the sources come from") < origins
    assert library.disagreements.origins.counting in page
    if "<table" in page:
        assert origins < page.index("<table")
    assert '<section class="notes">' in page or section == "acronyms"


def test_the_register_holds_every_document_with_its_exact_name_and_day(library):
    page = unescape(shown(open_page("documents.py")))
    for one in library.instruments.values():
        if one.kind == "document":
            assert f'href="?feature={one.id}"' in page
            assert one.name in page
            assert one.status in page
            assert f"as of {day(one.status_as_of)}" in page
            assert one.map_relation in page


def test_a_document_opens_by_its_address_with_its_quotations(library):
    one = library.instruments["instrument/almaty-declaration-1991"]
    page = unescape(shown(open_page("documents.py", {"feature": one.id})))
    assert 'id="record-instrument-almaty-declaration-1991"' in page
    for quotation in one.quotations:
        assert quotation.text in page
        assert quotation.by in page
    assert one.conflict in page


def test_an_event_opens_by_its_address_above_the_timeline(library):
    event = library.timeline["event/declaration-signed-2025-08-08"]
    page = unescape(shown(open_page("documents.py", {"feature": event.id})))
    assert 'id="record-event-declaration-signed-2025-08-08"' in page
    assert "Timeline, drawn" in page
    assert event.disagreement in page


def test_what_lies_on_the_map_is_linked_to_the_map():
    page = shown(open_page("documents.py", {"feature": "territory/armenia"}))
    assert 'href="/?feature=territory/armenia"' in page


def test_disagreements_stand_side_by_side_in_their_own_words(library):
    page = unescape(shown(open_page("documents.py", {"section": "disagreements"})))
    for one in library.disagreements.entries:
        assert one.title in page
        assert one.remark in page
        for version in one.versions:
            assert f"“{version.quote}”" in page


def test_the_texts_stand_side_by_side_and_in_full(library):
    page = unescape(shown(open_page("documents.py", {"section": "texts"})))
    assert len(library.parallels.passages) == 4
    for passage in library.parallels.passages:
        assert passage.passage in page
    for point in library.parallels.points:
        assert point.title in page


def test_the_timeline_holds_every_event_and_every_promise(library):
    page = unescape(shown(open_page("documents.py", {"section": "timeline"})))
    for event in library.timeline.values():
        assert event.title in page
        assert event.sentence in page
    assert "Promised and delivered, as a table" in page
    assert "Completion in 2025" in page


def test_people_short_forms_and_programmes_are_whole(library):
    people = unescape(shown(open_page("documents.py", {"section": "people"})))
    acronyms = unescape(shown(open_page("documents.py", {"section": "acronyms"})))
    programmes = unescape(shown(open_page("documents.py", {"section": "programmes"})))
    assert all(person.name in people and person.office in people for person in library.people)
    assert all(acronym.stands_for in acronyms for acronym in library.acronyms)
    assert "Crossroads of Peace" in programmes
    assert "North-South" in programmes


def test_choosing_a_section_moves_the_address():
    app = open_page("documents.py", {"feature": "instrument/un-charter"})
    app.segmented_control[0].set_value("people").run()
    assert "people" in app.query_params["section"]
    assert "feature" not in app.query_params
    assert "People named by the documents" in shown(app)


@pytest.mark.parametrize("asked", [{"section": "<b>nowhere</b>"}, {"feature": "instrument/none"}])
def test_an_unknown_address_is_told_and_the_page_still_works(asked):
    app = open_page("documents.py", asked)
    assert len(notices(app)) == 1
    assert "<b>" not in notices(app)[0]
    assert "Documents by date" in shown(app)


def test_what_the_office_added_stands_apart(tmp_path):
    (tmp_path / "office-updates.toml").write_text(
        '[[update]]\nkind = "event"\nwhat = "<i>Meeting</i>"\ndate = 2026-11-20\nsource = "Own record"\n'
        'feature = "instrument/un-charter"\n',
        encoding="utf-8",
    )
    for address in ({"section": "timeline"}, {"feature": "instrument/un-charter"}):
        page = shown(open_page("documents.py", address))
        office = page.index('class="office"')
        assert "&lt;i&gt;Meeting&lt;/i&gt;" in page[office:]
        assert "Meeting&lt;/i&gt;" not in page[:office]
        assert "Added by this office" in page[office:]
