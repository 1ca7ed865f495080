"""How wide a text comes out on a slide, and where its lines end.

Slides are set in Arial, which is on every machine that opens them but cannot be shipped. Its letters are as wide as
those of Helvetica, whose metrics (Adobe core font metrics, in matplotlib) are measured with; so are those of Liberation
Sans, which LibreOffice takes in its place. Letters Helvetica lacks, and everything in a template of somebody's own,
whose typeface is not known, count as wide as in DejaVu Sans, which is wider than the common faces.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import matplotlib
from fontTools.afmLib import AFM
from fontTools.agl import UV2AGL

from corridor.present.typography.typefaces import faces

ARIAL = "Arial"
#: Shares of the size: the height of a line, how far a letter reaches above its base line, the width of an unknown sign.
LINE, ASCENT, UNKNOWN = 1.2, 0.905, 1.0
#: Signs behind which a line ends: everywhere, and in programs that go by Unicode Standard Annex 14.
SPACE, EAGER = " ", " -–/?&=_."
_METRICS = Path(matplotlib.get_data_path()) / "fonts" / "pdfcorefonts"
_FILES = {False: "Helvetica.afm", True: "Helvetica-Bold.afm"}
_JOINERS = "\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}"


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a paragraph in one look; `size` is a share of the paragraph's own.

    `soft` recedes, `lit` is the stressed phrase of a quotation, `link` is an address it leads to.
    """

    text: str
    bold: bool = False
    soft: bool = False
    lit: bool = False
    size: float = 1.0
    link: str = ""


def clean(text: str) -> str:
    """Return a text as a slide can hold it: signs XML cannot hold, and those that turn a line about, are left out."""
    spaced = (" " if sign.isspace() and sign != "\n" else sign for sign in text)
    kept = (s for s in spaced if s == "\n" or s in _JOINERS or unicodedata.category(s) not in ("Cc", "Cf", "Cs", "Cn"))
    return unicodedata.normalize("NFC", "".join(kept))


def right_to_left(text: str) -> bool:
    """Whether the first letter with a direction of its own runs from right to left."""
    directions = (unicodedata.bidirectional(sign) for sign in text)
    return next((one in ("R", "AL") for one in directions if one in ("L", "R", "AL")), False)


@dataclass(frozen=True, slots=True)
class Measure:
    """Measures texts; `known` is false where the typeface of a template is not known."""

    known: bool = True

    def width(self, text: str, size: float, *, bold: bool = False) -> float:
        """Return how wide a text on one line is, in the unit of `size`."""
        return size * sum(_advance(sign, bold, self.known) for sign in text)

    def count(self, pieces: Sequence[Piece], size: float, room: float) -> int:
        """Return how many lines a paragraph has at most: programs differ in whether a sign such as "/" ends a line."""
        text, wide = self._signs(pieces, size)
        return max(len(_broken(text, wide, room, ends)) for ends in (SPACE, EAGER))

    def lines(self, pieces: Sequence[Piece], size: float, room: float) -> list[tuple[int, int]]:
        """Return where each line of a paragraph begins and ends, as positions in its joined text.

        A line ends at a space; a word wider than the room is cut where the line ends, and a line break ends a line.
        """
        return _broken(*self._signs(pieces, size), room, SPACE)

    def _signs(self, pieces: Sequence[Piece], size: float) -> tuple[str, list[float]]:
        text = "".join(piece.text for piece in pieces)
        wide = [size * piece.size * _advance(sign, piece.bold, self.known) for piece in pieces for sign in piece.text]
        return text, wide


def _broken(text: str, wide: Sequence[float], room: float, ends: str) -> list[tuple[int, int]]:
    """Return where each line begins and ends that may end behind one of the signs `ends`."""
    found: list[tuple[int, int]] = []
    begin = end = 0
    used = 0.0
    for position, sign in enumerate(text):
        if sign == "\n":
            found.append((begin, position))
            begin, end, used = position + 1, position + 1, 0.0
            continue
        while used + wide[position] > room and sign != SPACE and position > begin:
            # `end` is where the last word of the line that is full begins.
            end = end if end > begin else position
            found.append((begin, end - 1 if text[end - 1] == SPACE else end))
            begin, used = end, sum(wide[end:position])
        used += wide[position]
        if sign in ends:
            end = position + 1
    return [*found, (begin, len(text))]


@cache
def _advance(sign: str, bold: bool, known: bool) -> float:
    """Return the width of a character as a share of the size; a mark that stands over another has none."""
    if unicodedata.combining(sign) or sign in _JOINERS:
        return 0.0
    name = UV2AGL.get(ord(sign))
    metrics = _helvetica(bold)
    if known and name in metrics:
        return metrics[name]
    for face in faces(600 if bold else 400, italic=False)[1:]:
        if ord(sign) in face.glyphs:
            return face.advance(sign)
    return UNKNOWN


@cache
def _helvetica(bold: bool) -> dict[str, float]:
    metrics = AFM(str(_METRICS / _FILES[bold]))
    return {name: metrics[name][1] / 1000 for name in metrics.chars()}
