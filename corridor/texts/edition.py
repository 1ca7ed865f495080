"""Up to when what is shipped was gathered: the one place from which the date of the facts is read."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import TypedDict

from pydantic import TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass

from corridor.errors import DocumentError
from corridor.land.catalogue import CatalogueEntry
from corridor.land.features import LayerId
from corridor.sources import GEODATA, STRICT, SourceId, checked, first_fault, read_toml
from corridor.texts.reading import Day, DayOrMonth

FILE = "texts/edition.toml"


@dataclass(frozen=True, config=STRICT)
class Edition:
    """The days up to which the facts go, as ISO days or months.

    `searched_to` is the last day up to which public sources were searched. `pages_to`, `headlines_to` and `notes_to`
    are the newest page read whole, the newest of which only a headline was seen, and the newest secondary note; a kind
    of source that is not used is None. `data_to` is the newest dataset a layer was built from. `previous_to` is up to
    when sources were searched for the edition before, None for the first; `previous_source` is where it stands.
    """

    searched_to: Day
    pages_to: DayOrMonth
    data_to: DayOrMonth
    headlines_to: DayOrMonth | None = None
    notes_to: DayOrMonth | None = None
    previous_to: Day | None = None
    previous_source: SourceId = ""

    @property
    def facts_as_of(self) -> date:
        """The day every fact is as of at the latest."""
        return date.fromisoformat(self.searched_to)


@cache
def read_edition(root: Path = GEODATA) -> Edition:
    """Return the edition that is shipped; raise DocumentError, one sentence, when its file is broken."""
    try:
        return checked(TypeAdapter(Edition), read_toml(root / FILE, root).get("edition", {}))
    except ValidationError as error:
        raise DocumentError(f"geodata/{FILE}, [edition] has a fault at {first_fault(error)}.") from error


def facts_as_of() -> date:
    """Return the day up to which public sources were searched for what is shipped."""
    return read_edition().facts_as_of


class LayerAge(TypedDict):
    """Of which date a layer is, and which bytes."""

    as_of: str
    sha256: str


class DataAge(TypedDict):
    """Of which dates the data are; `built` is the newest date of a layer."""

    built: str
    layers: dict[LayerId, LayerAge]


class About(TypedDict):
    """The edition as `corridor about` prints it; `facts` are days by what they limit."""

    version: str
    data: DataAge
    facts: dict[str, date]


def about(layers: Mapping[LayerId, CatalogueEntry], edition: Edition) -> About:
    """Return what `corridor about` prints: the version, the layers with date and hash, up to when the facts go.

    `built` is the newest date of a layer: the layers are the same bytes on whatever day they are built.
    """
    facts = asdict(edition)
    return {
        "version": version("corridor"),
        "data": {
            "built": max(layer.as_of for layer in layers.values()),
            "layers": {identity: {"as_of": layer.as_of, "sha256": layer.sha256} for identity, layer in layers.items()},
        },
        "facts": {name: facts[name] for name in ("pages_to", "data_to", "headlines_to", "notes_to", "searched_to")},
    }
