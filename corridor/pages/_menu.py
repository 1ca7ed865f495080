"""The frame around every page: title, menu and house style."""

from pathlib import Path

import streamlit as st

from corridor.present.browser.palette import page_palette_css
from corridor.ui.frame.foot import show_foot
from corridor.ui.frame.menu_entries import ENTRIES
from corridor.ui.frame.office import show_office_problems
from corridor.ui.frame.single_keys import switch_off_single_keys
from corridor.ui.visit.uploader import draw_page

HOUSE_STYLE = Path(__file__).with_name("house.css")

st.set_page_config(page_title="Declaration Map", layout="wide", initial_sidebar_state="collapsed")
st.html(f"<style>{page_palette_css()}{HOUSE_STYLE.read_text(encoding='utf-8')}</style>")
switch_off_single_keys()

page = st.navigation(
    [
        st.Page(
            entry.script,
            title=entry.title,
            url_path=entry.path or None,
            default=not entry.path,
            visibility="visible" if entry.listed else "hidden",
        )
        for entry in ENTRIES
    ],
    position="top",
)
if page.url_path:
    show_foot()
    show_office_problems()
draw_page(page.run)
