"""The reader: text and map in one component, mounted with addresses of what it fetches and the state to begin with."""

from collections.abc import Mapping
from typing import Any

import streamlit as st
from streamlit.components.v2.types import ComponentRenderer

from corridor.present.publication import published

#: Streamlit gives a component's script the page by way of a blob; the modules themselves are files of this server.
LOADER = """
const reader = import(new URL("%s/reader.js", window.location.origin).href);
export default async (component) => (await reader).default(component);
"""
STATE = ("clause", "feature", "layers", "view")


@st.cache_resource(show_spinner=False)
def _component() -> ComponentRenderer:
    return st.components.v2.component(
        "corridor_reader",
        html='<div class="corridor-reader"></div>',
        js=LOADER % published().reader,
        isolate_styles=False,
    )


def mount_reader(data: Mapping[str, object]) -> None:
    """Mount the reader; the browser reports its state (STATE) and waits for no answer."""
    callbacks: dict[str, Any] = {f"on_{name}_change": lambda: None for name in STATE}
    _component()(key="reader", data=dict(data), height="content", **callbacks)
