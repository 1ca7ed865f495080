"""The peer's page: a button has the map frame the view of the next scene, after a rerun on the server."""

import math

import streamlit as st
from streamlit_folium import st_folium

from tests.bench.peer_map import fresh_map
from tests.bench.presenting import views

WIDE = 700  # px of the map

st.set_page_config(layout="wide")
if st.button("Next"):
    st.session_state["at"] = st.session_state.get("at", 0) + 1
west, south, east, north = views()[st.session_state.get("at", 0) % len(views())]
zoom = math.floor(math.log2(WIDE * 360 / (256 * (east - west))))
centre = ((south + north) / 2, (west + east) / 2)
st_folium(fresh_map(), center=centre, zoom=zoom, returned_objects=[], height=560, width=WIDE, key="map")
