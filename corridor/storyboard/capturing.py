"""How what a page shows becomes a scene: one rule for each page, so that "add this view" stands on every one."""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from corridor.answering.questions import Question
from corridor.land.geodesy import Bounds
from corridor.storyboard.forms import LONGEST_LINE, MOST_IDS, MOST_STATEMENTS
from corridor.storyboard.story import TABLES, Scene
from corridor.texts.documents import clause_name

#: The section of the routes page that is no table.
CHART = "chart"
#: What the page on lengths begins with.
MEASURED = "A length is measured over the ground from point to point of a drawn line (WGS84 geodesics)."


@dataclass(frozen=True, slots=True)
class Shown:
    """What a page shows at this moment, each part "" or empty where it shows none.

    `page` is the path of the page in the address, `phrase` the id of the pinned phrase, `view` the bounds of its map in
    degrees, `candidates` and `routes` (own routes, by their ids in the story) in the order they stand side by side,
    `section` the part of a page of several, `statements` texts that are shown and nowhere else to be found.
    """

    page: str
    clause: str = ""
    phrase: str = ""
    feature: str = ""
    layers: tuple[str, ...] | None = None
    view: Bounds | None = None
    question: int = 0
    candidates: tuple[str, ...] = ()
    routes: tuple[str, ...] = ()
    section: str = ""
    statements: tuple[str, ...] = ()


@dataclass(frozen=True)
class TitleWords:
    """What titles are made of: what everything with an id is called (own routes too), and the questions.

    `programmes` are the ids of the instruments that are programmes.
    """

    labels: Mapping[str, str]
    questions: Sequence[Question] = field(default_factory=tuple)
    programmes: Collection[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Capture:
    """The rule of one page."""

    page: str
    sentence: str
    scene: Callable[[Shown, TitleWords], Scene]


def scene_of(shown: Shown, words: TitleWords) -> Scene:
    """Return the scene of what a page shows; raise KeyError for a page that has no rule.

    Its id is made of its title; whoever adds it to a story gives it a free one.
    """
    capture = next((known for known in CAPTURES if known.page == shown.page), None)
    if capture is None:
        raise KeyError(shown.page)
    scene = capture.scene(shown, words)
    return replace(scene, id=slug(scene.title) or scene.kind, title=scene.title[:LONGEST_LINE])


def slug(title: str) -> str:
    """Return a title as the id of a scene, "" where none of it is left."""
    return re.sub(r"[^a-z0-9]+", "-", title.casefold()).strip("-")[:50].rstrip("-")


def _reader(shown: Shown, words: TitleWords) -> Scene:
    view = Scene("", "map", layers=shown.layers, view=shown.view)
    if shown.feature.startswith("candidate/"):
        candidate = shown.feature.removeprefix("candidate/")
        return replace(view, kind="options", title=_label(shown.feature, words), candidates=(candidate,))
    if shown.feature:
        return _named(shown, words)
    if shown.clause or shown.phrase:
        clause = shown.clause or shown.phrase.partition("#")[0]
        title = clause_name(clause).capitalize()
        return replace(view, kind="clause", title=title, clause=clause, phrase=shown.phrase)
    return replace(view, title="The region")


def _questions(shown: Shown, words: TitleWords) -> Scene:
    question = next((numbered for numbered in words.questions if numbered.number == shown.question), None)
    if question is None:
        asked = tuple(question.asked for question in words.questions)
        return Scene("", "text", title="Briefing questions", points=asked[:MOST_STATEMENTS])
    return Scene("", "text", title=question.asked, question=question.id)


def _routes(shown: Shown, words: TitleWords) -> Scene:
    if shown.section == CHART:
        return Scene("", "chart", title=_table_title("kilometres"), candidates=shown.candidates)
    if shown.section:
        return _table(shown.section, candidates=shown.candidates)
    title = _label(f"candidate/{shown.candidates[0]}", words) if shown.candidates else "Candidates"
    return Scene("", "options", title=title, candidates=shown.candidates[:1], layers=shown.layers, view=shown.view)


def _documents(shown: Shown, words: TitleWords) -> Scene:
    if shown.feature:
        return _named(shown, words)
    if shown.section == "programmes":
        programmes = tuple(i for i in words.labels if i.startswith("instrument/") and i in words.programmes)
        return replace(_table("register", features=programmes[:MOST_IDS]), title="Programmes")
    return _table(shown.section or "register")


def _sources(shown: Shown, _: TitleWords) -> Scene:
    match shown.section:
        case "sources" | "licences":
            return Scene("", "closing", title=shown.section.capitalize())
        case "lengths":
            return Scene("", "text", title="How lengths are measured", message=MEASURED)
        case section:
            return _table(section or "layers")


def _updates(shown: Shown, _: TitleWords) -> Scene:
    return Scene("", "text", title="Added by this office", points=shown.statements[:MOST_STATEMENTS])


def _check_route(shown: Shown, words: TitleWords) -> Scene:
    if shown.section:
        return _table(shown.section, routes=shown.routes)
    title = _label(shown.routes[0], words) if shown.routes else "Own route"
    return Scene("", "options", title=title, routes=shown.routes[:1], layers=shown.layers, view=shown.view)


def _compare(shown: Shown, _: TitleWords) -> Scene:
    compared = Scene("", "comparison", title="Side by side", candidates=shown.candidates, routes=shown.routes)
    return replace(compared, layers=shown.layers, view=shown.view)


def _named(shown: Shown, words: TitleWords) -> Scene:
    """Return the scene of one feature of the map, or of a document or event, which no map shows."""
    title = _label(shown.feature, words)
    table = {"instrument": "register", "event": "timeline"}.get(shown.feature.partition("/")[0])
    if table:
        return replace(_table(table, features=(shown.feature,)), title=title)
    return Scene("", "map", title=title, features=(shown.feature,), layers=shown.layers, view=shown.view)


def _table(
    table: str, *, features: tuple[str, ...] = (), candidates: tuple[str, ...] = (), routes: tuple[str, ...] = ()
) -> Scene:
    title = _table_title(table)
    return Scene("", "table", title, features=features, candidates=candidates, routes=routes, table=table)


def _table_title(table: str) -> str:
    return next((known.title for known in TABLES if known.id == table), table.capitalize())


def _label(identity: str, words: TitleWords) -> str:
    return words.labels.get(identity, identity.rpartition("/")[2])


CAPTURES = (
    Capture("", "The clause, phrase, feature or candidate that is pinned, else the map as it stands.", _reader),
    Capture("questions", "The question shown alone with its answer, else the list of questions.", _questions),
    Capture("routes", "The candidate shown; with a section, that table or the chart of the group.", _routes),
    Capture("documents", "The document or event shown, else the section.", _documents),
    Capture("sources", "The section.", _sources),
    Capture("updates", "The entries as statements of the office.", _updates),
    Capture("check-route", "The own route shown; with a section, its table.", _check_route),
    Capture("compare-routes", "The routes side by side.", _compare),
)
