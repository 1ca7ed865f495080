"""How many frames of a websocket may come that carry next to nothing: signs of life, and parts of a message.

No browser sends a ping, or a message in parts of some bytes. Each costs uvicorn 20 µs, and eighty websockets that keep
below every other bound took half of the loop with six thousand pings a second each (measured).
"""

import asyncio
from collections.abc import Callable
from typing import Protocol

from corridor.web.allowance import Allowance

#: Frames that may come at once and then each second: above what tests and proxies send, far below what is dear.
AT_ONCE, A_SECOND = 500, 20.0
#: Bytes of a part of a message that is not small; browsers send parts of 64 kB and more.
PART_BYTES = 1_000
#: What uvicorn's protocol does with a ping, a pong and a part of a message.
HANDLERS = ("handle_ping", "handle_pong", "handle_cont")


class FrameLike(Protocol):
    """A frame as uvicorn hands it on."""

    data: bytes | bytearray | memoryview


def bound_small_frames(protocol: asyncio.Protocol, give_up: Callable[[], None]) -> None:
    """Have a websocket given up once more small frames came by it than may."""
    loop = asyncio.get_running_loop()
    frames = Allowance(A_SECOND, AT_ONCE, loop.time())

    def counted(handle: Callable[..., None]) -> Callable[..., None]:
        def handle_and_count(*event: FrameLike) -> None:
            if (not event or len(event[0].data) < PART_BYTES) and frames.wait_for(1, loop.time()):
                give_up()
            else:
                handle(*event)

        return handle_and_count

    for name in HANDLERS:
        if handle := getattr(protocol, name, None):
            setattr(protocol, name, counted(handle))
