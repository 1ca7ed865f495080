"""What the cards of one route and of several share: where a line comes from, its map, its answers, its notes."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from corridor.assessing.assessment import Assessment
from corridor.assessing.unjudged import UNJUDGED
from corridor.land.features import FeatureId
from corridor.present.cartography.composing import StaticMap, compose
from corridor.present.cartography.land import Land
from corridor.present.cartography.sheet import A4, MapSheet
from corridor.present.cartography.svg import svg
from corridor.present.map_request import MapRequest, OwnLine, told_apart
from corridor.present.paper.typesetting import Content, PrintedDocument, Svg, TooLongError, typeset
from corridor.present.story.maps import scene_layers
from corridor.present.style import LIGHT
from corridor.present.subject import Subject
from corridor.present.typography.typefaces import shortened, wrapped, writable
from corridor.present.verdicts import HEADING, SYMBOLS, answered, verdict_words
from corridor.quantities import day
from corridor.shipped import Shipped
from corridor.sources import SourceId

#: Points: the size of the title of a card.
TITLE_SIZE, TITLE_LINES = 16.0, 2
#: Degrees a map shows at least, so that a short line has land around it.
LEAST = (0.5, 0.3)


@dataclass(frozen=True, slots=True)
class Fitting:
    """How much a card holds: how high its map may be in points, and how many rows of its longest list it shows.

    `ground` says whether the ground along a route is drawn, or told in words alone.
    """

    map_height: float
    rows: int
    ground: bool = True


def card_title(words: str) -> str:
    """Return a title on at most two lines of a card, cut with an ellipsis where it is longer."""
    lines = wrapped(writable(words), A4.width * 0.98, TITLE_SIZE, 600)
    if len(lines) <= TITLE_LINES:
        return " ".join(lines)
    last = shortened(" ".join(lines[TITLE_LINES - 1 :]), A4.width * 0.98, TITLE_SIZE, 600)
    return " ".join([*lines[: TITLE_LINES - 1], last])


def card_map(
    subjects: Sequence[Subject], land: Land, sheet: MapSheet, description: str, *, numbered: bool
) -> StaticMap:
    """Return the map of a card's routes.

    Numbered routes are all drawn as own lines, in their order; else a shipped candidate is drawn by its segments.
    """
    shown: list[FeatureId] = []
    own: list[OwnLine] = []
    for number, subject in enumerate(subjects, start=1):
        route, candidate = subject.assessment.route, subject.origin.candidate
        if candidate and not numbered:
            shown += [f"route/{part.segment}" for part in land.shipped.candidates[candidate].segments]
        else:
            parts = tuple(route.lines)
            own.append(OwnLine(f"own/{number}", subject.name, parts))
    layers = (*scene_layers(land.shipped.layers), "crossing")
    lines = _in_their_colours(subjects, own) if numbered else own
    request = MapRequest(_bounds(subjects), layers, description, shown=shown, own=lines, inset=True)
    return compose(request, land, sheet)


def _in_their_colours(subjects: Sequence[Subject], lines: Sequence[OwnLine]) -> list[OwnLine]:
    """Return the lines of routes in their order, own ones in the colours they have on the page, candidates after."""
    order = sorted(range(len(lines)), key=lambda index: bool(subjects[index].origin.candidate))
    looks = {line.id: line.look for line in told_apart([lines[index] for index in order])}
    return [replace(line, look=looks[line.id]) for line in lines]


def _bounds(subjects: Sequence[Subject]) -> tuple[float, float, float, float]:
    corners = np.vstack([rows for subject in subjects for rows in subject.assessment.route.lines])
    low, high = corners.min(axis=0), corners.max(axis=0)
    short = np.maximum(np.array(LEAST) - (high - low), 0.0) / 2
    (west, south), (east, north) = (low - short).tolist(), (high + short).tolist()
    return west, south, east, north


def map_content(made: StaticMap) -> Content:
    """Return a map as a template takes it."""
    return {"svg": Svg(svg(made.drawing)), "alt": made.drawing.alt}


def answers(assessment: Assessment) -> Content:
    """Return the answers on the words of paragraph 3, each in the words of the screen with its sentence.

    Other countries on the way stand beside them.
    """
    rows: list[Content] = [
        {
            "symbol": SYMBOLS[verdict.judgement.answer],
            "words": verdict_words(verdict.judgement),
            "question": verdict.criterion.question,
            "because": verdict.judgement.because,
        }
        for (verdict,) in answered([assessment])
    ]
    return {"heading": HEADING, "rows": rows}


def not_judged() -> str:
    """Return what no line on a map settles of paragraph 3, and where the rest is found."""
    here = [unjudged.matter for unjudged in UNJUDGED if unjudged.clause == "joint-declaration/3"]
    rest = len(UNJUDGED) - len(here)
    matters = "; ".join(matter[:1].lower() + matter[1:] for matter in here)
    return f"No line on a map settles: {matters}. {rest} more such matters are listed on the page Check a route."


def colours_of(state: str) -> tuple[str, str]:
    """Return fill and edge of a State as on the map; both parts of Azerbaijan have one hue."""
    known = {"armenia": (LIGHT.armenia, LIGHT.armenia_edge), "azerbaijan": (LIGHT.azerbaijan, LIGHT.azerbaijan_edge)}
    return known.get(state, (LIGHT.neighbour, LIGHT.neighbour_edge))


def layer_notes(shipped: Shipped, layers: Sequence[str]) -> Iterator[str]:
    """Yield where the layers a card was measured against come from, each with its date."""
    for name in layers:
        layer = shipped.layers[name]
        yield f"{layer.title}: {layer.attribution}; as of {day(layer.as_of)}."


def cited_sources_line(shipped: Shipped, sources: Sequence[SourceId], at_most: int) -> str:
    """Return who published some sources, each once; those beyond `at_most` are counted."""
    publishers = dict.fromkeys(shipped.library.sources[source].publisher for source in sources)
    named = [name for name in publishers if name != "Not named"]
    more = f" and {len(named) - at_most} more" if len(named) > at_most else ""
    return f"{', '.join(named[:at_most])}{more}"


def on_one_page(
    template: str,
    document: PrintedDocument,
    fittings: Iterable[Fitting],
    filled: Callable[[Fitting], Mapping[str, Content]],
    drawn: Callable[[Fitting], StaticMap],
) -> bytes:
    """Return a card with the first of some fittings, the fullest first, that one page holds.

    `filled` is all of the card but its map, for which the room is kept free until a fitting is found; only then is the
    map drawn. Raises TooLongError when even the last fitting needs more than a page.
    """
    tried: TooLongError | None = None
    for fitting in fittings:
        content = filled(fitting)
        try:
            typeset(template, document, {**content, "map": {"room": fitting.map_height}})
            # The drawing may need a little more than its room, since its size is rounded: then the next fitting.
            return typeset(template, document, {**content, "map": map_content(drawn(fitting))})
        except TooLongError as error:
            tried = error
    raise tried or TooLongError(f"{document.title!r} has no fitting.")
