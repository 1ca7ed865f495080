"""The next scene: from a key of the clicker to the first frame in which the map has moved, beside the same on a rerun.

The peer is a Streamlit page whose button has the same map on streamlit-folium frame the next scene.
"""

import sys
from contextlib import ExitStack

from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from tests.bench.figures import Figure, comparison, figure, table
from tests.support.briefed import SHIPPED, view
from tests.support.served import free_port, launch, serve

ROOM: ViewportSize = {"width": 1280, "height": 720}
BAR_MS = 100.0
ROUNDS = 6
#: Whether the next key leads to another scene, rather than to another part of this one.
LAST_PART = r"""() => {
  const part = document.querySelector('.presentation .number').textContent.match(/part (\d+) of (\d+)/);
  return !part || part[1] === part[2];
}"""
#: ms after which a movement is over and the next key may be pressed.
SETTLED = 1_600
#: Notes, for each input once `watch()` was called, the ms to the first animation frame in which the map stands or is
#: scaled otherwise than before, and the one after it, in which that has been painted (`taken`); for every input the ms
#: to the second animation frame, in which its words have been painted (`words`). It listens before anybody else does,
#: and looks into frames of the same origin too; a map that is away while its frame is loaded anew has not moved yet.
RECORDER = """
kind => {
  window.taken = []; window.words = []; let watched = false;
  const pages = () => [document, ...[...document.querySelectorAll('iframe')].map(one => one.contentDocument)];
  const pane = page => page?.querySelector('.leaflet-map-pane');
  const drawing = page => page?.querySelector('.leaflet-pane svg');
  const stand = () => pages().filter(pane).map(page => pane(page).style.transform + drawing(page)?.style.transform
    + drawing(page)?.getAttribute('viewBox')).join();
  window.watch = () => { watched = true; };
  window.addEventListener(kind, event => {
    const before = stand();
    const now = () => performance.now() - event.timeStamp;
    requestAnimationFrame(() => requestAnimationFrame(() => words.push(now())));
    if (!watched) return;
    watched = false;
    const look = () => requestAnimationFrame(() => {
      if (!stand() || stand() === before) look();
      else requestAnimationFrame(() => taken.push(now()));
    });
    look();
  }, true);
}
"""


def views() -> list[tuple[float, float, float, float]]:
    """Return the views of the scenes of a story in their order, each other than the one before."""
    windows: list[tuple[float, float, float, float]] = []
    for scene in view(SHIPPED[0]).shown:
        if scene.map and (not windows or scene.map.bounds != windows[-1]):
            windows.append(scene.map.bounds)
    return windows


def steps() -> list[bool]:
    """Return, for each step to the next scene, whether the map moves in it."""
    shown = view(SHIPPED[0]).shown
    last, moved = shown[0].map, []
    for scene in shown[1:]:
        moved.append(scene.map is not None and last is not None and scene.map.bounds != last.bounds)
        last = scene.map or last
    return moved


def presented(browser: Browser, address: str) -> tuple[list[float], list[float]]:
    """Return the ms of every step in which the map moves, and of every step until its words are painted."""
    page = browser.new_context(viewport=ROOM).new_page()
    page.add_init_script(f"({RECORDER})('keydown')")
    page.goto(f"{address}/present?story={SHIPPED[0]}")
    page.locator('.corridor-presenter[data-ready="true"]').wait_for()
    page.wait_for_timeout(SETTLED)
    for _ in range(ROUNDS):
        page.keyboard.press("Home")
        page.wait_for_timeout(SETTLED)
        for moves in steps():
            shown = page.locator(".presentation").get_attribute("data-scene")
            while page.locator(".presentation").get_attribute("data-scene") == shown:
                last = page.evaluate(LAST_PART)
                if moves and last:
                    page.evaluate("watch()")
                page.keyboard.press("ArrowRight")
                page.wait_for_timeout(60)
            page.wait_for_timeout(SETTLED)
    taken, words = page.evaluate("taken"), page.evaluate("words")
    page.close()
    return whole(taken, sum(steps()) * ROUNDS), words


def rerun(browser: Browser, address: str) -> list[float]:
    """Return the ms of every press of the peer's button until its map has moved."""
    page = browser.new_context(viewport=ROOM).new_page()
    page.goto(address)
    framed(page)
    page.wait_for_timeout(SETTLED)
    page.evaluate(RECORDER, "click")
    presses = len(views()) * ROUNDS
    for _ in range(presses):
        page.evaluate("watch()")
        seen = page.evaluate("taken.length")
        page.get_by_role("button", name="Next").click()
        page.wait_for_function("seen => taken.length > seen", arg=seen, timeout=30_000)
        page.wait_for_timeout(SETTLED)
    taken = page.evaluate("taken")
    page.close()
    return whole(taken, presses)


def framed(page: Page) -> None:
    for _ in range(600):
        if any(frame.query_selector("path.leaflet-interactive") for frame in page.frames):
            return
        page.wait_for_timeout(100)
    raise RuntimeError("The peer's map did not appear within 60 s.")


def whole(taken: list[float], expected: int) -> list[float]:
    if len(taken) != expected:
        raise RuntimeError(f"{len(taken)} of {expected} movements were seen; the figures would not be whole.")
    return taken


def measure() -> list[Figure]:
    """Return the figures of the next scene, and the peer's."""
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", "tests/bench/presenting_peer.py", "--server.port", str(port)]
    with ExitStack() as stack:
        browser = launch(stack.enter_context(sync_playwright()))
        moved, words = presented(browser, stack.enter_context(serve()))
        theirs = rerun(browser, stack.enter_context(serve(command=command, port=port)))
    bar = f"p95 within {BAR_MS:g} ms"
    ours = figure("next scene -> first moved frame", "presenter", "ms", moved, bar=bar, at_most=BAR_MS)
    peer = figure("next view -> first moved frame", "streamlit-folium, rerun", "ms", theirs)
    said = figure("next scene -> its words painted", "presenter", "ms", words, bar=bar, at_most=BAR_MS)
    return [ours, said, peer, comparison("next scene, median", ours, peer, at_least=1.0)]


if __name__ == "__main__":
    print(table(measure()))
