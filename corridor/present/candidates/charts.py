"""How many kilometres of each candidate lie in which country, and in what state, as a bar chart with its legend.

A status is told by the filling of its bar and by the dash of its outline, never by hue: one chart has the one colour of
its mode. Every number of a chart stands in the table beneath it.
"""

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import Any

import altair as alt
from markupsafe import Markup

from corridor.present.style import Palette
from corridor.present.tables import element

#: A chart as Vega-Lite has it, its data under `datasets`.
Spec = dict[str, Any]
#: What a bar or a heading is drawn from, by the name of its column.
ChartRow = dict[str, str | float]


@dataclass(frozen=True, slots=True)
class Bar:
    """The measured kilometres of one candidate in one country with one status."""

    candidate: str
    country: str
    status: str
    km: float


@dataclass(frozen=True, slots=True)
class StatusLook:
    """How a status is drawn: how full its bar is, 0 to 1, and the dash of its outline in pixels (none is solid)."""

    status: str
    filling: float
    dash: tuple[int, ...]


SOLID, DASHED, DOTTED = (1, 0), (6, 3), (2, 3)
#: In the order of the legend, which is that of the work on a line and says nothing of its worth.
STATUS_LOOKS = (
    StatusLook("operating", 1.0, SOLID),
    StatusLook("under construction", 0.45, SOLID),
    StatusLook("built, not opened", 0.22, SOLID),
    StatusLook("no track, not built", 0.1, DOTTED),
    StatusLook("no track, proposed", 0.1, DASHED),
    StatusLook("not built", 0.22, DOTTED),
    StatusLook("not operating", 0.0, SOLID),
    StatusLook("proposed", 0.0, DASHED),
    StatusLook("not found", 0.0, DOTTED),
)
ROW_HEIGHT = 26
#: Room for the names of the countries, in pixels; headings begin at its left edge.
NAMES_WIDTH = 178
#: A bar shorter than this share of the longest row has no room for its number; the table has it.
ROOM_FOR_NUMBER = 0.055
_ORDER = {look.status: number for number, look in enumerate(STATUS_LOOKS)}


def km_chart(bars: Sequence[Bar], colour: str, palette: Palette) -> Spec:
    """Return the chart of `bars`, in their order: candidates as headings, a row for each country, statuses in line.

    `colour` is that of the mode. The chart needs no network and no theme but `palette`.
    """
    rows, heads = _rows(bars)
    order = [*dict.fromkeys(str(row["row"]) for row in (*heads, *rows))]
    order.sort(key=lambda name: _position(name, bars))
    return in_rows(_km_look(colour, palette), order, rows=rows, heads=heads)


def in_rows(look: Spec, order: Sequence[str], **data: Sequence[ChartRow]) -> Spec:
    """Return a chart of this look with rows in this order and this data.

    A look is made and validated once: altair takes longer over it than a page over all else, and what is a reader's own
    must not stay in it.
    """
    chart = deepcopy(look)
    for layer in chart["layer"]:
        layer["encoding"]["y"]["sort"] = list(order)
    return chart | {"height": ROW_HEIGHT * len(order), "datasets": data}


@cache
def _km_look(colour: str, palette: Palette) -> Spec:
    y = alt.Y("row:N", axis=names_axis(palette))
    base = alt.Chart(alt.NamedData("rows"))
    shapes = base.mark_bar(stroke=colour, strokeWidth=1.5, fill=colour, height=16).encode(
        x=alt.X("from:Q", axis=kilometres_axis(palette)),
        x2="to:Q",
        y=y,
        fillOpacity=alt.FillOpacity("filling:Q", scale=None, legend=None),
        strokeDash=_dashes(),
        tooltip=[
            alt.Tooltip("candidate:N", title="Candidate"),
            alt.Tooltip("country:N", title="Country"),
            alt.Tooltip("status:N", title="Status"),
            alt.Tooltip("said:N", title="Measured"),
        ],
    )
    numbers = (
        base.transform_filter("datum.number != ''")
        .mark_text(fontSize=12, baseline="middle", font="sans-serif")
        .encode(
            x="middle:Q",
            y=y,
            text="number:N",
            color=alt.condition("datum.filling == 1", alt.value(palette.paper), alt.value(palette.text)),
        )
    )
    headings = (
        alt.Chart(alt.NamedData("heads"))
        .mark_text(
            align="left",
            fontSize=13,
            fontWeight=600,
            baseline="middle",
            color=palette.text,
            font="sans-serif",
        )
        .encode(x=alt.value(-NAMES_WIDTH), y=y, text="candidate:N")
    )
    return layered(shapes, numbers, headings)


def layered(*layers: alt.Chart) -> Spec:
    """Return layers above each other as one look without a frame, as wide as the page has room."""
    chart = alt.LayerChart(layer=list(layers), width="container", background="transparent")
    look: Spec = chart.configure_view(stroke=None).to_dict()
    return look


def _rows(bars: Sequence[Bar]) -> tuple[list[ChartRow], list[ChartRow]]:
    """Return one record for each bar with where it begins and ends, and one heading for each candidate."""
    rows: list[ChartRow] = []
    longest = max((sum(bar.km for bar in group) for _, group in groupby(bars, _row_name)), default=0.0)
    for name, group in groupby(sorted(bars, key=lambda bar: _position(_row_name(bar), bars)), _row_name):
        begin = 0.0
        for bar in sorted(group, key=lambda bar: _ORDER[bar.status]):
            rows.append(
                {
                    "row": name,
                    "candidate": bar.candidate,
                    "country": bar.country,
                    "status": bar.status,
                    "from": round(begin, 2),
                    "to": round(begin + bar.km, 2),
                    "middle": round(begin + bar.km / 2, 2),
                    "filling": STATUS_LOOKS[_ORDER[bar.status]].filling,
                    "number": f"{bar.km:,.0f}" if bar.km >= ROOM_FOR_NUMBER * longest else "",
                    "said": f"{bar.km:,.1f} km",
                }
            )
            begin += bar.km
    heads: list[ChartRow] = [
        {"row": f"{candidate}|", "candidate": candidate} for candidate in dict.fromkeys(bar.candidate for bar in bars)
    ]
    return rows, heads


def _row_name(bar: Bar) -> str:
    return f"{bar.candidate}|{bar.country}"


def _position(name: str, bars: Sequence[Bar]) -> tuple[int, int]:
    """Return where a row stands: by candidate, its heading first, then the countries, all in the order of `bars`."""
    candidate, country = name.split("|")
    candidates = list(dict.fromkeys(bar.candidate for bar in bars))
    countries = ["", *dict.fromkeys(bar.country for bar in bars if bar.candidate == candidate)]
    return candidates.index(candidate), countries.index(country)


def names_axis(palette: Palette) -> alt.Axis:
    """Return the axis of the names of rows, each "heading|name" of which the name is written."""
    return alt.Axis(
        title=None,
        labelExpr="split(datum.label, '|')[1]",
        labelColor=palette.text,
        labelFontSize=12.5,
        labelFont="sans-serif",
        labelLimit=NAMES_WIDTH - 8,
        minExtent=NAMES_WIDTH,
        labelPadding=8,
        domain=False,
        ticks=False,
        grid=False,
    )


def kilometres_axis(
    palette: Palette, title: str = "km, measured on the lines as drawn; what is listed and not drawn has no bar"
) -> alt.Axis:
    """Return the axis of kilometres under the bars; `title` says which kilometres they are."""
    return alt.Axis(
        title=title,
        titleColor=palette.soft_text,
        titleFontWeight="normal",
        titleFont="sans-serif",
        titleFontSize=12,
        titleAnchor="start",
        labelColor=palette.soft_text,
        labelFont="sans-serif",
        labelFontSize=12,
        gridColor=palette.hairline,
        domain=False,
        tickColor=palette.hairline,
        tickCount=6,
        format=",d",
    )


def _dashes() -> Any:  # noqa: ANN401 - altair types a chain of conditions by its length
    """Return the outline of each status; Vega has no scale that leaves dashes as they are given."""
    first, *others = [look for look in STATUS_LOOKS if look.dash != SOLID]
    chosen = alt.when(alt.datum.status == first.status).then(alt.value(list(first.dash)))
    for look in others:
        chosen = chosen.when(alt.datum.status == look.status).then(alt.value(list(look.dash)))
    return chosen.otherwise(alt.value(list(SOLID)))


def legend_html(bars: Sequence[Bar], colour: str) -> Markup:
    """Return the statuses of a chart with a sample of each, as a list that is read out too."""
    used = {bar.status for bar in bars}
    borders: dict[tuple[int, ...], str] = {SOLID: "solid", DASHED: "dashed", DOTTED: "dotted"}
    entries = []
    for look in STATUS_LOOKS:
        if look.status in used:
            filled = f"color-mix(in srgb, {colour} {look.filling * 100:g}%, transparent)"
            style = f"border: 1.5px {borders[look.dash]} {colour}; background: {filled}"
            entries.append(element("li", element("span", class_="sample", style=style), look.status))
    return element("ul", *entries, class_="status-legend", aria_label="Statuses in the chart")
