"""Streamlit's single-key shortcuts ("r" runs the page again, "c" clears its cache), switched off.

A shortcut of one letter that cannot be turned off catches speech input and a hand that slips (WCAG 2.2, 2.1.4), and
Streamlit has no setting for its own two.
"""

import streamlit as st
from streamlit.components.v2.types import ComponentRenderer

SWITCH_OFF = """
const letters = new Set(["r", "c"]);
const typing = (node) => node.isContentEditable || /^(input|select|textarea)$/i.test(node.tagName ?? "");
export default () => {
  if (window.corridorSingleKeysOff) return;
  window.corridorSingleKeysOff = true;
  window.addEventListener("keydown", (event) => {
    const alone = !event.ctrlKey && !event.metaKey && !event.altKey;
    if (alone && letters.has(event.key.toLowerCase()) && !typing(event.target)) event.stopImmediatePropagation();
  }, { capture: true });
};
"""


@st.cache_resource(show_spinner=False)
def _component() -> ComponentRenderer:
    return st.components.v2.component("corridor_single_keys", js=SWITCH_OFF, isolate_styles=False)


def switch_off_single_keys() -> None:
    """Let no letter pressed alone reach Streamlit; house.css keeps the element out of the page's flow."""
    with st.container(key="unseen"):
        _component()(key="single_keys")
