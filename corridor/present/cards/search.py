"""How a name is found in any spelling: every label and other name, folded to a form a keyboard without accents has."""

import re
import unicodedata
from collections.abc import Iterable
from typing import TypedDict

from corridor.land.features import Feature, FeatureName
from corridor.present.words import language_name, other_name

#: Letters that no Unicode decomposition reduces, and what is typed for them; the reader's folding.js has the same.
LETTERS = str.maketrans(
    {
        "ı": "i",
        "ə": "e",
        "ø": "o",
        "đ": "d",
        "ł": "l",
        "ß": "ss",
        "æ": "ae",
        "œ": "oe",
        "և": "եւ",
        "ي": "ی",
        "ك": "ک",
    }
)
#: Word marks that readers type or leave out at will: apostrophes, the grave and acute signs, joiners.
IGNORED = re.compile("[\u0027\u2018\u2019\u02bc\u02bb`´\u200c\u200d]")
PARTED_BY = re.compile(r"[\s\-–—/]+")


def fold(text: str) -> str:
    """Return `text` as it is compared: lower case, accents taken off, dotted and dotless i alike.

    Letters of other scripts are kept, so Armenian finds Armenian and Cyrillic finds Cyrillic. The reader's script
    folds what is typed by the same steps; tests/support/folding.json holds the cases both are held to.
    """
    lowered = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).lower())
    bare = "".join(letter for letter in lowered if not unicodedata.category(letter).startswith("M"))
    return PARTED_BY.sub(" ", IGNORED.sub("", bare.translate(LETTERS))).strip()


class SearchForm(TypedDict):
    """A form of a name as the place search shows it, and as it is compared."""

    text: str
    folded: str
    language_name: str
    note: str | None
    contested: bool


class SearchEntry(TypedDict):
    """What the place search knows of one thing that has a card."""

    id: str
    label: str
    kind: str
    forms: list[SearchForm]


def search_entry(feature_id: str, label: str, kind: str, names: Iterable[FeatureName]) -> SearchEntry:
    """Return what the place search knows of one feature: its label first, then every other form.

    A form that is contested, or carries a note, says so where it is found.
    """
    shown: dict[str, SearchForm] = {}
    itself = FeatureName(text=label, language="", note=None, contested=False)
    for name in (itself, *names):
        shown.setdefault(
            f"{fold(name['text'])} {name['language']}",
            {
                "text": other_name(name["text"], contested=name["contested"]),
                "folded": fold(name["text"]),
                "language_name": language_name(name["language"]) if name["language"] else "",
                "note": name["note"],
                "contested": name["contested"],
            },
        )
    return {"id": feature_id, "label": label, "kind": kind, "forms": list(shown.values())}


def search_entries(features: Iterable[Feature]) -> list[SearchEntry]:
    """Return the search entries of every feature that has a label, in the order given."""
    return [
        search_entry(
            feature["id"],
            feature["properties"]["label"],
            feature["properties"]["kind"].replace("-", " "),
            feature["properties"]["names"],
        )
        for feature in features
    ]
