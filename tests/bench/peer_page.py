"""The peer's page: a click on land goes to the server, which names the clauses that speak of it beneath the map."""

from functools import cache
from typing import Any, cast

import shapely
import streamlit as st
from shapely.geometry import shape
from streamlit_folium import st_folium

from corridor.present.publication import published
from tests.bench.peer_map import fresh_map

TERRITORY = "territory"


@cache
def territories() -> dict[str, Any]:
    """Return the prepared shape of every territory by feature id."""
    shapes = {f["id"]: shape(cast("dict[str, Any]", f["geometry"])) for f in published().shipped.features[TERRITORY]}
    for prepared in shapes.values():
        shapely.prepare(prepared)
    return shapes


st.set_page_config(layout="wide")
answer = st_folium(fresh_map(), returned_objects=["last_object_clicked"], height=700, width=1300, key="map")
clicked = (answer or {}).get("last_object_clicked")
if clicked:
    point = shapely.Point(clicked["lng"], clicked["lat"])
    for feature, land in territories().items():
        if land.contains(point):
            speaking = [a.clause for a in published().shipped.library.declaration.anchors if feature in a.targets]
            st.markdown(f"Clauses of {feature}: {', '.join(speaking)}")
