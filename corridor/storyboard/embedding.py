"""How a reader's own route is carried inside a story, with its hash and its origin, and taken out again."""

import hashlib
import json
import math
from dataclasses import dataclass, replace

import numpy as np

from corridor.land.geodesy import DEGREE_DECIMALS
from corridor.reading.route import Route, read_route
from corridor.reading.stated_accuracies import SYSTEM_ACCURACY
from corridor.storyboard.forms import LONGEST_LINE, LONGEST_LINE_TEXT, LONGEST_MESSAGE, cleaned
from corridor.storyboard.open_findings import open_findings
from corridor.storyboard.opening import MOST_ROUTES, free_id
from corridor.storyboard.story import OwnRoute, Story


def embedded(
    story: Story, route: Route, *, origin: str, file: str = "", file_sha256: str = "", open_findings: str = ""
) -> tuple[Story, str, str]:
    """Return the story with a route in it, the id of the route there, and "" or the sentence why it is not in it.

    `origin` says in words where the line comes from, `open_findings` what its file was found to have. A line that is in
    the story already is not put in twice.
    """
    text = line_text(route)
    digest = hashlib.sha256(text.encode()).hexdigest()
    own = OwnRoute(
        id=free_id("own-1", {route.id for route in story.routes}),
        name=_short(route.name, LONGEST_LINE),
        mode=route.mode or "",
        origin=_short(origin, LONGEST_MESSAGE),
        file=_short(file, LONGEST_LINE),
        file_sha256=file_sha256,
        open_findings=_short(open_findings, LONGEST_MESSAGE),
        sha256=digest,
        geojson=text,
    )
    for other in story.routes:
        if replace(other, id=own.id, kept={}) == own:
            return story, other.id, ""
    if len(text) > LONGEST_LINE_TEXT:
        says = f"The line takes {len(text):,} characters, more than the {LONGEST_LINE_TEXT:,} a story carries"
        return story, "", f"{says}; thin it first."
    if len(story.routes) >= MOST_ROUTES:
        return story, "", f"The story carries {MOST_ROUTES} own routes already, which is the most it can."
    return replace(story, routes=(*story.routes, own)), own.id, ""


def line_text(route: Route) -> str:
    """Return a route as an RFC 7946 feature with its heights and accuracies, and none of its other properties.

    The same route gives the same text.
    """
    parts = [np.round(rows, DEGREE_DECIMALS).tolist() for rows in route.lines]
    if route.heights_m is not None:
        heights = iter(route.heights_m.tolist())
        parts = [[[*place, *_height(next(heights))] for place in part] for part in parts]
    kind, coordinates = ("LineString", parts[0]) if len(parts) == 1 else ("MultiLineString", parts)
    stated = {} if route.stated_accuracy_m is None else {"accuracy_m": route.stated_accuracy_m}
    if route.system_accuracy_m:
        stated[SYSTEM_ACCURACY] = route.system_accuracy_m
    feature = {"type": "Feature", "properties": stated, "geometry": {"type": kind, "coordinates": coordinates}}
    return json.dumps(feature, separators=(",", ":"), allow_nan=False)


def _height(metres: float) -> list[float]:
    return [round(metres, 1)] if math.isfinite(metres) else []


def _short(text: str, longest: int) -> str:
    short = cleaned(text, several_lines=False)
    return short if len(short) <= longest else f"{short[: longest - 1]}…"


@dataclass(frozen=True, eq=False, slots=True)
class TakenOut:
    """An own route of a story and its line, None where it carries none; `says` is the rest of a sentence about it.

    `open_findings` is what its line alone was found to have, for a story that keeps nothing of its file.
    """

    own: OwnRoute
    route: Route | None
    says: str = ""
    open_findings: str = ""


def taken_out(own: OwnRoute) -> TakenOut:
    """Return the line of an own route; `says` is "" when all is well with it."""
    if not own.geojson:
        return TakenOut(own, None, "carries no line; the data of the route was deleted")
    reading = read_route(own.geojson.encode(), own.id)
    if not reading.usable:
        says = next((finding.says for finding in reading.findings if finding.blocks), "It holds no line.")
        return TakenOut(own, None, f"carries text of which no line could be taken ({says.rstrip('.')})")
    first = reading.routes[0]
    noticed = open_findings(reading.findings)
    route = replace(first, name=own.title, properties={"mode": own.mode} if own.mode else {})
    if own.sha256 and hashlib.sha256(own.geojson.encode()).hexdigest() != own.sha256:
        changed = "was changed after it was put into the story: its text has another SHA-256 than stands beside it"
        return TakenOut(own, route, changed, noticed)
    if len(reading.routes) > 1:
        return TakenOut(own, route, f"holds {len(reading.routes)} lines, of which the first is shown", noticed)
    return TakenOut(own, route, "", noticed)
