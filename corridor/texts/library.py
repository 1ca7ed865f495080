"""All that is written, read together, so that no link from one text, feature or source to another leads nowhere."""

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from corridor.land.catalogue import read_catalogue, read_every_feature
from corridor.land.features import FeatureId
from corridor.sources import GEODATA, Source, SourceId, read_sources
from corridor.texts.boundary import Boundary, read_boundary
from corridor.texts.documents import Document, read_document
from corridor.texts.edition import read_edition
from corridor.texts.glossary import Acronym, Person, read_acronyms, read_people
from corridor.texts.grades import refuse_newer_than_their_grade
from corridor.texts.instruments import (
    Disagreements,
    Instrument,
    InstrumentId,
    Parallels,
    read_disagreements,
    read_instruments,
    read_parallels,
)
from corridor.texts.timeline import Event, EventId, read_timeline


@dataclass(frozen=True)
class Library:
    """The Declaration and every register around it; instruments and events run by date, people by surname."""

    declaration: Document
    instruments: dict[InstrumentId, Instrument]
    parallels: Parallels
    disagreements: Disagreements
    timeline: dict[EventId, Event]
    people: tuple[Person, ...]
    acronyms: tuple[Acronym, ...]
    boundary: Boundary
    sources: dict[SourceId, Source]


def read_library(features: Collection[FeatureId] | None = None, root: Path = GEODATA) -> Library:
    """Return all texts, checked against each other, the sources and the shipped features.

    `features` are the ids an anchor may point at; when not given, every layer of the catalogue is read for them.
    Raises DocumentError or CatalogueError, one sentence naming the file and the entry.
    """
    sources = read_sources(root)
    shipped = read_every_feature(read_catalogue(root).values(), root) if features is None else features
    instruments = read_instruments(sources, root)
    timeline = read_timeline(instruments, sources, root)
    refuse_newer_than_their_grade(sources, [*timeline.values(), *instruments.values()], read_edition(root))
    return Library(
        declaration=read_document({*shipped, *instruments, *timeline}, sources, root),
        instruments=instruments,
        parallels=read_parallels(instruments, sources, root),
        disagreements=read_disagreements(sources, root),
        timeline=timeline,
        people=read_people(sources, root),
        acronyms=read_acronyms(sources, root),
        boundary=read_boundary(sources, root),
        sources=sources,
    )
