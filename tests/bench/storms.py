"""How soon the health address answers while pages are asked for far faster than anybody can use them."""

import asyncio
import time
from collections.abc import Sequence
from contextlib import AsyncExitStack

from websockets.exceptions import ConnectionClosed

from tests.bench.figures import Figure, figure
from tests.support.served import serve
from tests.support.streamlit_client import Viewer, ask_http, viewer

#: Connections, and the messages each sends at once.
STORMS = ((1, 60), (30, 20))
PAGE = "questions"
#: Seconds without a message after which a page has come to rest, and between two looks at the health address.
AT_REST, BETWEEN = 12.0, 0.05
HEALTH = "/_stcore/health"


def measure() -> list[Figure]:
    """Return the seconds the health address took in each storm; the longest has to stay below one."""
    with serve() as address:
        return asyncio.run(_stormed(address))


async def _stormed(address: str) -> list[Figure]:
    figures = []
    async with viewer(address) as first:
        await first.open()
        for path in first.pages:
            await first.open(path)
    for people, each in STORMS:
        seconds = await _storm(address, people, each)
        what = f"health address while {people} x {each} messages come at once"
        figures.append(figure(what, "corridor", "ms", [1000 * duration for duration in seconds]))
        figures.append(figure(f"{what}, longest", "corridor", "ms", [1000 * max(seconds)], at_most=1000.0))
    return figures


async def _storm(address: str, people: int, each: int) -> Sequence[float]:
    seconds: list[float] = []
    async with AsyncExitStack() as opened:
        pages = [await opened.enter_async_context(viewer(address)) for _ in range(people)]
        for page in pages:
            await page.open(PAGE)
        over = asyncio.Event()
        looking = asyncio.create_task(_look(address, seconds, over))
        await asyncio.gather(*(_ask_at_once(page, each) for page in pages))
        # The answer that is waited for at the end may be the slowest of all.
        over.set()
        await looking
    return seconds


async def _ask_at_once(page: Viewer, times: int) -> None:
    try:
        for _ in range(times):
            await page.ask_rerun()
        while True:
            await asyncio.wait_for(page.receive(), AT_REST)
    except (TimeoutError, ConnectionClosed):
        return


async def _look(address: str, seconds: list[float], over: asyncio.Event) -> None:
    while not over.is_set():
        began = time.perf_counter()
        got = await asyncio.to_thread(ask_http, address, HEALTH)
        # A refusal comes quickly, and says nothing of the pages.
        if got.status != 200:
            raise RuntimeError(f"The health address answered with {got.status}.")
        seconds.append(time.perf_counter() - began)
        await asyncio.sleep(BETWEEN)
