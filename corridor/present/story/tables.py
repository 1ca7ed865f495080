"""Which sheets each table of a scene consists of, and how routes measured side by side become sheets."""

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from corridor.answering.figures import MEASURED, Figure
from corridor.assessing.assessment import Assessment
from corridor.present.candidates import statements, tables
from corridor.present.comparing.tables import TERRITORY, lengths_sheet, line_of, others_sheet
from corridor.present.context import BriefingContext, StoryMeasurements
from corridor.present.registers import sheets as registers
from corridor.present.sheets import Sheet, SheetEntry, figures_sheet
from corridor.present.verdicts import verdicts_sheet
from corridor.present.words import known_to
from corridor.quantities import bare_kilometres, rounded_accuracy
from corridor.storyboard.resolving import COMPARED, ResolvedScene

#: How the length of all of an own route is called among those by territory.
WHOLE_LINE = "Whole line"
T = TypeVar("T")
Sheets = Callable[[ResolvedScene, BriefingContext, StoryMeasurements], Sequence[Sheet]]


def scene_sheets(resolved: ResolvedScene, context: BriefingContext, measured: StoryMeasurements) -> tuple[Sheet, ...]:
    """Return the sheets of a scene; () where it shows no table, or one that could not be made."""
    scene = resolved.scene
    if scene.kind == "comparison":
        return _side_by_side(resolved, context, measured)
    if scene.kind == "table" and resolved.question is not None:
        question = resolved.question
        return (figures_sheet(f"Figures for question {question.number}", question.figures),)
    if scene.kind == "chart" and resolved.candidates:
        return (tables.kilometres_sheet(resolved.candidates, context.table_lookup),)
    make = MADE.get(scene.table) if scene.kind == "table" else None
    return tuple(sheet for sheet in make(resolved, context, measured) if sheet.rows) if make else ()


def _each(make: Callable[..., Sheet]) -> Sheets:
    return lambda resolved, context, _: [make(candidate, context.table_lookup) for candidate in resolved.candidates]


def _numbers(resolved: ResolvedScene, context: BriefingContext, measured: StoryMeasurements) -> Sequence[Sheet]:
    rows: list[tuple[SheetEntry, ...]] = []
    for own, route in resolved.routes:
        assessment = measured.own(own.id, route)
        known_m = assessment.measures.accuracy.metres
        known, whole_km = known_to(known_m), assessment.measures.length_km
        whole = own_length(f"{route.name}: {WHOLE_LINE}", whole_km, assessment, context)
        # No border plays a part in how long the whole is.
        rows.append((route.name, WHOLE_LINE, whole, bare_kilometres(whole_km, known_m), known))
        for share in assessment.measures.shares:
            name = context.region.label(share.territory)
            between = f"{bare_kilometres(share.least_km, known_m)} to {bare_kilometres(share.most_km, known_m)}"
            km = own_length(f"{route.name}: {name}", share.km, assessment, context)
            rows.append((route.name, name, km, between, known))
    return [
        Sheet(
            "Kilometres by territory, measured on the lines as drawn",
            ("Route", "Territory", "Length (km)", "Between (km)", "Sideways accuracy"),
            tuple(rows),
            numeric=(2,),
            heads=2,
        )
    ]


def own_length(what: str, km: float, assessment: Assessment, context: BriefingContext) -> Figure:
    """Return a measured length of a reader's own line in a territory as a figure; the line itself has no date."""
    return Figure(
        what=what,
        value=km,
        unit="km",
        accuracy=MEASURED,
        as_of=context.shipped.layers[TERRITORY].as_of,
        sources=tuple(context.shipped.layers[TERRITORY].sources),
        accuracy_m=rounded_accuracy(assessment.measures.accuracy.metres),
    )


def _readings(resolved: ResolvedScene, measured: StoryMeasurements) -> Sequence[Sheet]:
    assessments = [measured.own(own.id, route) for own, route in resolved.routes]
    return [verdicts_sheet(assessments, everything=True)] if assessments else []


def compared_routes(
    resolved: ResolvedScene, context: BriefingContext, measured: StoryMeasurements
) -> dict[str, Assessment]:
    """Return the routes a scene measures side by side, candidates first; a candidate that is not drawn is left out.

    A candidate is named "candidate/...", an own route by its id in the story.
    """
    drawn = context.drawn_candidates
    candidates = {f"candidate/{o.id}": context.candidate_route(o.id) for o in resolved.candidates if o.id in drawn}
    return candidates | {own.id: measured.own(own.id, route) for own, route in resolved.routes}


def _side_by_side(resolved: ResolvedScene, context: BriefingContext, measured: StoryMeasurements) -> tuple[Sheet, ...]:
    assessments = compared_routes(resolved, context, measured)
    if not COMPARED[0] <= len(assessments) <= COMPARED[1]:
        return ()
    candidates = {f"candidate/{candidate.id}": candidate for candidate in resolved.candidates}
    lines = [line_of(assessment, candidates.get(identity), context) for identity, assessment in assessments.items()]
    comparison = measured.compared(list(assessments.values()))
    as_of = context.shipped.layers[TERRITORY].as_of
    return (
        lengths_sheet(comparison, lines, as_of),
        others_sheet(comparison, lines, as_of),
        verdicts_sheet(list(assessments.values()), everything=False),
    )


MADE: dict[str, Sheets] = {
    "kilometres": lambda scene, context, _: [tables.kilometres_sheet(scene.candidates, context.table_lookup)],
    "published": lambda scene, context, _: [tables.published_sheet(scene.candidates, context.table_lookup)],
    "connects": lambda scene, _, __: [statements.connects_sheet(scene.candidates)],
    "said": lambda scene, _, __: [statements.said_sheet(scene.candidates)],
    "missing": lambda scene, _, __: [statements.missing_sheet(scene.candidates)],
    "unknown": lambda scene, _, __: [statements.unknown_sheet(scene.candidates)],
    "crossings": lambda scene, context, _: [tables.crossings_sheet(scene.candidates, context.table_lookup)],
    "segments": _each(tables.segments_sheet),
    "facts": _each(tables.facts_sheet),
    "dates": _each(tables.dates_sheet),
    "numbers": _numbers,
    "readings": lambda scene, _, measured: _readings(scene, measured),
    "phrases": lambda scene, context, _: [
        registers.phrases_sheet(context.shipped.library.declaration, scene.clause.id if scene.clause else "")
    ],
    "unmapped": lambda _, context, __: [
        registers.phrases_sheet(context.shipped.library.declaration, relations=("none",))
    ],
    "areas": lambda _, context, __: [registers.areas_sheet(context.card_lookup)],
    "texts": lambda _, context, __: [registers.texts_sheet(context.shipped.library.parallels)],
    "register": lambda scene, context, _: [
        registers.register_sheet(_those(scene, context.shipped.library.instruments, "instrument/"))
    ],
    "timeline": lambda scene, context, _: [
        registers.timeline_sheet(_those(scene, context.shipped.library.timeline, "event/"))
    ],
    "disagreements": lambda _, context, __: [registers.disagreements_sheet(context.shipped.library.disagreements)],
    "people": lambda _, context, __: [registers.people_sheet(context.shipped.library.people)],
    "acronyms": lambda _, context, __: [registers.acronyms_sheet(context.shipped.library.acronyms)],
    "boundary": lambda _, context, __: [registers.boundary_sheet(context.shipped.library.boundary)],
    "layers": lambda _, context, __: [registers.layers_sheet(context.shipped.layers.values())],
}


def _those(resolved: ResolvedScene, register: Mapping[str, T], prefix: str) -> list[T]:
    """Return the entries of a register a scene names, in the order of the register; all where it names none."""
    named = {identity for identity in resolved.features if identity.startswith(prefix)}
    return [entry for identity, entry in register.items() if not named or identity in named]
