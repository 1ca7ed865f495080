"""How much a page, a visit and all together may ask over the websocket, in numbers."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class WebsocketBounds:
    """The bounds, and where each comes from.

    A page of ours sends a message for a press, a choice or a finished entry, and two a second while it waits for a
    worker: `messages_a_second` is several times what a hand can do, `burst` what a page may send when it is opened or
    comes back. The longest message carries the text that is pasted into corridor/ui/checking/adding.py, a million
    signs; the addresses of a hundred files sent twice are most of what it may have beside (`beside_text_bytes`), none
    of our pages has a third of `widgets`, and the speaker's notes, the longest of other texts, have half of
    `entry_signs`. `at_once` runs keep two cores busy while some of them wait for a worker; `stall_seconds` and
    `lease_seconds` end the turn of a page that reads slowly or computes long, which then goes on without one.
    `leaving_seconds` are for the browser of a page that makes room, to show another address before the connection ends.
    A network may open as many websockets at once as a room has pages (`openings`), and then `openings_a_second`, and
    one visit of it some of them. As with files: a room presses one button at once. Who sends no cookie has them made at
    once, which is dear, and no ticket.
    """

    viewers: int = 150
    viewers_of_a_visit: int = 12
    at_once: int = 6
    messages_a_second: float = 15.0
    burst: int = 60
    bytes_a_second: float = 2_000_000.0
    burst_bytes: float = 16_000_000.0
    message_bytes: int = 5_000_000
    beside_text_bytes: int = 200_000
    widgets: int = 1_000
    entry_signs: int = 20_000
    query_bytes: int = 16_000
    late_in_a_row: int = 300
    names_at_once: int = 100
    first_seconds: float = 30.0
    turn_seconds: float = 25.0
    start_seconds: float = 3.0
    lease_seconds: float = 10.0
    stall_seconds: float = 1.0
    leaving_seconds: float = 5.0
    openings: int = 150
    openings_a_second: float = 5.0
    openings_of_a_visit: int = 40
    openings_of_a_visit_a_second: float = 2.0
    operations: int = 150
    operations_a_second: float = 10.0
    operations_without_cookie: int = 10
    operations_without_cookie_a_second: float = 1.0
