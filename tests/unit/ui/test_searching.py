"""The routes of a visit among what is found: measured ones with their length, others by their file, for it alone."""

import json
import time

import pytest

from corridor.quantities import kilometres
from corridor.store.own_file import FileOrigin, FileSource
from corridor.store.tokens import new_token
from corridor.store.work import FileAnalysis
from corridor.ui import searching
from corridor.ui.visit.process import visits
from corridor.ui.visit.visit import file_analysis
from tests.support.searched import search

LINE = {"type": "LineString", "coordinates": [[46.66, 39.08], [46.4, 38.95], [46.24, 38.9], [46.02, 38.91]]}


@pytest.fixture(autouse=True)
def built_once(monkeypatch):
    monkeypatch.setattr(searching, "search", search)


def keep(token, name: str, title: str):
    feature = {"type": "Feature", "properties": {"name": title}, "geometry": LINE}
    now = time.monotonic()
    return visits().visit(token, now).keep(name, json.dumps(feature).encode(), FileOrigin(FileSource.UPLOADED), now)


def asked(token, words: str):
    return searching.hits_for(token, words, time.monotonic())


def test_a_route_is_found_by_its_name_and_its_file_once_it_is_measured_and_by_its_visit_alone():
    mine, other = new_token(), new_token()
    file = keep(mine, "ministry-draft.geojson", "Вариант Карчеван")
    assert [hit["answer"].partition(",")[0] for hit in asked(mine, "ministry draft")[:1]] == [
        "ministry-draft.geojson: a file of your visit"
    ]
    analysis = file_analysis(visits().visit(mine, time.monotonic()), file)
    assert isinstance(analysis, FileAnalysis)
    length = kilometres(analysis.assessments[0].length_km)
    for words in ("variant karchevan", "ministry draft", "my route"):
        first = asked(mine, words)[0]
        assert (first["kind"], first["id"], first["title"]) == ("own", f"own/{file.id}/1", "Вариант Карчеван")
        assert first["answer"].startswith(f"Your own route: {length} as drawn, ")
        assert first["link"] == f"/check-route?file={file.id}"
        for token in (other, None):
            assert "own" not in [hit["kind"] for hit in asked(token, words)]
    visits().visit(mine, time.monotonic()).forget(file.id)
    assert "own" not in [hit["kind"] for hit in asked(mine, "ministry draft")]


def test_a_search_reads_no_file(monkeypatch):
    mine = new_token()
    keep(mine, "unread.geojson", "Unread")
    monkeypatch.setattr("corridor.store.job_queue.JobQueue.ask", pytest.fail)
    assert asked(mine, "unread")[0]["kind"] == "own"


def test_markup_in_a_name_is_a_name():
    mine = new_token()
    keep(mine, "x.geojson", "<img src=x>")
    assert asked(mine, "<img src=x>") == asked(mine, "img src x")
