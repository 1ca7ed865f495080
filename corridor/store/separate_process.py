"""One piece of work in a process of its own, for a command, with the bounds that a page's work has."""

import multiprocessing
import pickle
import signal
import sys
import traceback
import warnings
from collections.abc import Callable
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any

from corridor.store.bounds import Failed, Result, WorkBounds, too_long, too_much
from corridor.store.confinement import (
    FORK_SERVER,
    allow_processor,
    confine,
    end_with_parent,
    ran_out_of_processor,
    start_method,
)

#: Seconds in which a process whose work is done ends by itself.
LEAVES_WITHIN = 5.0


class ElsewhereError(Exception):
    """A fault of ours in the other process that could not be handed over; says where it was."""


def done_in_own_process(call: Callable[..., Result], *args: object, bounds: WorkBounds) -> Result | Failed:
    """Return what `call(*args)` does in a process of its own, or why that came to nothing; raises what it raised.

    What it returns is pickled. Where the system can fork, and no library keeps threads in this process, the other one
    begins with all that is imported here, within a few milliseconds. Elsewhere `call` and `args` are pickled too, and
    it begins with what the fork server of the workers holds ready, or with nothing where the system has none.
    """
    # The types of the standard library know no process of a context that is named at run time.
    context: Any = multiprocessing.get_context(start_method())
    context.set_forkserver_preload([FORK_SERVER])
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(sender, call, args, bounds), daemon=True)
    with warnings.catch_warnings():
        # Python warns of a fork beside threads; those here are numpy's, which has its own way to follow it.
        warnings.simplefilter("ignore", DeprecationWarning)
        process.start()
    sender.close()
    try:
        if not receiver.poll(bounds.seconds):
            return too_long(bounds)
        outcome = pickle.loads(receiver.recv_bytes())
    except EOFError:
        process.join(LEAVES_WITHIN)
        return too_long(bounds) if ran_out_of_processor(process.exitcode) else too_much(bounds)
    finally:
        _end(process)
        receiver.close()
    if isinstance(outcome, MemoryError):
        return too_much(bounds)
    if isinstance(outcome, BaseException):
        raise outcome
    result: Result = outcome
    return result


def _end(process: BaseProcess) -> None:
    process.kill()
    process.join()
    process.close()


def _work(sender: Connection, call: Callable[..., object], args: tuple[object, ...], bounds: WorkBounds) -> None:
    """Do the work in the other process, and send what came of it."""
    # Whoever stops the command by a key stops the process that waits, and that one this.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    end_with_parent()
    confine(bounds.memory_mb, bounds.cpu_seconds + LEAVES_WITHIN)
    allow_processor(bounds.cpu_seconds)
    try:
        outcome = call(*args)
    except MemoryError as problem:
        outcome = MemoryError(str(problem))
    except Exception as problem:
        outcome = _portable(problem)
    sender.send_bytes(_pickled(outcome))
    sender.close()
    sys.stdout.flush()


def _pickled(outcome: object) -> bytes:
    try:
        return pickle.dumps(outcome)
    except MemoryError:
        return pickle.dumps(MemoryError())


def _portable(problem: Exception) -> Exception:
    """Return an exception that can be handed over, with where it was raised."""
    where = traceback.format_exc()
    try:
        again = pickle.loads(pickle.dumps(problem))
    except Exception:
        return ElsewhereError(where)
    again.add_note(where)
    return again if isinstance(again, Exception) else ElsewhereError(where)
