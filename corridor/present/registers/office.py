"""What an office added, as cards for the reader, rows of a table and files to take away; always named as its own."""

from collections.abc import Iterable, Mapping
from datetime import date

from markupsafe import Markup

from corridor.office.updates import Update
from corridor.office.updates_file import as_toml
from corridor.present.cards.record import Card
from corridor.present.cards.rows import CardRow
from corridor.present.spreadsheets import csv_file
from corridor.present.tables import element, html_table, link
from corridor.quantities import day

ADDED = "Added by this office"
NOT_SHIPPED = "Not part of the facts this application ships with; nobody else has checked it."
CSV_COLUMNS = (
    "kind",
    "about",
    "what",
    "value",
    "unit",
    "date",
    "source",
    "link",
    "initials",
    "added",
    "accuracy_m",
    "expected",
)
KIND_WORDS = {"status": "Status", "event": "Event", "figure": "Figure", "line": "Line"}


def office_cards(updates: Iterable[Update], labels: Mapping[str, str] | None = None) -> list[Card]:
    """Return one card per feature the office wrote about, in the order of the file; `labels` names the features.

    The card of events about no feature has the id "". The form is that of the reader's own cards, so that the same
    code shows both, in separate blocks.
    """
    cards: dict[str, Card] = {}
    for update in updates:
        card = cards.setdefault(update.feature, _empty_card(update.feature, (labels or {}).get(update.feature, "")))
        card["rows"].append(_row(update))
        card["sources"].append({"text": update.source, "url": update.link or None})
    for card in cards.values():
        card["copy"] = "\n".join([f"{card['title']}: {card['subtitle']}", *(row["copy"] for row in card["rows"])])
    return list(cards.values())


def _empty_card(feature: str, label: str) -> Card:
    return {
        "id": feature,
        "title": ADDED,
        "subtitle": label or feature or "Events about no feature of the map",
        "names": [],
        "rows": [],
        "paragraphs": [NOT_SHIPPED],
        "sources": [],
        "clauses": [],
        "not_named": None,
        "bounds": None,
        "lights": [],
        "copy": "",
    }


def _row(update: Update) -> CardRow:
    figure = update.kind == "figure"
    return {
        "label": update.what[:1].upper() + update.what[1:] if figure else KIND_WORDS[update.kind],
        "value": number_text(update.value) if figure else update.what,
        "unit": update.unit or None,
        "accuracy": None,
        "as_of": dated(update),
        "by": "this office",
        "source": update.source,
        "quote": None,
        "copy": update_sentence(update),
    }


def number_text(value: float | None) -> str:
    """Return a figure as the office wrote it, thousands set apart: 42 rather than 42.0, no figure as ""."""
    if value is None:
        return ""
    return f"{value:,.0f}" if value.is_integer() else f"{value:,}"


def dated(update: Update) -> str:
    """Return the day an entry holds from, and that it is still to come where it is."""
    return day(update.date) + (", still to come" if update.date > date.today().isoformat() else "")


def update_sentence(update: Update) -> str:
    """Return the entry as one line to paste: what, when, from where, and that the office itself says so."""
    kind = update.kind
    said = f": {number_text(update.value)} {update.unit}" if kind == "figure" else f" ({KIND_WORDS[kind].lower()})"
    link = f", {update.link}" if update.link else ""
    return f"{update.what}{said}, {dated(update)}. Source: {update.source}{link}. {ADDED}."


def updates_csv(updates: Iterable[Update]) -> bytes:
    """Return the entries as CSV, a row for each; where a line runs stands in the TOML file and the layer of routes."""
    return csv_file([CSV_COLUMNS, *map(_cells, updates)])


def _cells(update: Update) -> tuple[str | float, ...]:
    value = "" if update.value is None else update.value
    said = (update.kind, update.feature, update.what, value, update.unit)
    exact = "" if update.accuracy_m is None else update.accuracy_m
    expected = "true" if update.expected else ""
    return (*said, update.date, update.source, update.link, update.initials, update.added, exact, expected)


def updates_toml(updates: Iterable[Update]) -> bytes:
    """Return the entries in the form of the office's own file, without its comments."""
    return "\n".join(as_toml(update) for update in updates).encode()


def office_table(updates: Iterable[Update], labels: Mapping[str, str]) -> Markup:
    """Return the entries as a table of their own, to stand apart from shipped facts; "" when there are none."""
    rows = [
        [
            update.what,
            KIND_WORDS[update.kind],
            link(labels.get(update.feature, update.feature), f"/?feature={update.feature}") if update.feature else None,
            f"{number_text(update.value)} {update.unit}".strip() or None,
            dated(update),
            link(update.source, update.link) if update.link else update.source,
            update.initials or None,
        ]
        for update in updates
    ]
    if not rows:
        return Markup()
    columns = ["What", "Kind", "About", "Figure", "Date", "Source", "Initials"]
    table = html_table(ADDED, columns, rows, look="stack")
    return element("section", table, element("p", NOT_SHIPPED, class_="soft"), class_="office", aria_label=ADDED)


def beneath(updates: Iterable[Update]) -> list[Markup]:
    """Return what the office says of one entry of a register, a line each, to stand beneath what is shipped."""
    return [element("span", update_sentence(update), class_="soft office-line") for update in updates]


def entry_record(number_in_list: int, update: Update, labels: Mapping[str, str]) -> Markup:
    """Return one entry, with its number, as it stands in the list of the office's own page."""
    figure = f": {number_text(update.value)} {update.unit}" if update.kind == "figure" else ""
    about = f"About {labels.get(update.feature, update.feature)}. " if update.feature else ""
    source = link(update.source, update.link) if update.link else update.source
    return element(
        "article",
        element("h3", f"{number_in_list}. {update.what}{figure}"),
        element("p", f"{KIND_WORDS[update.kind]}, {dated(update)}. {about}"),
        element("p", "Source: ", source, f". Entered by {update.initials}" if update.initials else "", class_="soft"),
        class_="record entry",
    )
