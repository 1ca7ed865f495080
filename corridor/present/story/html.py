"""One scene of a story as HTML: the same words on the page of briefings, in the presenter and in a file of its own.

Every text is escaped where it is set. A figure carries the numbers of its sources; what stands beside it in full
(accuracy, date, who said it) is in the small print of the scene.
"""

from collections.abc import Iterable, Sequence

from markupsafe import Markup, escape

from corridor.present.candidates.charts import Bar
from corridor.present.cartography.ground_picture import IN_SCENE, scene_ground_html
from corridor.present.footnotes import number_runs
from corridor.present.story.records import (
    Cell,
    FactSet,
    FigureWords,
    Quote,
    SceneView,
    SourceView,
    StatementColumn,
    StoryTable,
    StoryView,
    TextLine,
    TextRun,
)
from corridor.present.tables import element, html_table, link

#: Of more sources than these only the count stands behind a figure; the small print has all.
MOST_NUMBERS = 4


def scene_html(view: SceneView) -> Markup:
    """Return what stands beside or under the map of a scene: heading, sentence, and whatever the scene has of parts."""
    return element(
        "article",
        element("p", view.kicker, class_="scene-kicker") if view.kicker else "",
        element("h2", view.title, class_="scene-title"),
        element("p", view.problem, class_="scene-problem", role="note") if view.problem else "",
        element("p", _line(view.message), class_="scene-message") if view.message else "",
        _quote(view.quote) if view.quote else "",
        _points(view.points),
        _columns(view.columns, "scene-columns"),
        _facts(view.facts),
        _columns(view.lists, "scene-lists"),
        _bars(view.bars),
        *(_table(table) for table in view.tables),
        *(scene_ground_html(ground.draw(IN_SCENE), ground.says) for ground in view.grounds),
        class_=f"scene scene--{view.kind}",
    )


def small_print_html(view: SceneView) -> Markup:
    """Return the small print of a scene: every figure in full, the dates of its facts, the numbers of its sources."""
    figures = [element("li", _in_full(figure)) for figure in view.figures]
    figure_list = element("ul", *figures, class_="scene-figures") if figures else ""
    cited = f" Sources: {number_runs(view.sources)}." if view.sources else ""
    return element(
        "div", figure_list, element("p", view.as_of, cited, class_="scene-dates"), class_="scene-small-print"
    )


def notes_html(view: SceneView) -> Markup:
    """Return the speaker notes of a scene with their figures in full; what says so where there are none."""
    if not view.notes:
        return element("p", "No notes for this scene.", class_="soft")
    figures = [element("li", _in_full(figure)) for figure in view.note_figures]
    listed = element("ul", *figures, class_="scene-figures") if figures else Markup()
    return Markup().join([*_paragraphs(view.notes), listed])


def around_html(view: StoryView) -> Markup:
    """Return what the story as a whole says of itself: method, note on the quoted text, sources, licences."""
    sources = element("ol", *(element("li", source_html(source)) for source in view.sources), class_="scene-sources")
    licences = [
        element(
            "li",
            f"{', '.join(attribution.layers)}: {attribution.text}. ",
            link(attribution.licence, attribution.licence_url),
        )
        for attribution in view.attributions
    ]
    return element(
        "section",
        element("h2", "How this was made"),
        *(element("p", words) for words in (*view.method, view.note, view.long_disclaimer)),
        element("h2", "Sources"),
        sources,
        element("h2", "Map data"),
        element("ul", *licences),
        class_="scene-around",
    )


def source_html(source: SourceView) -> Markup:
    """Return a source of the list: how it is cited, where it is found, when it was last opened."""
    reference = link(source.reference, source.url) if source.url else element("span", source.reference)
    return element("span", f"{source.text}. ", reference, f"; opened {source.read}")


def _mark(figure: FigureWords | None) -> Markup:
    if figure is None or not figure.sources:
        return Markup()
    few = len(figure.sources) <= MOST_NUMBERS
    numbers = number_runs(figure.sources) if few else f"{len(figure.sources)} sources"
    return element("sup", element("span", " source ", class_="for-ears") if few else " ", numbers, class_="note-mark")


def _run(run: TextRun) -> Markup:
    if run.figure is None:
        return escape(run.text)
    return element("span", run.text, _mark(run.figure), class_="with-note")


def _line(line: Iterable[TextRun]) -> Markup:
    return Markup().join(_run(run) for run in line)


def _paragraphs(line: TextLine) -> list[Markup]:
    """Return a text of several lines as paragraphs."""
    rows: list[list[TextRun]] = [[]]
    for run in line:
        first, *others = run.text.split("\n") if run.figure is None else [run.text]
        rows[-1].append(TextRun(first, run.figure))
        rows += [[TextRun(other)] for other in others]
    return [element("p", _line(row)) for row in rows if any(run.text.strip() for run in row)]


def _in_full(figure: FigureWords) -> Markup:
    beside = f" ({figure.beside})" if figure.beside else ""
    return element("span", f"{figure.what}: ", class_="soft") + element("strong", figure.text) + beside


def _quote(quote: Quote) -> Markup:
    words = [element("mark", run.text) if run.lit else escape(run.text) for run in quote.runs]
    why = [element("strong", quote.relation), ". ", quote.reason] if quote.relation else []
    return element(
        "figure",
        element("blockquote", *words),
        element("figcaption", quote.heading, class_="soft"),
        element("p", *why, class_="scene-reason") if why else "",
        element("p", quote.note, class_="soft") if quote.note else "",
        class_="scene-quote",
    )


def _points(points: Sequence[TextLine]) -> Markup:
    if not points:
        return Markup()
    return element("ul", *(element("li", _line(point)) for point in points), class_="scene-points")


def _columns(columns: Sequence[StatementColumn], look: str) -> Markup:
    if not columns:
        return Markup()
    return element("div", *(_column(column) for column in columns), class_=look)


def _column(column: StatementColumn) -> Markup:
    statements = element("ul", *(element("li", _line(statement)) for statement in column.statements))
    return element("section", element("h3", column.heading), statements)


def _facts(facts: Sequence[FactSet]) -> Markup:
    return Markup().join(_fact_set(fact_set) for fact_set in facts)


def _fact_set(facts: FactSet) -> Markup:
    rows = [
        element(
            "div", element("dt", figure.what), element("dd", element("b", figure.text), _mark(figure), _beside(figure))
        )
        for figure in facts.facts
    ]
    return element("section", element("h3", facts.heading), element("dl", *rows), class_="scene-facts")


def _beside(figure: FigureWords) -> Markup:
    return element("span", figure.remarks, class_="soft") if figure.remarks else Markup()


def _bars(bars: Sequence[Bar]) -> Markup:
    """Return kilometres as bars drawn with boxes; the table under them has the same numbers and is read out."""
    longest = max((bar.km for bar in bars), default=0.0)
    if not longest:
        return Markup()
    rows = [
        element(
            "div",
            element("span", f"{bar.candidate}, {bar.country}", class_="bar-name"),
            element(
                "span",
                class_=_look(bar),
                style=f"--share:{bar.km / longest:.4f}",
            ),
            element("span", f"{bar.km:,.0f} km, {bar.status}", class_="bar-words"),
            class_="bar-row",
        )
        for bar in bars
    ]
    return element("div", *rows, class_="scene-bars", aria_hidden="true")


def _look(bar: Bar) -> str:
    return f"bar bar--{bar.status.replace(' ', '-').replace(',', '')}"


def _table(table: StoryTable) -> Markup:
    rows = [[_cell(cell, dated=index in table.dated) for index, cell in enumerate(row)] for row in table.rows]
    return html_table(table.title, table.columns, rows, numeric=table.numeric, look="scene-table")


def _cell(cell: Cell, *, dated: bool) -> Markup | None:
    if not cell:
        return None
    lines = [
        element(
            "div",
            _run(run),
            element("span", run.figure.as_of, class_="soft dated") if dated and run.figure else "",
        )
        for run in cell
    ]
    return Markup().join(lines)
