"""What is done before the first visitor: every page is opened once and left, and a fault in it stops nothing."""

import asyncio
import gc
from concurrent.futures import ThreadPoolExecutor

import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from corridor.present import context as contexts
from corridor.ui.frame.menu_entries import ENTRIES
from corridor.web import warming
from tests.support.briefed import briefing_context


class Stage:
    """Stands in for Streamlit's runtime: answers what is asked, and says what was open."""

    def __init__(self, answers=True):
        self.answers = answers
        self.opened, self.sessions = [], set()

    def connect_session(self, client, user_info):
        assert user_info == {}
        self.client = client
        self.sessions.add("one")
        return "one"

    def handle_backmsg(self, session, message):
        assert session in self.sessions
        self.opened.append(message.rerun_script.page_name)
        if self.answers:
            self.client.write_forward_msg(ForwardMsg(script_finished=ForwardMsg.FINISHED_SUCCESSFULLY))

    def close_session(self, session):
        self.sessions.remove(session)


@pytest.fixture
def stage(monkeypatch):
    stage = Stage()
    monkeypatch.setattr(warming.Runtime, "instance", lambda: stage)
    monkeypatch.setattr(warming, "PAUSE", 0.0)
    return stage


def test_every_page_is_opened_once_the_first_one_first_and_nobody_stays(stage):
    asyncio.run(warming.open_every_page())
    assert stage.opened == [entry.path for entry in ENTRIES]
    assert stage.sessions == set()


def test_a_page_that_does_not_end_is_left_and_the_application_goes_on(stage, monkeypatch, caplog):
    stage.answers = False
    monkeypatch.setattr(warming, "PATIENCE", 0.01)
    begun = []
    asyncio.run(warming.warm_up(before=lambda: begun.append("workers")))
    assert begun == ["workers"]
    assert stage.sessions == set()
    assert "the application goes on" in caplog.text


def test_all_of_it_is_done_and_what_is_there_is_kept_from_collections(stage, monkeypatch):
    monkeypatch.setattr(warming, "briefing_context", lambda: briefing_context())
    frozen = []
    monkeypatch.setattr(gc, "freeze", lambda: frozen.append(len(stage.opened)))
    monkeypatch.setattr(contexts, "assess_candidate", lambda candidate, *_: candidate.id)
    fresh = contexts.BriefingContext(
        briefing_context().shipped, briefing_context().evidence, briefing_context().questions
    )
    monkeypatch.setattr(warming, "briefing_context", lambda: fresh)
    asyncio.run(warming.warm_up(before=lambda: None))
    assert frozen == [len(ENTRIES)]
    assert set(fresh._measured_candidates[0]) == set(fresh.drawn_candidates)


def test_a_candidate_is_measured_once_however_many_ask_at_once(monkeypatch):
    asked = []
    monkeypatch.setattr(contexts, "assess_candidate", lambda candidate, *_: asked.append(candidate.id) or candidate.id)
    fresh = contexts.BriefingContext(
        briefing_context().shipped, briefing_context().evidence, briefing_context().questions
    )
    with ThreadPoolExecutor(8) as threads:
        assert set(threads.map(fresh.candidate_route, ["rail-araks"] * 50)) == {"rail-araks"}
    assert asked == ["rail-araks"]
    with pytest.raises(KeyError):
        fresh.candidate_route("nowhere")
