"""The peer: the reader's own folium map on stock streamlit-folium, its assets served from this machine."""

import streamlit as st

from corridor.present.publication import published
from corridor.web.assets import asset_routes

app = st.App("peer_page.py", routes=asset_routes(published().files))
