"""A story in words as JSON, and the list of texts that every file made of it has to contain."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING

from corridor.assessing.ground_profile import LIMITS
from corridor.present.map_request import MapRequest
from corridor.present.story.records import (
    FigureWords,
    SceneGround,
    SceneView,
    StatementColumn,
    StoryTable,
    StoryView,
    TextLine,
)

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

#: The version of this form of JSON.
FORM = 1


def story_json(view: StoryView) -> dict[str, object]:
    """Return a story in words as JSON values: the fields of the view under their names, empty ones left out.

    Of an own line on a map stand its id, name, mode and the number of its vertices.
    """
    return {"form": FORM, **_record(view)}


def story_json_bytes(view: StoryView) -> bytes:
    """Return `story_json` as UTF-8; the same view gives the same bytes."""
    return f"{json.dumps(story_json(view), ensure_ascii=False, indent=1, allow_nan=False)}\n".encode()


def _record(record: "DataclassInstance") -> dict[str, object]:
    members: dict[str, object] = {}
    for field in fields(record):
        if isinstance(record, StoryTable) and field.name == "sheet":
            continue
        value = _value(getattr(record, field.name))
        if value not in ("", [], None):
            members[field.name] = value
    return members


def _value(value: object) -> object:
    if isinstance(value, SceneGround):
        return {"name": value.name, "says": value.says, "limits": LIMITS}
    if isinstance(value, MapRequest):
        return _map(value)
    if isinstance(value, tuple):
        return [_value(entry) for entry in value]
    if isinstance(value, float):
        return round(value, 6)
    return _record(value) if is_dataclass(value) and not isinstance(value, type) else value


def _map(request: MapRequest) -> dict[str, object]:
    return {
        "bounds": list(request.bounds),
        "layers": list(request.layers),
        "description": request.description,
        "shown": list(request.shown),
        "lit": list(request.lit),
        "own": [
            {"id": line.id, "name": line.name, "mode": line.mode, "vertices": sum(len(part) for part in line.parts)}
            for line in request.own
        ],
        "inset": request.inset,
    }


def scene_texts(view: SceneView) -> tuple[str, ...]:
    """Return every text of a scene that has to stand, as it is, in any file made of it; its speaker notes are apart.

    A sentence with figures is given in its pieces, since a writer may put the numbers of sources between them. White
    space is single: compare with the text of a file in which runs of it are made one space.
    """
    return _once(_scene_texts(view))


def story_texts(view: StoryView) -> tuple[str, ...]:
    """Return every text that has to stand in a file made of a whole story: its scenes, sources, dates, disclaimer."""
    around = (view.title, view.subtitle, view.author, view.handling, view.age, view.made_on, view.disclaimer)
    sources = (text for source in view.sources for text in (source.text, source.reference))
    return _once((*around, *(text for scene in view.shown for text in _scene_texts(scene)), *sources))


def note_texts(view: SceneView) -> tuple[str, ...]:
    """Return the speaker notes of a scene in their pieces, with all that stands beside their figures."""
    return _once((*_pieces(view.notes), *(text for figure in view.note_figures for text in _figure(figure))))


def _once(texts: Iterable[str]) -> tuple[str, ...]:
    single = (" ".join(text.split()) for text in texts)
    return tuple(dict.fromkeys(text for text in single if any(sign.isalnum() for sign in text)))


def _scene_texts(view: SceneView) -> Iterator[str]:
    yield from (view.kicker, view.title, view.problem)
    yield from _pieces(view.message)
    for point in view.points:
        yield from _pieces(point)
    if view.quote is not None:
        yield view.quote.heading
        yield from (run.text for run in view.quote.runs)
        yield from (view.quote.relation, view.quote.reason, view.quote.note)
    for column in (*view.columns, *view.lists):
        yield from _column(column)
    for facts in view.facts:
        yield facts.heading
        for fact in facts.facts:
            yield from _figure(fact)
    for table in view.tables:
        yield from (table.title, *table.columns)
        yield from (run.text for row in table.rows for cell in row for run in cell)
    for figure in view.figures:
        yield from _figure(figure)
    yield from (view.caption, view.as_of)


def _pieces(line: TextLine) -> Iterator[str]:
    for run in line:
        yield from run.text.split("\n")


def _column(column: StatementColumn) -> Iterator[str]:
    yield column.heading
    for statement in column.statements:
        yield from _pieces(statement)


def _figure(figure: FigureWords) -> Iterator[str]:
    yield from (figure.what, figure.text, figure.accuracy, figure.as_of, figure.by)
