"""Which layers are shipped, under which licence, how exact they are, and whether their files are untouched."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import field
from pathlib import Path
from typing import TypeVar

import geopandas as gpd
from pydantic import TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass

from corridor.errors import CatalogueError
from corridor.land.appearance import Appearance
from corridor.land.features import Feature, FeatureId, LayerId, fault_of
from corridor.land.geodesy import CRS84
from corridor.sources import GEODATA, STRICT, SourceId, checked, first_fault, read_sources, read_toml

E = TypeVar("E", bound="CatalogueEntry")


@dataclass(frozen=True, config=STRICT, kw_only=True)
class CatalogueEntry:
    """What the catalogue states of every file in geodata/layers; `accuracy_m` is in metres, dates are ISO."""

    id: LayerId
    title: str
    group: str
    file: str
    sha256: str
    default_on: bool
    accuracy_m: float
    accuracy_note: str
    method: str
    limits: str
    status: str
    as_of: str
    licence: str
    licence_url: str
    attribution: str
    sources: list[SourceId]
    built_by: str
    packages: list[str] = field(default_factory=list)


@dataclass(frozen=True, config=STRICT, kw_only=True)
class Layer(CatalogueEntry):
    """One shipped layer of features as the catalogue describes it."""

    geometry: list[str]
    features: int
    appearance: Appearance

    @property
    def holds(self) -> str:
        """How much of what the file holds."""
        return f"{self.features:,} features, {', '.join(self.geometry)}"

    @property
    def of_points(self) -> bool:
        """Whether the drawn features of the layer are points."""
        return self.geometry == ["Point"]


def read_catalogue(root: Path = GEODATA) -> dict[LayerId, Layer]:
    """Return the layers of geodata/catalogue.toml in its order.

    Raises CatalogueError for an entry with a missing, empty or wrong key, or with a source nobody recorded.
    """
    return read_entries("layer", TypeAdapter(Layer), root)


def read_entries(table: str, adapter: TypeAdapter[E], root: Path = GEODATA) -> dict[LayerId, E]:
    """Return the [[table]] entries of geodata/catalogue.toml by id, in its order.

    Raises CatalogueError for an entry with a missing, empty or wrong key, or with a source nobody recorded.
    """
    known = read_sources(root)
    entries: dict[LayerId, E] = {}
    for number, said in enumerate(read_toml(root / "catalogue.toml", root).get(table, []), start=1):
        where = f"geodata/catalogue.toml, {table} {said.get('id', f'number {number}')!r}"
        try:
            entry = checked(adapter, said)
        except ValidationError as error:
            raise CatalogueError(f"{where} has a fault at {first_fault(error)}.") from error
        for key in ("title", "licence", "licence_url", "attribution", "method", "limits", "as_of", "sources"):
            if not getattr(entry, key):
                raise CatalogueError(f"{where} has an empty {key}; every layer states one.")
        refuse_unknown_sources(entry.sources, known, where)
        if entry.id in entries:
            raise CatalogueError(f"{where} stands in the catalogue twice; a layer id is used once.")
        entries[entry.id] = entry
    if not entries:
        raise CatalogueError(f"geodata/catalogue.toml lists no [[{table}]]; at least one was expected.")
    return entries


def refuse_unknown_sources(ids: Iterable[SourceId], known: Iterable[SourceId], where: str) -> None:
    """Raise CatalogueError naming the first of `ids` that has no record among `known`."""
    for source_id in ids:
        if source_id not in known:
            raise CatalogueError(f"{where} names the source {source_id!r}, which no file in geodata/sources/ records.")


def layer_bytes(layer: CatalogueEntry, root: Path = GEODATA) -> bytes:
    """Return the layer's file; raise CatalogueError when it is missing or not the file the catalogue was made for."""
    path = root / layer.file
    if not path.is_file():
        raise CatalogueError(f"geodata/{layer.file} is missing; the catalogue lists it as layer {layer.id!r}.")
    content = path.read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    if digest != layer.sha256:
        raise CatalogueError(
            f"geodata/{layer.file} was changed after it was built: its SHA-256 is {digest[:12]}…, "
            f"geodata/catalogue.toml expects {layer.sha256[:12]}…; run `make geodata` to build it again."
        )
    return content


def read_features(layer: Layer, root: Path = GEODATA) -> tuple[Feature, ...]:
    """Return the layer's GeoJSON features in file order, each with id, properties and geometry (or None).

    Raises CatalogueError when the file does not have the form the catalogue states.
    """
    content = layer_bytes(layer, root)
    shown = f"geodata/{layer.file}"
    try:
        collection = json.loads(content)
    except ValueError as error:
        raise CatalogueError(f"{shown} is not readable JSON: {error}.") from error
    features = collection.get("features") if isinstance(collection, dict) else None
    if not isinstance(features, list) or len(features) != layer.features:
        raise CatalogueError(f"{shown} should be a FeatureCollection of {layer.features} features.")
    for feature in features:
        _refuse_misshapen(feature, layer, shown)
    return tuple(features)


def _refuse_misshapen(feature: Feature, layer: Layer, shown: str) -> None:
    identity = feature.get("id")
    if not isinstance(identity, str) or not identity.startswith(f"{layer.id}/"):
        raise CatalogueError(f"{shown} has a feature with the id {identity!r}; '{layer.id}/...' was expected.")
    if fault := fault_of(layer.id, feature.get("properties")):
        raise CatalogueError(f"{shown}, feature {identity!r} {fault}.")
    geometry = feature["geometry"]
    if geometry is not None and geometry["type"] not in layer.geometry:
        raise CatalogueError(f"{shown}, feature {identity!r} is a {geometry['type']}, not one of {layer.geometry}.")


def read_layer(layer: Layer, root: Path = GEODATA) -> gpd.GeoDataFrame:
    """Return the layer as a frame in OGC:CRS84, indexed by feature id; nested properties stay Python objects."""
    features = read_features(layer, root)
    frame = gpd.GeoDataFrame.from_features(list(features), crs=CRS84)
    frame.index = [feature["id"] for feature in features]
    frame.index.name = "id"
    return frame


def read_every_feature(layers: Iterable[Layer], root: Path = GEODATA) -> dict[FeatureId, Feature]:
    """Return the features of all `layers` by id, in catalogue order."""
    return {feature["id"]: feature for layer in layers for feature in read_features(layer, root)}
