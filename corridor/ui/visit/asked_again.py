"""What a file to take away is made of, asked for once more when it is taken: an open page holds none of it."""

from collections.abc import Callable

from corridor.store.bounds import Failed, Result
from corridor.store.downloads import Make, NotAtHandError
from corridor.store.job_queue import Job
from corridor.store.own_file import OwnFile
from corridor.store.running_job import RunningJob
from corridor.store.visits import Visit
from corridor.store.work import FileAnalysis, is_small
from corridor.ui.visit.process import job_queue
from corridor.ui.visit.visit import analysis_job

#: Seconds for which a worker is waited for; who asks again later finds its result.
PATIENCE = 5.0
UNDER_WAY = "What the file is made of is worked out anew. Press the button once more in a moment."
GONE = "The file was let go of to make room. Load the page anew to have it written again."


def at_hand(job: Job[Result], *, here: bool = False) -> Result:
    """Return the result of a job, at once where it is still known; raise NotAtHandError where it takes long or failed.

    `here` asks for it to be worked out in this process.
    """
    outcome = job_queue().ask(job, here=here, patience=PATIENCE)
    if isinstance(outcome, RunningJob):
        raise NotAtHandError(UNDER_WAY)
    if isinstance(outcome, Failed):
        raise NotAtHandError(outcome.says)
    return outcome


def analysis_again(visit: Visit, file: OwnFile) -> FileAnalysis:
    """Return what came of analysing a file; raise NotAtHandError as `at_hand` does."""
    return at_hand(analysis_job(visit, file), here=is_small(file.path))


def of_analysis(visit: Visit, file: OwnFile, make: Callable[[FileAnalysis], bytes | str]) -> Make:
    """Return what makes a file of what came of analysing one of a visit, and holds nothing but its name."""
    return lambda: make(analysis_again(visit, file))


def known(remembered: Job[Result]) -> Result:
    """Return the result of a job as `JobQueue.remembered` gives it; raise NotAtHandError where it was let go of."""
    result = job_queue().known(remembered)
    if result is None:
        raise NotAtHandError(GONE)
    return result
