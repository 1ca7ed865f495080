"""Where everything comes from: layers with licence, accuracy and download, the boundary, lengths, sources."""

from importlib.metadata import version

import streamlit as st

from corridor.present.exports import exports_of
from corridor.present.footnotes import Footnotes
from corridor.present.registers import sources as tables
from corridor.present.registers.lengths import coarseness_table, how_measured, methods_table, published_table
from corridor.present.tables import element
from corridor.present.words import long_disclaimer
from corridor.texts.edition import read_edition
from corridor.ui.briefing.adding_scene import show_adding_scene
from corridor.ui.frame.address import read_address, show_notices
from corridor.ui.frame.text_page import choose_section, open_page, show
from corridor.ui.shipped import shipped
from corridor.ui.visit.download import show_download

SECTIONS = {
    "layers": "Layers and downloads",
    "boundary": "What the boundary is and is not",
    "lengths": "How lengths are measured",
    "sources": "All sources",
    "licences": "Licences",
}

data = shipped()
sources = data.library.sources
notes = Footnotes(sources)
address = read_address()

open_page("Sources")
show_notices(address)
section = choose_section(SECTIONS, "layers")

match section:
    case "layers":
        shown = tables.layers_named(data.catalogued, address.layers)
        show(tables.edition_line(version("corridor"), read_edition()))
        show(tables.layers_table(data.catalogued.values()))
        st.header("Each layer")
        for layer in shown:
            show(tables.layer_record(layer, notes))
            with st.container(horizontal=True):
                for form, make in exports_of(layer, sources, features=data.features.get(layer.id, ())).items():
                    show_download(
                        f"{layer.title}: {form} with licence",
                        make,
                        f"{layer.id}-{form.lower()}.zip",
                        "application/zip",
                        key=f"{layer.id}-{form}",
                    )
    case "boundary":
        show(tables.boundary_nature(data.library.boundary, notes))
        show(tables.boundary_statements(data.library.boundary, notes))
        show(element("p", long_disclaimer(), class_="callout"))
    case "lengths":
        show(how_measured())
        show(methods_table(data.by_id))
        show(coarseness_table(data.by_id))
        show(published_table(data.by_id, notes))
    case "sources":
        show(tables.seats_table(sources))
        show(tables.counting())
        show(tables.carriers(read_edition()))
        show(tables.sources_by_seat(sources))
    case "licences":
        show(tables.licences_table(data.catalogued.values()))
show(notes.listed())
show_adding_scene("sources")
