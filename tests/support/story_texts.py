"""The texts that every file made of a story has to contain, as they stand in its scenes."""

from collections.abc import Iterable, Iterator

from corridor.present.story.records import (
    FigureWords,
    SceneView,
    StatementColumn,
    StoryView,
    TextLine,
    TextRun,
)


def plain_line(line: Iterable[TextRun]) -> str:
    """Return a line as text without the numbers of its sources."""
    return "".join(run.text for run in line)


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
