"""A full room: up to a hundred viewers who switch pages every 5-10 s, beside a stock page with the same map.

The viewers speak Streamlit's own protocol from one process that takes a twentieth of a core, so that two cores are the
server's. Each number of viewers has a server of its own, warm before they come. The peer's one page is drawn anew as
often as ours are opened. The bars are meant for two idle cores; `load average` tells whether they
were. On its own, `python -m tests.bench.viewers --viewers 10 --seconds 20` asks for less.
"""

import argparse
import asyncio
import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from tests.bench.crowd import PAGES, STOCK, Seen, Taken, crowd, send_file, settle, warm
from tests.bench.figures import Figure, comparison, figure, table
from tests.bench.peer import peer_command
from tests.bench.routes import WORK, line_file
from tests.support.served import free_port, serve, server_of

VIEWERS = (1, 10, 50, 100)
#: How many the peer is shown to: more than its machine can serve in time are asked for as well.
PEER_VIEWERS = (10, 100)
FULL = 100
SECONDS = 60.0
VERTICES = 100_000
PAGE_BAR_MS, MEMORY_BAR_MB = 1_000.0, 1.0
#: Characters of what the application printed that are shown where a page failed.
LOG_SHOWN = 8_000
#: Streamlit as it is installed collects garbage after every run of a page.
AS_INSTALLED = {"STREAMLIT_RUNNER_POST_SCRIPT_GC": "true"}


async def watched(
    address: str, pages: Sequence[str], viewers: int, seconds: float, upload: Path | None
) -> tuple[Seen, Taken, list[float]]:
    """Return what a crowd saw, what it took, and the seconds of each upload that was answered meanwhile."""
    pid, seen = server_of(address), Seen()
    answered: list[float] = []
    await warm(address, pid, pages)
    uploading = None
    if upload is not None:
        # Once beforehand, so that what the worker and the page keep for the first is in the base.
        await send_file(address, upload)
        await settle(pid)
        uploading = asyncio.create_task(_uploads(address, upload, seen, answered))
    taken = await crowd(address, pid, viewers, seconds, pages, seen)
    if uploading is not None:
        uploading.cancel()
        with suppress(asyncio.CancelledError):
            await uploading
    return seen, taken, answered


async def _uploads(address: str, file: Path, seen: Seen, answered: list[float]) -> None:
    while True:
        try:
            answered.append(await send_file(address, file))
        except Exception as error:
            seen.errors.append(f"upload: {type(error).__name__}: {error}")
            await asyncio.sleep(1)


def figures_of(
    who: str, viewers: int, seen: Seen, taken: Taken, note: str, *, barred: bool, senders: int = 0
) -> list[Figure]:
    """Return the figures of one crowd, with their bars where it has any.

    `senders` came beside the crowd, each with a visit and a file of its own that are kept.
    """
    label = f"{viewers} viewer{'s' if viewers > 1 else ''}{note}"
    bar = (f"p95 within {PAGE_BAR_MS:g} ms", PAGE_BAR_MS) if barred else ("", None)
    none = ("none", 0.0) if barred else ("", None)
    room = (f"at most {MEMORY_BAR_MB:g} MB", MEMORY_BAR_MB) if barred and viewers >= FULL else ("", None)
    for error in sorted(set(seen.errors))[:5]:
        print(f"viewers: {label}, {who}: {error}")
    return [
        figure(f"page, {label}", who, "ms", seen.page_ms or [float("inf")], bar=bar[0], at_most=bar[1]),
        figure("  errors", who, "", [float(len(seen.errors))], bar=none[0], at_most=none[1]),
        figure(
            "  memory of a viewer", who, "MB", [taken.memory_mb / (viewers + senders)], bar=room[0], at_most=room[1]
        ),
        figure("  cores of the server", who, "%", [100 * taken.cores]),
        figure("  cores of all viewers", "this bench", "%", [100 * taken.client_cores]),
    ]


def ours(viewers: int, seconds: float, upload: Path | None = None) -> list[Figure]:
    WORK.mkdir(parents=True, exist_ok=True)
    log = WORK / "viewers.log"
    with serve(log=log) as address:
        seen, taken, answered = asyncio.run(watched(address, PAGES, viewers, seconds, upload))
    note = f", {VERTICES:,} vertices sent again and again" if upload else ""
    if seen.errors:
        print(f"viewers: the application printed:\n{log.read_text(encoding='utf-8', errors='replace')[-LOG_SHOWN:]}")
    figures = figures_of("corridor", viewers, seen, taken, note, barred=True, senders=len(answered))
    if upload:
        figures.append(figure(f"  file of {VERTICES:,} vertices answered", "corridor", "s", answered or [float("inf")]))
    return figures


def peer(viewers: int, seconds: float) -> list[Figure]:
    port = free_port()
    with serve(AS_INSTALLED, command=peer_command(port), port=port) as address:
        seen, taken, _ = asyncio.run(watched(address, STOCK, viewers, seconds, None))
    return figures_of("streamlit-folium", viewers, seen, taken, "", barred=False)


def measure(
    crowds: Sequence[int] = VIEWERS, peers: Sequence[int] = PEER_VIEWERS, seconds: float = SECONDS
) -> list[Figure]:
    """Return the figures of every crowd, of the largest while a file is sent, and of the peer's."""
    figures = [figure("load average before", "this machine", "", [os.getloadavg()[0]])]
    first = {}
    for viewers in crowds:
        figures += (crowd := ours(viewers, seconds))
        first[viewers] = crowd[0]
    figures += ours(max(crowds), seconds, line_file(VERTICES))
    for viewers in peers:
        figures += (crowd := peer(viewers, seconds))
        if viewers in first:
            figures.append(comparison(f"page, {viewers} viewers, median", first[viewers], crowd[0], at_least=1))
    return figures


if __name__ == "__main__":
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asked.add_argument("--viewers", type=int, nargs="+", default=list(VIEWERS))
    asked.add_argument("--peer", type=int, nargs="*", default=list(PEER_VIEWERS))
    asked.add_argument("--seconds", type=float, default=SECONDS)
    given = asked.parse_args()
    print(table(measure(given.viewers, given.peer, given.seconds)))
