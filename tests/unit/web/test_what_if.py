"""The POST route of an edited line: who may ask, what is refused and how, and that the latest movement wins."""

import json
import random
import secrets
import time
from threading import Thread

import pytest
from starlette.applications import Starlette

from corridor.assessing.editing import EditedLine
from corridor.reading.samples import find_sample
from corridor.store.drafts import MOST_PARTS, MOST_VERTICES, VISIT_DRAFTS
from corridor.store.own_file import FileOrigin, FileSource
from corridor.store.tokens import new_token
from corridor.ui.checking.editor import ADDRESS
from corridor.ui.visit.process import drafts, visits
from corridor.ui.visit.visit import COOKIE
from corridor.web import what_if
from corridor.web.hosts import HostAndOrigin
from corridor.web.measuring import measuring_routes
from corridor.web.messages import MOST_BYTES, MOST_EDITS, MOST_LISTS, MOST_VALUES
from tests.support.asgi import Answer, ask

PORT = 8501
HOST = f"127.0.0.1:{PORT}"
LINE = [[46.75, 39.05], [46.4, 38.95], [46.2, 38.95], [45.8, 39.0]]


def name() -> str:
    return secrets.token_hex(16)


@pytest.fixture
def token() -> str:
    return new_token()


def send(token: str, told, body: bytes | None = None, **changed: str) -> Answer:
    headers = {
        "host": HOST,
        "origin": f"http://{HOST}",
        "sec-fetch-site": "same-origin",
        "content-type": "application/json",
        "cookie": f"{COOKIE}={token}",
    }
    headers |= {key.replace("_", "-"): value for key, value in changed.items()}
    app = HostAndOrigin(Starlette(routes=measuring_routes()))
    sent = json.dumps(told).encode() if body is None else body
    given = {key: value for key, value in headers.items() if value}
    return ask(app, ADDRESS, given, "POST", sent, server=("127.0.0.1", PORT))


def told(answer: Answer):
    return json.loads(answer.body)


def opened(token: str, **more) -> str:
    draft = name()
    answer = send(token, {"draft": draft, "open": {"parts": [LINE], **more}})
    assert answer.status == 200, answer.body
    return draft


def moved(number: int, vertex: int, lon: float, lat: float) -> dict:
    return {"n": number, "part": 0, "first": vertex, "gone": 1, "put": [[lon, lat]]}


def edit(token: str, draft: str, after: int, *edits: dict) -> Answer:
    return send(token, {"draft": draft, "after": after, "edits": list(edits)})


def test_a_movement_is_answered_with_lengths_crossings_and_the_three_answers(token):
    draft = opened(token)
    answer = told(edit(token, draft, 0, moved(1, 1, 46.4, 39.0)))
    assert answer["applied"] == 1
    panel = answer["panel"]
    assert panel["length"]["km"].endswith(" km")
    assert [one["id"] for one in panel["answers"]] == ["G1", "G2", "G3"]
    assert [row["label"] for row in panel["territories"]] == sorted(row["label"] for row in panel["territories"])
    assert all(crossing["accuracy"].startswith("±") for crossing in panel["crossings"])
    assert len(panel["rest"]) == 14


def test_a_route_of_the_visit_is_opened_with_all_its_vertices_and_its_numbers_before(token):
    content = find_sample("sound-whole-line").content()
    file = (
        visits()
        .visit(token, time.monotonic())
        .keep("mine.geojson", content, FileOrigin(FileSource.UPLOADED), time.monotonic())
    )
    draft = name()
    answer = told(send(token, {"draft": draft, "open": {"file": file.id, "route": 1}}))
    given = json.loads(content)
    feature = given["features"][0] if "features" in given else given
    assert answer["parts"][0] == feature.get("geometry", feature)["coordinates"]
    assert answer["panel"]["length"]["change"] == "no change"
    lon, lat = answer["parts"][0][5][:2]
    later = told(edit(token, draft, 0, moved(1, 5, lon, lat + 0.02)))
    assert later["panel"]["length"]["change"].startswith("+")
    visits().visit(token, time.monotonic()).forget(file.id)
    assert edit(token, draft, 1, moved(2, 5, lon, lat)).status == 410
    assert send(token, {"draft": name(), "open": {"file": file.id, "route": 1}}).status == 404


def test_a_draft_of_a_file_that_is_forgotten_meanwhile_is_not_held(token, monkeypatch):
    content, now = find_sample("sound-whole-line").content(), time.monotonic()
    visit = visits().visit(token, now)
    file = visit.keep("mine.geojson", content, FileOrigin(FileSource.UPLOADED), now)
    measured = EditedLine.assessment

    def measured_while_it_is_forgotten(line):
        visit.forget(file.id)
        return measured(line)

    monkeypatch.setattr(EditedLine, "assessment", measured_while_it_is_forgotten)
    draft = name()
    assert send(token, {"draft": draft, "open": {"file": file.id, "route": 1}}).status == 404
    assert drafts().find(token, draft, now) is None


def test_a_movement_that_arrives_late_is_superseded_and_nothing_is_lost(token):
    draft = opened(token)
    later = edit(token, draft, 0, moved(2, 1, 46.4, 39.02))
    earlier = edit(token, draft, 0, moved(1, 1, 46.4, 39.9))
    assert told(later)["applied"] == 2
    assert told(earlier) == {"superseded": True, "applied": 2}
    assert drafts().find(token, draft, time.monotonic()).line.parts[0][1].tolist()[:2] == [46.4, 39.02]


def test_a_movement_that_waits_is_left_out_when_a_later_one_is_heard_of(token):
    draft = opened(token)
    held = drafts().find(token, draft, time.monotonic())
    answers: dict[int, dict] = {}

    def ask_for(*edits: dict) -> None:
        answers[edits[-1]["n"]] = told(edit(token, draft, 0, *edits))

    with held.lock:
        waiting = [Thread(target=ask_for, args=(moved(n, 1, 46.4, 39.0 + n / 1000),)) for n in (1, 2, 3)]
        for thread in waiting:
            thread.start()
        deadline = time.monotonic() + 30
        while held.asked < 3 and time.monotonic() < deadline:
            time.sleep(0.01)
    for thread in waiting:
        thread.join()
    assert [answers[n].get("superseded", False) for n in (1, 2, 3)] == [True, True, False]
    assert held.line.parts[0][1, 1] == 39.003


def test_parts_are_counted_before_one_is_built(token, monkeypatch):
    """Twenty-five thousand of them were built first, beside everybody's pages: 0.5 s of processor for each refusal."""
    monkeypatch.setattr(what_if, "_rows", pytest.fail)
    answer = send(token, {"draft": name(), "open": {"parts": [LINE[:2]] * (MOST_PARTS + 1)}})
    assert (answer.status, "401 parts" in answer.body.decode()) == (413, True)


def test_an_edit_that_was_done_is_not_done_twice_and_a_gap_is_told(token):
    draft = opened(token)
    added = {"n": 1, "part": 0, "first": 2, "gone": 0, "put": [[46.3, 38.96]]}
    edit(token, draft, 0, added)
    edit(token, draft, 0, added, moved(2, 0, 46.7, 39.05))
    assert len(drafts().find(token, draft, time.monotonic()).line.parts[0]) == len(LINE) + 1
    answer = edit(token, draft, 7, moved(8, 0, 46.7, 39.05))
    assert (answer.status, told(answer)["tell_all"]) == (409, True)


def test_a_line_that_is_held_no_more_is_told_anew_and_goes_on(token):
    draft = name()
    assert edit(token, draft, 3, moved(4, 0, 46.7, 39.05)).status == 410
    again = told(send(token, {"draft": draft, "open": {"parts": [LINE], "applied": 4}}))
    assert again["applied"] == 4
    assert told(edit(token, draft, 4, moved(5, 0, 46.7, 39.06)))["applied"] == 5


def test_nobody_else_reaches_a_draft(token):
    draft = opened(token)
    assert edit(new_token(), draft, 0, moved(1, 0, 46.7, 39.05)).status == 410


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({"origin": "http://elsewhere.example"}, 403),
        ({"origin": ""}, 403),
        ({"origin": "null"}, 403),
        ({"sec_fetch_site": "cross-site"}, 403),
        ({"sec_fetch_site": "same-site"}, 403),
        ({"cookie": ""}, 403),
        ({"cookie": f"{COOKIE}=short"}, 403),
        ({"cookie": f"{COOKIE}={'x' * 48}"}, 403),
        ({"content_type": "text/plain"}, 415),
    ],
)
def test_what_another_site_or_a_stranger_sends_is_refused_in_a_sentence(token, changed, status):
    answer = send(token, {"draft": name(), "open": {"parts": [LINE]}}, **changed)
    assert answer.status == status
    assert answer.body.strip(b'"}\n').endswith(b".")


@pytest.mark.parametrize(
    ("body", "status", "says"),
    [
        (b"{", 400, "no JSON"),
        (b"[]", 400, "no JSON object"),
        (b"x" * (MOST_BYTES + 1), 413, "MB"),
        (b"[" * 2_000, 400, "no JSON"),
        (b'{"a":' * 1_000, 400, "no JSON"),
        (b"1" * (MOST_BYTES - 1), 400, "no JSON"),
        (b'{"edits": [' + b"{}," * MOST_EDITS + b"{}, {}]}", 409, "told anew"),
        (b'{"edits": [' + b"[]," * MOST_LISTS + b"[]]}", 413, "50,000 vertices"),
        (b'{"edits": [' + b"1," * MOST_VALUES + b"1,1]}", 413, "50,000 vertices"),
        (b'{"draft": "\xff"}', 400, "no JSON"),
        ({"draft": "../../etc", "open": {}}, 400, "hexadecimal"),
        ({"draft": "a" * 32, "open": []}, 400, "object"),
        ({"draft": "a" * 32, "open": {}}, 400, "neither"),
        ({"draft": "a" * 32, "open": {"parts": [[[46, 39]]]}}, 422, "two vertices"),
        ({"draft": "a" * 32, "open": {"parts": []}}, 422, "two vertices"),
        ({"draft": "a" * 32, "open": {"parts": [[[46, 39], [46, "39"]]]}}, 422, "no number"),
        ({"draft": "a" * 32, "open": {"parts": [[[46, 39], [181, 39]]]}}, 422, "between -180"),
        ({"draft": "a" * 32, "open": {"parts": [[[46, 39], [46]]]}}, 422, "longitude, latitude"),
        ({"draft": "a" * 32, "open": {"parts": [[[46, 39]] * (MOST_VERTICES + 1)]}}, 413, "50,000"),
        ({"draft": "a" * 32, "open": {"file": "abcdef"}}, 404, "not among the files"),
    ],
)
def test_a_bad_message_is_answered_with_a_sentence(token, body, status, says):
    answer = send(token, None, body) if isinstance(body, bytes) else send(token, body)
    assert answer.status == status
    assert says in told(answer)["says"]


@pytest.mark.parametrize(
    ("change", "status", "says"),
    [
        ({"first": 9}, 422, "vertex 10"),
        ({"part": 1}, 422, "no part 2"),
        ({"part": -1}, 400, "whole number"),
        ({"gone": True}, 400, "whole number"),
        ({"first": 0, "gone": 3, "put": []}, 422, "two vertices"),
        ({"put": [[46.0, 91.0]]}, 422, "between -90 and 90"),
        ({"put": [[46.0, None]]}, 422, "no number"),
        ({"put": [[46.0, 39.0, 1e308]]}, 422, "A height lies between -430 and 9,000 m"),
        ({"put": [[46.0, 39.0, -1e308]]}, 422, "A height lies between -430 and 9,000 m"),
        ({"n": 1.5}, 400, "whole number"),
    ],
)
def test_a_bad_edit_is_answered_with_a_sentence_and_the_line_stays(token, change, status, says):
    draft = opened(token)
    answer = edit(token, draft, 0, {**moved(1, 0, 46.0, 39.0), **change})
    assert answer.status == status
    assert says in told(answer)["says"]
    assert drafts().find(token, draft, time.monotonic()).line.parts[0][:, :2].tolist() == LINE
    assert told(edit(token, draft, 0, moved(1, 0, 46.0, 39.0)))["applied"] == 1


@pytest.mark.parametrize("count", [MOST_PARTS, MOST_PARTS + 1])
def test_a_line_of_many_parts_is_refused_before_it_is_measured(token, count):
    parts = [[[45 + 0.001 * n, 39.0], [45.0005 + 0.001 * n, 39.0]] for n in range(count)]
    answer = send(token, {"draft": name(), "open": {"parts": parts}})
    assert answer.status == (200 if count <= MOST_PARTS else 413)
    assert ("up to 400 can be edited here" in told(answer).get("says", "")) is (count > MOST_PARTS)


def test_fifty_thousand_vertices_that_jump_about_are_refused_with_a_sentence_and_a_survey_is_not(token, monkeypatch):
    measured = []
    monkeypatch.setattr("corridor.assessing.editing.assess", lambda *_, **__: measured.append(1))
    rng = random.Random(1)
    jumps = [[rng.uniform(44, 48), rng.uniform(38.5, 40.5)] for _ in range(MOST_VERTICES)]
    answer = send(token, {"draft": name(), "open": {"parts": [jumps]}})
    assert answer.status == 422
    assert "up to 100,000 km can be edited here" in told(answer)["says"]
    assert measured == []
    monkeypatch.undo()
    survey = [[44.5 + 3 * at / MOST_VERTICES, 39 + 0.00001 * (at % 7)] for at in range(MOST_VERTICES)]
    assert send(token, {"draft": name(), "open": {"parts": [survey]}}).status == 200


def test_a_visit_holds_a_few_drafts_and_the_oldest_goes(token):
    names = [opened(token) for _ in range(VISIT_DRAFTS + 1)]
    assert [drafts().find(token, one, time.monotonic()) is not None for one in names] == [False] + [True] * VISIT_DRAFTS
