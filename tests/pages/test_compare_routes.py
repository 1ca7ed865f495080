"""The page that sets routes side by side: chosen in the address, compared by a worker, with no order of merit."""

import json
import re
import time

import pytest
from streamlit.testing.v1 import AppTest

from corridor.assessing.comparison import AT_MOST
from corridor.present.verdicts import HEADING
from corridor.reading.samples import find_sample
from corridor.store.bounds import CANCELLED
from corridor.store.own_file import FileOrigin, FileSource
from corridor.store.running_job import RunningJob
from corridor.store.tokens import new_token
from corridor.ui.checking.adding import TOGETHER
from corridor.ui.comparing.map import letters
from corridor.ui.context import briefing_context
from corridor.ui.visit import visit
from tests.support.opened import notices, open_page, send, settled, shown

RAILWAY = "Railway along the river, study line"
ARAKS, IJEVAN, ROAD = "candidate/rail-araks", "candidate/rail-ijevan-yerevan", "candidate/road-araks"


@pytest.fixture(autouse=True)
def token(cookies) -> str:
    """Every test has a visitor of its own, whose browser sends the cookie."""
    cookies[visit.COOKIE] = new_token()
    return cookies[visit.COOKIE]


def compare(*routes: str) -> AppTest:
    return settled(open_page("compare_routes.py", {"routes": ",".join(routes)} if routes else {}))


def on_the_map(app: AppTest) -> dict:
    (found,) = (
        element.proto.json
        for element in app.main
        if element.type == "bidi_component" and element.proto.component_name == "corridor_route_map"
    )
    return json.loads(found)


def test_nothing_is_compared_before_two_routes_are_chosen():
    assert HEADING not in shown(compare())
    assert "Choose one more route" in shown(compare(ARAKS))


def test_no_press_chooses_all_routes_of_which_only_some_would_be_taken():
    """Streamlit's own entry for all of them takes the first six and says nothing of the others."""
    (chosen,) = compare().multiselect
    assert len(chosen.options) > chosen.proto.max_selections == AT_MOST
    assert not chosen.proto.select_all


def test_a_comparison_begins_with_the_candidates_of_one_mode_origin_and_destination():
    app = compare()
    offers = [button for button in app.button if "candidates" in button.label]
    assert [offer.label for offer in offers] == [
        "Railway, Baku – Nakhchivan: 4 candidates",
        "Road, Baku – Nakhchivan: 6 of 7 candidates (1 without a line)",
    ]
    app = settled(offers[0].click().run())
    assert app.query_params["routes"].split(",")[:2] == [ARAKS, IJEVAN]
    assert [one["number"] for one in on_the_map(app)["numbers"]] == [1, 2, 3, 4]
    assert not [button for button in app.button if "candidates" in button.label]


def test_two_candidates_stand_side_by_side_and_the_map_shows_where_they_part():
    app = compare(ARAKS, IJEVAN)
    page = shown(app)
    assert HEADING in page or HEADING in [header.value for header in app.header]
    assert "42.6" in page
    assert "Difference in length from “Railway along the Araks" in page
    assert "The routes differ in mode" not in " ".join(notices(app))
    assert ">Length by territory, published first</caption>" in page
    assert [page.count(f'<th scope="col">{words}</th>') for words in ("Territory", "Quantity")] == [1, 1]
    drawn = on_the_map(app)
    assert {"route/tripp-rail"} <= set(drawn["features"])
    assert [one["number"] for one in drawn["numbers"]] == [1, 2]
    assert [place["number"] for place in drawn["findings"]] == ["A", "B", "C", "D", "E", "F"][: len(drawn["findings"])]
    assert drawn["findings"]
    assert all("parts from" in one["says"] or "meets" in one["says"] for one in drawn["findings"])


def test_a_difference_of_modes_is_said_before_any_kilometre():
    assert "The routes differ in mode" in notices(compare(ARAKS, ROAD))[0]


def test_an_own_route_is_compared_by_the_same_rules_and_its_file_is_a_source():
    send(open_page("check_route.py"), "spike")
    app = compare()
    (offer,) = [one for one in app.multiselect[0].options if "my-spike.geojson" in one]
    own, candidate, *_ = app.multiselect[0].options
    assert own == offer
    app = settled(app.multiselect[0].set_value([candidate, own]).run())
    assert "my-spike.geojson" in shown(app)
    assert any("Its file has 1 warning that is not mended. " in notice for notice in notices(app))
    assert "Not mended in the files" not in shown(compare(ARAKS, IJEVAN))
    assert re.search(r"A file checked here, my-spike.geojson \(received \d+ \w+ 2\d{3}\)", shown(app))
    assert [route["look"] for route in on_the_map(app)["routes"]] == [1]


def test_of_files_alone_no_length_is_called_published():
    app = send(open_page("check_route.py"), "sound-two-routes")
    file = app.query_params["file"]
    file = file[0] if isinstance(file, list) else file
    page = shown(compare(f"own/{file}/1", f"own/{file}/2"))
    assert ">Length by territory</caption>" in page
    lengths = page.partition(">Length by territory</caption>")[2].partition("</table>")[0]
    assert ">Whole length</th>" in lengths
    assert page.count(">Whole length</th>") == 1
    assert "published first" not in page


def test_two_files_with_one_line_are_said_to_be_the_same_line_at_the_top(cookies):
    cookies[visit.COOKIE] = token = new_token()
    store, content = visit.visits().visit(token, time.monotonic()), find_sample("sound-whole-line").content()
    names = []
    for name, data in (("a.geojson", content), ("b.geojson", content + b"\n")):
        names.append(f"own/{store.keep(name, data, FileOrigin(FileSource.UPLOADED), time.monotonic()).id}/1")
    app = compare(*names)
    said = " ".join(notices(app))
    assert "Routes 1 and 2 are the same line as drawn" in said
    for head in (f"{RAILWAY} (a.geojson)", f"{RAILWAY} (b.geojson)"):
        assert f">{head}</th>" in shown(app)


def test_what_came_together_and_is_not_set_beside_the_rest_is_named_with_why(cookies):
    cookies[visit.COOKIE] = token = new_token()
    send(open_page("check_route.py"), "lat-lon-swapped", "sound-two-routes", "sound-whole-line")
    mend, two, line = (file.id for file in visit.visits().visit(token, time.monotonic()).files)
    compared = compare(f"own/{two}/1", f"own/{line}/1")
    page = shown(compared)
    assert "Not set beside these: “" in page
    assert "” of “my-sound-two-routes.geojson”. Choose them above." in page
    compared.session_state[TOGETHER] = [mend, two, line]
    page = shown(settled(compared.run()))
    assert "Of the files that came together: “my-lat-lon-swapped.geojson” waits for your mend on Check a route." in page


def test_places_have_letters_as_columns_of_a_spreadsheet_have():
    assert [letters(number) for number in (1, 26, 27, 52, 53, 703)] == ["A", "Z", "AA", "AZ", "BA", "AAA"]


def test_a_file_that_turned_out_to_have_no_line_is_told_by_its_name():
    app = send(open_page("check_route.py"), "empty-collection")
    file = app.query_params["file"]
    file = file[0] if isinstance(file, list) else file
    lost = compare(ARAKS, IJEVAN, f"own/{file}/1")
    assert re.search(">“my-[^”]*” holds no route.<", notices(lost)[0])


def test_a_file_without_the_line_asked_for_waits_for_a_mend_or_has_fewer_routes(cookies):
    cookies[visit.COOKIE] = token = new_token()
    send(open_page("check_route.py"), "lat-lon-swapped", "sound-two-routes", "web-page")
    mend, two, page = (file.id for file in visit.visits().visit(token, time.monotonic()).files)
    said = notices(compare(ARAKS, IJEVAN, f"own/{mend}/1", f"own/{two}/9", f"own/{page}/1"))
    words = (
        "“my-lat-lon-swapped.geojson” waits for your mend on Check a route. "
        "“my-sound-two-routes.geojson” holds fewer routes than the address asks for. “my-web-page.html” holds no route."
    )
    assert words in said[0]


def test_another_base_goes_first_and_the_address_follows():
    app = compare(ARAKS, IJEVAN)
    app = settled(app.selectbox[0].set_value(IJEVAN).run())
    assert app.query_params["routes"] == f"{IJEVAN},{ARAKS}"
    assert "Difference in length from “Railway by Ijevan and Yerevan”" in shown(app)


def test_what_the_address_asks_wrongly_is_told_and_the_rest_is_shown():
    app = compare(ARAKS, "candidate/nowhere", "candidate/nothing", IJEVAN)
    assert "“candidate/nowhere” and “candidate/nothing”" in notices(app)[0]
    assert [one["number"] for one in on_the_map(app)["numbers"]] == [1, 2]
    assert notices(compare(ARAKS.removeprefix("candidate/"), IJEVAN)) == []
    lost = compare(ARAKS, *(f"candidate/none-{n}" for n in range(5)))
    assert "“candidate/none-2” and 2 more" in notices(lost)[0]
    (sentence,) = notices(compare(ARAKS, "own/05411a/1", "own/05411a/2", IJEVAN))
    assert "The address asks for 2 routes of files that your visit has not" in sentence
    many = [f"candidate/{identity}" for identity in briefing_context().drawn_candidates][: AT_MOST + 1]
    assert f"the first {AT_MOST} are shown" in notices(compare(*many))[0]


def test_a_comparison_under_way_can_be_cancelled_and_tried_again(monkeypatch):
    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(RunningJob, "stage", property(lambda _: "comparing"))
        meanwhile.setattr("corridor.store.job_queue.JobQueue.ask", lambda *_, **__: RunningJob.__new__(RunningJob))
        app = open_page("compare_routes.py", {"routes": f"{ARAKS},{IJEVAN}"})
        assert "comparing" in shown(app)
        meanwhile.setattr("corridor.store.job_queue.JobQueue.ask", lambda *_, **__: CANCELLED)
        app.run()
        assert "The routes were not compared." in notices(app)[0]
        assert "Compare them again" in [button.label for button in app.button]


def test_every_download_is_offered():
    labels = {button.label for button in compare(ARAKS, IJEVAN).get("download_button")}
    assert {
        "Table as CSV",
        "Table as XLSX",
        "Routes as GeoJSON",
        "Routes as GeoPackage",
        "All as JSON",
        "Card as PDF",
    } <= labels
