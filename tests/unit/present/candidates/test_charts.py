"""The bar chart: the same numbers as its table, told apart without hue, in an order that ranks nothing."""

import altair as alt
import pytest

from corridor.answering.figures import Figure
from corridor.present.candidates.charts import STATUS_LOOKS, Bar, km_chart
from corridor.present.comparing.chart import lengths_chart
from corridor.present.sheets import Sheet
from corridor.present.style import DARK, LIGHT

BARS = (
    Bar("Railway by A", "Armenia", "proposed", 43.2),
    Bar("Railway by A", "Azerbaijan, main part", "operating", 270.0),
    Bar("Railway by A", "Azerbaijan, main part", "under construction", 110.4),
    Bar("Railway by B", "Armenia", "not operating", 2.0),
)


def drawn(bars=BARS, palette=LIGHT):
    chart = km_chart(bars, palette.rail, palette)
    values = {row["row"] + row["status"]: row for data in chart["datasets"].values() for row in data if "status" in row}
    return chart, values


def test_bars_of_one_row_follow_each_other_and_hold_the_given_kilometres():
    _, rows = drawn()
    first = rows["Railway by A|Azerbaijan, main partoperating"]
    second = rows["Railway by A|Azerbaijan, main partunder construction"]
    assert (first["from"], first["to"]) == (0, 270.0)
    assert (second["from"], second["to"]) == (270.0, 380.4)
    assert second["said"] == "110.4 km"


def test_rows_keep_the_order_they_were_given_in():
    chart, _ = drawn()
    assert chart["layer"][0]["encoding"]["y"]["sort"] == [
        "Railway by A|",
        "Railway by A|Armenia",
        "Railway by A|Azerbaijan, main part",
        "Railway by B|",
        "Railway by B|Armenia",
    ]


def test_statuses_differ_by_filling_or_dash_and_never_by_hue():
    assert len({(look.filling, look.dash) for look in STATUS_LOOKS}) == len(STATUS_LOOKS)
    chart, _ = drawn()
    bars = chart["layer"][0]
    assert bars["mark"]["fill"] == bars["mark"]["stroke"] == LIGHT.rail
    assert "color" not in bars["encoding"]


def test_a_bar_without_room_shows_no_number():
    _, rows = drawn()
    assert rows["Railway by B|Armenianot operating"]["number"] == ""
    assert rows["Railway by A|Armeniaproposed"]["number"] == "43"


def test_the_chart_asks_no_host_for_anything_and_follows_the_theme():
    light, _ = drawn()
    dark, _ = drawn(palette=DARK)
    assert not any(
        "url" in data for data in (light.get("data", {}), *(part.get("data", {}) for part in light["layer"]))
    )
    assert dark["layer"][2]["mark"]["color"] == DARK.text
    assert km_chart(BARS, LIGHT.rail, LIGHT) == km_chart(BARS, LIGHT.rail, LIGHT)


def lengths(name="=cmd"):
    one = Figure("Drawn", 43.2, "km", "measured", "2026-02-05", ("one",))
    return Sheet("Lengths", ("Territory", "A line", name), (("Armenia", one, one), ("Iran", one, one)))


CHARTS = {
    "kilometres": lambda palette: km_chart(BARS, palette.rail, palette),
    "nothing drawn": lambda palette: km_chart((), palette.rail, palette),
    "side by side": lambda palette: lengths_chart(lengths(), palette),
}


@pytest.mark.parametrize("kind", CHARTS)
@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_every_chart_is_one_that_vega_lite_knows_and_has_the_data_it_names(kind, palette):
    chart = CHARTS[kind](palette)
    alt.Chart.from_dict(chart).to_dict()
    layers = chart.get("layer", [chart])
    assert {layer.get("data", chart.get("data"))["name"] for layer in layers} == set(chart["datasets"])


def test_no_chart_holds_what_another_was_drawn_from():
    mine, empty = lengths_chart(lengths("mine"), LIGHT), lengths_chart(Sheet("Lengths", ("Territory",), ()), LIGHT)
    assert "mine" in str(mine)
    assert "mine" not in str(empty)


def test_a_name_of_a_route_is_no_formula_in_the_data_of_a_chart():
    assert {row["route"] for row in lengths_chart(lengths(), LIGHT)["datasets"]["rows"]} == {"A line", "'=cmd"}
