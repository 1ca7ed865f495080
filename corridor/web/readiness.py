"""Whether this application is ready for visitors: `/ready` answers 503 until what is slow the first time was done once.

`/_stcore/health` tells whether it lives at all; it answers 200 from the first moment on.
"""

import logging
from collections.abc import Callable, Iterable
from threading import Thread

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from corridor.reading.samples import find_sample
from corridor.sources import GEODATA
from corridor.store import work
from corridor.store.job_queue import Job
from corridor.store.tokens import new_token
from corridor.ui.visit.process import job_queue

ADDRESS = "/ready"
SAMPLE = "sound-whole-line"
#: Seconds the workers are waited for; what has not begun by then will not.
PATIENCE = 120.0

logger = logging.getLogger(__name__)


class Readiness:
    """Knows whether all that is to be done before the first visitor was done."""

    def __init__(self, steps: Iterable[Callable[[], object]]) -> None:
        """Begin unready; `steps` are done by `prepare`, one after the other."""
        self.steps = tuple(steps)
        self.is_ready = False

    def prepare(self) -> None:
        """Do the steps in a thread of their own; with one that fails it stays unready, and the log says why."""
        Thread(target=self._prepare, daemon=True).start()

    def _prepare(self) -> None:
        try:
            for step in self.steps:
                step()
        except Exception:
            logger.exception("The application could not be made ready")
        else:
            self.is_ready = True

    def routes(self) -> list[BaseRoute]:
        """Return the route that tells."""

        async def ready(_request: Request) -> Response:
            status, says = (200, "ready") if self.is_ready else (503, "starting")
            return PlainTextResponse(says, status, {"Cache-Control": "no-store"})

        return [Route(ADDRESS, ready, methods=["GET", "HEAD"])]


def look_at_a_sample() -> None:
    """Have a worker read and measure a shipped route, as it will the first visitor's. Raises RuntimeError."""
    sample = find_sample(SAMPLE)
    if sample is None:
        raise RuntimeError(f"There is no sample {SAMPLE}.")
    request = work.Request(GEODATA / "samples" / sample.file, sample.id, sample.file)
    outcome = job_queue().ask(Job(new_token(), frozenset(), work.analyse, (request,)), patience=PATIENCE)
    if not isinstance(outcome, work.FileAnalysis):
        raise RuntimeError(f"A worker did not look at {sample.file}: {outcome}")
