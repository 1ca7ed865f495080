"""What lies outside of a reader's file, watched: a file nobody sent, and an address of this machine that listens."""

import ctypes
import os
import socket
import struct
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread

CANARY = "CANARY-of-a-file-nobody-sent"
IN_OPEN, IN_NONBLOCK = 0x20, 0o4000


@dataclass
class Outside:
    """The address that listens, the path of the file, and who came: connections, and openings of the file."""

    url: str
    path: Path
    connections: list[bytes] = field(default_factory=list)
    _watch: int = -1

    @property
    def openings(self) -> int:
        """How often anything in this system opened the file since it was asked last."""
        if self._watch < 0:
            return 0
        try:
            return len(os.read(self._watch, 65_536)) // struct.calcsize("iIII")
        except BlockingIOError:
            return 0

    def untouched(self) -> None:
        """Fail if anybody asked the address, or opened the file."""
        assert self.connections == []
        assert self.openings == 0


@contextmanager
def outside(folder: Path) -> Iterator[Outside]:
    """Set both up in a folder that nothing is uploaded to."""
    path = folder / "canary.csv"
    path.write_text(f"{CANARY},b\n{CANARY},c\n", encoding="utf-8")
    listener = socket.create_server(("127.0.0.1", 0))
    watched = Outside(f"http://127.0.0.1:{listener.getsockname()[1]}", path)

    def listen() -> None:
        while True:
            try:
                caller, _ = listener.accept()
            except OSError:
                return
            with caller:
                caller.settimeout(2)
                try:
                    watched.connections.append(caller.recv(200))
                except OSError as error:
                    watched.connections.append(str(error).encode())

    Thread(target=listen, daemon=True).start()
    if sys.platform == "linux":
        library = ctypes.CDLL(None)
        watched._watch = library.inotify_init1(IN_NONBLOCK)
        library.inotify_add_watch(watched._watch, os.fsencode(path), IN_OPEN)
    try:
        yield watched
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        if watched._watch >= 0:
            os.close(watched._watch)
