"""A mark in the browser that its visit has files, so that it can be told when the visit ended with the server.

The mark is a cookie of its own, "1" and nothing more; the token of the visit is out of reach of every script.
"""

import streamlit as st
from streamlit.components.v2.types import ComponentRenderer

from corridor.ui.visit.visit import KEPT

MARK = f"""
export default ({{ data }}) => {{
  const end = data.kept ? "" : "; Max-Age=0";
  document.cookie = `{KEPT}=${{data.kept ? 1 : ""}}; Path=/; SameSite=Strict${{end}}`;
}};
"""


@st.cache_resource(show_spinner=False)
def _component() -> ComponentRenderer:
    return st.components.v2.component("corridor_kept", js=MARK, isolate_styles=False)


def mark_kept(kept: bool) -> None:
    """Have the browser remember that its visit has files, or forget it; house.css keeps the element out of the flow."""
    st.session_state[KEPT] = kept
    with st.container(key="unseen-kept"):
        _component()(key="kept", data={"kept": kept})
