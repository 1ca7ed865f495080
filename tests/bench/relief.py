"""What the shaded relief costs: pages opened and files written with it, beside the same without it, in turn."""

import statistics
import struct
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from unittest.mock import patch

from playwright.sync_api import Browser, sync_playwright

from corridor.present.briefing_files.formats import FORMATS, Format
from corridor.present.cartography import ground
from corridor.present.single_file.carried_land import CarriedLand
from corridor.present.story.briefing import Briefing
from tests.bench.exports import BARS, LARGEST_KB, TEN
from tests.bench.figures import Figure, figure, table
from tests.support.briefed import SHIPPED, briefing
from tests.support.served import DESKTOP, launch, serve

OPENINGS, REPEATS = 15, 5
#: Seconds with the relief for a second without it, of a page that is opened.
MOST_TIMES = 1.1
WITH, WITHOUT = "with relief", "without relief"
#: Pages that are maps at first sight: what is waited for on each.
OPENED = {
    "reader": ("/", '[data-testid="reader-map"][data-ready="true"]'),
    "comparison": ("/compare-routes?routes=rail-araks,road-araks", '[data-testid="route-map"][data-ready="true"]'),
    "presenter": (f"/present?story={SHIPPED[0]}", '.corridor-presenter[data-ready="true"]'),
}
#: The picture of the relief, which is fetched apart from the map that lies on it.
PICTURE = "**/assets/maps/*.png"


@dataclass(frozen=True, slots=True)
class Written:
    """Seconds of processor time that one kind of file took each time, and its size in bytes."""

    seconds: list[float]
    size: int


def clear_pixel() -> bytes:
    """Return a PNG of one pixel that shows nothing."""

    def chunk(name: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    header = struct.pack(">IIBBBBB", 1, 1, 8, 6, 0, 0, 0)
    content = (chunk(b"IHDR", header), chunk(b"IDAT", zlib.compress(b"\0" * 5)), chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(content)


def opened(browser: Browser, address: str, ready: str, *, relief: bool) -> float:
    """Return the seconds until a page that nobody opened before can be used, its relief there or a clear pixel for it.

    The picture itself is fetched as by anybody: to let its request pass through Playwright costs more than it does.
    """
    context = browser.new_context(viewport={"width": DESKTOP[0], "height": DESKTOP[1]})
    page, pixel = context.new_page(), clear_pixel()
    if not relief:
        page.route(PICTURE, lambda route: route.fulfill(body=pixel, content_type="image/png"))
    start = time.perf_counter()
    page.goto(address)
    page.locator(ready).wait_for()
    page.locator("img.relief").first.evaluate("picture => picture.decode()")
    taken = time.perf_counter() - start
    context.close()
    return taken


def opening_figures() -> list[Figure]:
    """Return how long each page takes to open with the relief and without, and how many times as long."""
    figures = []
    with serve() as served, sync_playwright() as playwright:
        browser = launch(playwright)
        for name, (page, ready) in OPENED.items():
            opened(browser, served + page, ready, relief=True)  # once, uncounted: the server makes its pages ready
            taken: dict[bool, list[float]] = {True: [], False: []}
            for number in range(OPENINGS):
                # Who comes first changes with each turn: the second finds more of the machine warm.
                for relief in sorted(taken, reverse=number % 2 == 0):
                    taken[relief].append(opened(browser, served + page, ready, relief=relief))
            shaded, bare = taken[True], taken[False]
            figures += [
                figure(f"{name} opened, map and relief drawn", WITH, "s", shaded),
                figure(f"{name} opened, map drawn", WITHOUT, "s", bare),
                times(f"{name} opened, medians", shaded, bare, at_most=MOST_TIMES),
            ]
    return figures


def times(what: str, shaded: list[float], bare: list[float], *, at_most: float | None) -> Figure:
    """Return how many times as much the relief makes of the median; it holds when that is at most `at_most`."""
    ratio = statistics.median(shaded) / statistics.median(bare)
    counted = figure(what, f"{WITH} / without", "times", [ratio], bar=f"at most {at_most:g} times" if at_most else "")
    return replace(counted, repeats=len(shaded), held=None if at_most is None else ratio <= at_most)


@contextmanager
def without_relief() -> Iterator[None]:
    """Have every map that is drawn meanwhile, on paper, on slides or in a single file, be one without its relief."""
    nothing = patch.object(ground, "shading", lambda *_: iter(()))
    with nothing, patch.object(CarriedLand, "_relief", None):
        yield


def written(kind: Format, made: Briefing) -> Written:
    """Write a kind of file `REPEATS` times."""
    seconds, size = [], 0
    for _ in range(REPEATS):
        start = time.process_time()
        size = len(kind.write(made))
        seconds.append(time.process_time() - start)
    return Written(seconds, size)


def file_figures(made: Briefing) -> list[Figure]:
    """Return the processor time and the size of each kind of file that has maps, with the relief and without."""
    figures = []
    for kind in (kind for kind in FORMATS if kind.suffix in BARS):
        kind.write(made)
        shaded = written(kind, made)
        with without_relief():
            bare = written(kind, made)
        if bare.size >= shaded.size:
            raise RuntimeError(f"A .{kind.suffix} without its relief is no smaller; the figures would compare nothing.")
        figures += [
            *both_ways(kind, shaded, bare),
            times(f".{kind.suffix}, medians", shaded.seconds, bare.seconds, at_most=None),
        ]
    return figures


def both_ways(kind: Format, shaded: Written, bare: Written) -> Iterator[Figure]:
    """Yield time and size of one kind of file; what is shipped, the one with relief, has the bars of `exports`."""
    seconds, most = BARS[kind.suffix], LARGEST_KB.get(kind.suffix)
    time_taken, size = f".{kind.suffix}, processor time", f".{kind.suffix}, size"
    yield figure(time_taken, WITH, "s", shaded.seconds, bar=f"at most {seconds:g} s", at_most=seconds)
    yield figure(time_taken, WITHOUT, "s", bare.seconds)
    bar = f"at most {most:,.0f} kB" if most else ""
    yield figure(size, WITH, "kB", [shaded.size / 1000], bar=bar, at_most=most)
    yield figure(size, WITHOUT, "kB", [bare.size / 1000])


def measure() -> list[Figure]:
    """Return what the relief costs the pages, and the files of the first story of at most ten scenes."""
    ten = next(made for story in SHIPPED if len((made := briefing(story)).view.shown) <= TEN)
    return [*opening_figures(), *file_figures(ten)]


if __name__ == "__main__":
    print(table(measure()))
