"""The page that checks a route: files come, are read, mended, measured and forgotten; nothing is done unasked."""

import json
import re
import time
from pathlib import Path
from urllib.parse import parse_qs

import pytest

from corridor import pages
from corridor.present.context import BriefingContext
from corridor.present.verdicts import HEADING
from corridor.reading.limits import LIMITS, of_bytes
from corridor.reading.samples import find_sample
from corridor.store.bounds import CANCELLED
from corridor.store.own_file import FileOrigin, FileSource
from corridor.store.running_job import RunningJob
from corridor.store.tokens import new_token
from corridor.ui.checking.mending import ANSWERED, QUESTION
from corridor.ui.checking.results import NOT_IN_REGION
from corridor.ui.checking.system_choice import ASKED, INSTEAD, READINGS
from corridor.ui.visit import process, visit, waiting
from corridor.ui.visit.files import ForgottenFiles
from tests.support.opened import notices, open_page, send, settled, shown

RAILWAY = "Railway along the river, study line"


def check(**address: str):
    return settled(open_page("check_route.py", address))


class StopSweepingError(Exception):
    """Ends a loop that ends with the process."""


class SweptOnce:
    """Visits whose idle ones are ended once."""

    def __init__(self, visits):
        self.visits = visits
        self.swept = False

    def end_idle(self, now):
        if self.swept:
            raise StopSweepingError
        self.swept = True
        self.visits.end_idle(now)

    def begun(self, token):
        return self.visits.begun(token)


@pytest.fixture(autouse=True)
def token(cookies) -> str:
    """Every test has a visitor of its own, whose browser sends the cookie."""
    cookies[visit.COOKIE] = new_token()
    return cookies[visit.COOKIE]


def press(app, label: str):
    return settled(next(button for button in app.button if button.label == label).click().run())


def tick(app, label: str, value: bool = True):
    next(box for box in app.checkbox if box.label.startswith(label)).set_value(value).run()
    assert not app.exception
    return app


def on_the_map(app) -> dict:
    """What the map and the list of findings were given."""
    (found,) = (
        element.proto.json
        for element in app.main
        if element.type == "bidi_component" and element.proto.component_name == "corridor_route_map"
    )
    return json.loads(found)


def downloads(app) -> list[str]:
    return [button.proto.label for button in app.get("download_button") if button.proto.type != "tertiary"]


def test_a_first_visitor_is_offered_three_ways_and_told_nothing_ended():
    app = check()
    assert app.title[0].value == "Check a route"
    assert [heading.value for heading in app.subheader] == ["Send a file", "Paste text", "Try a sample"]
    assert notices(app) == []


def test_no_candidate_is_measured_before_somebody_wants_a_copy(monkeypatch):
    monkeypatch.setattr(BriefingContext, "candidate_route", lambda *_: pytest.fail("a candidate was measured"))
    app = check()
    assert not app.exception
    (offered,) = (box for box in app.selectbox if box.label == "Or begin with a shipped candidate")
    assert len(offered.options) > 2


def test_a_good_file_is_drawn_measured_and_judged():
    app = send(check(), "sound-whole-line")
    page = shown(app)
    assert "GeoJSON with 1 route; nothing was found to be wrong with it." in page
    assert "Kept for you alone, until you forget it or the visit ends." in page
    drawn = on_the_map(app)
    assert [route["name"] for route in drawn["routes"]] == [RAILWAY]
    assert drawn["findings"] == []
    assert drawn["routes"][0]["id"] == drawn["chosen"] == f"own/{app.query_params['file']}/1"
    for told in ("Kilometres by territory", "Borders crossed, in the order of the line", "What no geometry can judge"):
        assert told in page
    assert HEADING in [header.value for header in app.header]
    assert page.count("Fits this reading") >= 3
    assert downloads(app) == ["All answers as CSV", "Results as JSON", "Routes as GeoJSON", "Card as PDF"]


def test_the_points_beside_a_line_are_marked_and_listed():
    app = check(sample="waypoints")
    names = [point["name"] for point in on_the_map(app)["waypoints"]]
    assert names == ["Eastern border", "Bridge", "Western border"]
    assert "Points beside the line: 3 points" in {one.label for one in app.expander}
    assert all(name in shown(app) for name in names)


def test_a_bad_file_says_what_stands_in_the_way_and_where():
    app = send(check(), "json-syntax")
    assert "No route can be taken from this JSON file, for 1 reason." in shown(app)
    (finding,) = on_the_map(app)["findings"]
    assert finding["says"] == find_sample("json-syntax").says
    assert finding["where"] == "line 9, column 7"
    assert HEADING not in [header.value for header in app.header]


def test_a_mend_is_done_when_accepted_and_undone_again():
    app = send(check(), "spike")
    assert "1 warning" in shown(app)
    (box,) = (box for box in app.checkbox if box.label.startswith("Take out the tip of every spike"))
    assert ". 72.179 km become 70.758 km, 1,421 m less; 1.421 km drawn twice are taken out; 2 points" in box.label
    tick(app, "Take out the tip of every spike")
    assert "After your mends: GeoJSON with 1 route; nothing was found to be wrong with it." in shown(app)
    assert [one["says"] for one in on_the_map(app)["mended"]] == [find_sample("spike").says]
    assert "0 moved, 0 added, 2 removed" in shown(app)
    assert downloads(app)[:4] == [
        "Mended file and changes (zip)",
        "Mended GeoJSON",
        "Changes as JSON",
        "Changes as text",
    ]
    tick(app, "Take out the tip of every spike", False)
    assert on_the_map(app)["mended"] == []
    assert len(on_the_map(app)["findings"]) == 1


def test_all_mends_of_faults_are_accepted_in_one_act_and_undone_in_one():
    app = check()
    line = (
        '{"type": "LineString", "coordinates": [[46.2, 38.9], [46.2, 38.9], [46.25, 38.912345678]], "crs": "EPSG:4326"}'
    )
    app.text_area(key="paste").set_value(line)
    press(app, "Read the text")
    press(app, "Accept every mend of an error or a warning")
    mends = [box.value for box in app.checkbox if "finding" in box.label]
    assert mends.count(True) == 3
    press(app, "Undo every mend")
    assert not any(box.value for box in app.checkbox)


def test_metres_are_converted_only_once_a_system_was_chosen():
    app = send(check(), "projected-coordinates")
    (choice,) = (box for box in app.selectbox if box.label.startswith(ASKED))
    assert choice.value == ""
    assert on_the_map(app)["routes"] == []
    page = shown(app)
    assert "How far from number 1, at most" in page
    assert page.count("data:image/svg+xml;base64,") == 2
    assert "Close-up of where it begins" in page
    assert "You chose" not in page
    choice.set_value("EPSG:32638").run()
    assert not app.exception
    (route,) = on_the_map(app)["routes"]
    assert route["parts"][0][0] == pytest.approx([46.63067, 38.94164], abs=1e-5)
    # What was chosen stays said, the others stay on the map, and it can be undone.
    assert [one["severity"] for one in on_the_map(app)["findings"] if "You chose EPSG:32638" in one["says"]] == [
        "warning"
    ]
    page = shown(app)
    assert "You chose EPSG:32638" in page
    # Both maps of the choices, and the ground along the line for wide and for narrow windows.
    assert page.count("data:image/svg+xml;base64,") == 4
    assert page.count("The ground beside the line reaches from") >= 2
    assert "The reference system adds" in page
    press(app, "Undo this choice")
    assert on_the_map(app)["routes"] == []
    assert "You chose" not in shown(app)


def test_a_question_stands_above_the_map_and_its_readings_are_folded_once_it_is_answered():
    app = send(check(), "projected-coordinates")

    def question_comes_first() -> bool:
        kinds = [element.type for element in app.main]
        return kinds.index("selectbox") < len(kinds) - 1 - kinds[::-1].index("bidi_component")

    (choice,) = (box for box in app.selectbox if box.label == ASKED)
    assert question_comes_first()
    assert READINGS not in [part.label for part in app.expander]
    choice.set_value("EPSG:32638").run()
    assert not app.exception
    assert app.selectbox[0].label == ASKED
    assert question_comes_first()
    assert READINGS in [part.label for part in app.expander]


def test_what_came_is_shown_and_the_ways_to_add_more_are_folded_again():
    app = opened_adding(send(check(), "sound-whole-line"))
    assert app.session_state["adding"]
    send(app, "spike")
    assert not app.session_state["adding"]
    app = opened_adding(app)
    app.text_area[0].set_value(find_sample("sound-whole-line").content().decode()).run()
    press(app, "Read the text")
    assert not app.session_state["adding"]


def test_a_wrong_choice_is_told_and_undone():
    app = send(check(), "projected-coordinates")
    (choice,) = (box for box in app.selectbox if box.label.startswith(ASKED))
    choice.set_value("EPSG:28468").run()
    assert not app.exception
    assert "You chose EPSG:28468" in shown(app)
    press(app, "Undo this choice")
    assert on_the_map(app)["routes"] == []


def test_a_file_with_latitude_first_is_asked_of_and_shown_exchanged_before_it_is_measured():
    app = send(check(), "lat-lon-swapped")
    page = shown(app)
    assert on_the_map(app)["routes"] == []
    assert HEADING not in [header.value for header in app.header]
    assert "Not measured: a question has to be answered first" in page
    assert page.count("data:image/svg+xml;base64,") == 1
    (choice,) = (box for box in app.selectbox if box.label == INSTEAD["lat-lon-swapped"])
    choice.set_value("EPSG:4326").run()
    assert not app.exception
    (route,) = on_the_map(app)["routes"]
    assert route["parts"][0][0] == pytest.approx([46.6307, 38.9416], abs=1e-4)
    assert "You chose: Exchange them" in shown(app)
    headings = [heading.value for heading in app.subheader]
    assert ANSWERED in headings
    assert QUESTION not in headings
    press(app, "Undo this choice")
    assert QUESTION in [heading.value for heading in app.subheader]
    assert on_the_map(app)["routes"] == []


def test_a_file_that_may_be_in_gon_is_asked_of_before_it_is_measured():
    app = send(check(), "gon-for-degrees")
    assert on_the_map(app)["routes"] == []
    assert "degrees or gon, which is not clear" in shown(app)
    for answer, begins in (("gon", [46.5335, 38.8698]), ("OGC:CRS84", [51.7039, 43.1887])):
        (choice,) = (box for box in app.selectbox if box.label == INSTEAD["gon-for-degrees"])
        choice.set_value(answer).run()
        assert not app.exception
        (route,) = on_the_map(app)["routes"]
        assert route["parts"][0][0] == pytest.approx(begins, abs=1e-3)
        press(app, "Undo this choice")
        assert on_the_map(app)["routes"] == []


def test_the_cards_of_files_say_their_kilometres_or_why_there_are_none():
    app = send(check(), "json-syntax", "spike", "sound-two-routes")
    page = shown(app)
    assert '<p class="soft">72.2 km</p>' in page
    assert re.search(r"2 routes: [\d.]+ km( to [\d.]+ km)?", page)
    assert "No line to measure" in page


def test_a_card_of_a_file_that_is_not_read_yet_says_how_it_is_read(monkeypatch):
    for module in ("files", "visit"):
        monkeypatch.setattr(f"corridor.ui.visit.{module}.is_small", lambda _: False)
    app = send(check(), "spike", "sound-two-routes")
    assert "Not read yet: “Show file 2” reads and measures it." in shown(app)


def test_of_files_without_kilometres_it_is_said_first_and_which_wait_for_an_answer():
    app = send(check(), "json-syntax", "projected-coordinates")
    page = shown(app)
    assert "None of the 2 files gives kilometres yet; “" in page
    assert "waits for your answer or mend." in page


def test_no_question_of_the_text_is_asked_of_a_line_elsewhere():
    page = shown(check(sample="outside-region"))
    assert NOT_IN_REGION in page
    assert "Does not fit this reading" not in page


def system_choice(app):
    (choice,) = (box for box in app.selectbox if box.label.startswith("How the numbers are read"))
    return choice


def test_a_conversion_is_told_of_and_undone():
    app = send(check(), "other-system")
    assert on_the_map(app)["routes"]
    assert "EPSG:32638 (WGS 84 / UTM zone 38N), converted to longitude and latitude on WGS84" in shown(app)
    system_choice(app).set_value("OGC:CRS84").run()
    assert not app.exception
    assert on_the_map(app)["routes"] == []
    system_choice(app).set_value("").run()
    assert on_the_map(app)["routes"]


def test_two_files_stand_beside_each_other_and_either_is_shown():
    app = send(check(), "spike", "sound-two-routes")
    assert "my-spike.geojson" in shown(app)
    assert len(on_the_map(app)["routes"]) == 1
    press(app, "Show file 2")
    assert len(on_the_map(app)["routes"]) == 2


def test_each_route_of_a_file_can_be_shown_and_the_address_says_which():
    app = send(check(), "sound-two-routes")
    (choice,) = (box for box in app.selectbox if box.label == "Route shown in detail")
    choice.set_value(2).run()
    assert not app.exception
    assert app.query_params["route"] == "2"
    assert on_the_map(app)["chosen"].endswith("/2")


def test_an_address_that_names_what_this_visit_has_not_is_told_and_the_page_works():
    app = check(file="<b>abc</b>")
    (notice,) = notices(app)
    # What stands for a file in the address says nothing to whoever reads it.
    assert "a file which is not among the files of your visit" in notice
    assert "abc" not in notice
    app = check(sample="<b>no-such-sample</b>")
    assert "&lt;b&gt;no-such-sample&lt;/b&gt;" in notices(app)[0]
    app = check(sample="spike")
    app.query_params["route"] = "7"
    assert "route “7”" in notices(app.run())[0]
    assert len(on_the_map(app)["routes"]) == 1


def test_a_sample_comes_by_its_address_once():
    app = check(sample="spike")
    identity = app.query_params["file"]
    assert "sample" not in app.query_params
    assert on_the_map(app)["routes"][0]["id"] == f"own/{identity}/1"
    app.query_params["sample"] = "spike"
    app.run()
    assert "is here already" in notices(app)[0]
    assert shown(app).count("Kept for you alone, until you forget it or the visit ends.") == 1


def test_pasted_text_is_a_file_and_an_empty_field_is_told(cookies):
    app = check()
    app.text_area(key="paste").set_value('{"type": "LineString", "coordinates": [[46.2, 38.9], [46.3, 38.95]]}')
    press(app, "Read the text")
    assert "pasted-1.geojson" in shown(app)
    assert app.text_area == []
    cookies[visit.COOKIE] = new_token()
    app = press(check(), "Read the text")
    assert "no text to read yet" in notices(app)[0]


def test_forgetting_leaves_nothing_of_the_file(token):
    app = send(check(), "spike", "sound-whole-line", "sound-two-routes")
    store = process.visits()
    paths = [file.path for file in store.visit(token, time.monotonic()).files]
    app = press(app, "Forget it now")
    assert [path.exists() for path in paths] == [True, True, False], "the newest stands first"
    assert "“my-sound-two-routes.geojson”, its results and downloads are gone from this machine." in shown(app)
    assert shown(app).count("two-routes") == 1
    app = press(app, "Forget all files now")
    assert [path.exists() for path in paths] == [False, False, False]
    gone = "“my-sound-two-routes.geojson”, “my-sound-whole-line.geojson” and “my-spike.geojson”, their results"
    assert f"{gone} and downloads are gone from this machine." in shown(app)
    assert shown(app).count("are gone from this machine") == 1
    assert "Send a file" in [heading.value for heading in app.subheader]
    assert "file" not in app.query_params


def test_what_is_said_of_forgotten_files_stands_in_their_places_until_another_comes(token):
    app = send(check(), "spike", "sound-whole-line", "sound-two-routes")
    app = press(press(app, "Forget it now"), "Forget it now")
    assert shown(app).count("are gone from this machine") == 2
    content = find_sample("self-crossing").content()
    process.visits().visit(token, time.monotonic()).keep("b.kml", content, FileOrigin(FileSource.UPLOADED), 0.0)
    app = settled(app.run())
    assert "are gone from this machine" not in shown(app)
    assert len(process.visits().visit(token, time.monotonic()).files) == 2
    app = press(press(app, "Forget it now"), "Forget it now")
    assert shown(app).count("are gone from this machine") == 1, "one sentence once no file is left"
    assert "“b.kml” and “my-spike.geojson”, their results and downloads are gone" in shown(app)
    assert "Send a file" in [heading.value for heading in app.subheader]


def test_a_sentence_about_many_forgotten_files_names_three_and_what_a_briefing_keeps():
    several = ForgottenFiles(("a.kml", "b.kml", "c.kml", "d.kml", "e.kml"), copied=False)
    assert several.says.startswith("“a.kml”, “b.kml”, “c.kml” and 2 more files, their results")
    kept = ForgottenFiles(("a.kml",), copied=True)
    assert "A briefing here keeps a copy of its line; delete the scene to take it out." in kept.says
    for sentence in (*several.says.split(". "), *kept.says.split(". ")):
        assert len(sentence.split()) <= 25


def test_what_is_said_of_a_file_that_is_refused_has_the_limit():
    style = (Path(pages.__file__).parent / "check_route.css").read_text()
    assert f"At most {of_bytes(LIMITS.file_bytes)} are read: of a larger file export only the route" in style


@pytest.mark.parametrize("years", [10, -10])
def test_a_clock_that_is_set_to_another_year_ends_no_visit(token, monkeypatch, years):
    app = send(check(), "spike")
    wall = time.time  # noqa: TID251 - the very clock that is set anew
    monkeypatch.setattr(time, "time", lambda: wall() + years * 365 * 86_400)
    app.run()
    (file,) = visit.visits().visit(token, time.monotonic()).files
    assert file.path.exists()
    assert file.name in shown(app)


def test_a_visit_that_is_left_alone_ends_by_the_clock_that_only_goes_forward(token, monkeypatch):
    send(check(), "spike")
    (file,) = process.visits().visit(token, time.monotonic()).files
    later = time.monotonic() + process.visits().caps.idle_seconds + 1
    monkeypatch.setattr(process.time, "sleep", lambda _: None)
    monkeypatch.setattr(process.time, "monotonic", lambda: later)
    with pytest.raises(StopSweepingError):
        process._end_idle_visits(SweptOnce(process.visits()))
    assert not file.path.exists()


def test_the_visit_of_a_page_without_cookies_counts_for_the_network_of_the_page(cookies):
    cookies.clear()
    process.uploads().session_here("test session id", "", "192.0.2.7")
    app = check()
    kept_under = app.session_state[visit.COOKIE]
    assert process.uploads().network_of(kept_under) == "192.0.2.7"
    assert kept_under in process.uploads().open_visits()
    process.uploads().session_left("test session id")
    process.uploads().end_if_gone("test session id")
    assert process.uploads().network_of(kept_under) == ""


def test_a_file_that_finds_no_room_is_told_and_nothing_is_lost(own_store):
    own_store(visit_bytes=9_000)
    app = send(check(), "spike")
    app = send(opened_adding(app), "sound-two-routes", "same-route")
    assert "was not kept" in " ".join(notices(app))
    assert "my-spike.geojson" in shown(app)


def test_pasted_text_that_finds_no_room_stays_in_the_field(own_store):
    own_store(visit_bytes=50)
    text = '{"type": "LineString", "coordinates": [[46.2, 38.9], [46.3, 38.95]]}'
    app = check()
    app.text_area(key="paste").set_value(text)
    press(app, "Read the text")
    assert "was not kept" in notices(app)[0]
    assert app.text_area(key="paste").value == text


def opened_adding(app):
    app.session_state["adding"] = True
    return app.run()


def test_the_accuracies_can_be_set_and_an_answer_turns():
    app = send(check(), "sound-whole-line")
    assert "Too close to say" not in heads(app)
    border = next(slider for slider in app.select_slider if slider.label == "How exactly the border is known")
    border.set_value(1_000).run()
    assert not app.exception
    assert heads(app).count("Too close to say") == 3


def heads(app) -> str:
    return "".join(part.split("</h3>")[0] for part in shown(app).split('class="answer-words"')[1:])


def test_a_visit_that_ended_with_the_server_is_told_until_its_visitor_says_so(cookies, own_store):
    own_store()
    cookies[visit.COOKIE] = new_token()
    assert notices(check()) == []
    cookies[visit.COOKIE], cookies[visit.KEPT] = new_token(), "1"
    for _ in range(2):
        app = check()
        assert "Your visit has ended" in notices(app)[0]
    assert notices(press(app, "I have read this")) == []
    assert notices(check()) == []


def test_a_visit_with_the_cookie_is_the_same_in_another_tab_and_no_other_visitor_sees_it(cookies, own_store):
    own_store()
    cookies[visit.COOKIE] = new_token()
    send(check(), "spike")
    assert "my-spike.geojson" in shown(check())
    cookies[visit.COOKIE] = new_token()
    assert "my-spike.geojson" not in shown(check())


def test_long_work_is_told_and_what_was_cancelled_can_be_tried_again(monkeypatch):
    app = send(check(), "spike")
    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(RunningJob, "stage", property(lambda _: "measuring route 2 of 5"))
        meanwhile.setattr(waiting, "file_analysis", lambda *_, **__: RunningJob.__new__(RunningJob))
        app.run()
        assert not app.exception
        assert "measuring route 2 of 5" in shown(app)
        assert "Cancel" in [button.label for button in app.button]
        meanwhile.setattr(waiting, "file_analysis", lambda *_, **__: CANCELLED)
        app.run()
        assert "It was cancelled; all that was here before still is." in notices(app)[0]
    assert on_the_map(press(app, "Read it again"))["routes"]


@pytest.mark.parametrize("kind", ["sound-placemark", "sound-track", "layers-mixed-systems", "archive-nested"])
def test_other_formats_are_read_by_a_worker(kind):
    app = check(sample=kind)
    assert on_the_map(app)["findings"] or on_the_map(app)["routes"]


def test_a_browser_without_cookies_is_told_that_a_reload_ends_its_visit(cookies):
    del cookies[visit.COOKIE]
    app = check()
    assert notices(app) == []
    assert "This browser sends no cookie" in notices(send(app, "spike"))[0]


def mode_control(app, label: str):
    (control,) = (group for group in app.get("button_group") if group.label == label)
    return control


def test_files_that_came_together_lead_to_a_comparison_of_their_routes():
    app = send(check(), "sound-two-routes", "sound-whole-line")
    together = "2 files with 3 routes came together; one file is shown below, the others by their “Show file”."
    assert together in shown(app)
    assert {"Shown below", "Show file 2"} <= {button.label for button in app.button}
    (link,) = [link for link in app.get("page_link") if "side by side" in link.proto.label]
    assert link.proto.label == "Set 3 routes side by side →"
    routes = parse_qs(link.proto.query_string)["routes"][0].split(",")
    assert [route.rpartition("/")[2] for route in routes] == ["1", "1", "2"]
    compared = settled(open_page("compare_routes.py", {"routes": ",".join(routes)}))
    (notice,) = notices(compared)
    assert "Routes 1 and 2 are the same line as drawn" in notice
    app = send(opened_adding(app), "spike")
    assert not [link for link in app.get("page_link") if "side by side" in link.proto.label]


def test_a_file_that_can_hold_no_route_is_not_offered_to_be_measured_or_compared():
    app = send(check(), "sound-two-routes", "web-page")
    assert "Not read yet" not in shown(app)
    assert "No route is read from this kind of file: “Show file 2” says what to send." in shown(app)
    (link,) = [link for link in app.get("page_link") if "side by side" in link.proto.label]
    assert link.proto.label == "Set 2 routes side by side →"
    routes = parse_qs(link.proto.query_string)["routes"][0].split(",")
    assert len({route.rpartition("/")[0] for route in routes}) == 1
    app = send(opened_adding(app), "sound-whole-line", "web-page")
    assert not [link for link in app.get("page_link") if "side by side" in link.proto.label]


def test_one_file_with_several_routes_leads_to_a_comparison_of_them():
    app = check()
    for name, count in (("sound-two-routes", 2), ("files-together", 3)):
        app = send(opened_adding(app) if count > 2 else app, name)
        assert f"This file has {count} routes; one of them is shown below." in shown(app)
        (link,) = [link for link in app.get("page_link") if "side by side" in link.proto.label]
        assert link.proto.label == f"Set {count} routes side by side →"
        routes = parse_qs(link.proto.query_string)["routes"][0].split(",")
        assert not notices(settled(open_page("compare_routes.py", {"routes": ",".join(routes)})))


def test_a_mode_can_be_said_with_the_file_and_afterwards_and_is_kept(token):
    app = check()
    mode_control(app, "Is it a railway or a road?").set_value("road").run()
    app = send(app, "sound-whole-line")
    for mode in ("road", "rail"):
        mode_control(app, "Railway or road?").set_value(mode).run()
        assert not app.exception
        own = visit.visits().visit(token, time.monotonic())
        (file,) = own.files
        assert file.mode == mode
        assert [assessment.route.mode for assessment in visit.file_analysis(own, file).assessments] == [mode]


def test_the_card_of_a_file_says_that_a_briefing_keeps_a_copy(token):
    app = send(check(), "spike")
    words = "A briefing here keeps a copy of its line"
    assert words not in shown(app)
    kept = process.visits().visit(token, time.monotonic())
    (file,) = kept.files
    kept.put_note("own-1", f'file_sha256 = "{file.sha256}"'.encode(), time.monotonic())
    assert words in shown(app.run())


def test_of_files_that_came_together_the_first_with_a_route_is_shown():
    app = send(check(), "web-page", "sound-two-routes", "sound-whole-line")
    assert "sound-two-routes.geojson" in shown(app)
    assert [button.label for button in app.button if button.label == "Shown below"] == ["Shown below"]
    assert "with 2 routes" in shown(app)


def test_where_no_file_of_several_has_a_route_the_first_is_shown():
    app = send(check(), "web-page", "json-syntax")
    assert f'<h2 class="file-name">my-{find_sample("web-page").file}</h2>' in shown(app)


def test_in_place_of_a_file_that_was_forgotten_no_other_is_shown():
    app = send(check(), "sound-two-routes")
    app.query_params["file"] = "abcdef"
    app.run()
    assert "not among the files of your visit" in " ".join(notices(app))
    assert not [button for button in app.button if button.label == "Shown below"]
    assert [toast.value for toast in app.toast] == [
        "The file this page showed is not here any more: see the note at the top."
    ]
