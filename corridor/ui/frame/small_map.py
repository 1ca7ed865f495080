"""A small map for the other pages: the reader's own map script, showing only the features it is asked for."""

from collections.abc import Sequence

import streamlit as st
from streamlit.components.v2.types import ComponentRenderer

from corridor.present.publication import published

LOADER = """
const map = import(new URL("%s/small_map.js", window.location.origin).href);
export default async (component) => (await map).default(component);
"""


@st.cache_resource(show_spinner=False)
def _component() -> ComponentRenderer:
    html = '<div class="corridor-reader corridor-map"></div>'
    js = LOADER % published().reader
    return st.components.v2.component("corridor_map", html=html, js=js, isolate_styles=False)


def show_map(features: Sequence[str], height: int, key: str) -> None:
    """Show territory, borders and water with `features` (ids of drawn features) on them, framed; `height` in pixels.

    Whatever this map shows stands in a table of the same page, so its words are a short description.
    """
    publication = published()
    shipped = publication.shipped
    drawn = [i for i in features if i in shipped.by_id and shipped.by_id[i]["geometry"] is not None]
    _component()(
        key=key,
        data={
            **publication.of_a_map,
            "features": drawn,
            "height": height,
            "description": f"Map of {', '.join(shipped.labels[i] for i in drawn) or 'the region'}",
        },
        height=height,
    )
