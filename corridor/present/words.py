"""How a figure, a date, a status or a source is said; every screen and export says it through here."""

from collections.abc import Container
from datetime import date
from functools import cache

from corridor.land.catalogue import read_catalogue
from corridor.quantities import day, within
from corridor.sources import Source
from corridor.texts.edition import Edition, facts_as_of, read_edition

DELIMITED = {
    True: "delimited",
    False: "not delimited",
    "part": "part of this reach is delimited",
    None: "not examined for this map",
}


@cache
def standard_gap() -> str:
    """Return the sentence for a fact that was looked for and not found."""
    return f"Not found in public sources up to {day(facts_as_of())}. We do not estimate it."


#: The layer whose date is that of the boundary data.
BOUNDARIES = "territory"
#: The note that every screen and page carries; `disclaimer` adds up to when the facts go.
REFERENCE_NOTE = (
    "Reference map, not a legal document. Boundaries: OpenStreetMap, 2026; they take no position on the status of any "
    "territory or on delimitation between Armenia and Azerbaijan, which continues. Hatched areas are for the "
    "delimitation commissions. Lines in Armenia are not official alignments unless marked."
)


@cache
def disclaimer() -> str:
    """Return the note of a page or file that says nowhere else up to when the facts go."""
    return f"{REFERENCE_NOTE} {facts_line()}."


@cache
def facts_line() -> str:
    """Return up to when the facts go by kind of source, "Facts: pages dated to 1 June 2026, headlines to 11 August".

    Each day is the one a source is of, never the one it was read on. The year stands with the first day and wherever it
    is another one.
    """
    return "Facts: " + facts_until(read_edition(), boundaries_as_of())


@cache
def boundaries_as_of() -> str:
    """Return the ISO day the boundary data are of, as the catalogue has it."""
    return read_catalogue()[BOUNDARIES].as_of


def facts_until(edition: Edition, boundaries: str) -> str:
    """Return the days of an edition by kind of source and that of the boundary data, in the words of `facts_line`."""
    kinds = {
        "pages dated to": edition.pages_to,
        "data to": edition.data_to,
        "boundary data of": boundaries,
        "headlines to": edition.headlines_to,
        "secondary notes to": edition.notes_to,
    }
    limits: list[str] = []
    year = ""
    for words, until in kinds.items():
        if until is not None:
            limits.append(f"{words} {day(until).removesuffix(f' {year}')}")
            year = until[:4]
    return ", ".join(limits)


@cache
def long_disclaimer() -> str:
    """Return the note of the Sources page and of exports, word for word as agreed (fairness note 5.1).

    Its last sentence says what results do not say, and is the only place where its verb stands.
    """
    return (
        f"{disclaimer()} Names follow the State on whose internationally recognised territory the place lies; other "
        "forms are search aliases. Where governments describe a place, line or document differently, both statements "
        "are quoted with their dates. Along undelimited sections the governments have made differing statements about "
        "positions on the ground; no line of usable accuracy is published and none is drawn. Results measure "
        "geometry. They are not legal advice and do not say whether anyone complies with the Declaration."
    )


def edition_lines(edition: Edition) -> list[str]:
    """Return up to when the facts go, a line for each kind of source that is used, and of when the boundaries are."""
    dated = {
        "Public sources searched to": edition.searched_to,
        "Pages dated to": edition.pages_to,
        "Data to": edition.data_to,
        "Boundary data of": boundaries_as_of(),
        "Headlines to": edition.headlines_to,
        "Secondary notes to": edition.notes_to,
    }
    return [f"{words} {day(until)}" for words, until in dated.items() if until]


def first_day(as_of: str) -> date:
    """Return the day an ISO date names, the first one of a month or a year."""
    return date.fromisoformat((as_of + "-01-01")[:10])


def age(today: date) -> str:
    """Return the banner: up to when the facts go, and the age of the newest."""
    return f"{facts_line()}. The newest headline is {_old(today)} old"


def short_age(today: date) -> str:
    """Return in a few words what the note and the banner are about, for a window too small for them."""
    return f"Not a legal document. Newest headline: {_old(today)} old"


def _old(today: date) -> str:
    days = (today - facts_as_of()).days
    return f"{days} day{'' if days == 1 else 's'}"


#: How much of a source was read.
GRADES = {"page": "page read", "headline": "headline only", "note": "secondary note"}
#: Languages and scripts by BCP 47 tag; a tag not listed is shown as it is.
LANGUAGES = {
    "az": "Azerbaijani",
    "az-Cyrl": "Azerbaijani, Cyrillic script",
    "de": "German",
    "en": "English",
    "fa": "Persian",
    "fr": "French",
    "hy": "Armenian",
    "hy-Latn": "Armenian, Latin script",
    "ka": "Georgian",
    "ka-Latn": "Georgian, Latin script",
    "ku": "Kurdish",
    "ota": "Ottoman Turkish",
    "ru": "Russian",
    "ru-Latn": "Russian, Latin script",
    "fa-Latn": "Persian, Latin script",
    "tr": "Turkish",
}


def language_name(tag: str) -> str:
    """Return the English name of a language by its BCP 47 tag."""
    return LANGUAGES.get(tag, tag)


def other_name(text: str, *, contested: bool) -> str:
    """Return a name as it stands beside a label; one that a government objects to stands in quotation marks."""
    return f"“{text}”" if contested else text


def source_line(source: Source) -> str:
    """Return a source as a reader cites it: publisher, title, date, and how much of it was read."""
    dated = "undated" if source.published == "undated" else day(source.published)
    return f"{publisher_name(source)}, {source.title.rstrip('.')} ({dated}{grade_words(source)})"


def grade_words(source: Source) -> str:
    """Return how much of a source was read, ", headline only"; nothing of a whole dataset or a drawing of our own."""
    if source.excerpt_only:
        return ", excerpt read"
    whole = source.grade == "page" and source.kind in ("dataset", "own-work")
    return "" if whole else f", {GRADES[source.grade]}"


def publisher_name(source: Source) -> str:
    """Return who published a source, or that it does not say."""
    return "Publisher not named" if source.publisher == "Not named" else source.publisher


def known_to(metres: float | None) -> str:
    """Return how exactly a line is known, "±500 m" or "±6 km", in two digits; nothing where none is drawn."""
    return "" if metres is None else within(metres)


def figure(value: float | str) -> str:
    """Return a figure with thousands set apart and no needless decimals; text stays as it is."""
    if isinstance(value, str):
        return value
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,}"


def is_under_delimitation(identity: str, among: Container[str]) -> bool:
    """Whether a feature is a village whose status is for the delimitation commissions, or the area around it."""
    return f"exclave/{identity.partition('/')[2]}" in among
