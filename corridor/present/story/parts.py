"""What a scene of each kind consists of beside its sentence: the quotation, the two columns, facts and lists."""

from collections.abc import Sequence

from corridor.answering.figures import NOT_FOUND, STATE_NOT_FOUND, Figure, status_figure
from corridor.assessing.assessment import Assessment
from corridor.assessing.comparison import difference_of_modes
from corridor.assessing.judging import Case
from corridor.assessing.route_facts import Links, linked
from corridor.candidates import Candidate
from corridor.present.candidates.legs import NOT_DRAWN, SegmentFigures, published_range
from corridor.present.candidates.legs import measured_length as measured_on
from corridor.present.candidates.statements import said_by, stated
from corridor.present.candidates.tables import COUNTRIES
from corridor.present.context import BriefingContext, StoryMeasurements
from corridor.present.registers.answers import gap_pieces
from corridor.present.story.records import FactSet, Quote, QuoteRun, StatementColumn, TextLine, TextRun
from corridor.present.story.tables import WHOLE_LINE, compared_routes, own_length
from corridor.present.story.wording import SceneWords
from corridor.present.style import ALIGNMENTS
from corridor.present.verdicts import HEADING, verdict_entry
from corridor.present.words import source_line, standard_gap
from corridor.storyboard.resolving import Pieces, ResolvedScene
from corridor.texts.documents import RELATIONS, clause_name, clause_pieces

FOR_ARMENIA, FOR_AZERBAIJAN = "For Armenia", "For Azerbaijan"
AS_DRAWN = "As the line is drawn: {}."
#: Said beside an answer about one place, where the accuracy of the line as a whole is another.
EACH_PLACE = "An answer about one place goes by the accuracy there: a line is known best at its own points."
WHAT_EXISTS = "What exists: kilometres as drawn, by country and status"
WRITTEN_FOR_THIS = "written for this story"


def quote(resolved: ResolvedScene, context: BriefingContext, words: SceneWords) -> Quote | None:
    """Return the clause of a scene word for word, the lit phrase marked; None where it has none.

    The clause of a table says which phrases stand in it, and is not quoted.
    """
    clause, anchor = resolved.clause, resolved.anchor
    if clause is None or resolved.scene.kind == "table":
        return None
    library = context.shipped.library
    heading = library.declaration.heading
    relation = next(
        (relation_kind for relation_kind in RELATIONS if anchor and relation_kind.id == anchor.relation), None
    )
    runs: list[QuoteRun] = []
    for piece in clause_pieces(library.declaration, clause):
        lit = anchor is not None and piece.anchor == anchor
        if runs and not lit and not runs[-1].lit:
            runs[-1] = QuoteRun(runs[-1].text + piece.text, lit=False)
        else:
            runs.append(QuoteRun(piece.text, lit))
    return Quote(
        clause=clause.id,
        heading=f"{heading.label}, {clause_name(clause.id)}",
        text=clause.text,
        runs=tuple(runs),
        note=f"{source_line(library.sources[heading.carried_by])}. {heading.note}",
        relation=relation.label if relation else "",
        reason=anchor.reason if anchor else "",
        sources=words.cite([heading.carried_by], heading.date),
    )


def pointed_at(resolved: ResolvedScene, context: BriefingContext) -> tuple[StatementColumn, ...]:
    """Return the documents and events the phrase of a scene points to, which no map shows."""
    targets = resolved.anchor.targets if resolved.anchor else ()
    names = [context.shipped.labels[target] for target in targets if target.startswith(("instrument/", "event/"))]
    return (StatementColumn("The words point to", tuple((TextRun(name),) for name in names)),) if names else ()


def columns(
    resolved: ResolvedScene, context: BriefingContext, measured: StoryMeasurements, words: SceneWords
) -> tuple[StatementColumn, ...]:
    """Return the two columns of an option: sourced statements or what its line links, then those of the story."""
    if resolved.scene.kind != "options" or not (resolved.candidates or resolved.routes):
        return ()
    candidate = next(iter(resolved.candidates), None)
    drawn_links = [] if candidate else [_linked(measured.own(own.id, route), context) for own, route in resolved.routes]
    sides = (
        (
            FOR_ARMENIA,
            candidate.connects_for_armenia if candidate else (),
            resolved.for_armenia,
            [links.armenia for links in drawn_links],
        ),
        (
            FOR_AZERBAIJAN,
            candidate.connects_for_azerbaijan if candidate else (),
            resolved.for_azerbaijan,
            [links.azerbaijan for links in drawn_links],
        ),
    )
    return tuple(
        StatementColumn(
            heading,
            (
                *words.statements(sourced),
                *((TextRun(AS_DRAWN.format(says)),) for says in of_line),
                *(_written(own, words) for own in written),
            ),
        )
        for heading, sourced, written, of_line in sides
    )


def _linked(assessment: Assessment, context: BriefingContext) -> Links:
    return linked(Case(assessment.route, assessment.measures, context.region, assessment.attributes))


def _written(statement: Pieces, words: SceneWords) -> TextLine:
    return (*words.line(statement), TextRun(f" ({WRITTEN_FOR_THIS})"))


def candidate_facts(candidate: Candidate, context: BriefingContext, words: SceneWords) -> tuple[FactSet, ...]:
    """Return the published lengths of a candidate, its kilometres by country and status, and its border crossings."""
    kilometres: list[Figure] = []
    published: list[Figure] = []
    way = context.table_lookup.segment_figures(candidate)
    for country in COUNTRIES:
        here = [segment for segment in way if segment.country == country]
        name = context.table_lookup.country(country)
        for status in dict.fromkeys(segment.status for segment in here):
            said = f"{name}: {STATE_NOT_FOUND if status == NOT_FOUND else status}"
            kilometres.append(_exists(said, [segment for segment in here if segment.status == status], context))
        length = published_range(f"{name}: published", here) if here else None
        if isinstance(length, Figure):
            published.append(length)
    crossings = [_crossing(crossing, context) for crossing in candidate.crossings]
    sets = (("Published lengths", published), (WHAT_EXISTS, kilometres), ("Borders on the way", crossings))
    return tuple(words.facts(heading, figures) for heading, figures in sets if figures)


def _exists(what: str, stretches: Sequence[SegmentFigures], context: BriefingContext) -> Figure:
    km = measured_on(what, stretches, context.table_lookup)
    if isinstance(km, Figure):
        return km
    sources = tuple(dict.fromkeys(source for segment in stretches for source in segment.sources))
    newest = max(str(segment.properties["as_of"]) for segment in stretches)
    return Figure(what, NOT_DRAWN, "", "", newest, sources)


def _crossing(identity: str, context: BriefingContext) -> Figure:
    crossing = context.shipped.by_id[f"crossing/{identity}"]["properties"]
    return status_figure(crossing["label"], crossing)


def candidate_lists(candidate: Candidate, words: SceneWords) -> tuple[StatementColumn, ...]:
    """Return who proposed a candidate and who answered, what is missing of it, what is not known, and its note."""
    proposed, answered = said_by(candidate)
    unknown = (*(f"{gap}." for gap in candidate.not_known), standard_gap()) if candidate.not_known else None
    columns = (
        words.column("Proposed by", proposed),
        words.column("Answered by", answered),
        words.column("Missing", stated(candidate.missing_parts)),
        words.column("Not known", unknown),
        words.column("Note", candidate.note),
    )
    return tuple(column for column in columns if column.statements)


def course_in_armenia(candidate: Candidate, context: BriefingContext) -> str:
    """Return how the course of a candidate in Armenia is known, for the words under its map; "" where it has none."""
    here = [
        segment.properties
        for segment in context.table_lookup.segment_figures(candidate)
        if segment.country == "armenia"
    ]
    known = [ALIGNMENTS[properties["alignment_status"]][0] for properties in here]
    known += ["officials describe it differently" for properties in here if properties["contested"]]
    courses = "; ".join(dict.fromkeys(f"{words[:1].lower()}{words[1:]}" for words in known))
    return f"In Armenia: {courses}" if courses else ""


def own_facts(assessment: Assessment, context: BriefingContext, words: SceneWords) -> tuple[FactSet, ...]:
    """Return the kilometres of an own route, whole and by territory, and where it crosses a border."""
    measures = assessment.measures
    kilometres = [
        own_length(WHOLE_LINE, measures.length_km, assessment, context),
        *(
            own_length(context.region.label(share.territory), share.km, assessment, context)
            for share in measures.shares
        ),
    ]
    crossings = [
        own_length(
            f"{context.region.label(crossing.before)} to {context.region.label(crossing.after)}, from the start",
            crossing.at_km,
            assessment,
            context,
        )
        for crossing in measures.crossings
    ]
    # A territory that is entered again has one sum, which stands where it is entered first.
    again = len(measures.stretches) > len(measures.shares)
    order = "in the order of first entry" if again else "in the order of travel"
    sets = (
        (f"Kilometres as drawn, whole and by territory {order}", kilometres),
        ("Borders crossed, as drawn", crossings),
    )
    return tuple(words.facts(heading, figures) for heading, figures in sets if figures)


def own_lists(assessment: Assessment, origin: str, words: SceneWords) -> tuple[StatementColumn, ...]:
    """Return the answers of an own route to the questions on words of the text, and where its line comes from."""
    answers = tuple(
        (TextRun(f"{verdict.criterion.question} "), words.run(verdict_entry(verdict.judgement)))
        for verdict in assessment.verdicts
        if verdict.criterion.tests_text
    )
    accuracy = assessment.measures.accuracy
    exact = (TextRun(f"Accuracy of the line, {accuracy.says}."),)
    by_place = ((TextRun(EACH_PLACE),),) if accuracy.by_spacing else ()
    return (
        StatementColumn(HEADING, (*answers, *by_place)),
        StatementColumn("Where the line comes from", ((TextRun(origin or "Not stated."),), exact)),
    )


def open_in_files(resolved: ResolvedScene) -> tuple[str, ...]:
    """Return what stands open in the files of the own routes of a scene, by their names where it has several routes."""
    several = len(resolved.routes) + len(resolved.candidates) > 1
    return tuple(
        f"“{route.name}”: {own.open_findings}" if several else own.open_findings
        for own, route in resolved.routes
        if own.open_findings
    )


def whole_lengths(resolved: ResolvedScene, context: BriefingContext, measured: StoryMeasurements) -> tuple[Pieces, ...]:
    """Return how long the own routes of an option are, as its first statements."""
    if resolved.scene.kind != "options":
        return ()
    every = [measured.own(own.id, route) for own, route in resolved.routes]
    return tuple(
        (f"{WHOLE_LINE} as drawn: ", own_length(WHOLE_LINE, of.measures.length_km, of, context), ".") for of in every
    )


def question_lists(resolved: ResolvedScene, words: SceneWords) -> tuple[StatementColumn, ...]:
    """Return what is not known of a question."""
    gaps = resolved.question.not_known if resolved.question else ()
    return (StatementColumn("Not known", tuple(words.line(gap_pieces(gap)) for gap in gaps)),) if gaps else ()


def scene_facts(
    resolved: ResolvedScene, context: BriefingContext, measured: StoryMeasurements, words: SceneWords
) -> tuple[FactSet, ...]:
    """Return the facts of a scene."""
    if resolved.scene.kind != "options":
        return ()
    candidates = (fact for candidate in resolved.candidates for fact in candidate_facts(candidate, context, words))
    routes = (fact for own, route in resolved.routes for fact in own_facts(measured.own(own.id, route), context, words))
    return (*candidates, *routes)


def scene_lists(
    resolved: ResolvedScene, context: BriefingContext, measured: StoryMeasurements, words: SceneWords
) -> tuple[StatementColumn, ...]:
    """Return the lists of a scene."""
    match resolved.scene.kind:
        case "options":
            candidates = (column for candidate in resolved.candidates for column in candidate_lists(candidate, words))
            routes = (
                column
                for own, route in resolved.routes
                for column in own_lists(measured.own(own.id, route), own.origin, words)
            )
            return (*candidates, *routes)
        case "comparison":
            modes = difference_of_modes(list(compared_routes(resolved, context, measured).values()))
            return (StatementColumn("Modes", ((TextRun(modes),),)),) if modes else ()
        case "clause" | "map":
            return pointed_at(resolved, context)
        case _:
            return question_lists(resolved, words)
