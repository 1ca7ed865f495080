"""All that is shipped, read and checked once: layers with their features, rasters, the texts, the candidates."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from corridor.candidates import MODE_WORDS, TABLE, Candidate, CandidateId, read_candidates
from corridor.errors import CatalogueError
from corridor.land.catalogue import Layer, read_catalogue, read_features, refuse_unknown_sources
from corridor.land.elevation import read_elevation
from corridor.land.features import Feature, FeatureId, LayerId, RouteProperties, features_of, properties_of
from corridor.land.rasters import RELIEF, Raster, RasterId, read_rasters
from corridor.land.relief import ShadedRelief, read_relief
from corridor.sources import GEODATA, SourceId
from corridor.texts.library import Library, read_library


@dataclass(frozen=True)
class Shipped:
    """All that is shipped, read and checked: the layers with their features, the rasters, and the texts."""

    layers: dict[LayerId, Layer]
    features: dict[LayerId, tuple[Feature, ...]]
    rasters: dict[RasterId, Raster]
    relief: ShadedRelief
    library: Library
    candidates: dict[CandidateId, Candidate]

    @cached_property
    def catalogued(self) -> dict[LayerId, Layer | Raster]:
        """Every layer and every raster by its id, as the catalogue lists them."""
        return {**self.layers, **self.rasters}

    @cached_property
    def by_id(self) -> dict[FeatureId, Feature]:
        """Every feature of every layer by its id, in catalogue order."""
        return {feature["id"]: feature for features in self.features.values() for feature in features}

    @cached_property
    def labels(self) -> dict[str, str]:
        """What everything that has a card is called, by its id."""
        return {
            **{i: feature["properties"]["label"] for i, feature in self.by_id.items()},
            **{f"candidate/{i}": candidate.name for i, candidate in self.candidates.items()},
            **{i: instrument.label for i, instrument in self.library.instruments.items()},
            **{i: event.title for i, event in self.library.timeline.items()},
        }

    @cached_property
    def switches(self) -> tuple[str, ...]:
        """The ids of the switches: one for each layer, for routes one for each mode that is drawn, and the relief."""
        drawn = [feature for feature in self.features.get("route", ()) if feature["geometry"] is not None]
        split = {"route": tuple(by_mode(drawn))}
        return (*(switch for layer in self.layers for switch in split.get(layer, (layer,))), RELIEF)

    @cached_property
    def known_ids(self) -> frozenset[str]:
        """The ids an address, an anchor or an office's addition may name."""
        return frozenset(self.labels)

    def with_parts(self, ids: Iterable[str]) -> frozenset[str]:
        """Return some ids and, of each connection among them, those of its segments and of the borders it crosses."""
        every = set(ids)
        for identity in tuple(every):
            layer, _, name = identity.partition("/")
            if layer == "candidate" and (candidate := self.candidates.get(name)):
                every |= {f"route/{part.segment}" for part in (*candidate.segments, *candidate.onward)}
                every |= {f"crossing/{crossing.removeprefix('crossing/')}" for crossing in candidate.crossings}
        return frozenset(every)

    @cached_property
    def attributions(self) -> tuple[str, ...]:
        """Whom a map of everything names: each layer's attribution once, then the lines an office added."""
        layers = (layer.attribution for layer in self.catalogued.values())
        return tuple(dict.fromkeys([*layers, *self.office_lines(self.by_id)]))

    def office_lines(self, features: Iterable[FeatureId]) -> tuple[str, ...]:
        """Return what is said of the lines an office added among some features, with the label of each segment."""
        drawn = features_of((self.by_id[i] for i in features if i in self.by_id), RouteProperties)
        return tuple(
            f"{office_line} ({feature['properties']['label']})"
            for feature in drawn
            if (office_line := feature["properties"].get("office_line"))
        )


def read_shipped(root: Path = GEODATA) -> Shipped:
    """Read and check everything that is shipped; raise CorridorError, one sentence, for the first thing wrong."""
    layers = read_catalogue(root)
    features = {layer_id: read_features(layer, root) for layer_id, layer in layers.items()}
    rasters = read_rasters(root)
    if doubled := sorted(set(layers) & set(rasters)):
        raise CatalogueError(
            f"geodata/catalogue.toml has a layer and a raster of the id {doubled[0]!r}; one is wanted."
        )
    read_elevation(root)
    library = read_library([feature["id"] for group in features.values() for feature in group], root)
    shipped = Shipped(layers, features, rasters, read_relief(root), library, read_candidates(root))
    for feature in shipped.by_id.values():
        where = f"geodata/{layers[feature['id'].partition('/')[0]].file}, feature {feature['id']!r}"
        refuse_unknown_sources(sources_of(feature["properties"]), library.sources, where)
    for feature in features_of(shipped.by_id.values(), RouteProperties):
        for candidate in feature["properties"]["candidates"]:
            if candidate not in shipped.candidates:
                where = f"geodata/{layers['route'].file}, feature {feature['id']!r}"
                raise CatalogueError(f"{where} names the candidate {candidate!r}, which is not in {TABLE}.")
    return shipped


def by_mode(features: Sequence[Feature]) -> Mapping[str, tuple[str, list[Feature]]]:
    """Return the drawn segments by the layer switch of their mode, each with the word for it."""
    parts: dict[str, tuple[str, list[Feature]]] = {}
    for feature in features:
        mode = properties_of(feature, RouteProperties)["mode"]
        parts.setdefault(f"route-{mode}", (MODE_WORDS[mode], []))[1].append(feature)
    return {switch: parts[switch] for mode in MODE_WORDS if (switch := f"route-{mode}") in parts}


def sources_of(value: object) -> Iterable[SourceId]:
    """Yield every source id in the `sources` of a feature's properties and of the facts inside them."""
    if isinstance(value, dict):
        yield from value.get("sources") or ()
        for part in value.values():
            yield from sources_of(part)
    elif isinstance(value, (list, tuple)):
        for part in value:
            yield from sources_of(part)
