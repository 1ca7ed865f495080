"""How fast the answers on a connection are taken, so that who takes them in drops holds no place for hours."""

import asyncio
import struct
import termios
from fcntl import ioctl

#: Bytes a second that are taken of an answer at least, where some wait: below the slowest mobile connections.
BYTES_A_SECOND = 1_000


def unread_bytes(transport: asyncio.Transport) -> int:
    """Return the bytes of answers that the other end has not taken: those kept here, and those the system keeps."""
    try:
        kept = ioctl(transport.get_extra_info("socket").fileno(), termios.TIOCOUTQ, bytes(4))
    except OSError:
        kept = bytes(4)
    return transport.get_write_buffer_size() + int(struct.unpack("i", kept)[0])


class AnswersTaken:
    """What is taken of the answers on one connection; times are in seconds of the loop's clock.

    `written` bytes were given in all, of which `unread` were not taken when it was last looked; some are for all the
    time since `waits_since`, None where none is.
    """

    def __init__(self) -> None:
        """Begin with nothing written."""
        self.written = self.unread = 0
        self.waits_since: float | None = None
        self._begun, self._taken_before = 0.0, 0

    def look(self, unread: int, now: float) -> None:
        """Take note of how much is not taken now."""
        if not unread:
            self.waits_since = None
        elif self.waits_since is None:
            self.waits_since = now
            self._measure_from(now, unread)
        self.unread = unread

    def is_too_slow(self, now: float, seconds: float) -> bool:
        """Whether less was taken in so many seconds than BYTES_A_SECOND; where it was more, they begin anew."""
        if self.waits_since is None or now - self._begun <= seconds:
            return False
        if self.written - self.unread - self._taken_before < BYTES_A_SECOND * seconds:
            return True
        self._measure_from(now, self.unread)
        return False

    def _measure_from(self, now: float, unread: int) -> None:
        self._begun, self._taken_before = now, self.written - unread
