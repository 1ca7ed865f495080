"""The peer's page: a vertex is moved by the state of a component, and a fragment measures the line and tells back."""

from collections.abc import Callable

import numpy as np
import streamlit as st

from corridor.assessing.editing import Edit, EditedLine
from corridor.present.own_route.what_if import panel
from corridor.reading.route import read_route
from corridor.store.work import edited_region, region
from tests.bench.routes import line_file

VERTEX = 2_500
HTML = '<div class="peer-pad" style="height:300px;background:#ddd"></div><div class="peer-panel"></div>'
JS = """
export default ({ data, parentElement, setStateValue }) => {
  const pad = parentElement.querySelector('.peer-pad');
  const panel = parentElement.querySelector('.peer-panel');
  if (!pad.dataset.ready) {
    pad.dataset.ready = 'true';
    let number = 0;
    pad.addEventListener('pointermove', event => {
      if (!event.buttons) return;
      number += 1;
      pad.tell('moved', { n: number, x: event.offsetX, y: event.offsetY });
      window.told?.(number);
    });
  }
  pad.tell = setStateValue;
  panel.replaceChildren(...data.words.map(words => {
    const line = document.createElement('p');
    line.textContent = words;
    return line;
  }));
  panel.dataset.applied = String(data.n);
};
"""


@st.cache_resource
def component() -> Callable[..., object]:
    return st.components.v2.component("editing_peer", html=HTML, js=JS, isolate_styles=False)


def opened() -> EditedLine:
    if "line" not in st.session_state:
        (route,) = read_route(line_file(5_000).read_bytes(), "line.geojson").routes
        st.session_state["line"] = EditedLine(route, edited_region())
        st.session_state["begun"] = st.session_state["line"].parts[0][VERTEX].copy()
        st.session_state["before"] = st.session_state["line"].assessment()
    line: EditedLine = st.session_state["line"]
    return line


@st.fragment
def edited() -> None:
    line = opened()
    moved = getattr(st.session_state.get("peer"), "moved", None)
    number = 0
    if moved:
        place = st.session_state["begun"] + np.array([moved["x"], -moved["y"], 0.0]) * 0.0005
        line.apply(Edit(0, VERTEX, 1, place[None, :]))
        number = moved["n"]
    line_panel = panel(line.assessment(), region(), st.session_state["before"])
    words = [line_panel["length"]["km"], *(crossing["words"] for crossing in line_panel["crossings"])]
    words += [criterion["because"] for criterion in (*line_panel["answers"], *line_panel["rest"])]
    component()(key="peer", data={"n": number, "words": words}, on_moved_change=lambda: None)


edited()
