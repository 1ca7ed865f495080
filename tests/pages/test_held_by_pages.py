"""An open page holds little of what its downloads are made of: names, by which it is asked for when it is taken."""

import functools
import gc
import sys
from types import BuiltinFunctionType, FunctionType, MethodType, ModuleType

import pytest

from corridor.assessing.assessment import Assessment
from corridor.sources import Source
from corridor.store.downloads import NotAtHandError, Offer
from corridor.store.results import Results
from corridor.store.tokens import new_token
from corridor.store.visits import Visit, Visits
from corridor.ui import tables
from corridor.ui.visit import process, visit
from tests.support.opened import open_page, send, settled

#: What the dictionary of all sources takes, which the tables of a page share.
SOURCES_BYTES = 60_000
SHARED = (Source, Visits, ModuleType, type, BuiltinFunctionType)


@pytest.fixture(autouse=True)
def token(cookies) -> str:
    cookies[visit.COOKIE] = new_token()
    return cookies[visit.COOKIE]


def reached(make: object) -> list[object]:
    """All that is kept alive by what makes a file, but for what the process keeps anyway."""
    waiting, seen, every = [make], set(), []
    while waiting:
        thing = waiting.pop()
        if id(thing) in seen or isinstance(thing, SHARED):
            continue
        seen.add(id(thing))
        every.append(thing)
        if isinstance(thing, FunctionType):
            waiting += [cell.cell_contents for cell in thing.__closure__ or ()]
            waiting += [*(thing.__defaults__ or ()), *(thing.__kwdefaults__ or {}).values()]
        elif isinstance(thing, functools.partial):
            waiting += [thing.func, *thing.args, *thing.keywords.values()]
        elif isinstance(thing, MethodType):
            waiting += [thing.__func__, thing.__self__]
        else:
            waiting += gc.get_referents(thing)
    return every


def offers(token: str) -> dict[str, Offer]:
    return {place: offer for (_, place), offer in process.downloads()._offers[token].items()}


def check_held(token: str) -> dict[str, Offer]:
    """Hold every offer of a visit to what it says it holds; return them by their places on the page."""
    every = offers(token)
    for place, offer in every.items():
        things = reached(offer.make)
        assert not [thing for thing in things if isinstance(thing, Assessment)], place
        assert sum(map(sys.getsizeof, things)) <= offer.held_bytes + SOURCES_BYTES, place
    return every


def forget_results() -> None:
    queue = process.job_queue()
    queue._results = Results(queue._results.cap_bytes)


def test_what_a_closure_holds_is_seen(token):
    large = bytearray(1_000_000)
    for make in (lambda: bytes(large), functools.partial(bytes, large), lambda kept=large: bytes(kept)):
        process.downloads().offer(token, "page", "large", make, frozenset())
        with pytest.raises(AssertionError, match="large"):
            check_held(token)


def test_files_of_a_checked_route_are_made_of_what_is_asked_for_again(token):
    send(open_page("check_route.py"), "spike")
    app = open_page("check_route.py")
    next(box for box in app.checkbox).set_value(True).run()
    every = check_held(token)
    assert {"take-mended.zip", "take-results.json", "take-card-1.pdf", "csv-every-answer"} <= set(every)
    kinds = dict(every)
    before = {place: offer.make() for place, offer in kinds.items()}
    forget_results()
    assert {place: offer.make() for place, offer in kinds.items()} == before


def test_files_of_a_comparison_are_made_of_what_is_asked_for_again(token, monkeypatch):
    app = send(open_page("check_route.py"), "sound-two-routes")
    (file,) = Visit(visit.visits(), token).files
    process.downloads()._offers.clear()
    asked = f"own/{file.id}/1,own/{file.id}/2,candidate/rail-araks"
    app = settled(open_page("compare_routes.py", {"routes": asked}))
    assert not app.exception
    every = check_held(token)
    taken = {place: offer for place, offer in every.items() if place.startswith("take-")}
    assert len(taken) >= 3
    before = {place: offer.make() for place, offer in taken.items()}
    forget_results()
    monkeypatch.setattr("corridor.ui.visit.asked_again.PATIENCE", 120.0)
    assert {place: offer.make() for place, offer in taken.items()} == before


def test_a_written_briefing_is_held_by_the_queue_alone_and_told_when_it_is_gone(token):
    app = open_page("briefing.py", {"story": "declaration-on-the-map"})
    next(button for button in app.button if button.label == "Make a copy to change").click().run()
    next(button for button in app.button if button.label == "Write the file").click().run()
    settled(app)
    every = check_held(token)
    assert len(every["take-file"].make()) > 10_000
    assert every["save"].make().startswith(b"schema")
    forget_results()
    with pytest.raises(NotAtHandError, match="to have it written again"):
        every["take-file"].make()


def test_a_large_table_is_held_packed_and_counted(token, monkeypatch):
    monkeypatch.setattr(tables, "LARGE_SHEET", 500)
    send(open_page("check_route.py"), "spike")
    every = check_held(token)
    assert every["csv-own-crossings stack"].make().startswith(b"\xef\xbb\xbf")
