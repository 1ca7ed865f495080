"""What each scene puts on slides: its words beside its map, then its chart, tables and lists on those that follow."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from corridor.present.cartography.captions import projection_line
from corridor.present.cartography.composing import StaticMap, compose
from corridor.present.cartography.ground_band import BandLook, GroundDrawing
from corridor.present.cartography.land import Land
from corridor.present.cartography.sheet import SLIDE
from corridor.present.footnotes import number_runs
from corridor.present.map_request import MapRequest
from corridor.present.slides.fitting import Paragraphs, height
from corridor.present.slides.measuring import LINE, Measure, StyledText, clean
from corridor.present.slides.placing import Pages, Placed, PlacedText, TableBlock
from corridor.present.slides.text_xml import SlideBox, SlideParagraph
from corridor.present.story.records import (
    FactSet,
    FigureWords,
    Quote,
    SceneGround,
    SceneView,
    SourceView,
    StatementColumn,
    StoryTable,
    TextLine,
    TextRun,
    cited_line,
)

#: The ground along a route: points of its plot, the size of what is written in it, what it is called.
GROUND_HEIGHT, GROUND_SIZE, GROUND = 190.0, 1.65, "Ground along the route"
#: Points: sizes of type on a slide.
MESSAGE, POINT, QUOTED, STATEMENT, HEADING, SMALL, LISTED, TINY = 16.0, 13.0, 13.0, 12.0, 11.0, 9.0, 8.5, 6.5
#: The share of the body a map takes beside a clause or two columns, and beside fewer words.
MAP_BESIDE_TEXT, MAP_BESIDE_FEW = 0.53, 0.64
#: Shares of the ordinary sizes that the words are tried in beside a map, and where a scene has nothing but words.
SMALLER, LARGER = (1.0, 0.93, 0.86, 0.8), (1.5, 1.35, 1.2, 1.1)
BESIDE_MAP, UNDER_MAP = 22.0, 5.0
#: Lines kept for scale and sources under a map.
CREDITS = 5.0
CONTINUED = "{title} ({number} of {of})"


@dataclass(frozen=True, eq=False, slots=True)
class PlacedMap:
    """A composed map with its left upper corner, and the words under it."""

    box: SlideBox
    made: StaticMap
    under: PlacedText


@dataclass(frozen=True, eq=False, slots=True)
class SlidePlan:
    """One slide: its title and the words over it, what is placed on it, and the scene it belongs to, if any."""

    title: str
    kicker: str
    placed: tuple[Placed, ...]
    map: PlacedMap | None = None
    scene: SceneView | None = None
    first: bool = True


def scene_slides(scene: SceneView, land: Land, measure: Measure, body: SlideBox) -> list[SlidePlan]:
    """Return the slides of a scene; `body` is the room between title and foot."""
    shown = _map(scene, scene.map, land, measure, body) if scene.map else None
    room = SlideBox(body.left, body.top, shown.box.left - BESIDE_MAP - body.left, body.height) if shown else None
    pages = Pages(measure, body, room)
    if room:
        share = _share(scene, measure, room, SMALLER) or SMALLER[1]
    else:
        alone = not (scene.tables or scene.facts or scene.lists or scene.bars)
        share = (_share(scene, measure, body, LARGER) if alone else None) or 1.0
    pages.text(_words(scene, share))
    if scene.columns:
        pages.cells([_column(column, share) for column in scene.columns])
    pages.text(_small_print(scene, share), "Figures in full")
    if scene.bars:
        pages.chart(scene.bars, scene.mode)
    for ground in scene.grounds:
        band = ground.draw(BandLook(body.width, GROUND_HEIGHT, GROUND_SIZE))
        pages.drawing(band.drawing, _ground_words(ground, band), GROUND)
    for table in scene.tables:
        pages.table(_table(table))
    for facts in scene.facts:
        pages.table(_facts(facts))
    if scene.lists and room:
        pages.turn()
    for first in range(0, len(scene.lists), 2):
        pages.cells([_column(column, 1.0) for column in scene.lists[first : first + 2]])
    filled = [page for number, page in enumerate(pages.pages) if page or number == 0]
    kicker = " · ".join(filter(None, [f"{scene.number} of {scene.of}" if scene.number else "Hidden", scene.kicker]))
    return [
        SlidePlan(
            title=slide_title(scene.title, number, len(filled)),
            kicker=clean(kicker),
            placed=tuple(page),
            map=shown if number == 1 else None,
            scene=scene,
            first=number == 1,
        )
        for number, page in enumerate(filled, start=1)
    ]


def _ground_words(ground: SceneGround, band: GroundDrawing) -> Paragraphs:
    """Return what stands under a drawing of the ground: its sentence and its small print."""
    says = SlideParagraph((StyledText(clean(ground.says), bold=True),), HEADING)
    return says, SlideParagraph((StyledText(clean(band.small_print), soft=True),), SMALL, before=3.0)


def slide_title(title: str, number: int, of: int) -> str:
    """Return the title of a slide; those that follow the first of a scene say which they are."""
    words = " ".join(clean(title).split()) or "Without a title"
    return words if number == 1 else CONTINUED.format(title=words, number=number, of=of)


def text_slides(title: str, paragraphs: Paragraphs, measure: Measure, body: SlideBox, name: str) -> list[SlidePlan]:
    """Return slides with running text under a title that is no scene's."""
    pages = Pages(measure, body)
    pages.text(paragraphs, name)
    of = len(pages.pages)
    return [
        SlidePlan(slide_title(title, number, of), "", tuple(page), first=number == 1)
        for number, page in enumerate(pages.pages, start=1)
    ]


def _share(scene: SceneView, measure: Measure, room: SlideBox, shares: Sequence[float]) -> float | None:
    """Return the first of some shares of the ordinary sizes at which the words of a scene fit a room; None if none."""
    for share in shares:
        pages = Pages(measure, room, room)
        pages.text(_words(scene, share))
        if scene.columns:
            pages.cells([_column(column, share) for column in scene.columns])
        pages.text(_small_print(scene, share))
        if len(pages.pages) == 1:
            return share
    return None


def _map(scene: SceneView, request: MapRequest, land: Land, measure: Measure, body: SlideBox) -> PlacedMap:
    share = MAP_BESIDE_TEXT if scene.quote or scene.columns else MAP_BESIDE_FEW
    wide = body.width * share
    left = body.right - wide
    caption = (SlideParagraph((StyledText(clean(scene.caption), bold=True),), HEADING),) if scene.caption else ()
    # Scale and sources are known when the map is made; it is made anew in the few cases they need more room.
    room = body.height - height(caption, measure, wide) - UNDER_MAP
    made = compose(request, land, replace(SLIDE, width=wide, height=room - CREDITS * TINY * LINE))
    said = f"{projection_line(made.scale, made.inset_scale)} Map data: {made.sources}."
    under = (*caption, SlideParagraph((StyledText(clean(said), soft=True),), TINY, before=2.0))
    high = height(under, measure, wide)
    if made.drawing.height + high + UNDER_MAP > body.height:
        made = compose(request, land, replace(SLIDE, width=wide, height=body.height - high - UNDER_MAP))
    box = SlideBox(left, body.top, made.drawing.width, made.drawing.height)
    return PlacedMap(box, made, PlacedText(SlideBox(left, box.bottom + UNDER_MAP, wide, high), under, "Under the map"))


def _words(scene: SceneView, share: float) -> Paragraphs:
    """Return the sentences of a scene: what is wrong with it, its message, its points, its quotation."""
    paragraphs: list[SlideParagraph] = []
    if scene.problem:
        paragraphs.append(SlideParagraph((StyledText(clean(scene.problem), bold=True),), POINT * share))
    if scene.message:
        paragraphs.append(SlideParagraph(styled_texts(scene.message, bold=True), MESSAGE * share, before=8 * share))
    paragraphs += [
        SlideParagraph(styled_texts(point), POINT * share, before=6 * share, mark=True) for point in scene.points
    ]
    if scene.quote:
        paragraphs += _quote(scene.quote, share)
    return tuple(paragraphs)


def _quote(quote: Quote, share: float) -> list[SlideParagraph]:
    runs_of = [StyledText(clean(run.text), lit=run.lit) for run in quote.runs]
    relation = [StyledText(f"{clean(quote.relation)}. ", bold=True)] if quote.relation else []
    return [
        SlideParagraph(
            (StyledText(clean(quote.heading), bold=True, soft=True),), HEADING * share, before=12 * share, heads=True
        ),
        SlideParagraph((*runs_of, *cite(quote.sources)), QUOTED * share, before=3 * share),
        *(
            [SlideParagraph((*relation, StyledText(clean(quote.reason))), SMALL * 1.1 * share, before=5 * share)]
            if relation or quote.reason
            else []
        ),
        SlideParagraph((StyledText(clean(quote.note), soft=True),), SMALL * 0.9 * share, before=4 * share),
    ]


def _column(column: StatementColumn, share: float) -> Paragraphs:
    return (
        SlideParagraph((StyledText(clean(column.heading), bold=True, soft=True),), STATEMENT * share, heads=True),
        *(
            SlideParagraph(styled_texts(statement), STATEMENT * share, before=4 * share, mark=True)
            for statement in column.statements
        ),
    )


def _small_print(scene: SceneView, share: float) -> Paragraphs:
    """Return every figure of the sentences with all that stands beside it."""
    return tuple(SlideParagraph(_figure(figure), SMALL * share, before=2.5 * share) for figure in scene.figures)


def _figure(figure: FigureWords) -> tuple[StyledText, ...]:
    return (
        StyledText(clean(f"{figure.what}: ")),
        StyledText(clean(figure.text), bold=True),
        *cite(figure.sources),
        StyledText(clean(f"; {figure.remarks}" if figure.remarks else "")),
    )


def _table(table: StoryTable) -> TableBlock:
    def cell(run: TextRun, index: int) -> list[tuple[StyledText, ...]]:
        dated = table.date_under(run, index)
        return [_run_texts(run), *([(StyledText(clean(dated), soft=True),)] if dated else [])]

    rows = tuple(
        tuple(tuple(entry for run in cell_runs for entry in cell(run, index)) for index, cell_runs in enumerate(row))
        for row in table.rows
    )
    return TableBlock(clean(table.title), tuple(clean(heading) for heading in table.columns), rows, table.numeric)


def _facts(facts: FactSet) -> TableBlock:
    rows = tuple(tuple((_run_texts(run),) for run in row) for row in facts.rows)
    return TableBlock(clean(facts.heading), facts.columns, rows)


def source_paragraphs(sources: tuple[SourceView, ...]) -> Paragraphs:
    """Return the list of sources, each with where it is found and when it was last opened.

    An address stands on lines of its own, for LibreOffice begins a new line at every link.
    """
    return tuple(paragraph for source in sources for paragraph in _source(source))


def _source(source: SourceView) -> tuple[SlideParagraph, ...]:
    number, read = StyledText(f"[{source.number}] ", soft=True), StyledText(f"; opened {source.read}", soft=True)
    if not source.url:
        return (
            SlideParagraph((number, StyledText(clean(f"{source.text}. {source.reference}")), read), LISTED, before=4.0),
        )
    return (
        SlideParagraph((number, StyledText(clean(source.text)), read), LISTED, before=4.0, heads=True),
        SlideParagraph((StyledText(clean(source.reference), link=source.url),), LISTED),
    )


def note_text(scene: SceneView) -> str:
    """Return the speaker notes with the full figures under them."""
    figures = [f"{figure.what}: {figure.text}; {figure.beside}" for figure in scene.note_figures]
    return clean("\n".join(filter(None, [cited_line(scene.notes), *figures])))


def styled_texts(line: TextLine, *, bold: bool = False) -> tuple[StyledText, ...]:
    """Return a sentence in pieces, each figure followed by the numbers of its sources."""
    return tuple(piece for run in line for piece in _run_texts(run, bold=bold))


def _run_texts(run: TextRun, *, bold: bool = False) -> tuple[StyledText, ...]:
    return (StyledText(clean(run.text), bold=bold), *cite(run.figure.sources if run.figure else ()))


def cite(sources: tuple[int, ...]) -> tuple[StyledText, ...]:
    """Return the numbers of sources behind what rests on them."""
    return (StyledText(f"\N{NO-BREAK SPACE}[{number_runs(sources)}]", soft=True, size=0.72),) if sources else ()
