"""The kilometres of routes side by side, territory by territory, as bars of one colour; no bar is better than another.

Every number of the chart stands in the table beneath it.
"""

from functools import cache

import altair as alt

from corridor.answering.figures import Figure
from corridor.present.candidates.charts import (
    NAMES_WIDTH,
    ChartRow,
    Spec,
    in_rows,
    kilometres_axis,
    layered,
    names_axis,
)
from corridor.present.sheets import Sheet, figure_text, plain_entry
from corridor.present.spreadsheets import inert
from corridor.present.style import Palette

#: Longer names of routes are cut with an ellipsis; their number stands before them.
LONGEST_NAME = 24
#: Which kilometres the bars are.
LENGTHS = "km; of a shipped candidate published lengths where there are any, of a file as drawn"


def lengths_chart(lengths: Sheet, palette: Palette) -> Spec:
    """Return the chart of a table of lengths in km, a territory in each row and a route in each other column.

    A reader of the page can take the data of the chart away as CSV, so the names of routes are made inert.
    Territories are headings, beneath each a bar for every route in its order, with the words of the table.
    """
    records: list[ChartRow] = []
    heads: list[ChartRow] = []
    order: list[str] = []
    for territory, *values in lengths.rows:
        heading = plain_entry(territory)
        heads.append({"row": f"{heading}|", "territory": heading})
        order.append(f"{heading}|")
        for number, (name, length) in enumerate(zip(lengths.columns[1:], values, strict=True), start=1):
            assert isinstance(length, Figure)
            label = f"{number}. {name}"
            key = inert(f"{heading}|{label if len(label) <= LONGEST_NAME else label[: LONGEST_NAME - 1] + '…'}")
            order.append(key)
            records.append(
                {
                    "row": key,
                    "route": inert(name),
                    "territory": heading,
                    "km": length.value,
                    "said": figure_text(length),
                }
            )
    return in_rows(_look(palette), order, rows=records, heads=heads)


@cache
def _look(palette: Palette) -> Spec:
    y = alt.Y("row:N", axis=names_axis(palette))
    base = alt.Chart(alt.NamedData("rows"))
    bars = base.mark_bar(color=palette.soft_text, height=14).encode(
        x=alt.X("km:Q", axis=kilometres_axis(palette, LENGTHS)),
        y=y,
        tooltip=[
            alt.Tooltip("route:N", title="Route"),
            alt.Tooltip("territory:N", title="Territory"),
            alt.Tooltip("said:N", title="Length"),
        ],
    )
    numbers = base.mark_text(
        align="left", dx=5, fontSize=12, baseline="middle", color=palette.text, font="sans-serif"
    ).encode(x="km:Q", y=y, text="said:N")
    headings = (
        alt.Chart(alt.NamedData("heads"))
        .mark_text(align="left", fontSize=13, fontWeight=600, baseline="middle", color=palette.text, font="sans-serif")
        .encode(x=alt.value(-NAMES_WIDTH), y=y, text="territory:N")
    )
    return layered(bars, numbers, headings)
