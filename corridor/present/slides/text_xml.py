"""Texts of a slide as DrawingML: pieces, paragraphs and boxes, their children in the order the schema asks for."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from corridor.present.slides.measuring import LINE, Measure, StyledText, right_to_left
from corridor.present.style import LIGHT

#: English Metric Units to the point, in which DrawingML counts.
EMU = 12_700
NAMESPACES = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
#: Shares: what a paragraph with a mark stands in, of its size, and what is kept of the room of a line, for renderers
#: differ by a hair.
INDENT, SLACK = 0.9, 0.985
MARK = "–"
#: Gives the id of the relation of the slide to an address.
Relate = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class SlideParagraph:
    """Pieces at a size in points; `before` are the points above it, `mark` a dash before it, `heads` what follows.

    `right` sets it against the right edge.
    """

    pieces: tuple[StyledText, ...]
    size: float
    before: float = 0.0
    mark: bool = False
    heads: bool = False
    right: bool = False

    def height(self, measure: Measure, room: float) -> float:
        """Return how high it is in a room of this width, without the points above it."""
        return measure.count(self.pieces, self.size, self._room(room)) * LINE * self.size

    def lines(self, measure: Measure, room: float) -> list[tuple[int, int]]:
        """Return where its lines begin and end."""
        return measure.lines(self.pieces, self.size, self._room(room))

    def _room(self, room: float) -> float:
        return (room - (INDENT * self.size if self.mark else 0.0)) * SLACK


@dataclass(frozen=True, slots=True)
class SlideBox:
    """A rectangle of a slide in points from its left upper corner."""

    left: float
    top: float
    width: float
    height: float

    @property
    def bottom(self) -> float:
        """The position of the lower edge."""
        return self.top + self.height

    @property
    def right(self) -> float:
        """The position of the right edge."""
        return self.left + self.width


def emu(points: float) -> int:
    """Return points in English Metric Units."""
    return round(points * EMU)


@dataclass(frozen=True, slots=True)
class Ink:
    """The colours of texts: our own, or those of a template's theme, on whose ground ours might not be read."""

    own: bool = True

    def fill(self, *, soft: bool = False) -> str:
        """Return the fill of a text."""
        if not self.own:
            return '<a:solidFill><a:schemeClr val="tx1"/></a:solidFill>'
        colour = LIGHT.soft_text if soft else LIGHT.text
        return f'<a:solidFill><a:srgbClr val="{colour[1:]}"/></a:solidFill>'


def piece_xml(piece: StyledText, size: float, ink: Ink, relate: Relate, language: str) -> str:
    """Return a piece as runs and line breaks."""
    bold = ' b="1"' if piece.bold or piece.lit else ""
    look = ink.fill(soft=piece.soft)
    if piece.lit:
        # The stress has its own ground, so that its letters are dark on any template.
        look = (
            f'<a:solidFill><a:srgbClr val="{LIGHT.text[1:]}"/></a:solidFill>'
            f'<a:highlight><a:srgbClr val="{LIGHT.lit_phrase[1:]}"/></a:highlight>'
        )
    link = f'<a:hlinkClick r:id="{relate(piece.link)}"/>' if piece.link else ""
    given = f'lang={quoteattr(language)} sz="{round(size * piece.size * 100)}"{bold} dirty="0"'
    runs = (
        f"<a:r><a:rPr {given}>{look}{link}</a:rPr><a:t>{escape(words)}</a:t></a:r>" if words else ""
        for words in piece.text.split("\n")
    )
    return f"<a:br><a:rPr {given}/></a:br>".join(runs)


def paragraph_xml(paragraph: SlideParagraph, ink: Ink, relate: Relate, language: str, *, first: bool = False) -> str:
    """Return a paragraph with lines of a fixed height, so that it is as high in every program as it was measured."""
    text = "".join(piece.text for piece in paragraph.pieces)
    turned = right_to_left(text)
    given = 'algn="r"' if paragraph.right or turned else 'algn="l"'
    if paragraph.mark:
        side = "marR" if turned else "marL"
        given += f' {side}="{emu(INDENT * paragraph.size)}" indent="{-emu(INDENT * paragraph.size)}"'
    if turned:
        given += ' rtl="1"'
    spacing = (
        f'<a:lnSpc><a:spcPts val="{round(paragraph.size * LINE * 100)}"/></a:lnSpc>'
        f'<a:spcBef><a:spcPts val="{0 if first else round(paragraph.before * 100)}"/></a:spcBef>'
        '<a:spcAft><a:spcPts val="0"/></a:spcAft>'
    )
    mark = f'<a:buFont typeface="Arial"/><a:buChar char="{MARK}"/>' if paragraph.mark else "<a:buNone/>"
    runs = "".join(piece_xml(piece, paragraph.size, ink, relate, language) for piece in paragraph.pieces)
    return f"<a:p><a:pPr {given}>{spacing}{mark}</a:pPr>{runs}</a:p>"


def body_xml(paragraphs: Sequence[SlideParagraph], ink: Ink, relate: Relate, language: str) -> str:
    """Return paragraphs; an empty one where there are none, for a text body may not be without."""
    return (
        "".join(
            paragraph_xml(paragraph, ink, relate, language, first=number == 0)
            for number, paragraph in enumerate(paragraphs)
        )
        or "<a:p/>"
    )


def place_xml(box: SlideBox, turn: float = 0.0) -> str:
    """Return where a shape stands; `turn` is in degrees clockwise about its middle."""
    turned = f' rot="{round(turn * 60_000) % 21_600_000}"' if turn else ""
    return (
        f'<a:xfrm{turned}><a:off x="{emu(box.left)}" y="{emu(box.top)}"/>'
        f'<a:ext cx="{max(0, emu(box.width))}" cy="{max(0, emu(box.height))}"/></a:xfrm>'
    )


def named_xml(number: int, name: str, alt: str = "") -> str:
    """Return the id, name and words of a shape."""
    description = f" descr={quoteattr(alt)}" if alt else ""
    return f'<p:cNvPr id="{number}" name={quoteattr(name)}{description}/>'


def text_box_xml(number: int, name: str, box: SlideBox, body: str, *, holder: str = "") -> str:
    """Return a box of text without padding; `holder` is the placeholder element where it fills one."""
    kind = '<p:cNvSpPr txBox="1"/>' if not holder else '<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
    return (
        f"<p:sp {NAMESPACES}><p:nvSpPr>{named_xml(number, name)}{kind}<p:nvPr>{holder}</p:nvPr></p:nvSpPr>"
        f'<p:spPr>{place_xml(box)}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/></p:spPr>'
        f'<p:txBody><a:bodyPr vert="horz" wrap="square" lIns="0" tIns="0" rIns="0" bIns="0" rtlCol="0" '
        f'anchor="t"><a:noAutofit/></a:bodyPr><a:lstStyle/>{body}</p:txBody></p:sp>'
    )
