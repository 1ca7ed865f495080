"""What is shown in place of a page that made room: the reason and a way back, which leads nowhere else."""

from urllib.parse import quote

import pytest
from starlette.applications import Starlette
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from corridor.web.closed_page import ADDRESS, LONGEST, LedAway, closed_page_routes
from corridor.web.places import WhyClosed
from tests.support.asgi import ask

SERVED = Starlette(routes=closed_page_routes())


def shown(there: str) -> str:
    path, _, query = there.partition("?")
    return ask(SERVED, path, query_string=query.encode()).body.decode()


def led_to(message: bytes) -> str:
    return ForwardMsg.FromString(message).auth_redirect.url


@pytest.mark.parametrize("why", list(WhyClosed))
def test_a_page_is_led_to_its_reason_and_back_to_what_it_showed(why):
    led = LedAway()
    there = led_to(led.lead("s1", why, "http://127.0.0.1:8501/routes?layers=a,b&view=39,46,8"))
    assert led_to(led.once_more("s1") or b"") == there
    assert led.once_more("s1") is None
    page = shown(there)
    assert "This page was closed because" in page
    assert 'href="/routes?layers=a,b&amp;view=39,46,8"' in page
    other = next(other for other in WhyClosed if other is not why)
    assert page != shown(led_to(led.lead("s1", other, "http://127.0.0.1:8501/routes?layers=a,b&view=39,46,8")))


@pytest.mark.parametrize(
    "address",
    [
        *("", "javascript:alert(1)", "//elsewhere.example/", "http://x//elsewhere.example", "\\\\elsewhere.example"),
        *("/\\elsewhere.example", "/\t/elsewhere.example", "http://[", ADDRESS, "/" + "x" * LONGEST, "\x00//e"),
        *("https://elsewhere.example", "///elsewhere.example", "/%5celsewhere.example"),
    ],
)
def test_the_way_back_leads_to_this_application_alone(address):
    for there in (f"{ADDRESS}?again={quote(address)}", led_to(LedAway().lead("s", WhyClosed.OWN, address))):
        target = shown(there).partition('<a href="')[2].partition('"')[0]
        assert target.startswith("/")
        assert not target.startswith(("//", "/\\"))
        assert target.isprintable()


def test_nothing_of_an_address_becomes_part_of_the_page():
    page = shown(f"{ADDRESS}?why=%3Cb%3E&again=" + quote('/"><script>x</script>'))
    assert "<script" not in page
    assert "<b>" not in page


def test_what_is_remembered_is_bounded():
    led = LedAway(2)
    for session in ("a", "b", "c"):
        led.lead(session, WhyClosed.OTHERS, "/")
    assert led.once_more("a") is None
    assert led.once_more("c")
