"""What the system holds a process to that works on a stranger's file, as far as the system can.

Limits are those of setrlimit(2). Where a system has none (Windows), the clock of the process that started the work
remains, and a worker watches its parent by itself.
"""

import contextlib
import ctypes
import math
import multiprocessing
import multiprocessing.util
import os
import signal
import sys
import time
from multiprocessing import forkserver
from threading import Event, Thread
from typing import Any

from corridor.reading.limits import MEGABYTE

if sys.platform != "win32":
    import resource
import shutil

#: Bytes a worker may write into one file. Ours writes a line on what it does; a library that a file has write without
#: end does not fill the disk.
WRITTEN_BYTES = 256 * MEGABYTE
#: Files and connections a worker may have open; reading a file needs a dozen.
OPEN_FILES = 256
#: prctl(2): have a signal sent to this process when its parent ends.
PR_SET_PDEATHSIG = 1
#: What the server that processes are forked from imports before the first.
FORK_SERVER = "corridor.store.fork_server"
_threads_began = Event()


def confine(memory_mb: float, cpu_seconds: float) -> None:
    """Hold this process to so much address space and, over its whole life, so many seconds of a processor.

    What asks for more memory gets a MemoryError instead of the machine's last. Nothing of it is left behind when it
    ends: no dump of its memory, which holds somebody's file.
    """
    if sys.platform == "win32":
        return
    memory, seconds = round(memory_mb * MEGABYTE), math.ceil(cpu_seconds)
    for limit, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, WRITTEN_BYTES),
        (resource.RLIMIT_NOFILE, OPEN_FILES),
    ):
        _hold_to(limit, most)
    # Streamlit or a shell may have told its children to pass over it.
    signal.signal(signal.SIGXCPU, signal.SIG_DFL)


def allow_processor(seconds: float) -> None:
    """Let this process have so many seconds of a processor from now on; more than `confine` left it never has."""
    if sys.platform == "win32":
        return
    _, most = resource.getrlimit(resource.RLIMIT_CPU)
    wanted = math.ceil(time.process_time() + seconds)
    resource.setrlimit(resource.RLIMIT_CPU, (wanted if most == resource.RLIM_INFINITY else min(wanted, most), most))


def _hold_to(limit: int, most: int) -> None:
    if sys.platform == "win32":
        return
    _, before = resource.getrlimit(limit)
    # What whoever runs the application allows is never raised.
    most = most if before == resource.RLIM_INFINITY else min(most, before)
    resource.setrlimit(limit, (most, most))


def ran_out_of_processor(exit_code: int | None) -> bool:
    """Whether a process that ended so was ended for the seconds of a processor it took."""
    return sys.platform != "win32" and exit_code == -signal.SIGXCPU


def end_with_parent() -> None:
    """Have this process end when the one that started it does, whatever either is doing at that moment.

    A worker's parent is the fork server, which ends when nobody holds the other end of a pipe any more. Python hands
    that end to every worker, so that a worker without end kept the fork server, and the fork server the worker.
    """
    # Private to the standard library, and the only way to it; a test kills a server and looks who is left.
    server: Any = getattr(forkserver, "_forkserver", None)
    alive = getattr(server, "_forkserver_alive_fd", None)
    parent = os.getppid()
    if not (sys.platform == "linux" and _told_by_the_system(parent)):
        Thread(target=_watch_parent, daemon=True).start()
    if alive is not None:
        server._forkserver_alive_fd = None
        with contextlib.suppress(OSError):
            os.close(alive)


def _told_by_the_system(parent: int) -> bool:
    """Ask Linux to kill this process when its parent ends; return whether it will."""
    try:
        asked: bool = ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0) == 0
    except (OSError, AttributeError):
        return False
    if os.getppid() != parent:
        # It ended just before it was asked.
        os._exit(1)
    return asked


def _watch_parent() -> None:
    """End this process as soon as the one whose work it does is gone."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def libraries_began_threads() -> None:
    """Take note that a library keeps threads in this process from now on.

    A forked process would be without them, and would wait for them for ever (seen with typst's).
    """
    _threads_began.set()


def start_method() -> str:
    """Return how a process is started in which only one piece of work is done: at once where the system can fork.

    Where a library keeps threads in this process, as the processes of a pool are.
    """
    forks = "fork" in multiprocessing.get_all_start_methods() and sys.platform == "linux"
    return "fork" if forks and not _threads_began.is_set() else worker_start_method()


def worker_start_method() -> str:
    """Return how the processes of a pool are started: from a server that has all at hand, where the system can fork."""
    return "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"


def remove_socket_folder() -> None:
    """Remove the folder in which the server listens that processes of a pool are started from, once none is any more.

    Python removes it as a process ends of itself; a server that was asked to end by a signal ends by that signal.
    """
    shutil.rmtree(multiprocessing.util.get_temp_dir(), ignore_errors=True)
