"""A story as one HTML file that works from a memory stick: read down the page, or presented scene by scene.

Everything is inside: the words, and a live map that folium wrote, with Leaflet, which is also what is printed. Where no
script is run the words and numbers are all there. The file's own policy forbids the browser to fetch anything or to run
any script but those in it, named by their hashes. All texts were escaped where they were set; what scripts are told
stands as JSON that no text can leave.
"""

import base64
import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from functools import cache
from html import unescape
from pathlib import Path

from markupsafe import Markup, escape
from xstatic.pkg import leaflet

from corridor.present.browser import files
from corridor.present.map_request import MapRequest
from corridor.present.single_file.bundling import bundle
from corridor.present.single_file.carried_land import BEND_M, CarriedLand
from corridor.present.story.briefing import Briefing
from corridor.present.story.html import around_html, scene_html, small_print_html
from corridor.present.story.maps import told_map
from corridor.present.story.records import SceneView, StoryView
from corridor.present.tables import element, link
from corridor.present.typography.typefaces import carried, writable

PAGE = "page/page.js"
SHEETS = (
    "shared/palette.css",
    "shared/base.css",
    "shared/layers.css",
    "shared/map.css",
    "shared/controls.css",
    "shared/in_page.css",
    "shared/presenting.css",
    "shared/scene.css",
    "page/page.css",
)
TAGS = re.compile(r"<[^>]*>")
STYLES = re.compile(r'<[^>]*? style="([^"]*)"')
NO_SCRIPT = (
    "The maps in this file are drawn by a script, and scripts are switched off here; all words and numbers are below. "
    "The PDF of the same story has its maps on paper."
)
THINNED = (
    f"The live map in this file carries only what its scenes show, thinned for print. Bends smaller than about "
    f"{BEND_M:.0f} m across are left out, and shared edges stay shared. Lengths were measured on the whole lines, not "
    "on these."
)


def story_file(briefing: Briefing) -> bytes:
    """Return the story as one HTML file in UTF-8; the same briefing gives the same bytes."""
    view = briefing.view
    requests = tuple(scene.map for scene in view.shown if scene.map)
    land = CarriedLand(briefing.context, requests) if requests else None
    names = {**(land.record["names"] if land else {}), **_own_names(requests)}
    body = _body(view, names, land)
    styles = carried(_letters(view, body, names)) + _styles()
    scripts = [_leaflet_script(), land.script.script] if land else []
    scripts.append(bundle(files.FOLDER / PAGE))
    story_json = _json(_record(view, land, names))
    head = element(
        "head",
        Markup('<meta charset="utf-8">'),
        Markup(f'<meta http-equiv="Content-Security-Policy" content="{_policy(styles, scripts, body)}">'),
        Markup('<meta name="viewport" content="width=device-width, initial-scale=1">'),
        Markup('<meta name="color-scheme" content="light dark">'),
        element("title", view.title),
        Markup(f"<style>{styles}</style>"),
    )
    run = "".join(f"<script>{script}</script>" for script in scripts)
    data = f'<script type="application/json" id="corridor-story">{story_json}</script>'
    page = f'<!DOCTYPE html>\n<html lang="{escape(view.language)}">{head}<body>{body}{data}{run}</body></html>\n'
    return page.encode()


def _body(view: StoryView, names: dict[str, str], land: CarriedLand | None) -> Markup:
    sections = [_section(view, scene, names) for scene in view.shown]
    around = element(
        "section",
        around_html(view),
        element("p", THINNED) if land else "",
        element("p", f"Made with {view.versions.software}.", class_="soft"),
        class_="page-around",
    )
    land_side = element("aside", class_="page-land", aria_label="Map") if land else ""
    without = element("p", NO_SCRIPT, class_="scene-problem without-script") if land else ""
    return element(
        "div",
        _head(view),
        without,
        element("main", *sections, around, id="story"),
        land_side,
        element("footer", element("p", *_small(view), class_="foot-words"), class_="page-foot"),
        class_="corridor-reader corridor-page",
        data_theme="light",
    )


def _head(view: StoryView) -> Markup:
    entries = [element("li", link(scene.title, f"#{_anchor(scene)}")) for scene in view.shown]
    by = f"{view.author}, made on {view.made_on}." if view.author else f"Made on {view.made_on}."
    problems = [element("p", words, class_="scene-problem", role="note") for words in view.told]
    return element(
        "header",
        element("h1", view.title),
        element("p", view.subtitle, class_="page-subtitle") if view.subtitle else "",
        element("p", by, class_="soft"),
        *problems,
        element("nav", element("ol", *entries), class_="page-scenes", aria_label="Scenes"),
        class_="page-head",
    )


def _section(view: StoryView, scene: SceneView, names: dict[str, str]) -> Markup:
    looks = ["page-scene", "has-map" if scene.map else "", "says-title" if scene.title == view.title else ""]
    figure = element("figure", element("figcaption", scene.caption), class_="scene-map") if scene.map else ""
    return element(
        "section",
        scene_html(scene),
        figure,
        _on_the_map(scene, names),
        small_print_html(scene),
        element("p", f"{scene.number} / {scene.of}. ", *_small(view), class_="printed-foot", aria_hidden="true"),
        id=_anchor(scene),
        class_=" ".join(filter(None, looks)),
        aria_label=f"Scene {scene.number} of {scene.of}: {scene.title}",
        tabindex="-1",
    )


def _anchor(scene: SceneView) -> str:
    return f"scene-{scene.id}"


def _small(view: StoryView) -> Iterator[Markup]:
    if view.handling:
        yield element("b", view.handling, class_="handling")
        yield Markup(" ")
    yield element("b", view.age, class_="age")
    yield Markup(" ")
    yield escape(view.disclaimer)


def _on_the_map(scene: SceneView, names: dict[str, str]) -> Markup:
    """Return the names of what a scene stresses and draws, each a way to its land."""
    if scene.map is None:
        return Markup()
    own = [line.id for line in scene.map.own]
    named = [identity for identity in dict.fromkeys([*scene.map.lit, *scene.map.shown, *own]) if identity in names]
    if not named:
        return Markup()
    entries = [
        element("li", element("button", names[identity], type="button", class_="to-land", data_names=identity))
        for identity in named
    ]
    return element("div", element("p", "On this map", class_="soft"), element("ul", *entries), class_="on-the-map")


def _own_names(requests: Iterable[MapRequest]) -> dict[str, str]:
    return {line.id: line.name for request in requests for line in request.own}


def _record(view: StoryView, land: CarriedLand | None, names: dict[str, str]) -> dict[str, object]:
    """Return what the scripts are told; the words of the scenes they take from the page itself."""
    scenes = [
        {
            "id": scene.id,
            "number": scene.number,
            "of": scene.of,
            "kind": scene.kind,
            "title": scene.title,
            "as_of": scene.as_of,
            "caption": scene.caption,
            "map": told_map(scene.map) if scene.map else None,
        }
        for scene in view.shown
    ]
    about = {name: getattr(view, name) for name in ("title", "age", "handling", "disclaimer")}
    return {"story": {"key": view.id, **about, "scenes": scenes}, "names": names, "land": land.record if land else None}


def _json(record: dict[str, object]) -> str:
    """Return JSON that may stand in a page: no text in it can end the element, or a line of script."""
    text = json.dumps(record, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text


def _policy(styles: str, scripts: Iterable[str], body: str) -> str:
    """Return the policy of the page: nothing is fetched, and only what is written in it is run, styles or is shown."""
    run = " ".join(_hash(script) for script in scripts)
    own = " ".join(dict.fromkeys(_hash(unescape(style)) for style in STYLES.findall(body)))
    attributes = f"'unsafe-hashes' {own}" if own else "'none'"
    return (
        f"default-src 'none'; script-src {run}; style-src-elem {_hash(styles)}; style-src-attr {attributes}; "
        "font-src data:; img-src data:; base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


@cache
def _styles() -> str:
    """Return the style sheets in one, without an address in them."""
    leaflet_sheet = (Path(leaflet.BASE_DIR) / "leaflet.css").read_text(encoding="utf-8")
    sheets = [re.sub(r"url\(images/[^)]*\)", "none", leaflet_sheet)]
    sheets += [files.text(name) for name in SHEETS]
    return "\n".join(sheets)


@cache
def _leaflet_script() -> str:
    """Return Leaflet without the comment that names where its map of the sources lies."""
    code = (Path(leaflet.BASE_DIR) / "leaflet.js").read_text(encoding="utf-8")
    return re.sub(r"^//# sourceMappingURL=.*$", "", code, flags=re.MULTILINE)


def _letters(view: StoryView, body: str, names: dict[str, str]) -> list[tuple[str, int, bool]]:
    """Return the letters the page is set in; what a script adds to it is in the same ones."""
    signs = "".join(
        sorted({*unescape(TAGS.sub(" ", body)), *"".join(names.values()), *view.title, *map(chr, range(32, 127))})
    )
    text = writable(signs)
    return [(text, 400, False), (text, 600, False)]
