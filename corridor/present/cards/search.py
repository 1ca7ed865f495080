"""How a name is found in any spelling: every label and other name, folded to a form a keyboard without accents has."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

from corridor.land.catalogue import Feature
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


def search_entry(feature_id: str, label: str, kind: str, names: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Return what the place search knows of one feature: its label first, then every other form.

    A form that is contested, or carries a note, says so where it is found.
    """
    forms = [{"text": label, "language": None, "note": None, "contested": False}, *names]
    shown: dict[str, dict[str, Any]] = {}
    for form in forms:
        shown.setdefault(
            f"{fold(form['text'])} {form['language'] or ''}",
            {
                "text": other_name(form["text"], contested=form["contested"]),
                "folded": fold(form["text"]),
                "language_name": language_name(form["language"]) if form["language"] else "",
                "note": form["note"],
                "contested": form["contested"],
            },
        )
    return {"id": feature_id, "label": label, "kind": kind, "forms": list(shown.values())}


def search_entries(features: Iterable[Feature]) -> list[dict[str, Any]]:
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
