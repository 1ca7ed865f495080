"""What can be taken away of a visit: made when that visit asks for it, while what it is made of is here."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from threading import RLock

from corridor.reading.limits import MEGABYTE
from corridor.store.tokens import Token

#: What makes the bytes of a file.
Make = Callable[[], bytes | str]
#: Downloads offered to one visit at a time; one page offers up to twenty, and each run of it replaces its own.
MOST_OFFERS = 120
#: Visits something is offered to; who was offered nothing for longest is forgotten, and has to load the page anew.
MOST_VISITS = 5000
#: What an offer counts for that holds names only, and what is asked for by them once it is taken.
SMALL_OFFER = 2_000
#: Bytes that all offers hold together; those of the visit that holds most go first, its oldest before the others.
MOST_BYTES = 100 * MEGABYTE


class NotAtHandError(Exception):
    """What a file is made of is not here at the moment; the text is a sentence for the reader, with what to do."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A file that can be made, offered by one page (the id of its session).

    `about` names the files (SHA-256) and notes of the visit without which it cannot be; `held_bytes` is about what
    `make` holds in memory. It raises NotAtHandError where it asks for something that has to be worked out anew.
    """

    id: str
    page: str
    make: Make
    about: frozenset[str]
    held_bytes: int = SMALL_OFFER


class Downloads:
    """All downloads that pages offer. Safe to be used by many threads."""

    def __init__(self) -> None:
        """Begin without any."""
        self._offers: dict[Token, dict[tuple[str, str], Offer]] = {}
        self._lock = RLock()

    def offer(
        self, visit: Token, page: str, place: str, make: Make, about: frozenset[str], held_bytes: int = SMALL_OFFER
    ) -> Offer:
        """Offer a file to a visit in place of what was offered at the same place of the same page before."""
        offer = Offer(secrets.token_urlsafe(24), page, make, about, held_bytes)
        with self._lock:
            offers = self._offers[visit] = self._offers.pop(visit, {})
            offers.pop((page, place), None)
            offers[page, place] = offer
            for first in list(self._offers)[: max(0, len(self._offers) - MOST_VISITS)]:
                del self._offers[first]
            for oldest in list(offers)[: max(0, len(offers) - MOST_OFFERS)]:
                del offers[oldest]
            self._make_room()
        return offer

    @property
    def held_bytes(self) -> int:
        """About what all offers hold in memory."""
        with self._lock:
            return sum(map(_held_bytes, self._offers.values()))

    def _make_room(self) -> None:
        held = {visit: _held_bytes(offers) for visit, offers in self._offers.items()}
        too_much = sum(held.values()) - MOST_BYTES
        while too_much > 0:
            most = max(held, key=lambda visit: held[visit])
            oldest = next(iter(self._offers[most]))
            freed = self._offers[most].pop(oldest).held_bytes
            held[most] -= freed
            too_much -= freed
            if not self._offers[most]:
                del self._offers[most], held[most]

    def find(self, visit: Token, identity: str) -> Offer | None:
        """Return what was offered to this visit under an id; None for another visit's, and for what is gone."""
        with self._lock:
            offers = self._offers.get(visit, {}).values()
            return next((offer for offer in offers if secrets.compare_digest(offer.id, identity)), None)

    def forgotten(self, visit: Token, sha256: str) -> None:
        """Let go of what was made from a file of the visit that is forgotten."""
        self._keep(visit, lambda offer: sha256 not in offer.about)

    def visit_ended(self, visit: Token) -> None:
        """Let go of what was made from anything that the visit kept."""
        self._keep(visit, lambda offer: not offer.about)

    def page_gone(self, page: str) -> None:
        """Let go of what a page offered that is not open any more."""
        for visit in self.visits():
            self._keep(visit, lambda offer: offer.page != page)

    def visits(self) -> tuple[Token, ...]:
        """Return the visits something is offered to."""
        with self._lock:
            return tuple(self._offers)

    def _keep(self, visit: Token, wanted: Callable[[Offer], bool]) -> None:
        with self._lock:
            left = {place: offer for place, offer in self._offers.pop(visit, {}).items() if wanted(offer)}
            if left:
                self._offers[visit] = left


def _held_bytes(offers: dict[tuple[str, str], Offer]) -> int:
    return sum(offer.held_bytes for offer in offers.values())
