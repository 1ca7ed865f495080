"""How high paragraphs are, and how many of them a room takes.

A paragraph stays whole unless it is higher than a slide; a heading stays with what it heads.
"""

from collections.abc import Sequence
from dataclasses import replace

from corridor.present.slides.measuring import LINE, Measure, StyledText
from corridor.present.slides.text_xml import SlideParagraph

Paragraphs = tuple[SlideParagraph, ...]


def height(paragraphs: Sequence[SlideParagraph], measure: Measure, room: float) -> float:
    """Return how high paragraphs are under each other; the first has no space above it."""
    high = sum(paragraph.before + paragraph.height(measure, room) for paragraph in paragraphs)
    return high - (paragraphs[0].before if paragraphs else 0.0)


def taken(
    paragraphs: Paragraphs, measure: Measure, wide: float, high: float, *, cut: bool
) -> tuple[Paragraphs, Paragraphs]:
    """Return the paragraphs that fit a room, and the rest; with `cut` at least a line is taken, even of a long one."""
    used, number = 0.0, 0
    for number, paragraph in enumerate(paragraphs, start=1):
        used += (paragraph.before if number > 1 else 0.0) + paragraph.height(measure, wide)
        if used > high + 1e-6:
            number -= 1
            break
    while number and number < len(paragraphs) and paragraphs[number - 1].heads:
        number -= 1
    if number or not cut or not paragraphs:
        return paragraphs[:number], paragraphs[number:]
    return _cut(paragraphs, measure, wide, high)


def _cut(paragraphs: Paragraphs, measure: Measure, wide: float, high: float) -> tuple[Paragraphs, Paragraphs]:
    """Cut the first paragraph that is no heading where a line ends."""
    heads = next((number for number, paragraph in enumerate(paragraphs) if not paragraph.heads), 0)
    long = paragraphs[heads]
    above = height(paragraphs[: heads + 1], measure, wide) - long.height(measure, wide)
    lines = long.lines(measure, wide)
    some = max(1, int((high - above) / (LINE * long.size)))
    if some >= len(lines):
        return paragraphs[: heads + 1], paragraphs[heads + 1 :]
    at, on = lines[some - 1][1], lines[some][0]
    before = replace(long, pieces=_part(long.pieces, 0, at))
    # A letter of a joined script is wider at an end than within its word, where a word is cut.
    while at > 1 and len(before.lines(measure, wide)) > some:
        at = on = at - 1
        before = replace(long, pieces=_part(long.pieces, 0, at))
    after = replace(long, pieces=_part(long.pieces, on, lines[-1][1]), mark=False, before=0.0)
    return (*paragraphs[:heads], before), (after, *paragraphs[heads + 1 :])


def _part(pieces: Sequence[StyledText], begin: int, end: int) -> tuple[StyledText, ...]:
    parts: list[StyledText] = []
    at = 0
    for piece in pieces:
        text = piece.text[max(0, begin - at) : max(0, end - at)]
        if text:
            parts.append(replace(piece, text=text))
        at += len(piece.text)
    return tuple(parts)
