"""The reader's own folium map as streamlit-folium is given it, with Leaflet from this server."""

import folium

from corridor.present.live_map.folium_script import corridor_map
from corridor.present.publication import published


def fresh_map() -> folium.Map:
    """Return the map, made anew: streamlit-folium writes one and the same map wrongly the second time.

    The reader's style sheet decides colours there; Leaflet's own defaults are as quick to draw.
    """
    shipped, base = published().shipped, published().leaflet
    page = corridor_map(shipped.features, shipped.layers, all_on=False)
    page.default_js = [("leaflet", f"{base}/leaflet.js")]
    page.default_css = [("leaflet_css", f"{base}/leaflet.css")]
    return page
