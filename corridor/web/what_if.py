"""What is answered to the page on which a line is edited: messages in, words and numbers out."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial

import numpy as np
from numpy.typing import NDArray

from corridor.assessing.accuracy import AS_THE_DATA
from corridor.assessing.assessment import Assessment
from corridor.assessing.editing import FEWEST, Edit, EditedLine, check_places
from corridor.land.line_rows import without_heights
from corridor.present.own_route.what_if import panel
from corridor.reading.route import Route
from corridor.store.drafts import MOST_PARTS, MOST_VERTICES, Draft, Numbered
from corridor.store.own_file import OwnFile
from corridor.store.tokens import Token
from corridor.store.work import FileAnalysis, edited_region, region
from corridor.ui.visit.process import drafts, visits
from corridor.ui.visit.visit import file_analysis
from corridor.web.messages import BadRequestError

JsonObject = Mapping[str, object]
Work = Callable[[], JsonObject]

NAME = re.compile(r"[0-9a-f]{32}")
LONGEST_NAME = 200
DRAWN_HERE = "Drawn route"
GONE = "The file this route comes from is not among the files of your visit any more."
UNKNOWN = "The line is not held here any more; it is told anew."


def is_opening(message: JsonObject) -> bool:
    """Whether a message opens a draft, rather than edits one."""
    return "open" in message


def answer_edits(token: Token, message: JsonObject, now: float) -> Work:
    """Take note of edits and return the work that does and measures them.

    The message: `draft`, `after` (the number of the last edit the page knows to be done) and `edits`, each with `n`,
    `part`, `first`, `gone` and `put` (rows of lon, lat and perhaps height). Raises BadRequestError.
    """
    draft = drafts().find(token, _draft_name(message), now)
    if draft is None:
        raise BadRequestError(410, UNKNOWN)
    after = _number(message.get("after"), "after")
    edits = [_edit(edit) for edit in _listed(message.get("edits"), "edits")]
    if draft.line.count + sum(len(edit.edit.put) for edit in edits) > MOST_VERTICES:
        raise BadRequestError(413, f"A line of up to {MOST_VERTICES:,} vertices can be edited here.")
    draft.hear(edits)
    return partial(_edits_done, draft, after, edits)


def _edits_done(draft: Draft, after: int, edits: list[Numbered]) -> JsonObject:
    assessment = draft.measured(after, edits)
    if assessment is None:
        return {"superseded": True, "applied": draft.applied}
    return {"applied": draft.applied, "panel": _panel(draft, assessment)}


def answer_opening(token: Token, message: JsonObject, now: float) -> Work:
    """Return the work that opens a draft: of a route of the visit, or of the positions told.

    The message: `draft` and `open` with `file` and `route` (which route of which file of the visit it comes from) or
    neither, and `parts` with `applied` where the page holds the line already. Raises BadRequestError.
    """
    return partial(_opened, token, message, _draft_name(message), now)


def _opened(token: Token, message: JsonObject, name: str, now: float) -> JsonObject:
    opening = message["open"]
    if not isinstance(opening, dict):
        raise BadRequestError(400, "“open” has to be an object.")
    file, base = _origin(token, opening, now)
    if "parts" in opening:
        parts = _listed(opening["parts"], "parts")
        _check_parts(len(parts))
        rows = [_rows(part) for part in parts]
        if not rows or min(map(len, rows)) < FEWEST:
            raise BadRequestError(422, "A line needs two vertices.")
        lines = without_heights(rows)
        called = base.route if base else Route(str(opening.get("name", DRAWN_HERE))[:LONGEST_NAME], lines, {})
        route = replace(called, lines=lines, heights_m=_heights(rows))
    elif base:
        route = base.route
    else:
        raise BadRequestError(400, "There is neither a route of a file nor a line to open.")
    if route.vertices > MOST_VERTICES:
        raise BadRequestError(
            413,
            f"The route has {route.vertices:,} vertices; up to {MOST_VERTICES:,} can be "
            "edited here. Thin it in the program it comes from and add it anew.",
        )
    _check_parts(len(route.lines))
    line = EditedLine(route, edited_region(), file.tolerance if file else AS_THE_DATA)
    about = frozenset({file.sha256}) if file else frozenset()
    draft = Draft(line, _number(opening.get("applied", 0), "applied"), about, base)
    assessment = line.assessment()
    drafts().open(token, name, draft, now)
    if file is not None and visits().visit(token, now).file(file.id) is None:
        # It was forgotten while its line was measured; what came of it would outlive it.
        drafts().forgotten(token, file.sha256)
        raise BadRequestError(404, GONE)
    answer: dict[str, object] = {"applied": draft.applied, "panel": _panel(draft, assessment)}
    if "parts" not in opening:
        answer["parts"] = [_positions(part) for part in line.parts]
    return answer


def _check_parts(count: int) -> None:
    """Raise BadRequestError for too many parts: before they are built, since each takes the pages' own processor."""
    if count > MOST_PARTS:
        raise BadRequestError(
            413,
            f"The route has {count:,} parts; up to {MOST_PARTS} can be edited here. Let parts that meet be joined on "
            "“Check a route”, or send fewer.",
        )


def _panel(draft: Draft, assessment: Assessment) -> JsonObject:
    return panel(assessment, region(), draft.before)


def _origin(token: Token, opening: JsonObject, now: float) -> tuple[OwnFile, Assessment] | tuple[None, None]:
    """Return the file of the visit and the measured route that a draft comes from; nothing for one that was drawn."""
    if opening.get("file") is None:
        return None, None
    visit = visits().visit(token, now)
    file = visit.file(str(opening["file"]))
    if file is None:
        raise BadRequestError(404, GONE)
    analysis = file_analysis(visit, file)
    if not isinstance(analysis, FileAnalysis):
        raise BadRequestError(503, "The file this route comes from is still being read; try again in a moment.")
    number = _number(opening.get("route", 1), "route")
    if not 1 <= number <= len(analysis.assessments):
        raise BadRequestError(404, f"The file has no route {number}; it has {len(analysis.assessments)}.")
    return file, analysis.assessments[number - 1]


def _draft_name(message: JsonObject) -> str:
    name = message.get("draft")
    if not isinstance(name, str) or not NAME.fullmatch(name):
        raise BadRequestError(400, "“draft” has to be 32 hexadecimal digits.")
    return name


def _number(value: object, what: str) -> int:
    if type(value) is not int or not 0 <= value < 2**53:
        raise BadRequestError(400, f"“{what}” has to be a whole number, not below zero.")
    return value


def _listed(value: object, what: str) -> list[object]:
    if not isinstance(value, list):
        raise BadRequestError(400, f"“{what}” has to be a list.")
    return value


def _edit(entry: object) -> Numbered:
    if not isinstance(entry, dict):
        raise BadRequestError(400, "An edit has to be an object.")
    part, first, gone = (_number(entry.get(name), name) for name in ("part", "first", "gone"))
    return Numbered(_number(entry.get("n"), "n"), Edit(part, first, gone, _rows(entry.get("put"))))


def _rows(value: object) -> NDArray[np.float64]:
    """Return rows of (lon, lat, height) from a list of positions; what has no height has NaN there."""
    rows = np.full((len(positions := _listed(value, "positions")), 3), np.nan)
    for row, position in zip(rows, positions, strict=True):
        if not isinstance(position, list) or len(position) not in (2, 3):
            raise BadRequestError(422, "A position has to be a list of longitude, latitude and perhaps height.")
        if not all(type(number) in (int, float) for number in position):
            raise BadRequestError(422, "A longitude or latitude is no number.")
        row[: len(position)] = position
    check_places(rows)
    return rows


def _positions(rows: NDArray[np.float64]) -> list[list[float]]:
    return [row if has else row[:2] for row, has in zip(rows.tolist(), np.isfinite(rows[:, 2]), strict=True)]


def _heights(rows: list[NDArray[np.float64]]) -> NDArray[np.float64] | None:
    heights = np.concatenate([part[:, 2] for part in rows])
    return heights if np.isfinite(heights).any() else None
