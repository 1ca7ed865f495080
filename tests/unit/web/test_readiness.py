"""The application says that it is ready when everything slow was done once, and not before, nor where it failed."""

import time
from threading import Event

import pytest
from starlette.applications import Starlette

from corridor.ui.visit.process import job_queue
from corridor.web.readiness import ADDRESS, Readiness, look_at_a_sample
from corridor.web.warming import read_land
from tests.support.asgi import ask


def status(readiness: Readiness, method: str = "GET") -> int:
    return ask(Starlette(routes=readiness.routes()), ADDRESS, method=method).status


def wait_for(condition) -> bool:
    deadline = time.monotonic() + 60
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.01)
    return condition()


def test_it_is_ready_after_the_last_step():
    go_on, done = Event(), []
    readiness = Readiness([lambda: go_on.wait(60), lambda: done.append(1)])
    assert status(readiness) == 503
    readiness.prepare()
    assert status(readiness) == 503
    go_on.set()
    assert wait_for(lambda: status(readiness) == 200)
    assert done == [1]
    assert status(readiness, "HEAD") == 200
    assert status(readiness, "POST") == 405


def test_where_a_step_fails_it_stays_unready_and_the_log_says_why(caplog):
    def fail():
        raise OSError("no disk")

    readiness = Readiness([fail])
    readiness.prepare()
    assert wait_for(lambda: "no disk" in caplog.text)
    assert status(readiness) == 503


def test_a_worker_looks_at_a_sample_and_a_worker_that_cannot_is_told(monkeypatch, caplog):
    read_land()
    look_at_a_sample()
    assert caplog.text == "", "nobody who starts the application reads a warning where all is well"
    job_queue().close()
    monkeypatch.setattr("corridor.web.readiness.PATIENCE", 0.0)
    with pytest.raises(RuntimeError, match="did not look at"):
        look_at_a_sample()
