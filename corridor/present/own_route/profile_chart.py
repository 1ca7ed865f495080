"""The heights that a reader's file carries along its line, as a small chart; its numbers stand in a table beside."""

from copy import deepcopy
from functools import cache

import altair as alt

from corridor.assessing.profile import Profile
from corridor.present.candidates.charts import Spec
from corridor.present.style import Palette

HEIGHT = 170
#: Metres, and the share of the whole difference, left free above the highest and below the lowest point.
ROOM_M, ROOM = 20.0, 0.15


def profile_chart(profile: Profile, palette: Palette) -> Spec:
    """Return the heights of a line over the distance from its start; the axis of heights need not begin at 0."""
    room = max(ROOM_M, (profile.highest_m - profile.lowest_m) * ROOM)
    chart = deepcopy(_look(palette))
    chart["encoding"]["y"]["scale"]["domain"] = [profile.lowest_m - room, profile.highest_m + room]
    heights = [{"km": float(km), "height": float(height)} for km, height in profile.drawn]
    return chart | {"datasets": {"heights": heights}}


@cache
def _look(palette: Palette) -> Spec:
    heights = alt.Scale(nice=False)
    chart = (
        alt.Chart(alt.NamedData("heights"), width="container", height=HEIGHT, background="transparent")
        .mark_area(line={"color": palette.text, "strokeWidth": 1.6}, color=palette.text, opacity=0.12, clip=True)
        .encode(
            x=alt.X("km:Q", title="km from the start", axis=alt.Axis(grid=False), scale=alt.Scale(nice=False)),
            y=alt.Y("height:Q", title="height as in the file (m)", axis=alt.Axis(tickCount=4), scale=heights),
            tooltip=[
                alt.Tooltip("km:Q", title="km", format=",.1f"),
                alt.Tooltip("height:Q", title="m", format=",.0f"),
            ],
        )
        .configure_view(stroke=None)
        .configure_axis(
            labelColor=palette.soft_text,
            titleColor=palette.soft_text,
            titleFontWeight="normal",
            gridColor=palette.hairline,
            tickColor=palette.hairline,
            domain=False,
            labelFont="sans-serif",
            titleFont="sans-serif",
            labelFontSize=12,
            titleFontSize=12,
        )
    )
    look: Spec = chart.to_dict()
    return look
