"""A view of any page as a scene: a link on the page leads to the briefing with what it shows, which becomes a scene."""

from urllib.parse import urlencode

import streamlit as st

from corridor.assessing.comparison import AT_MOST
from corridor.land.geodesy import Bounds
from corridor.present.publication import published
from corridor.present.story.maps import LIVE_MAP
from corridor.present.subject import taken_from
from corridor.present.tables import element, link
from corridor.store.own_file import OWN_ROUTE, own_route_id
from corridor.store.visits import Visit
from corridor.storyboard import editing
from corridor.storyboard.capturing import CAPTURES, Shown, scene_of
from corridor.storyboard.embedding import embedded
from corridor.storyboard.story import Scene, Story
from corridor.ui.briefing.choosing_story import to_story
from corridor.ui.briefing.own_stories import OpenStory, begin_empty, keep, opened, titles
from corridor.ui.checking.adding import tell
from corridor.ui.context import briefing_context
from corridor.ui.frame.office import office_updates
from corridor.ui.frame.text_page import show
from corridor.ui.visit.visit import MeasuredRoute, routes_at_hand

#: The name under which the address carries the page whose view is added; the reader has no path of its own.
ADD, READER = "add", "reader"
WORDS = "Add this view to a briefing"
#: Pixels around the Earth at zoom 0.
WORLD = 256.0


def show_adding_scene(page: str, **shows: str) -> None:
    """Show the link by which what a page shows becomes a scene.

    `shows` is what the page shows by the names of the address, for the address need not name it: what a page shows
    first of several, say.
    """
    asked = {ADD: page} | st.query_params.to_dict() | shows
    show(element("p", link(WORDS, f"/briefing?{urlencode(asked)}"), class_="add-scene"))


def show_no_scene_yet(when: str) -> None:
    """Say, in place of the link, when what the page shows can become a scene."""
    show(element("p", f"{WORDS}: {when}", class_="add-scene soft"))


def take_over(visit: Visit) -> None:
    """Make a scene of the view the address carries, at the end of the newest story of the visit, and show it."""
    page = st.query_params.get(ADD)
    if page is None:
        return
    page = "" if page == READER else page
    own = [key for key in titles(visit) if opened(visit, key) and key.startswith("own-")]
    key = own[-1] if own else begin_empty(visit)
    story = opened(visit, key) if key else None
    if story is None:
        st.query_params.clear()
    elif not any(capture.page == page for capture in CAPTURES):
        tell(f"The address asks to add a view of the page “{page[:40]}”, of which no scene is made. Nothing was added.")
        to_story(story.key)
    else:
        _add(visit, story, page)
    st.rerun()


def _add(visit: Visit, open_story: OpenStory, page: str) -> None:
    story, routes = _with_routes(open_story.story, visit)
    made = scene_of(_shown(page, routes), briefing_context().words(story))
    last = story.scenes[-1] if story.scenes else None
    before = last.id if last is not None and last.kind == "closing" else ""
    known = {scene.id for scene in story.scenes}
    added = editing.add(story, made, before=before)
    new = next((scene for scene in added.scenes if scene.id not in known), None)
    # The address asks once: what was not kept would be asked again and again.
    to_story(open_story.key)
    if new is None:
        tell("The briefing holds as many scenes as it can; nothing was added. Delete one and try again.")
    elif keep(visit, open_story.key, open_story.history.did(added)):
        tell(f"Added to “{story.title}” as the scene “{new.title}”.{_said_of_order(new)}")
        to_story(open_story.key, new.id)


def _compared_routes() -> list[str]:
    """Return the ids of routes side by side that the address names, each once, in their order; no more than fit."""
    return list(dict.fromkeys(filter(None, st.query_params.get("routes", "").split(","))))[:AT_MOST]


def _said_of_order(scene: Scene) -> str:
    """Return the sentence that routes stand in another order in the scene than on the page, "" where they do not."""
    are_own = [identity.startswith(OWN_ROUTE) for identity in _compared_routes()]
    moved = scene.candidates and scene.routes and are_own != sorted(are_own)
    return " In a scene the candidates stand first, then your own routes." if moved else ""


def _with_routes(story: Story, visit: Visit) -> tuple[Story, tuple[str, ...]]:
    """Return the story with the own routes the address names, and their ids in it; what is not here is told."""
    asked = [identity for identity in _compared_routes() if identity.startswith(OWN_ROUTE)]
    if file := st.query_params.get("file"):
        asked.append(own_route_id(file, st.query_params.get("route", "1")))
    here: dict[str, MeasuredRoute] = {route.line.id: route for route in routes_at_hand(visit)[0]} if asked else {}
    taken_in: list[str] = []
    for identity in asked:
        route = here.get(identity)
        if route is None:
            tell(f"{_called(visit, identity)} is not at hand any more; it is left out of the scene.")
            continue
        origin = " ".join(filter(None, (taken_from(route.file.name), route.mends.with_hash)))
        line = route.assessment.route
        story, name, wrong = embedded(
            story,
            line,
            origin=origin,
            file=route.file.name,
            file_sha256=route.file.sha256,
            open_findings=route.open_findings,
        )
        if wrong:
            tell(wrong)
        else:
            taken_in.append(name)
    return story, tuple(taken_in)


def _called(visit: Visit, identity: str) -> str:
    """Return what a route of a file is called in a sentence: by the name of the file, where that is here."""
    file, _, number = identity.removeprefix(OWN_ROUTE).partition("/")
    known = visit.file(file)
    return "A route of a file that was here" if known is None else f"Route {number[:5]} of “{known.name}”"


def _shown(page: str, routes: tuple[str, ...]) -> Shown:
    """Return what the page showed, by what its address says; what is not known here is left out."""
    asked = st.query_params.to_dict()
    candidates = [asked["candidate"]] if "candidate" in asked else []
    candidates += [identity.removeprefix("candidate/") for identity in _compared_routes()]
    number = asked.get("question", "")
    feature = asked.get("feature", "")
    layers = asked.get("layers")
    switches = published().switches
    clauses = {clause.id for clause in briefing_context().shipped.library.declaration.clauses}
    return Shown(
        page=page,
        clause=asked.get("clause", "") if asked.get("clause") in clauses else "",
        phrase=asked.get("phrase", ""),
        feature=feature if feature in briefing_context().known.ids or feature.startswith("candidate/") else "",
        layers=None if layers is None else tuple(layer for layer in layers.split(",") if layer in switches),
        view=_bounds(asked.get("view", "")),
        question=int(number) if number.isdecimal() and len(number) < 4 else 0,
        candidates=tuple(candidate for candidate in candidates if candidate in briefing_context().shipped.candidates),
        routes=routes,
        section=asked.get("section", ""),
        statements=_office_statements() if page == "updates" else (),
    )


def _office_statements() -> tuple[str, ...]:
    return tuple(f"{entry.what} ({entry.date}; {entry.source})" for entry in office_updates().entries)


def _bounds(view: str) -> Bounds | None:
    """Return the land a view (latitude, longitude, zoom) of the live map shows on a laptop; None where it is none."""
    try:
        latitude, longitude, zoom = (float(part) for part in view.split(","))
        span = 360.0 / (WORLD * 2.0**zoom)
    except (ValueError, OverflowError):
        return None
    wide, high = LIVE_MAP[0] * span / 2, LIVE_MAP[1] * span / 2 * 0.77
    west, south, east, north = longitude - wide, latitude - high, longitude + wide, latitude + high
    return round(west, 4), round(south, 4), round(east, 4), round(north, 4)
