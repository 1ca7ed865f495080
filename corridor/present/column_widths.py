"""How wide the columns of a table are in a room of a given width, for writers that have to say it beforehand."""

from collections.abc import Callable, Sequence


def column_widths(columns: Sequence[Sequence[str]], room: float, width: Callable[[str], float]) -> list[float] | None:
    """Return a width for each column, in the unit of `room`; None where a word of a column is wider than it can be.

    `columns` holds the texts of each column, its heading among them, and `width` measures a text with the padding of
    its cell. A column is as wide as its longest text where all have room; else every column has the room of its
    longest word, and what is left goes to those that need it, in proportion to the root of what they need, so that a
    long column does not take all.
    """
    natural = [max((width(line) for text in texts for line in text.split("\n")), default=0.0) for texts in columns]
    if sum(natural) <= room:
        spare = (room - sum(natural)) / (sum(natural) or 1.0)
        return [one + one * spare for one in natural]
    least = [max((width(word) for text in texts for word in text.split()), default=0.0) for texts in columns]
    left = room - sum(least)
    if left < 0:
        return None
    wants = [(most - few) ** 0.5 for most, few in zip(natural, least, strict=True)]
    widths = [few + left * want / sum(wants) for few, want in zip(least, wants, strict=True)]
    # What a column was given beyond its longest text goes back to the others.
    for _ in columns:
        over = [max(0.0, one - most) for one, most in zip(widths, natural, strict=True)]
        needy = [most - one if most > one else 0.0 for one, most in zip(widths, natural, strict=True)]
        if sum(over) < 1e-6 or sum(needy) < 1e-6:
            break
        share = min(1.0, sum(over) / sum(needy))
        widths = [one - surplus + need * share for one, surplus, need in zip(widths, over, needy, strict=True)]
    return widths
