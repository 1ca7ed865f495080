"""A figure is written the same way wherever it stands: in every scene of both stories and in every question."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import fields, is_dataclass

from corridor.present.footnotes import Footnotes
from corridor.present.story.records import FigureWords
from corridor.present.story.wording import SceneWords
from corridor.ui.context import briefing_context
from tests.support.briefed import SHIPPED, view

#: Far fewer than there are; fewer would mean that the walk no longer finds them.
MANY = 200


def figures_in(value: object) -> Iterator[FigureWords]:
    """Yield every figure in words in a scene, whatever it stands in."""
    if isinstance(value, FigureWords):
        yield value
    elif is_dataclass(value):
        for field in fields(value):
            # A sheet holds figures that are not put into words yet; a table has the same in words.
            if field.name != "sheet":
                yield from figures_in(getattr(value, field.name))
    elif isinstance(value, tuple | list):
        for part in value:
            yield from figures_in(part)


def written() -> dict[tuple[str, ...], dict[tuple[str, ...], list[str]]]:
    """Return for each meaning (option, what, who says it, date) each way it is written, and where."""
    found: dict[tuple[str, ...], dict[tuple[str, ...], list[str]]] = defaultdict(lambda: defaultdict(list))

    def note(figure: FigureWords, where: str) -> None:
        if figure.what:
            meaning = (figure.subject, figure.what, figure.by, figure.as_of)
            found[meaning][figure.value, figure.unit, figure.accuracy].append(where)

    for story in SHIPPED:
        for scene in view(story).scenes:
            for figure in figures_in(scene):
                note(figure, f"{story}/{scene.id}")
    words = SceneWords(Footnotes(briefing_context().shipped.library.sources))
    for question in briefing_context().questions:
        for figure in question.figures:
            note(words.figure(figure), f"question {question.number}")
    return found


def test_no_figure_is_written_in_two_ways():
    found = written()
    assert len(found) > MANY
    assert {meaning: dict(ways) for meaning, ways in found.items() if len(ways) > 1} == {}
