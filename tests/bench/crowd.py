"""Viewers without browsers who switch pages for a while, and what that takes of the process that serves them."""

import asyncio
import os
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from streamlit.proto.Common_pb2 import FileUploaderState, UploadedFileInfo
from streamlit.proto.WidgetStates_pb2 import WidgetState

from corridor.ui.frame.menu_entries import ENTRIES
from tests.support.streamlit_client import Drawn, Viewer, viewer

#: Addresses of the pages a viewer goes to; of a stock page there is but one.
PAGES = tuple(entry.path for entry in ENTRIES if entry.listed)
STOCK = ("",)
#: Seconds a viewer stays on a page.
STAYS = (5.0, 10.0)
#: Seconds over which the viewers of a crowd come.
ARRIVE = 5.0
#: Seconds an idle server is waited for, and the share of a core below which it is idle.
SETTLING, IDLE = 90.0, 0.05
CLOCK_TICKS = os.sysconf("SC_CLK_TCK")
MEGABYTE = 2**20


@dataclass
class Seen:
    """What viewers met with: ms of every page they opened, and in words what went wrong."""

    page_ms: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def note(self, drawn: Drawn, page: str) -> None:
        self.page_ms.append(1_000 * drawn.seconds)
        if drawn.failed:
            self.errors.append(f"The page {page!r} ended with an exception.")


@dataclass(frozen=True)
class Taken:
    """What a crowd took: cores of the server, MB of its memory above those before, and cores of the viewers."""

    cores: float
    memory_mb: float
    client_cores: float


def memory_mb(pid: int) -> float:
    """Return the resident memory of a process in MB."""
    lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines()
    (resident,) = (line for line in lines if line.startswith("VmRSS:"))
    return int(resident.split()[1]) / 1024


def processor_seconds(pid: int) -> float:
    """Return the processor's seconds that a process took so far."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / CLOCK_TICKS


async def settle(pid: int) -> None:
    """Wait until a server has nothing to do."""
    deadline = time.monotonic() + SETTLING
    while time.monotonic() < deadline:
        before = processor_seconds(pid)
        await asyncio.sleep(2)
        if processor_seconds(pid) - before < 2 * IDLE:
            return


async def warm(address: str, pid: int, pages: Sequence[str]) -> None:
    """Open every page twice, as whoever came before did, and wait until the server is at rest."""
    await settle(pid)
    async with viewer(address) as page_viewer:
        for page in (*pages, *pages):
            await page_viewer.open(page)
    await settle(pid)


async def crowd(address: str, pid: int, viewers: int, seconds: float, pages: Sequence[str], seen: Seen) -> Taken:
    """Have viewers come, switch pages for so many seconds, and leave; note what they see, and return what it took.

    Memory is that of the moment before the first of them leaves.
    """
    chance = random.Random(viewers)
    until = time.monotonic() + ARRIVE + seconds
    memory, spent, own, begun = memory_mb(pid), processor_seconds(pid), time.process_time(), time.monotonic()
    all_are_done = asyncio.Event()
    looking = [
        asyncio.create_task(
            _looks(address, chance.uniform(0, ARRIVE), until, pages, random.Random(number), seen, all_are_done)
        )
        for number in range(viewers)
    ]
    await asyncio.sleep(until - time.monotonic())
    lasted = time.monotonic() - begun
    cores, client_cores = (processor_seconds(pid) - spent) / lasted, (time.process_time() - own) / lasted
    taken = Taken(cores, memory_mb(pid) - memory, client_cores)
    all_are_done.set()
    await asyncio.gather(*looking)
    return taken


async def _looks(
    address: str,
    after: float,
    until: float,
    pages: Sequence[str],
    chance: random.Random,
    seen: Seen,
    all_are_done: asyncio.Event,
) -> None:
    await asyncio.sleep(after)
    try:
        async with viewer(address) as page_viewer:
            page = ""
            while True:
                seen.note(await page_viewer.open(page), page)
                left = until - time.monotonic()
                if left <= 0:
                    break
                await asyncio.sleep(min(left, chance.uniform(*STAYS)))
                if time.monotonic() >= until:
                    break
                page = chance.choice(pages)
            # Who leaves early gives memory back that is still to be counted.
            await all_are_done.wait()
    except Exception as error:
        seen.errors.append(f"{type(error).__name__}: {error}")


async def send_file(address: str, file: Path) -> float:
    """Send a file to the page that checks a route as a browser does; return the seconds until its answers are there."""
    data = file.read_bytes()
    async with viewer(address) as page_viewer:
        drawn = await page_viewer.open("check-route")
        (asks,) = drawn.elements("file_uploader")
        begun = time.perf_counter()
        (place,) = await page_viewer.upload_addresses(file.name)
        got = await page_viewer.upload(place.upload_url, file.name, data)
        if got.status >= 400:
            raise RuntimeError(f"The upload was answered with {got.status}.")
        sent = UploadedFileInfo(file_id=place.file_id, name=file.name, size=len(data), file_urls=place)
        state = FileUploaderState(uploaded_file_info=[sent])
        drawn = await page_viewer.rerun([WidgetState(id=asks.id, file_uploader_state_value=state)])
        while not _answered(drawn):
            if drawn.failed:
                raise RuntimeError("The page that checks a route ended with an exception.")
            await asyncio.sleep(0.5)
            drawn = await page_viewer.rerun()
        taken = time.perf_counter() - begun
        await _forget(page_viewer, drawn)
        return taken


def _answered(drawn: Drawn) -> bool:
    return any(button.label == "All answers as CSV" for button in drawn.elements("download_button"))


async def _forget(page_viewer: Viewer, drawn: Drawn) -> None:
    (forget,) = (button for button in drawn.elements("button") if button.label == "Forget it now")
    await page_viewer.rerun([WidgetState(id=forget.id, trigger_value=True)])
