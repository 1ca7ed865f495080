"""The peer's page: a click on land goes to the server, which names the clauses that speak of it beneath the map."""

from functools import cache
from typing import Any

import folium
import shapely
import streamlit as st
from shapely.geometry import shape
from streamlit_folium import st_folium

from corridor.pages._published import published
from corridor.present.maps import corridor_map

#: The reader's style sheet decides colours there; Leaflet's own defaults are as quick to draw.
TERRITORY = "territory"


@cache
def territories() -> dict[str, Any]:
    """Return the prepared shape of every territory by feature id."""
    shapes = {f["id"]: shape(f["geometry"]) for f in published().shipped.features[TERRITORY]}
    for prepared in shapes.values():
        shapely.prepare(prepared)
    return shapes


@cache
def the_map() -> folium.Map:
    """Return the same map as the reader's, with Leaflet from this server."""
    shipped, base = published().shipped, published().leaflet
    page = corridor_map(shipped.features, {layer.id: layer.default_on for layer in shipped.layers.values()})
    page.default_js = [("leaflet", f"{base}/leaflet.js")]
    page.default_css = [("leaflet_css", f"{base}/leaflet.css")]
    return page


st.set_page_config(layout="wide")
answer = st_folium(the_map(), returned_objects=["last_object_clicked"], height=700, width=1300, key="map")
clicked = (answer or {}).get("last_object_clicked")
if clicked:
    point = shapely.Point(clicked["lng"], clicked["lat"])
    for feature, land in territories().items():
        if land.contains(point):
            speaking = [a.clause for a in published().shipped.library.declaration.anchors if feature in a.targets]
            st.markdown(f"Clauses of {feature}: {', '.join(speaking)}")
