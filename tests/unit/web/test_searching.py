"""`/search`: the list of the command, with the routes of the visit that asks, and of no other."""

import json
from urllib.parse import quote

import pytest
from starlette.applications import Starlette

from corridor.store.tokens import new_token
from corridor.ui import searching
from corridor.ui.visit.visit import COOKIE
from corridor.web.hosts import HostAndOrigin
from corridor.web.searching import searching_routes
from corridor.web.visit import VisitCookie
from tests.support.asgi import Answer, ask
from tests.support.searched import OWN, search

APP = VisitCookie(Starlette(routes=searching_routes()), a_minute=1_000)


@pytest.fixture(autouse=True)
def built_once(monkeypatch):
    monkeypatch.setattr(searching, "search", search)


def asked(words: str, token: str = "") -> Answer:
    headers = {"cookie": f"{COOKIE}={token}"} if token else {}
    return ask(APP, "/search", headers, query_string=f"q={quote(words, errors='surrogatepass')}".encode())


@pytest.mark.parametrize("words", ["margara open", "Մեղրի", "gauge", "pizza"])
def test_the_list_is_that_of_the_command(words):
    answer = asked(words)
    assert (answer.status, answer.headers["content-type"]) == (200, "application/json")
    assert answer.headers["cache-control"] == "no-store"
    assert json.loads(answer.body) == search().hits(words)


@pytest.mark.parametrize("words", ["", "?!", "🚂", "\u202e", '"'])
def test_a_search_without_a_word_is_an_empty_list(words):
    assert json.loads(asked(words).body) == []


def test_an_address_without_a_question_or_with_broken_letters_is_answered():
    for query in (b"", b"q", b"q=%ff%fe", b"q=%00", b"x=1", b"q=a&q=b", b"q=%ed%a0%80"):
        assert ask(APP, "/search", query_string=query).status == 200


def test_too_much_is_said_in_a_sentence():
    answer = asked("a" * 10_000)
    assert answer.status == 400
    assert json.loads(answer.body) == {"says": "This search has 10,000 characters; up to 500 are looked for."}


def test_nothing_but_asking_is_taken():
    assert ask(APP, "/search", method="POST").status == 405


def test_a_search_begins_no_visit():
    assert "set-cookie" not in ask(APP, "/search", {"accept": "text/html"}).headers


def test_routes_of_a_visit_are_found_by_its_own_cookie_alone(monkeypatch):
    mine, other = new_token(), new_token()
    monkeypatch.setattr(searching, "_own", lambda visit: iter([OWN] if visit.token == mine else []))
    assert json.loads(asked("test line", mine).body)[0]["id"] == OWN.id
    for token in ("", other, "invented", mine[:-1]):
        assert OWN.id not in [hit["id"] for hit in json.loads(asked("test line", token).body)]


def test_other_sites_and_other_names_are_refused_as_everywhere():
    guarded = HostAndOrigin(APP, origins=(), scheme="http", programs="")
    assert ask(guarded, "/search", {"host": "elsewhere.example"}, query_string=b"q=gauge").status >= 400
