"""The list of shipped samples, of which pressing one adds it to the visit."""

from collections.abc import Callable

import streamlit as st
from streamlit.components.v2.types import ComponentRenderer

from corridor.present.publication import published
from corridor.reading.samples import read_samples

LOADER = """
const list = import(new URL("%s/sample_list.js", window.location.origin).href);
export default async (component) => (await list).default(component);
"""
KEY = "samples"


@st.cache_resource(show_spinner=False)
def _component() -> ComponentRenderer:
    html = '<div class="corridor-reader corridor-map corridor-samples"></div>'
    js = LOADER % published().routes
    return st.components.v2.component("corridor_samples", html=html, js=js, isolate_styles=False)


def show_samples(add: Callable[[str], None]) -> None:
    """Show the samples by kind, each with what is found in it; `add` is told the id of one that was pressed."""
    groups = [
        {
            "title": kind.title,
            "samples": [{"id": sample.id, "title": sample.title, "says": sample.says} for sample in samples],
        }
        for kind, samples in read_samples().items()
    ]
    _component()(key=KEY, data={"groups": groups}, height="content", on_sample_change=lambda: _tell(add))


def _tell(add: Callable[[str], None]) -> None:
    pressed = getattr(st.session_state.get(KEY), "sample", None)
    if isinstance(pressed, str):
        add(pressed)
