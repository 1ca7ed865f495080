"""The reader beside the same map on stock streamlit-folium: how soon land and text light, and what opening costs."""

import statistics
import time
from contextlib import ExitStack
from dataclasses import replace

from playwright.sync_api import Browser, BrowserContext, Frame, Page, ViewportSize, sync_playwright

from tests.bench.figures import Figure, comparison, figure
from tests.bench.peer import CLICKED, peer_command
from tests.support.served import DESKTOP, free_port, launch, open_reader, serve

REPEATS = 40
OPENINGS = 30
OTHER_VIEWERS = 19
NOTE_OTHERS = f", {OTHER_VIEWERS} more viewers"
FRAME_BAR_MS = 33.0
READY = '[data-testid="reader-map"][data-ready="true"]'

#: Notes, per pointer input, when `is-lit` was first set and when the second animation frame after it began (ms).
RECORDER = """
() => {
  window.inputs = []; window.eventTimings = [];
  let current = null;
  const begin = event => {
    const watched = current = { kind: event.type, at: event.timeStamp, lit: null, frame: null };
    inputs.push(watched);
    requestAnimationFrame(() => requestAnimationFrame(() => { watched.frame = performance.now() - watched.at; }));
  };
  new MutationObserver(changes => {
    if (current && current.lit === null && changes.some(c => c.target.classList.contains('is-lit')
        && !(c.oldValue || '').split(' ').includes('is-lit')))
      current.lit = performance.now() - current.at;
  }).observe(document.body, { subtree: true, attributes: true, attributeFilter: ['class'], attributeOldValue: true });
  window.watchNext = type => document.addEventListener(type, begin, { capture: true, once: true });
  new PerformanceObserver(list => list.getEntries().forEach(e =>
    eventTimings.push({ name: e.name, duration: e.duration })))
    .observe({ type: 'event', durationThreshold: 16, buffered: false });
}
"""

#: A page with twenty phrases and nothing else: what is measured on it is the browser's share, which no page goes below.
EMPTY_PAGE = """<!doctype html><title>Phrases</title><ul></ul><script>
for (let number = 0; number < 20; number += 1) {
  const phrase = document.querySelector('ul').appendChild(document.createElement('li'));
  Object.assign(phrase.dataset, { anchor: number, targets: 'territory/armenia' });
  phrase.textContent = 'a phrase that lights itself';
  phrase.addEventListener('pointerover', () => phrase.classList.add('is-lit'));
  phrase.addEventListener('pointerout', () => phrase.classList.remove('is-lit'));
}
</script>"""


def anchors_that_light(page: Page) -> list[str]:
    """Return selectors of the phrases that stand on the screen and light drawn land."""
    names: list[str] = page.evaluate(
        """() => [...document.querySelectorAll('[data-anchor][data-targets*="territory/"]')]
                 .map(e => e.getAttribute('data-anchor'))"""
    )
    return [f'[data-anchor="{name}"]' for name in names]


def point_at_phrases(page: Page) -> tuple[list[float], list[float]]:
    """Return ms from the pointer's arrival on a phrase to the class set, and to the second frame after it."""
    page.evaluate(RECORDER)
    selectors = anchors_that_light(page)
    for number in range(REPEATS):
        phrase = page.locator(selectors[number % len(selectors)])
        phrase.scroll_into_view_if_needed()
        page.mouse.move(5, 5)
        page.wait_for_timeout(60)
        page.evaluate("watchNext('pointerover')")
        box = phrase.evaluate(
            "e => { const r = e.getClientRects()[0]; return [r.x + r.width / 2, r.y + r.height / 2]; }"
        )
        page.mouse.move(*box)
        page.wait_for_timeout(120)
    return collected(page)


def click_features(page: Page) -> tuple[list[float], list[float]]:
    """Return ms from a click on land to the clause's class set, and to the second frame after it."""
    page.evaluate(RECORDER)
    spots = [spot_on(page, feature) for feature in ("territory/armenia", "territory/az-nakhchivan")]
    for number in range(REPEATS):
        page.keyboard.press("Escape")
        page.mouse.move(*spots[(number + 1) % 2])
        page.mouse.move(*spots[number % 2])
        page.wait_for_timeout(80)
        # The pointer has lit the land already; that light is taken away, and painted away, so that the click has all
        # of its own to do and nothing of ours.
        page.evaluate("document.querySelectorAll('.is-lit').forEach(e => e.classList.remove('is-lit'))")
        page.wait_for_timeout(80)
        page.evaluate("watchNext('click')")
        page.mouse.click(*spots[number % 2])
        page.wait_for_timeout(450)
    return collected(page)


def spot_on(page: Page | Frame, feature: str) -> list[float]:
    """Return a position in a page or in a frame of it at which `feature` is what lies under the pointer."""
    spot: list[float] | None = page.evaluate(
        """feature => {
          const path = document.querySelector(`path[data-feature="${feature}"]`);
          const box = path.getBoundingClientRect();
          for (let i = 1; i < 20; i++) for (let j = 1; j < 20; j++) {
            const x = box.x + box.width * i / 20, y = box.y + box.height * j / 20;
            if (document.elementFromPoint(x, y) === path) return [x, y];
          }
          return null;
        }""",
        feature,
    )
    if spot is None:
        raise RuntimeError(f"{feature} is nowhere under the pointer; the click cannot be measured.")
    return spot


def collected(page: Page) -> tuple[list[float], list[float]]:
    inputs = page.evaluate("inputs")
    unlit = [watched for watched in inputs if watched["lit"] is None or watched["frame"] is None]
    if unlit or len(inputs) < 30:
        raise RuntimeError(f"{len(unlit)} of {len(inputs)} inputs lit nothing; the figures would not be whole.")
    return [watched["lit"] for watched in inputs], [watched["frame"] for watched in inputs]


def floor(browser: Browser, note: str) -> Figure:
    """Return the figure of phrases on a page with nothing else on it."""
    page = browser.new_context(viewport={"width": DESKTOP[0], "height": DESKTOP[1]}).new_page()
    page.set_content(EMPTY_PAGE)
    _, frame = point_at_phrases(page)
    page.close()
    return figure(f"phrase pointed at -> second frame{note}", "an empty page", "ms", frame)


def event_timing(page: Page, names: tuple[str, ...], what: str) -> list[Figure]:
    durations = [e["duration"] for e in page.evaluate("eventTimings") if e["name"] in names]
    return [figure(f"{what}, Event Timing of those over 16 ms", "reader", "ms", durations)] if durations else []


def light_figures(page: Page, note: str) -> tuple[list[Figure], Figure]:
    """Return the figures of both directions, and the one of a click on land that the peer is held against."""
    lit, frame = point_at_phrases(page)
    bar = f"p95 within {FRAME_BAR_MS:g} ms"
    figures = [
        figure(f"phrase pointed at -> class set{note}", "reader", "ms", lit, bar=bar, at_most=FRAME_BAR_MS),
        figure(f"phrase pointed at -> second frame{note}", "reader", "ms", frame, bar=bar, at_most=FRAME_BAR_MS),
        *event_timing(page, ("pointerover", "pointerenter", "mouseover"), f"phrase pointed at{note}"),
    ]
    lit, frame = click_features(page)
    clicked = figure(f"feature clicked -> second frame{note}", "reader", "ms", frame, bar=bar, at_most=FRAME_BAR_MS)
    figures += [
        figure(f"feature clicked -> clause class set{note}", "reader", "ms", lit, bar=bar, at_most=FRAME_BAR_MS),
        clicked,
        *event_timing(page, ("click", "pointerup"), f"feature clicked{note}"),
    ]
    return figures, clicked


def openings(browser: Browser, address: str, ready: str) -> tuple[list[float], list[float], list[float]]:
    """Return seconds to a usable map, and kilobytes moved at a first opening and at a return, websocket included."""
    seconds: list[float] = []
    first: list[float] = []
    again: list[float] = []
    for _ in range(OPENINGS):
        context = browser.new_context(viewport={"width": DESKTOP[0], "height": DESKTOP[1]})
        for kilobytes in (first, again):
            page = context.new_page()
            session = context.new_cdp_session(page)
            session.send("Network.enable")
            moved = [0.0]
            session.on("Network.loadingFinished", lambda e, m=moved: m.__setitem__(0, m[0] + e["encodedDataLength"]))
            session.on(
                "Network.webSocketFrameReceived",
                lambda e, m=moved: m.__setitem__(0, m[0] + len(e["response"]["payloadData"]) * 3 / 4),
            )
            began = time.perf_counter()
            page.goto(address)
            wait_for_map(page, ready)
            if kilobytes is first:
                seconds.append(time.perf_counter() - began)
            page.wait_for_timeout(300)
            kilobytes.append(moved[0] / 1000)
            page.close()
        context.close()
    return seconds, first, again


def wait_for_map(page: Page, ready: str) -> None:
    """Wait for `ready` on the page or in the component's frame."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if any(frame.query_selector(ready) for frame in page.frames):
            return
        page.wait_for_timeout(10)
    raise RuntimeError(f"{ready} did not appear within 60 s.")


def rerun_times(context: BrowserContext, address: str) -> list[float]:
    """Return ms between the frame that tells the server of a selection and the last one of its answer.

    Both are stamped by the browser's network layer, so neither drawing nor this process is in the figure.
    """
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    frames: list[tuple[str, float]] = []
    session.on("Network.webSocketFrameSent", lambda event: frames.append(("sent", event["timestamp"])))
    session.on("Network.webSocketFrameReceived", lambda event: frames.append(("received", event["timestamp"])))
    page.goto(address)
    wait_for_map(page, READY)
    page.wait_for_timeout(1500)
    spots = [spot_on(page, feature) for feature in ("territory/armenia", "territory/az-nakhchivan")]
    taken = []
    for number in range(REPEATS):
        frames.clear()
        page.mouse.click(*spots[number % 2])
        page.wait_for_timeout(1500)
        sent = [at for kind, at in frames if kind == "sent"]
        received = [at for kind, at in frames if kind == "received"]
        if not sent or not received:
            raise RuntimeError("A click on land did not reach the server; no rerun could be timed.")
        taken.append((received[-1] - sent[0]) * 1000)
    page.close()
    return taken


def peer_clicks(page: Page) -> list[float]:
    """Return ms from a click on land in the peer's frame until the page names its clauses."""
    wait_for_map(page, "path.leaflet-interactive")
    page.wait_for_timeout(1500)
    frame = next(frame for frame in page.frames if frame.query_selector("path.leaflet-interactive"))
    frame.evaluate(
        "() => addEventListener('pointerdown', e => { top.clickedAt = performance.timeOrigin + e.timeStamp; }, true)"
    )
    page.evaluate(
        """pattern => new MutationObserver(() => {
             const text = document.body.innerText.match(new RegExp(pattern));
             if (text && text[0] !== window.lastText) {
               window.lastText = text[0]; window.answeredAt = performance.timeOrigin + performance.now(); }
           }).observe(document.body, { subtree: true, childList: true, characterData: true })""",
        CLICKED,
    )
    box = page.locator("iframe").first.bounding_box()
    assert box is not None
    spots = [spot_on(frame, feature) for feature in ("territory/armenia", "territory/az-nakhchivan")]
    taken = []
    for number in range(REPEATS):
        x, y = spots[number % 2]
        before = page.evaluate("window.answeredAt || 0")
        page.mouse.click(box["x"] + x, box["y"] + y)
        page.wait_for_function("before => (window.answeredAt || 0) > before", arg=before, timeout=20_000)
        taken.append(page.evaluate("answeredAt - clickedAt"))
        page.wait_for_timeout(250)
    return taken


def measure() -> list[Figure]:
    """Return every figure of the reader, each beside its peer where there is one."""
    peer_port = free_port()
    figures: list[Figure] = []
    with ExitStack() as stack:
        ours = stack.enter_context(serve())
        peer = stack.enter_context(serve(command=peer_command(peer_port), port=peer_port))
        browser = launch(stack.enter_context(sync_playwright()))
        size: ViewportSize = {"width": DESKTOP[0], "height": DESKTOP[1]}
        page = open_reader(browser.new_context(viewport=size), ours)
        alone, our_click = light_figures(page, "")
        figures += alone
        page.close()
        figures.append(floor(browser, ""))
        reruns = rerun_times(browser.new_context(viewport=size), ours)
        figures.append(figure("rerun on the server, request to last answer", "reader", "ms", reruns))
        other = browser.new_context(viewport=size).new_page()
        other.goto(peer)
        their_click = figure("feature clicked -> clauses named", "streamlit-folium", "ms", peer_clicks(other))
        other.close()
        figures += [their_click, comparison("click on land, median", our_click, their_click, at_least=10)]
        figures += opening_figures(browser, ours, peer)
        # Each with a cookie of its own, as people have: one browser may hold no more than twelve pages open.
        for _ in range(OTHER_VIEWERS):
            open_reader(browser.new_context(viewport=size), ours)
        crowded, _ = light_figures(open_reader(browser.new_context(viewport=size), ours), NOTE_OTHERS)
        figures += [*crowded, floor(browser, NOTE_OTHERS)]
    return figures


def opening_figures(browser: Browser, ours: str, peer: str) -> list[Figure]:
    """Return what opening costs both, the reader held to be no slower than its peer."""
    figures = []
    measured = {}
    for who, address, ready in (
        ("streamlit-folium", peer, "path.leaflet-interactive"),
        ("reader", ours, READY),
    ):
        seconds, first, again = openings(browser, address, ready)
        measured[who] = seconds
        figures += [
            figure("kilobytes at first opening", who, "kB", first),
            figure("kilobytes at a return", who, "kB", again),
        ]
    peer_open = figure("page opened -> map usable", "streamlit-folium", "s", measured["streamlit-folium"])
    ours_open = figure("page opened -> map usable", "reader", "s", measured["reader"])
    held = statistics.median(measured["reader"]) <= statistics.median(measured["streamlit-folium"])
    bar = "median no slower than the peer's"
    return [peer_open, replace(ours_open, bar=bar, held=held), *figures]
