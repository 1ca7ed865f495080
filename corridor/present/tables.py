"""Tables and short passages as HTML for looking, listening and printing; every text is escaped here."""

from collections.abc import Collection, Iterable, Sequence
from html import escape


class Html(str):
    """HTML whose texts were escaped when it was made; any other string counts as text and is escaped."""

    __slots__ = ()


Cell = str | Html | None


def as_html(cell: Cell) -> Html:
    """Return a text escaped, HTML as it is, and None as an empty cell said to be one."""
    if cell is None:
        return Html('<span aria-hidden="true">–</span><span class="for-ears">none</span>')
    return cell if isinstance(cell, Html) else Html(escape(cell))


def element(tag: str, *parts: Cell, **attributes: str) -> Html:
    """Return the parts inside one element; an attribute's trailing "_" is dropped and other "_" become "-"."""
    named = "".join(f' {name.rstrip("_").replace("_", "-")}="{escape(value)}"' for name, value in attributes.items())
    return Html(f"<{tag}{named}>{''.join(as_html(part) for part in parts)}</{tag}>")


def lines(parts: Iterable[Cell]) -> Html:
    """Return the parts under each other; None when they are none."""
    return Html("".join(element("div", part) for part in parts))


def link(words: str, address: str) -> Html:
    """Return a link; an address outside this application opens in a new tab and tells it nothing."""
    if address.startswith(("https://", "http://")):
        return element("a", words, href=address, target="_blank", rel="noopener noreferrer")
    return element("a", words, href=address, target="_self")


def html_table(
    caption: str,
    columns: Sequence[Cell],
    rows: Iterable[Sequence[Cell]],
    *,
    numeric: Collection[int] = (),
    anchors: Sequence[str] = (),
    look: str = "",
) -> Html:
    """Return a table whose first column heads its rows; units belong into the column headings.

    `numeric` are the indices of the right-aligned columns, `anchors` the ids of the rows in their order, `look` a
    further class of the style sheet ("stack" puts the cells of a row under each other on a phone). The frame scrolls
    by keyboard where the table is wider than the screen.
    """
    head = Html(
        "".join(element("th", cell, scope="col", **_side(index, numeric)) for index, cell in enumerate(columns))
    )
    told = [{"data_label": cell} if type(cell) is str else {} for cell in columns]
    body = []
    for number, row in enumerate(rows):
        first = element("th", row[0], scope="row", **_side(0, numeric))
        rest = [element("td", cell, **told[i], **_side(i, numeric)) for i, cell in enumerate(row[1:], start=1)]
        named = {"id": anchors[number]} if anchors else {}
        body.append(element("tr", first, *rest, **named))
    table = element(
        "table",
        element("caption", caption),
        element("thead", element("tr", head)),
        element("tbody", *body),
        class_=f"paper-table {look}".strip(),
    )
    return element("div", table, class_="table-frame", role="region", tabindex="0", aria_label=caption)


def _side(index: int, numeric: Collection[int]) -> dict[str, str]:
    return {"class_": "figure"} if index in numeric else {}
