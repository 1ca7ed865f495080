"""The Declaration and the land it speaks of, side by side."""

from datetime import date

import streamlit as st

from corridor.present.publication import published
from corridor.present.registers.office import office_cards
from corridor.present.words import age
from corridor.settings import read_settings
from corridor.ui.frame.address import read_address
from corridor.ui.frame.office import office_updates
from corridor.ui.reading.component import mount_reader
from corridor.ui.reading.own_routes import own_on_reader

settings = read_settings()
publication = published()
shipped = publication.shipped
own, unread = own_on_reader()
address = read_address(own=[route["id"] for route in own])
updates = office_updates()

mount_reader(
    {
        **publication.of_a_map,
        "clause": address.clause,
        "feature": address.feature,
        "layers": None if address.layers is None else list(address.layers),
        "view": None if address.view is None else list(address.view),
        "notices": [*address.notices, *updates.problems, *unread],
        "age": age(date.today()),
        "today": date.today().isoformat(),
        "tiles": {"template": settings.tiles, "attribution": settings.tiles_attribution} if settings.tiles else None,
        "office": office_cards(updates.entries, shipped.labels),
        "own": own,
        "base": st.context.url,
    }
)
