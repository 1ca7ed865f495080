"""Documents of any length from blocks: headings, paragraphs, tables, figures and page breaks, in the house look."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field

from corridor.present.paper.typesetting import Content, PrintedDocument, Svg, typeset


@dataclass(frozen=True, slots=True)
class PageHeading:
    """A heading; level 2 begins a section, level 3 a part of one. Levels are not skipped."""

    words: str
    level: int = 2
    kind: str = field(default="heading", init=False)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; a quiet one recedes."""

    words: str
    quiet: bool = False
    kind: str = field(default="paragraph", init=False)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its heading with its unit, and whether it holds numbers.

    `share` is its share of the room that is left; with 0 it is as wide as its words.
    """

    heading: str
    numeric: bool = False
    share: float = 0.0


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a caption, headed columns and rows of texts; `note` stands below it, for accuracy and sources."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""
    kind: str = field(default="table", init=False)


@dataclass(frozen=True, slots=True)
class Illustration:
    """A drawing (an SVG document) with what it shows in words, and its caption."""

    svg: str
    alt: str
    caption: str
    kind: str = field(default="figure", init=False)


@dataclass(frozen=True, slots=True)
class PageBreak:
    """The next block begins on a new page."""

    kind: str = field(default="page-break", init=False)


Block = PageHeading | Paragraph | Table | Illustration | PageBreak


def pages(document: PrintedDocument, subtitle: str, blocks: Sequence[Block]) -> bytes:
    """Return the PDF of a title with its subtitle and some blocks; see `typeset` for what it raises."""
    return typeset("pages.typ", document, {"subtitle": subtitle, "blocks": [_content(block) for block in blocks]})


def _content(block: Block) -> Content:
    content: dict[str, Content] = asdict(block)
    if isinstance(block, Illustration):
        content["svg"] = Svg(block.svg)
    if isinstance(block, Table):
        content["columns"] = [
            {"heading": column.heading, "numeric": column.numeric, **({"share": column.share} if column.share else {})}
            for column in block.columns
        ]
    return content
