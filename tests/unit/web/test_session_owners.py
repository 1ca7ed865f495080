"""A session goes on for the visit that began it; for any other it is one that was never there."""

import pytest

from corridor.web.session_owners import PROTOCOLS, SessionOwners


def asked(*protocols: bytes) -> dict:
    return {"headers": [(b"host", b"x"), *((PROTOCOLS, each) for each in protocols)]}


def handed_on(owners: SessionOwners, visit: str, *protocols: bytes) -> list[bytes]:
    scope = owners.without_foreign(asked(*protocols), visit)
    assert scope["headers"][0] == (b"host", b"x")
    return [value for name, value in scope["headers"] if name == PROTOCOLS]


@pytest.fixture
def owners() -> SessionOwners:
    owners = SessionOwners(most=3)
    owners.began("s1", "anna")
    return owners


def test_who_began_a_session_comes_back_to_it(owners):
    assert handed_on(owners, "anna", b"streamlit, token, s1") == [b"streamlit, token, s1"]


@pytest.mark.parametrize("visit", ["berta", ""])
@pytest.mark.parametrize("asked", [b"streamlit, token, s1", b"streamlit,token,s1,more", b"streamlit,token,  s1  "])
def test_another_visit_begins_anew(owners, visit, asked):
    assert handed_on(owners, visit, asked) == [b"streamlit, token"]


@pytest.mark.parametrize("asked", [b"streamlit, token, unknown", b"streamlit, token, \xff", b"streamlit, token, "])
def test_a_session_that_nobody_began_is_not_looked_for(owners, asked):
    assert handed_on(owners, "anna", asked) == [b"streamlit, token"]


def test_no_second_header_hides_a_session(owners):
    assert handed_on(owners, "berta", b"streamlit", b"token, s1") == [b"streamlit"]
    assert handed_on(owners, "berta", b"streamlit, token, s1", b"x") == [b"streamlit, token"]


@pytest.mark.parametrize("asked", [(), (b"streamlit",), (b"streamlit, token",)])
def test_who_names_none_is_handed_on_as_it_is(owners, asked):
    assert handed_on(owners, "berta", *asked) == list(asked)


def test_a_session_stays_whose_it_was_and_the_oldest_are_forgotten(owners):
    owners.began("s1", "berta")
    assert handed_on(owners, "berta", b"a, b, s1") == [b"a, b"]
    for number in range(3):
        owners.began(f"t{number}", "anna")
    assert handed_on(owners, "anna", b"a, b, s1") == [b"a, b"]
    assert handed_on(owners, "anna", b"a, b, t0") == [b"a, b, t0"]
