"""The timeline drawn: one lane for each kind of event, numbered marks that lead to the same events in the table."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from corridor.office.updates import Update
from corridor.present.footnotes import Footnotes
from corridor.present.registers.office import beneath
from corridor.present.tables import element, html_table, link, stacked
from corridor.quantities import day
from corridor.texts.edition import facts_as_of
from corridor.texts.timeline import TRACKS, Event

#: Nine in ten events lie after this day, on which the scale changes; share of the width given to what lies before.
SCALE_CHANGES = date(2025, 8, 1)
BEGINS = date(2020, 7, 1)
SHARE_BEFORE = 0.2
#: Marks of one lane stand at least this share of the width apart, or one below the other.
APART = 0.029
TICKS: tuple[tuple[date, str], ...] = (
    (BEGINS, "1991"),
    *((date(year, 1, 1), str(year)) for year in (2022, 2024)),
    *((date(2025, month, 1), f"{date(2025, month, 1):%b} 2025") for month in (8, 10, 12)),
    *((date(2026, month, 1), f"{date(2026, month, 1):%b} 2026") for month in (2, 4)),
)


@dataclass(frozen=True, slots=True)
class Mark:
    """One event as it is drawn: its number in the table, where it stands (0 to 1) and in which row of its lane."""

    number: int
    event: Event
    at: float
    row: int


def position(moment: date) -> float:
    """Return where a day stands between the left edge (0) and the right edge (1) of the drawing.

    What lies before BEGINS stands at the left edge; the scale is another one before and after SCALE_CHANGES.
    """
    if moment <= BEGINS:
        return 0.0
    if moment < SCALE_CHANGES:
        return SHARE_BEFORE * (moment - BEGINS) / (SCALE_CHANGES - BEGINS)
    whole = (1 - SHARE_BEFORE) * (moment - SCALE_CHANGES) / (facts_as_of() - SCALE_CHANGES)
    return min(1.0, SHARE_BEFORE + whole)


def _middle(dated: str) -> date:
    return date.fromisoformat(dated if len(dated) == 10 else f"{dated}-15")


def lane_marks(events: Sequence[Event]) -> dict[str, list[Mark]]:
    """Return the marks of each lane, placed so that none covers another."""
    lanes: dict[str, list[Mark]] = {track: [] for track in TRACKS}
    for number, event in enumerate(events, start=1):
        lane, at = lanes[event.track], position(_middle(event.date))
        row = 0
        while any(mark.row == row and abs(mark.at - at) < APART for mark in lane):
            row += 1
        lane.append(Mark(number, event, at, row))
    return lanes


def timeline_drawing(events: Sequence[Event]) -> Markup:
    """Return the drawing; each mark is a link to its row in the table."""
    ticks = [element("span", words, style=_left(position(moment)), class_="tick") for moment, words in TICKS]
    lanes = [_lane(track, placed) for track, placed in lane_marks(events).items() if placed]
    change = element("span", style=_left(SHARE_BEFORE), class_="change")
    axis = element("div", *ticks, class_="axis", aria_hidden="true")
    drawing = element("div", axis, *lanes, element("div", change, class_="changes", aria_hidden="true"), class_="lanes")
    return element(
        "nav",
        element("a", "Skip the drawing", href="#timeline-table", target="_self", class_="skip"),
        element(
            "div", drawing, class_="table-frame", role="region", tabindex="0", aria_label="Drawing, scrolls sideways"
        ),
        element(
            "p",
            f"Each number leads to its event in the table. The scale changes at the dashed line, {day(SCALE_CHANGES)}.",
            class_="soft",
        ),
        class_="timeline",
        aria_label="Timeline, drawn",
    )


def _lane(track: str, placed: Sequence[Mark]) -> Markup:
    items = [
        element(
            "li",
            element(
                "a",
                str(mark.number),
                href=f"#{anchor(mark.event)}",
                target="_self",
                title=f"{day(mark.event.date)}: {mark.event.title}",
                aria_label=f"{mark.number}: {day(mark.event.date)}, {mark.event.title}",
            ),
            style=f"{_left(mark.at)}top:{mark.row * 30 + 4}px;",
        )
        for mark in placed
    ]
    height = (max(mark.row for mark in placed) + 1) * 30 + 4
    return element(
        "div",
        element("b", track[:1].upper() + track[1:]),
        element("ol", *items, style=f"height:{height}px;"),
        class_="lane",
    )


def _left(at: float) -> str:
    return f"left:{at * 100:.2f}%;"


def anchor(event: Event) -> str:
    """Return the id of the event's row in the table."""
    return event.id.replace("/", "-")


def timeline_table(events: Sequence[Event], notes: Footnotes, added: Sequence[Update] = ()) -> Markup:
    """Return every event with its number in the drawing, its day, who reports it and where reports differ.

    What the office `added` about an event stands beneath it, as its own.
    """
    rows = [
        [
            str(number),
            dated(event),
            stacked(
                [
                    link(event.title, f"?feature={event.id}"),
                    element("span", event.sentence, class_="soft"),
                    *beneath(update for update in added if update.feature == event.id),
                ]
            ),
            stacked(_parts(event)),
            event.says,
            notes.cite(event.sources),
        ]
        for number, event in enumerate(events, start=1)
    ]
    table = html_table(
        "The same events as a table",
        ["No.", "Date", "Event", "Where reports differ", "Reported by", "Sources"],
        rows,
        numeric=[0],
        anchors=[anchor(event) for event in events],
        look="stack events",
    )
    return element("div", table, id="timeline-table")


def dated(event: Event) -> str:
    """Return the day, month or period of an event in words."""
    return day(event.date) if event.until is None else f"{day(event.date)} to {day(event.until)}"


def _parts(event: Event) -> Iterable[Markup | str | None]:
    return [event.disagreement] if event.disagreement else [None]
