"""How a layer leaves the application: with its licence, its accuracy and its limits, the same bytes every time."""

import json
import zipfile
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from io import BytesIO
from pathlib import Path
from threading import Lock

import geopandas as gpd
import pyogrio
from pyproj import Transformer

from corridor.land.catalogue import CatalogueEntry, Layer, layer_bytes, read_features
from corridor.land.features import Feature, RouteProperties, features_of
from corridor.land.geodesy import CRS84, WEB_MERCATOR
from corridor.land.rasters import Raster
from corridor.legs import segment_share_off
from corridor.present.words import first_day, long_disclaimer, source_line
from corridor.quantities import day, off_words
from corridor.sources import GEODATA, Source

#: GDAL's clock is one setting for the whole process; one export at a time sets it and gives it back.
_GDAL_CLOCK = Lock()
#: The earliest moment a ZIP file can hold; the same for every member, so that the archive has no date of its own.
_ZIP_DATE = (1980, 1, 1, 0, 0, 0)


def licence_text(
    layer: CatalogueEntry,
    sources: Mapping[str, Source],
    redrawn: Sequence[Feature] = (),
    features: Sequence[Feature] = (),
) -> str:
    """Return what has to travel with the layer: licence, attribution, sources, accuracy, method, limits, disclaimer.

    Features `redrawn` with the line of an office are listed with where it comes from; of all its `features` those
    whose drawing leaves their published length.
    """
    cited = [sources[source_id] for source_id in layer.sources]
    listed = [f"{source_line(source)}. {source.url or source.reference}" for source in cited]
    return "\n".join(
        [
            f"{layer.title} (layer {layer.id}), as of {day(layer.as_of)}",
            "",
            f"Licence: {layer.licence}",
            layer.licence_url,
            f"Attribution to show: {layer.attribution}",
            "",
            f"Accuracy: about {layer.accuracy_m:g} m. {layer.accuracy_note}",
            f"Method: {layer.method}",
            f"Limits: {layer.limits}",
            *drawings_off(features),
            f"Packages: {', '.join(layer.packages) or 'none'}",
            f"SHA-256 of {Path(layer.file).name}{' as shipped' if redrawn else ''}: {layer.sha256}",
            *(f"Not as shipped: {feature['id']}. {feature['properties']['method']}" for feature in redrawn),
            "",
            "Sources:",
            *(f"- {line}" for line in listed),
            "",
            long_disclaimer(),
            "",
        ]
    )


def layer_as_geojson(
    layer: Layer, sources: Mapping[str, Source], root: Path = GEODATA, redrawn: Sequence[Feature] = ()
) -> bytes:
    """Return a ZIP archive of the layer's file as shipped and its LICENCE.txt.

    `redrawn` are those features of which an office gave the line; they stand in the file in place of the shipped ones.
    """
    content = layer_bytes(layer, root)
    if redrawn:
        collection = {**json.loads(content), "features": _with(read_features(layer, root), redrawn)}
        content = json.dumps(collection, ensure_ascii=False).encode()
    licence = licence_text(layer, sources, redrawn, _with(read_features(layer, root), redrawn))
    return zipped({f"{layer.id}.geojson": content, "LICENCE.txt": licence})


def drawings_off(features: Sequence[Feature]) -> list[str]:
    """Return a line for each segment whose drawing leaves its published length by more than five per cent."""
    segments = features_of(features, RouteProperties)
    said = {segment["id"]: off_words(segment_share_off(segment["properties"])) for segment in segments}
    lines = [f"- {identity}: {words} of its published length" for identity, words in said.items() if words]
    return ["Drawings that leave their published length by more than 5 %:", *lines] if lines else []


def _with(features: Sequence[Feature], redrawn: Sequence[Feature]) -> list[Feature]:
    instead = {feature["id"]: feature for feature in redrawn}
    return [instead.get(feature["id"], feature) for feature in features]


def layer_as_geopackage(
    layer: Layer, sources: Mapping[str, Source], root: Path = GEODATA, redrawn: Sequence[Feature] = ()
) -> bytes:
    """Return a ZIP archive of the layer as a GeoPackage, which holds its licence too, and its LICENCE.txt.

    Listed features without a geometry come along as rows without one; nested properties become JSON text. `redrawn`
    as in `layer_as_geojson`.
    """
    features = _with(read_features(layer, root), redrawn)
    licence = licence_text(layer, sources, redrawn, features)
    package = _geopackage(layer, features, licence)
    return zipped({f"{layer.id}.gpkg": package, "LICENCE.txt": licence})


def raster_as_png(raster: Raster, sources: Mapping[str, Source], root: Path = GEODATA) -> bytes:
    """Return a ZIP archive of the raster's file as shipped, a world file that places it, and its LICENCE.txt.

    A world file holds the size of a cell and the place of the first one's middle, line by line; programs read it beside
    a picture. One whose rows are even in the northing of web maps is placed in their metres (EPSG:3857).
    """
    grid = raster.grid
    corners = [(grid.west, grid.north), (grid.east, grid.south)]
    if grid.rows_by == "mercator":
        to_metres = Transformer.from_crs(CRS84, WEB_MERCATOR, always_xy=True)
        corners = [to_metres.transform(*corner) for corner in corners]
    (left, top), (right, bottom) = corners
    wide, high = (right - left) / grid.columns, (bottom - top) / grid.rows
    world = "".join(f"{value:.10f}\n" for value in (wide, 0.0, 0.0, high, left + wide / 2, top + high / 2))
    return zipped(
        {
            f"{raster.id}.png": layer_bytes(raster, root),
            f"{raster.id}.pgw": world,
            "LICENCE.txt": licence_text(raster, sources),
        }
    )


def exports_of(
    layer: Layer | Raster, sources: Mapping[str, Source], root: Path = GEODATA, features: Sequence[Feature] = ()
) -> dict[str, Callable[[], bytes]]:
    """Return how a layer or raster is taken away, by the name of the form.

    `features` are those of the layer as they are shown, among them any with the line of an office.
    """
    if isinstance(layer, Raster):
        return {"PNG": partial(raster_as_png, layer, sources, root)}
    redrawn = tuple(feature for feature in features if "office_line" in feature["properties"])
    return {
        "GeoJSON": partial(layer_as_geojson, layer, sources, root, redrawn),
        "GeoPackage": partial(layer_as_geopackage, layer, sources, root, redrawn),
    }


def _geopackage(layer: Layer, features: Sequence[Feature], licence: str) -> bytes:
    rows = [{"id": feature["id"], **_flat(feature["properties"])} for feature in features]
    frame = gpd.GeoDataFrame.from_features(
        [
            {"type": "Feature", "properties": row, "geometry": feature["geometry"]}
            for row, feature in zip(rows, features, strict=True)
        ],
        crs=CRS84,
    )
    return geopackage(
        frame,
        layer.id,
        first_day(layer.as_of).isoformat(),
        title=layer.title,
        description=licence,
        several=len(layer.geometry) > 1,
        metadata={"licence": layer.licence, "licence_url": layer.licence_url},
    )


def geopackage(
    frame: gpd.GeoDataFrame, name: str, on: str, *, title: str, description: str, several: bool,
    metadata: Mapping[str, str] | None = None,
) -> bytes:  # fmt: skip
    """Return features as a GeoPackage of one layer; `on` (an ISO date) is the only date in it, so that bytes agree.

    `several` promotes every geometry to its multi-part type.
    """
    # In memory: a command or a server that is killed leaves nobody's route on the disk.
    package = BytesIO()
    with _GDAL_CLOCK:
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": f"{on}T00:00:00.000Z"})
        try:
            pyogrio.write_dataframe(
                frame,
                package,
                layer=name,
                driver="GPKG",
                promote_to_multi=several,
                layer_options={"IDENTIFIER": title, "DESCRIPTION": description},
                layer_metadata=dict(metadata or {}),
            )
        finally:
            pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": None})
    return package.getvalue()


def _flat(properties: Mapping[str, object]) -> dict[str, object]:
    return {
        key: json.dumps(value, ensure_ascii=False) if isinstance(value, (list, dict)) else value
        for key, value in properties.items()
    }


def zipped(members: Mapping[str, bytes | str]) -> bytes:
    """Return a ZIP archive of contents by name, in their order; the same contents give the same bytes."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            entry = zipfile.ZipInfo(name, _ZIP_DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content)
    return out.getvalue()
