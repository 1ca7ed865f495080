"""How a name is found in any spelling: every label and other name, folded to a form a keyboard without accents has."""

import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

from corridor.catalogue import Feature
from corridor.present.words import language_name

#: Letters that stay different after their accents are gone, and what is typed for them.
SAME_KEY = str.maketrans({"ı": "i", "ə": "e", "ß": "ss", "ø": "o", "đ": "d", "’": "'", "ʼ": "'", "‘": "'", "–": "-"})


def fold(text: str) -> str:
    """Return `text` as it is compared: lower case, accents taken off, dotted and dotless i alike.

    Letters of other scripts are kept, so Armenian finds Armenian and Cyrillic finds Cyrillic. The reader's script
    folds what is typed by the same steps: lower case, compatibility decomposition, marks dropped, SAME_KEY, and one
    space for any run of white space.
    """
    decomposed = unicodedata.normalize("NFKD", text.lower())
    bare = "".join(letter for letter in decomposed if unicodedata.category(letter) != "Mn")
    return " ".join(bare.translate(SAME_KEY).split())


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
                "text": form["text"],
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
