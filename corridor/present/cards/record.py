"""What a card is, in the form in which the reader's script shows it."""

from typing import NotRequired, TypedDict

from corridor.present.cards.rows import CardRow, CitedSource


class ShownName(TypedDict):
    """Another name as a card shows it, with the language in words."""

    text: str
    language: str
    language_name: str
    note: str | None
    contested: bool


class Speaking(TypedDict):
    """A clause that points at what a card is about, by which anchors, and how."""

    clause: str
    anchors: list[str]
    words: str


class CardLink(TypedDict):
    """Where a card leads on to."""

    words: str
    address: str


class Card(TypedDict):
    """A card in the form the reader shows: what is lit with it, its bounds in degrees, the text that is copied."""

    id: str
    title: str
    subtitle: str
    names: list[ShownName]
    rows: list[CardRow]
    paragraphs: list[str]
    sources: list[CitedSource]
    clauses: list[Speaking]
    not_named: str | None
    bounds: list[list[float]] | None
    lights: list[str]
    link: NotRequired[CardLink]
    copy: str
