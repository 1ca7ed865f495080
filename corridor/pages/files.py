"""Which files are read, how to export a route from other programs, and what to begin with."""

import streamlit as st

from corridor.present.own_route.file_help import formats_table, programs_table, samples_zip, template_geojson
from corridor.present.tables import element
from corridor.ui.frame.address import read_address, show_notices
from corridor.ui.frame.text_page import open_page, show
from corridor.ui.visit.download import show_download

LEAD = "Send a route in one of these formats. A file in another one is named, and what to do with it is said."
BEGIN = "Open the template in your program, draw your line over it, and save it as GeoJSON."

open_page("Files that are read")
show_notices(read_address())
show(element("p", LEAD, class_="lead"))
show(formats_table())
st.header("Export it from your program")
show(programs_table())
st.header("Begin with a template")
show(element("p", BEGIN))
with st.container(horizontal=True, key="templates"):
    show_download(
        "Template as GeoJSON", template_geojson, "route-template.geojson", "application/geo+json", "take-template"
    )
    show_download("All samples as ZIP", samples_zip, "route-samples.zip", "application/zip", "take-samples")
st.page_link("check_route.py", label="Check a route →")
