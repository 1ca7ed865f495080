"""How wide the columns of a table are in a room of a given width, for writers that have to say it beforehand."""

from collections.abc import Callable, Iterator, Sequence
from math import ceil


def column_widths(columns: Sequence[Sequence[str]], room: float, width: Callable[[str], float]) -> list[float] | None:
    """Return a width for each column, in the unit of `room`; None where a word of a column is wider than it can be.

    `columns` holds the texts of each column, its heading among them, and `width` measures a text with the padding of
    its cell. Where all have room, every column is as wide as its longest text and what is left is shared out; else the
    texts are broken where it costs the fewest lines.
    """
    measured = [[width(line) for text in texts for line in text.split("\n")] for texts in columns]
    natural = [max(widths, default=0.0) for widths in measured]
    if sum(natural) <= room:
        spare = (room - sum(natural)) / (sum(natural) or 1.0)
        return [wide + wide * spare for wide in natural]
    least = [max((width(word) for text in texts for word in text.split()), default=0.0) for texts in columns]
    if sum(least) > room:
        return None
    return min(_ways(natural, least, room), key=lambda widths: _lines(measured, widths))


def _ways(natural: Sequence[float], least: Sequence[float], room: float) -> Iterator[list[float]]:
    """Yield ways to share the room: all columns give way, or one alone does and the others stay whole."""
    yield _shared(natural, least, room)
    for number, wide in enumerate(natural):
        left = room - (sum(natural) - wide)
        if left >= least[number]:
            yield [*natural[:number], left, *natural[number + 1 :]]


def _lines(measured: Sequence[Sequence[float]], widths: Sequence[float]) -> int:
    """Return about how many lines the texts of all columns take."""
    return sum(
        ceil(length / wide) for texts, wide in zip(measured, widths, strict=True) for length in texts if wide > 0
    )


def _shared(natural: Sequence[float], least: Sequence[float], room: float) -> list[float]:
    """Return widths of at least the longest words, what is left given by the root of the need: no column takes all."""
    left = room - sum(least)
    wants = [(most - few) ** 0.5 for most, few in zip(natural, least, strict=True)]
    widths = [few + left * want / sum(wants) for few, want in zip(least, wants, strict=True)]
    # What a column was given beyond its longest text goes back to the others.
    for _ in natural:
        over = [max(0.0, width - most) for width, most in zip(widths, natural, strict=True)]
        needy = [max(0.0, most - width) for width, most in zip(widths, natural, strict=True)]
        if sum(over) < 1e-6 or sum(needy) < 1e-6:
            break
        share = min(1.0, sum(over) / sum(needy))
        widths = [width - extra + need * share for width, extra, need in zip(widths, over, needy, strict=True)]
    return widths
