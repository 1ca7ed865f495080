"""A whole story as accessible pages: every scene with its vector map, then the sources and how the numbers were made.

A scene says on paper what `corridor.present.story.scenes` says of it and nothing else; speaker notes are left to
the slides.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from itertools import groupby
from typing import Literal

from corridor.present.candidates.charts import STATUS_LOOKS, Bar
from corridor.present.cartography.captions import projection_line
from corridor.present.cartography.composing import compose
from corridor.present.cartography.ground_band import BandLook
from corridor.present.cartography.land import Land
from corridor.present.cartography.sheet import A4, LETTER, MapSheet
from corridor.present.cartography.svg import svg
from corridor.present.footnotes import number_runs
from corridor.present.paper.typesetting import Content, PrintedDocument, Svg, typeset
from corridor.present.story.briefing import Briefing
from corridor.present.story.records import (
    FactSet,
    FigureWords,
    SceneGround,
    SceneView,
    StatementColumn,
    StoryTable,
    StoryView,
    TextLine,
    TextRun,
)
from corridor.present.style import LIGHT
from corridor.present.typography.column_widths import column_widths
from corridor.present.typography.typefaces import width, writable

#: How high a map may be in points on a page of each size, and beside the columns of an option, which need more room.
MAPS: dict[str, MapSheet] = {"a4": replace(A4, height=340.0), "letter": replace(LETTER, height=320.0)}
BESIDE_COLUMNS = 228.0
#: Points: how high the plot of the ground along a route is.
GROUND_HEIGHT = 70.0
PAGES: dict[str, Literal["a4", "us-letter"]] = {"a4": "a4", "letter": "us-letter"}
#: Points: the sizes a table may be set in, the larger the better, and what a cell keeps clear beside its words.
SIZES, PADDING = (7.6, 7.0, 6.3, 5.6), 9.0
#: A piece of a sentence: its text, the numbers of its sources in words, and the first of them.
PageBlock = dict[str, Content]
_LOOKS = {look.status: look for look in STATUS_LOOKS}


def story_pages(briefing: Briefing) -> bytes:
    """Return a story as a PDF/UA-1 on the paper that is wished for; the same briefing gives the same bytes."""
    view, paper = briefing.view, briefing.options.paper
    document = PrintedDocument(
        title=view.title,
        made_on=briefing.made_on,
        handling=view.handling,
        running=(f"{view.age}. Made on {view.made_on}.",),
        page=PAGES[paper],
        language=_language(view.language),
    )
    scenes = [_scene(scene, view, briefing.context.land, MAPS[paper]) for scene in view.shown]
    return typeset("story.typ", document, {**_front(view), "scenes": scenes, **_back(view)})


def _language(tag: str) -> str:
    """Return the language of a BCP 47 tag as typst takes it; English where the tag begins with none."""
    language = tag.split("-")[0].casefold()
    return language if len(language) in (2, 3) and language.isascii() and language.isalpha() else "en"


def _front(view: StoryView) -> dict[str, Content]:
    dated = [f"Made {view.made}" if view.made else "", f"changed {view.changed}" if view.changed else ""]
    by = [view.author, ", ".join(filter(None, dated)), f"{view.age}"]
    return {"subtitle": view.subtitle, "byline": " · ".join(filter(None, by)), "told": list(view.told)}


def _back(view: StoryView) -> dict[str, Content]:
    made_with = (
        f"Made on {view.made_on} with {view.versions.software}. The evidence pack of the story holds the SHA-256 of "
        "every file these pages rest on."
    )
    return {
        "sources": {
            "heading": "Sources",
            "rows": [
                {
                    "number": source.number,
                    "text": source.text,
                    "reference": source.reference,
                    "url": source.url,
                    # On paper a link leads nowhere, so that its address is printed where the reference is another.
                    "address": "" if source.url == source.reference else source.url,
                    "read": source.read,
                }
                for source in view.sources
            ],
        },
        "method": {
            "heading": "How the numbers were made, and what they do not say",
            "parts": [
                {"heading": "Method", "paragraphs": list(view.method)},
                {"heading": "The quoted text", "paragraphs": [view.note]},
                {"heading": "Disclaimer", "paragraphs": [view.long_disclaimer]},
                {"heading": "Data and licences", "paragraphs": _licences(view)},
                {"heading": "Made with", "paragraphs": [made_with]},
            ],
        },
    }


def _licences(view: StoryView) -> list[Content]:
    return [
        f"{', '.join(attribution.layers)}: {attribution.text}. {attribution.licence} ({attribution.licence_url})."
        for attribution in view.attributions
    ]


def _scene(scene: SceneView, view: StoryView, land: Land, sheet: MapSheet) -> Content:
    return {
        "place": " · ".join(filter(None, [f"{scene.number} of {scene.of}", scene.kicker])),
        # The title of the story stands over its first scene already.
        "title": "" if scene.kind == "start" and scene.title == view.title else scene.title,
        "new_page": scene.map is not None and scene.number > 1,
        "problem": scene.problem,
        "message": _line(scene.message),
        "points": [_line(point) for point in scene.points],
        "map": _map(scene, land, sheet),
        "quote": _quote(scene),
        "columns": [_column(column) for column in scene.columns],
        "facts": [_facts(facts, sheet.width) for facts in scene.facts],
        "lists": [_column(column) for column in scene.lists],
        "bars": _bars(scene.bars, scene.mode),
        "grounds": [_ground(ground, sheet.width) for ground in scene.grounds],
        "tables": [_table(table, sheet.width) for table in scene.tables],
        "figures": {"heading": "Figures in these words", "rows": [_figure(figure) for figure in scene.figures]},
        "as_of": f"{scene.as_of} Sources: {number_runs(scene.sources)}." if scene.sources else scene.as_of,
    }


def _line(line: TextLine) -> list[Content]:
    return [_run(run) for run in line]


def _run(run: TextRun) -> PageBlock:
    sources = run.figure.sources if run.figure else ()
    return {"text": run.text, "cited": number_runs(sources), "first": sources[0] if sources else 0}


def _map(scene: SceneView, land: Land, sheet: MapSheet) -> Content:
    if scene.map is None:
        return None
    made = compose(scene.map, land, replace(sheet, height=BESIDE_COLUMNS) if scene.columns else sheet)
    credits = f"{projection_line(made.scale, made.inset_scale)} Map data: {made.sources}."
    return {"svg": Svg(svg(made.drawing)), "alt": made.drawing.alt, "caption": scene.caption, "credits": credits}


def _ground(ground: SceneGround, width: float) -> Content:
    band = ground.draw(BandLook(width, GROUND_HEIGHT))
    drawn = {"svg": Svg(svg(band.drawing)), "alt": band.drawing.alt}
    return {**drawn, "caption": ground.says, "credits": band.small_print}


def _quote(scene: SceneView) -> Content:
    quote = scene.quote
    if quote is None:
        return None
    return {
        "heading": quote.heading,
        "runs": [{"text": run.text, "lit": run.lit} for run in quote.runs],
        "relation": quote.relation,
        "reason": quote.reason,
        "note": quote.note,
        "cited": number_runs(quote.sources),
        "first": quote.sources[0] if quote.sources else 0,
    }


def _column(column: StatementColumn) -> Content:
    return {"heading": column.heading, "statements": [_line(statement) for statement in column.statements]}


def _figure(figure: FigureWords) -> Content:
    run = _run(TextRun(figure.text, figure))
    return {"what": figure.what, "told": run, "beside": figure.remarks}


def _facts(facts: FactSet, room: float) -> Content:
    rows = [[[_run(run)] for run in row] for row in facts.rows]
    return _set(facts.heading, facts.columns, (), rows, room)


def _table(table: StoryTable, room: float) -> Content:
    def entries(run: TextRun, index: int) -> list[PageBlock]:
        dated = table.date_under(run, index)
        return [_run(run), *([_run(TextRun(dated))] if dated else [])]

    rows = [
        [[entry for run in cell for entry in entries(run, index)] for index, cell in enumerate(row)]
        for row in table.rows
    ]
    return _set(table.title, table.columns, table.numeric, rows, room)


def _set(
    title: str,
    headings: Sequence[str],
    numeric: Sequence[int],
    rows: Sequence[Sequence[Sequence[PageBlock]]],
    room: float,
) -> Content:
    """Return a table at the largest size at which no word of it is wider than its column."""
    texts = [
        [
            heading,
            *(
                f"{entry['text']} [{entry['cited']}]" if entry["cited"] else str(entry["text"])
                for row in rows
                for entry in row[n]
            ),
        ]
        for n, heading in enumerate(headings)
    ]
    widths: list[float] | None = None
    size = SIZES[0]
    for size in SIZES:
        widths = column_widths(texts, room, partial(_wide, size))
        if widths is not None:
            break
    columns: list[Content] = [
        {"heading": heading, "numeric": n in numeric, "share": widths[n] if widths else 1.0}
        for n, heading in enumerate(headings)
    ]
    return {"title": title, "columns": columns, "rows": list(rows), "size": size}


def _wide(size: float, text: str) -> float:
    return width(writable(text), size) + PADDING


def _bars(bars: Sequence[Bar], mode: str) -> Content:
    """Return the bars as rows of pieces, each as wide as its share of the longest row; the table has the numbers."""
    if not bars:
        return None
    colour = str(getattr(LIGHT, mode, LIGHT.soft_text))
    rows = [(name, list(group)) for name, group in groupby(bars, lambda bar: (bar.candidate, bar.country))]
    longest = max(sum(bar.km for bar in group) for _, group in rows)
    used = {bar.status for bar in bars}
    return {
        "says": "Kilometres as drawn; every number stands in the table below.",
        "legend": [_status(look.status, colour) for look in STATUS_LOOKS if look.status in used],
        "rows": [
            {
                "candidate": candidate if before is None or before[0][0] != candidate else "",
                "country": country,
                "pieces": [{**_status(bar.status, colour), "share": bar.km / longest} for bar in group],
            }
            for before, ((candidate, country), group) in zip([None, *rows[:-1]], rows, strict=True)
        ],
    }


def _status(status: str, colour: str) -> dict[str, Content]:
    look = _LOOKS[status]
    dash = "solid" if look.dash == STATUS_LOOKS[0].dash else "dashed" if look.dash[0] > look.dash[1] else "dotted"
    return {"status": status, "colour": colour, "filling": look.filling, "dash": dash}
