"""How wide a text comes out on a slide, and where its lines end.

Slides are set in Arial, which is on every machine that opens them but cannot be shipped. Its letters are as wide as
those of Helvetica, whose metrics (Adobe core font metrics, in matplotlib) are measured with; so are those of Liberation
Sans, which LibreOffice takes in its place. Letters Helvetica lacks, and everything in a template of somebody's own,
whose typeface is not known, count as wide as in DejaVu Sans, which is wider than the common faces; they are shaped, so
that letters of a joined script count as they stand beside their neighbours. Nothing is kerned: programs differ in that.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import groupby
from pathlib import Path

import matplotlib
from fontTools.afmLib import AFM
from fontTools.agl import UV2AGL

from corridor.present.typography.typefaces import JOINERS, Face, faces

ARIAL = "Arial"
#: Shares of the size: the height of a line, how far a letter reaches above its base line, the width of an unknown sign.
LINE, ASCENT, UNKNOWN = 1.2, 0.905, 1.0
#: Signs behind which a line ends: everywhere, and in programs that go by Unicode Standard Annex 14.
SPACE, EAGER = " ", " -–/?&=_."
_METRICS = Path(matplotlib.get_data_path()) / "fonts" / "pdfcorefonts"
_FILES = {False: "Helvetica.afm", True: "Helvetica-Bold.afm"}


@dataclass(frozen=True, slots=True)
class StyledText:
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
    kept = (s for s in spaced if s == "\n" or s in JOINERS or unicodedata.category(s) not in ("Cc", "Cf", "Cs", "Cn"))
    return unicodedata.normalize("NFC", "".join(kept))


def right_to_left(text: str) -> bool:
    """Whether the first letter with a direction of its own runs from right to left."""
    directions = (unicodedata.bidirectional(sign) for sign in text)
    return next((direction in ("R", "AL") for direction in directions if direction in ("L", "R", "AL")), False)


@dataclass(frozen=True, slots=True)
class Measure:
    """Measures texts; `known` is false where the typeface of a template is not known."""

    known: bool = True

    def advances(self, text: str, size: float, *, bold: bool = False) -> list[float]:
        """Return how wide each character is beside its neighbours, in the unit of `size`."""
        return [size * share for share in _shares(text, bold, self.known)]

    def width(self, text: str, size: float, *, bold: bool = False) -> float:
        """Return how wide a text on one line is, in the unit of `size`."""
        return sum(self.advances(text, size, bold=bold))

    def count(self, pieces: Sequence[StyledText], size: float, room: float) -> int:
        """Return how many lines a paragraph has at most: programs differ in whether a sign such as "/" ends a line."""
        text, wide = self._signs(pieces, size)
        return max(len(_broken(text, wide, room, ends)) for ends in (SPACE, EAGER))

    def lines(self, pieces: Sequence[StyledText], size: float, room: float) -> list[tuple[int, int]]:
        """Return where each line of a paragraph begins and ends, as positions in its joined text.

        A line ends at a space; a word wider than the room is cut where the line ends, and a line break ends a line.
        """
        return _broken(*self._signs(pieces, size), room, SPACE)

    def _signs(self, pieces: Sequence[StyledText], size: float) -> tuple[str, list[float]]:
        text = "".join(piece.text for piece in pieces)
        wide = [advance for p in pieces for advance in self.advances(p.text, size * p.size, bold=p.bold)]
        return text, wide


def _broken(text: str, wide: Sequence[float], room: float, ends: str) -> list[tuple[int, int]]:
    """Return where each line begins and ends that may end behind one of the signs `ends`."""
    lines: list[tuple[int, int]] = []
    begin = end = 0
    used = 0.0
    for position, sign in enumerate(text):
        if sign == "\n":
            lines.append((begin, position))
            begin, end, used = position + 1, position + 1, 0.0
            continue
        while used + wide[position] > room and sign != SPACE and position > begin:
            # `end` is where the last word of the line that is full begins.
            end = end if end > begin else position
            lines.append((begin, end - 1 if text[end - 1] == SPACE else end))
            begin, used = end, sum(wide[end:position])
        used += wide[position]
        if sign in ends:
            end = position + 1
    return [*lines, (begin, len(text))]


@lru_cache(maxsize=4096)
def _shares(text: str, bold: bool, known: bool) -> tuple[float, ...]:
    """Return the width of every character as a share of the size."""
    chosen: list[Face | None] = []
    for sign in text:
        before = chosen[-1] if chosen and _stands_over(sign) else None
        chosen.append(before if before and before.has(sign) else _face(sign, bold, known))
    shares: list[float] = []
    for face, run in groupby(zip(chosen, text, strict=True), lambda pair: pair[0]):
        signs = "".join(sign for _, sign in run)
        shares += face.advances(signs, kerned=False) if face else (_alone(sign, bold, known) for sign in signs)
    return tuple(shares)


def _stands_over(sign: str) -> bool:
    return bool(unicodedata.combining(sign)) or sign in JOINERS


@cache
def _face(sign: str, bold: bool, known: bool) -> Face | None:
    """Return the face a character is measured in; None for what Helvetica has, a mark alone, and what no face has."""
    if _stands_over(sign) or (known and UV2AGL.get(ord(sign)) in _helvetica(bold)):
        return None
    return next((face for face in faces(600 if bold else 400, italic=False)[1:] if face.has(sign)), None)


@cache
def _alone(sign: str, bold: bool, known: bool) -> float:
    """Return the width of a character of no face; a mark that stands over another has none."""
    if _stands_over(sign):
        return 0.0
    return _helvetica(bold).get(UV2AGL.get(ord(sign), ""), UNKNOWN) if known else UNKNOWN


@cache
def _helvetica(bold: bool) -> dict[str, float]:
    metrics = AFM(str(_METRICS / _FILES[bold]))
    return {name: metrics[name][1] / 1000 for name in metrics.chars()}
