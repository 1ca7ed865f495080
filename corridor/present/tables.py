"""Tables and short passages as HTML for looking, listening and printing; every text is escaped here."""

from collections.abc import Collection, Iterable, Sequence

from markupsafe import Markup, escape

#: A text, which is escaped where it is set; HTML whose texts were escaped when it was made; or nothing.
CellContent = str | Markup | None
_EMPTY = Markup('<span aria-hidden="true">–</span><span class="for-ears">none</span>')


def element(tag: str, *parts: CellContent, **attributes: str) -> Markup:
    """Return the parts inside one element; None is said to be none.

    An attribute's trailing "_" is dropped and other "_" become "-"; its value is a text, never HTML.
    """
    named = (f' {name.rstrip("_").replace("_", "-")}="{escape(str(value))}"' for name, value in attributes.items())
    inside = Markup().join(_EMPTY if part is None else part for part in parts)
    return Markup(f"<{tag}{''.join(named)}>{inside}</{tag}>")


def stacked(parts: Iterable[CellContent]) -> Markup:
    """Return the parts under each other; None when they are none."""
    return Markup().join(element("div", part) for part in parts)


def link(words: str, address: str) -> Markup:
    """Return a link; an address outside this application opens in a new tab and tells it nothing."""
    if address.startswith(("https://", "http://")):
        return element("a", words, href=address, target="_blank", rel="noopener noreferrer")
    return element("a", words, href=address, target="_self")


def html_table(
    caption: str,
    columns: Sequence[CellContent],
    rows: Iterable[Sequence[CellContent]],
    *,
    numeric: Collection[int] = (),
    anchors: Sequence[str] = (),
    look: str = "",
) -> Markup:
    """Return a table whose first column heads its rows; units belong into the column headings.

    `numeric` are the indices of the right-aligned columns, `anchors` the ids of the rows in their order, `look` a
    further class of the style sheet ("stack" puts the cells of a row under each other on a phone). The frame scrolls
    by keyboard where the table is wider than the screen.
    """
    head = (element("th", cell, scope="col", **_side(index, numeric)) for index, cell in enumerate(columns))
    labels = [{"data_label": cell} if type(cell) is str else {} for cell in columns]
    body = []
    for number, row in enumerate(rows):
        first = element("th", row[0], scope="row", **_side(0, numeric))
        rest = [element("td", cell, **labels[i], **_side(i, numeric)) for i, cell in enumerate(row[1:], start=1)]
        named = {"id": anchors[number]} if anchors else {}
        body.append(element("tr", first, *rest, **named))
    table = element(
        "table",
        element("caption", caption),
        element("thead", element("tr", *head)),
        element("tbody", *body),
        class_=f"paper-table {look}".strip(),
    )
    return element("div", table, class_="table-frame", role="region", tabindex="0", aria_label=caption)


def _side(index: int, numeric: Collection[int]) -> dict[str, str]:
    return {"class_": "figure"} if index in numeric else {}
