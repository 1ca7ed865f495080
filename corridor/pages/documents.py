"""The documents around the Declaration: register, disagreements, parallel texts, timeline, people and short forms."""

import streamlit as st

from corridor.present.footnotes import Footnotes
from corridor.present.registers import documents as tables
from corridor.present.registers.office import office_table
from corridor.present.registers.promises import moved_table, promises, promises_drawing, promises_table
from corridor.present.registers.sources import carriers
from corridor.present.registers.timeline import timeline_drawing, timeline_table
from corridor.present.tables import element, link
from corridor.texts.edition import read_edition
from corridor.ui.briefing.adding_scene import show_adding_scene
from corridor.ui.frame.address import read_address, show_notices
from corridor.ui.frame.office import office_updates
from corridor.ui.frame.text_page import choose_section, open_page, show
from corridor.ui.shipped import shipped

SECTIONS = {
    "register": "Register",
    "disagreements": "Disagreements",
    "texts": "Four texts side by side",
    "timeline": "Timeline",
    "programmes": "Programmes",
    "people": "Who is who",
    "acronyms": "Short forms",
}

library = shipped().library
labels = shipped().labels
notes = Footnotes(library.sources)
added = office_updates().entries
address = read_address()
asked = address.feature or ""
events = list(library.timeline.values())
documents = [instrument for instrument in library.instruments.values() if instrument.kind == "document"]
programmes = [instrument for instrument in library.instruments.values() if instrument.kind == "programme"]

open_page("Documents")
show_notices(address)
show(tables.origins(library.disagreements.origins))
fallback = "timeline" if asked in library.timeline else "register"
if any(programme.id == asked for programme in programmes):
    fallback = "programmes"
section = choose_section(SECTIONS, fallback)

if asked in library.instruments:
    show(tables.instrument_record(library.instruments[asked], notes))
elif asked in library.timeline:
    show(tables.event_record(library.timeline[asked], library.instruments, notes))
elif asked:
    show(element("p", "This is shown on the map: ", link(labels[asked], f"/?feature={asked}"), class_="notice"))
show(office_table([update for update in added if asked and update.feature == asked], labels))

match section:
    case "register":
        show(tables.instruments_table(documents, notes, added))
    case "disagreements":
        st.header(library.disagreements.origins.heading)
        for disagreement in library.disagreements.entries:
            show(tables.disagreement(disagreement, library.sources, notes))
    case "texts":
        show(tables.parallels_table(library.parallels, notes))
        st.header("The four passages in full")
        show(tables.passages(library.parallels, notes))
    case "timeline":
        st.header("What happened when")
        show(carriers(read_edition()))
        show(timeline_drawing(events))
        show(timeline_table(events, notes, added))
        show(office_table([update for update in added if update.kind == "event"], labels))
        st.header("Promised and delivered")
        promised = promises(shipped().features.get("route", ()))
        show(promises_drawing(promised))
        show(promises_table(promised, notes))
        show(moved_table(shipped().features.get("route", ()), notes))
    case "programmes":
        show(element("p", tables.WHOSE_PROGRAMMES, class_="lead"))
        for programme in programmes:
            show(tables.instrument_record(programme, notes))
            show(office_table([update for update in added if update.feature == programme.id != asked], labels))
    case "people":
        show(tables.people_table(library.people, notes))
    case "acronyms":
        show(tables.acronyms_table(library.acronyms, notes))
show(notes.listed())
show_adding_scene("documents")
