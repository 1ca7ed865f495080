"""A story in words as JSON."""

import json
from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING

from corridor.assessing.ground_profile import LIMITS
from corridor.present.map_request import MapRequest
from corridor.present.story.records import SceneGround, StoryTable, StoryView

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
