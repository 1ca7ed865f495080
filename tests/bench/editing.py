"""A dragged vertex of a line of 5,000: from a movement that is answered to its new numbers on screen, beside a peer.

The peer does the same measuring, but tells each movement as the state of a component and draws no map.
"""

import sys
from contextlib import ExitStack

from playwright.sync_api import Browser, Locator, Page, sync_playwright

from tests.bench.figures import Figure, comparison, figure
from tests.bench.routes import line_file
from tests.support.served import DESKTOP, free_port, launch, serve, wait_until_drawn

VERTICES = 5_000
BAR_MS = 150.0
DRAGS, MOVES, EVERY_MS = 6, 60, 16
PATIENCE = 60_000
#: Notes for every answered movement the ms from its pointer event to the second frame after its numbers were written.
RECORDER = """
panel => {
  window.taken = []; window.movedAt = {};
  let last = 0;
  addEventListener('pointermove', event => { last = event.timeStamp; }, true);
  addEventListener('mousemove', event => { last = event.timeStamp; }, true);
  window.told = n => { movedAt[n] = last; };
  const ask = window.fetch;
  window.fetch = (address, options) => {
    const edits = options && options.body && JSON.parse(options.body).edits;
    if (edits && edits.length) told(edits.at(-1).n);
    return ask(address, options);
  };
  new MutationObserver(() => {
    const at = movedAt[panel.dataset.applied];
    if (at === undefined) return;
    delete movedAt[panel.dataset.applied];
    requestAnimationFrame(() => requestAnimationFrame(() => taken.push(performance.now() - at)));
  }).observe(panel, { attributes: true, attributeFilter: ['data-applied'] });
}
"""


def dragged(page: Page, what: Locator, panel: Locator) -> list[float]:
    """Return the ms of every movement that was answered while `what` was dragged about."""
    panel.evaluate(RECORDER)
    for number in range(DRAGS):
        box = what.bounding_box()
        if box is None:
            raise RuntimeError("There is nothing to drag; the figures would not be whole.")
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        page.mouse.move(x, y)
        page.mouse.down()
        for step in range(1, MOVES + 1):
            page.mouse.move(x + (-1) ** number * step, y + step / 3)
            page.wait_for_timeout(EVERY_MS)
        page.mouse.up()
        page.wait_for_timeout(1_000)
    taken: list[float] = page.evaluate("taken")
    if len(taken) < DRAGS * 5:
        raise RuntimeError(f"Only {len(taken)} movements were answered; the figures would not be whole.")
    return taken


def editor(browser: Browser, address: str) -> list[float]:
    page = browser.new_context(viewport={"width": DESKTOP[0], "height": DESKTOP[1]}).new_page()
    page.goto(f"{address}/check-route")
    wait_until_drawn(page)
    page.locator('input[type="file"]').set_input_files(str(line_file(VERTICES)))
    page.get_by_role("button", name="Edit this route on the map").click(timeout=PATIENCE)
    page.locator('[data-testid="edit-map"][data-ready="true"]').wait_for(timeout=PATIENCE)
    handles = page.locator(".edit-handle[data-vertex]")
    handles.nth(handles.count() // 2).click()
    page.wait_for_timeout(1_000)
    return dragged(page, page.locator(".edit-handle.is-chosen"), page.locator('[data-testid="edit-panel"]'))


def through_state(browser: Browser, address: str) -> list[float]:
    page = browser.new_context(viewport={"width": DESKTOP[0], "height": DESKTOP[1]}).new_page()
    page.goto(address)
    page.locator(".peer-panel[data-applied]").wait_for(timeout=PATIENCE)
    page.wait_for_timeout(1_000)
    return dragged(page, page.locator(".peer-pad"), page.locator(".peer-panel"))


def measure() -> list[Figure]:
    """Return the figures of the editor, beside its peer, one after the other on the same machine."""
    line_file(VERTICES)
    port = free_port()
    peer_page = [sys.executable, "-m", "streamlit", "run", "tests/bench/editing_peer.py", "--server.port", str(port)]
    what = f"movement answered -> numbers on screen, {VERTICES:,} vertices"
    with ExitStack() as stack:
        browser = launch(stack.enter_context(sync_playwright()))
        with serve() as address:
            ours = figure(
                what, "editor", "ms", editor(browser, address), bar=f"p95 within {BAR_MS:g} ms", at_most=BAR_MS
            )
        with serve(command=peer_page, port=port) as address:
            peer = figure(what, "component state", "ms", through_state(browser, address))
    return [ours, peer, comparison("movement answered, median", ours, peer, at_least=1)]


if __name__ == "__main__":
    from tests.bench.figures import table

    print(table(measure()))
