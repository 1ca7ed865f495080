"""What the address of a page asks for: a clause, a feature, layers, a view; what it asks wrongly becomes a notice."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from corridor.present.live_map.folium_script import DRAWN_WINDOW
from corridor.present.publication import published
from corridor.quantities import listed
from corridor.ui.frame.office import show_notice

#: Any character an id, a list of layers or a view may hold; what else somebody typed is not shown back.
UNSHOWN = re.compile(r"[^\w/.,:#+-]")
LONGEST_SHOWN, MOST_SHOWN = 60, 3
ZOOMS = (5.0, 15.0)
#: The switch of the visitor's own routes, which no other visitor has.
OWN_SWITCH = "own"
#: The address word for no layer at all.
NO_LAYERS = "none"
#: Every name an address of some page may carry; the last two are Streamlit's own.
NAMES = (
    "clause", "feature", "layers", "view", "phrase", "section", "question", "candidate", "file", "route", "routes",
    "sample", "edit", "story", "scene", "speaker", "add", "embed", "embed_options",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Address:
    """The usable part of an address: None where it asks for nothing; `view` is (lat, lon, zoom) in degrees."""

    clause: str | None = None
    feature: str | None = None
    layers: tuple[str, ...] | None = None
    view: tuple[float, float, float] | None = None
    notices: tuple[str, ...] = ()


def parse_address(
    asked: Mapping[str, str],
    clauses: Collection[str],
    ids: Collection[str],
    switches: Collection[str],
) -> Address:
    """Return what `asked` (the query parameters) says, with one sentence for every value that is not known here.

    `ids` are those of all that has a card, `switches` those of the layer switches, of which "route" names all that
    begin with "route-". The reader's own script looks after the phrase an address may name as well.
    """
    notices: list[str] = []
    if strange := [name for name in asked if name not in NAMES]:
        are = (
            "which is no part of any page's address; it is"
            if len(strange) == 1
            else ("which are no part of any page's address; they are")
        )
        notices.append(f"The address carries {_shown_of(strange)}, {are} left out.")

    def known(name: str, among: Collection[str], example: str) -> str | None:
        value = asked.get(name)
        if value is None or value in among:
            return value
        notices.append(_notice(name, [value], f"something like “{example}” was expected"))
        return None

    clause = known("clause", clauses, "joint-declaration/3")
    feature = known("feature", ids, "territory/armenia")
    layers = _layers(asked.get("layers"), switches, notices)
    view = _view(asked.get("view"), notices)
    return Address(clause, feature, layers, view, tuple(notices))


def _layers(value: str | None, switches: Collection[str], notices: list[str]) -> tuple[str, ...] | None:
    if value is None:
        return None
    chosen: list[str] = []
    unknown: list[str] = []
    for name in dict.fromkeys(filter(None, (part.strip() for part in value.split(",")))):
        meant = [s for s in switches if s == name or (name == "route" and s.startswith("route-"))]
        if not meant and name != NO_LAYERS:
            unknown.append(name)
        chosen += meant
    if unknown:
        notices.append(_notice("layers", unknown, f"the layers are {', '.join(switches)}"))
    return tuple(dict.fromkeys(chosen)) if chosen or value.strip() in {"", NO_LAYERS} else None


def _view(value: str | None, notices: list[str]) -> tuple[float, float, float] | None:
    if value is None:
        return None
    south, west, north, east = DRAWN_WINDOW
    try:
        latitude, longitude, zoom = (float(part) for part in value.split(","))
    except ValueError:
        latitude = longitude = zoom = float("nan")
    if south <= latitude <= north and west <= longitude <= east and ZOOMS[0] <= zoom <= ZOOMS[1]:
        return latitude, longitude, zoom
    expected = f"latitude {south} to {north}, longitude {west} to {east} and zoom {ZOOMS[0]:g} to {ZOOMS[1]:g}"
    notices.append(_notice("view", [value], f"{expected} were expected, as in “39.5,45.9,9”"))
    return None


def _notice(name: str, values: Sequence[str], expected: str) -> str:
    are, left = ("is", "It is") if len(values) == 1 else ("are", "They are")
    asked = f"The address asks for {name} {_shown_of(values)}, which {are} not known here"
    return f"{asked}; {expected}. {left} left out."


def _shown_of(typed: Sequence[str]) -> str:
    """Return the first of what somebody typed, and how many more there are: an address may name thousands."""
    more = [f"{len(typed) - MOST_SHOWN:,} more"] if len(typed) > MOST_SHOWN else []
    return listed([*(f"“{_shown(text)}”" for text in typed[:MOST_SHOWN]), *more])


def _shown(typed: str) -> str:
    return UNSHOWN.sub("…", typed)[:LONGEST_SHOWN]


def read_address(own: Collection[str] | None = None) -> Address:
    """Return what the address of the page now shown asks for.

    `own` are the ids of the visitor's own routes on a page that shows them, None on any other.
    """
    shipped = published().shipped
    clauses = [clause.id for clause in shipped.library.declaration.clauses]
    ids = shipped.known_ids | frozenset(own or ())
    switches = published().switches if own is None else (*published().switches, OWN_SWITCH)
    return parse_address(st.query_params.to_dict(), clauses, ids, switches)


def show_notices(address: Address) -> None:
    """Show the sentences about what the address asks wrongly, above a page that goes on without it."""
    for notice in address.notices:
        show_notice(notice)
