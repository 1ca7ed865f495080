"""The one place where a story becomes sentences and numbers; every writer sets what stands in its result.

    context = read_desk()
    view = story_view(context.stories["declaration-on-the-map"], context, made_on=date(2026, 8, 12))
    for scene in view.scenes:
        scene.title, plain(scene.message), scene.map

See corridor.present.story.records for what a writer is given.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import count

from corridor.answering.figures import Figure
from corridor.answering.questions import EXTENTS
from corridor.candidates import MODE_WORDS
from corridor.land.features import LayerId
from corridor.land.rasters import RELIEF
from corridor.present.candidates.tables import HOW_COMPARED, bars, name
from corridor.present.context import BriefingContext, StoryMeasurements
from corridor.present.footnotes import Footnotes
from corridor.present.story.ground import scene_grounds
from corridor.present.story.maps import scene_link, scene_map
from corridor.present.story.parts import (
    columns,
    course_in_armenia,
    open_in_files,
    quote,
    scene_facts,
    scene_lists,
    whole_lengths,
)
from corridor.present.story.records import Attribution, FigureWords, SceneView, SourceView, StoryView
from corridor.present.story.tables import scene_sheets
from corridor.present.story.wording import SceneWords
from corridor.present.words import REFERENCE_NOTE, age, edition_lines, long_disclaimer, source_line
from corridor.quantities import day
from corridor.reading.faults import Severity
from corridor.storyboard.resolving import Pieces, ResolvedScene
from corridor.storyboard.story import TABLES, Problem, Story
from corridor.texts.documents import clause_name
from corridor.texts.edition import read_edition

HOW_MEASURED = (
    "A length is measured over the ground from point to point of a drawn line (WGS84 geodesics). Nothing is "
    "projected to be measured, and heights are not added. Sums are made before rounding, so that rounded parts "
    "may differ from their sum. Results measure geometry and carry the accuracy of the line and of borders it meets."
)
#: Characters of the longest value that counts as a figure rather than as a passage.
LONGEST_FIGURE = 200
#: What an end says that has no words of its own.
CLOSING = "Lengths are measured over the ground along drawn lines. Every file lists its sources after its last scene."
INCOMPLETE = "This scene is not complete."


def story_view(
    story: Story,
    context: BriefingContext,
    made_on: date,
    *,
    measured: StoryMeasurements | None = None,
    problems: Sequence[Problem] = (),
    hidden: bool = False,
) -> StoryView:
    """Return a story in words, as of the day `made_on`.

    `measured` brings own routes that were measured before; without it they are measured here when a scene needs it.
    `problems` is what opening the file found, shown with the scenes it is about. Hidden scenes are left out unless
    `hidden` asks for them.
    """
    notes = Footnotes(context.shipped.library.sources)
    scenes = scene_views(
        story, context, notes, measured or StoryMeasurements(context), problems=problems, hidden=hidden
    )
    drawn = {layer for scene in scenes for layer in layers_drawn(scene)}
    return StoryView(
        id=story.id,
        title=story.title or "Untitled story",
        subtitle=story.subtitle,
        language=story.language,
        author=story.author,
        handling=story.handling,
        made=day(story.made) if story.made else "",
        changed=day(story.changed) if story.changed else "",
        made_on=day(made_on),
        scenes=scenes,
        sources=source_views(notes),
        attributions=_attributions(drawn, context),
        age=age(made_on),
        disclaimer=REFERENCE_NOTE,
        long_disclaimer=long_disclaimer(),
        note=context.shipped.library.declaration.heading.note,
        method=(HOW_MEASURED, HOW_COMPARED),
        versions=context.versions,
        told=tuple(problem.says for problem in problems if not problem.scene),
    )


def scene_views(
    story: Story,
    context: BriefingContext,
    notes: Footnotes,
    measured: StoryMeasurements,
    *,
    problems: Sequence[Problem] = (),
    hidden: bool = False,
) -> tuple[SceneView, ...]:
    """Return the scenes of a story in words; `notes` numbers their sources in the order in which they are used."""
    every = measured.resolved(story)
    resolved = [scene for scene in every if hidden or not scene.scene.hidden]
    numbers = count(1)
    of = sum(not scene.scene.hidden for scene in resolved)
    return tuple(
        _scene_view(
            scene,
            story,
            context,
            SceneWords(notes, scene.candidates[0].name if scene.scene.kind == "options" and scene.candidates else ""),
            measured,
            [problem for problem in problems if problem.scene == scene.scene.id],
            (0 if scene.scene.hidden else next(numbers), of),
        )
        for scene in resolved
    )


def _scene_view(
    resolved: ResolvedScene,
    story: Story,
    context: BriefingContext,
    words: SceneWords,
    measured: StoryMeasurements,
    opened: Sequence[Problem],
    place: tuple[int, int],
) -> SceneView:
    scene = resolved.scene
    request = scene_map(resolved, context)
    message = words.line(_message(resolved, story))
    first = (*whole_lengths(resolved, context, measured), *((says,) for says in open_in_files(resolved)))
    points = tuple(words.line(point) for point in (*first, *_points(resolved)))
    problems = [*opened, *resolved.problems]
    grounds = scene_grounds(resolved, context, measured, words)
    wrong = [problem.says for problem in problems if problem.severity is Severity.ERROR]
    view = SceneView(
        id=scene.id,
        number=place[0],
        of=place[1],
        kind=scene.kind,
        title=scene.title or _title(resolved, story),
        kicker=_kicker(resolved),
        message=message,
        points=points,
        quote=quote(resolved, context, words),
        columns=columns(resolved, context, measured, words),
        facts=(*scene_facts(resolved, context, measured, words), *(ground.facts for ground in grounds)),
        lists=scene_lists(resolved, context, measured, words),
        tables=tuple(words.table(sheet) for sheet in scene_sheets(resolved, context, measured)),
        bars=tuple(bars(resolved.candidates, context.table_lookup)) if scene.kind == "chart" else (),
        grounds=grounds,
        mode=resolved.candidates[0].mode if resolved.candidates else "",
        map=request,
        caption=_caption(resolved, context) if request else "",
        figures=_figures(resolved, words),
        notes=words.line(resolved.notes),
        note_figures=tuple(words.figure(figure) for figure in _fetched(resolved) if _in_notes_alone(figure, resolved)),
        link=scene_link(resolved, request, context),
        hidden=scene.hidden,
        problem=" ".join([INCOMPLETE, *wrong]) if wrong else "",
        told=tuple(problem.says for problem in problems),
    )
    # What a scene rests on is known only when all of it has been put into words.
    return replace(view, sources=words.sources, as_of=words.as_of)


def _message(resolved: ResolvedScene, story: Story) -> Pieces:
    """Return the sentence of a scene; the answer, or the purpose of the story, where the scene has none of its own."""
    if resolved.message:
        return resolved.message
    if resolved.question is not None and resolved.scene.kind == "text":
        return resolved.question.answer
    if _says_nothing(resolved):
        return (CLOSING,)
    return (story.subtitle,) if resolved.scene.kind == "start" and story.subtitle else ()


def _points(resolved: ResolvedScene) -> tuple[Pieces, ...]:
    """Return the points of a scene; of an end without words, up to when the facts go."""
    return tuple((line,) for line in edition_lines(read_edition())) if _says_nothing(resolved) else resolved.points


def _says_nothing(resolved: ResolvedScene) -> bool:
    """Whether a scene is an end that would be an empty page under its title."""
    return resolved.scene.kind == "closing" and not (resolved.message or resolved.points or resolved.question)


def _title(resolved: ResolvedScene, story: Story) -> str:
    """Return what a scene without a title is called."""
    scene = resolved.scene
    if scene.kind == "start":
        return story.title
    if resolved.question is not None:
        return resolved.question.asked
    if resolved.clause is not None and scene.kind != "table":
        return clause_name(resolved.clause.id).capitalize()
    names = [*(name(candidate) for candidate in resolved.candidates), *(route.name for _, route in resolved.routes)]
    if scene.kind == "options" and names:
        return names[0]
    if scene.kind == "comparison":
        return "Side by side"
    table = "kilometres" if scene.kind == "chart" else scene.table
    return next((known.title for known in TABLES if known.id == table), "") or f"Scene “{scene.id}”"


def _kicker(resolved: ResolvedScene) -> str:
    """Return what stands over the title: which paragraph, which question, which mode and ends."""
    if resolved.clause is not None:
        return clause_name(resolved.clause.id).capitalize()
    if resolved.question is not None:
        question = resolved.question
        return f"Question {question.number} · {question.theme} · {EXTENTS[question.extent]}"
    if resolved.scene.kind in {"options", "chart"} and resolved.candidates:
        candidate = resolved.candidates[0]
        base = " · Base case" if candidate.base_case and resolved.scene.kind == "options" else ""
        return f"{MODE_WORDS[candidate.mode]} · {candidate.origin} – {candidate.destination}{base}"
    return "Own route" if resolved.scene.kind == "options" and resolved.routes else ""


def _caption(resolved: ResolvedScene, context: BriefingContext) -> str:
    """Return the words under a map: those of the scene, else of its phrase, else how the course in Armenia is known."""
    if resolved.scene.caption or resolved.anchor:
        return resolved.scene.caption or (resolved.anchor.caption if resolved.anchor else "")
    if resolved.scene.kind == "options" and resolved.candidates:
        return course_in_armenia(resolved.candidates[0], context)
    return ""


def _figures(resolved: ResolvedScene, words: SceneWords) -> tuple[FigureWords, ...]:
    """Return the figures of a scene in full, in the order in which they are fetched, without those of its notes."""
    figures = [figure for figure in _fetched(resolved) if not _in_notes_alone(figure, resolved)]
    if resolved.question is not None and resolved.scene.kind == "text":
        figures += resolved.question.figures
    return tuple(words.figure(figure) for figure in figures)


def _fetched(resolved: ResolvedScene) -> list[Figure]:
    """Return the figures of a scene; a passage is a sentence and stands with its source where it is quoted."""
    return [figure for figure in resolved.figures if len(str(figure.value)) <= LONGEST_FIGURE]


def _in_notes_alone(figure: Figure, resolved: ResolvedScene) -> bool:
    seen = (resolved.message, *resolved.points, *resolved.for_armenia, *resolved.for_azerbaijan)
    return figure in resolved.notes and not any(figure in line for line in seen)


def footnotes(view: StoryView, context: BriefingContext) -> Footnotes:
    """Return the sources of a story under the numbers they have in it, for tables and texts set as HTML."""
    notes = Footnotes(context.shipped.library.sources)
    for source in view.sources:
        notes.numbers([source.id])
    return notes


def layers_drawn(scene: SceneView) -> set[LayerId]:
    """Return the ids of what the map of a scene draws from: layers switched on, those of what it names, the relief."""
    if scene.map is None:
        return set()
    named = {feature.partition("/")[0] for feature in (*scene.map.shown, *scene.map.lit)}
    return {layer if not layer.startswith("route-") else "route" for layer in scene.map.layers} | named | {RELIEF}


def _attributions(drawn: set[str], context: BriefingContext) -> tuple[Attribution, ...]:
    layers_by_licence: dict[tuple[str, str, str], list[str]] = {}
    for layer in context.shipped.catalogued.values():
        if layer.id in drawn:
            layers_by_licence.setdefault((layer.licence, layer.licence_url, layer.attribution), []).append(layer.title)
    return tuple(Attribution(tuple(titles), *terms) for terms, titles in layers_by_licence.items())


def source_views(notes: Footnotes) -> tuple[SourceView, ...]:
    """Return the sources that were used, as they stand in a list, in the order of their numbers."""
    known = notes.sources
    return tuple(
        SourceView(number, i, source_line(known[i]), known[i].reference, known[i].url, day(known[i].read))
        for number, i in enumerate(notes.numbered, start=1)
    )
