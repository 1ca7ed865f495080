"""A layer leaves with its licence, its accuracy and its limits, and as the same bytes every time."""

import json
import sqlite3
import tempfile
import zipfile
from hashlib import sha256
from io import BytesIO

import geopandas as gpd
import pyogrio
import pytest

from corridor.land.appearance import Appearance
from corridor.land.catalogue import Layer, read_catalogue
from corridor.present.exports import layer_as_geojson, layer_as_geopackage, licence_text
from corridor.sources import Source, read_sources

SOURCE = Source(
    publisher="OpenStreetMap contributors",
    title="Boundaries <2026c>",
    reference="timezonefinder-data",
    published="2026-03",
    read="2026-11-22",
    seat="international",
    kind="dataset",
    grade="page",
    excerpt_only=True,
)


MEGHRI = {"text": "Մեղրի", "language": "hy", "note": None, "contested": False}


@pytest.fixture
def shipped(tmp_path):
    features = [
        {"label": "Meghri", "names": [MEGHRI], "sources": ["osm"], "accuracy_m": 250.0},
        {"label": "listed only", "names": [], "sources": ["osm"], "accuracy_m": None},
    ]
    common = {"kind": "town", "territories": ["armenia"], "status": None, "status_as_of": None, "method": "m"}
    rest = {"note": None, "as_of": "2026-01-01", "facts": [], "coordinate_basis": None, "rank": 3}
    points = [{"type": "Point", "coordinates": [46.24, 38.9]}, None]
    collection = {
        "type": "FeatureCollection",
        "features": [
            {"type": "Feature", "id": f"place/{number}", "properties": {**own, **common, **rest}, "geometry": point}
            for number, (own, point) in enumerate(zip(features, points, strict=True))
        ],
    }
    content = json.dumps(collection, ensure_ascii=False).encode()
    (tmp_path / "layers").mkdir()
    (tmp_path / "layers" / "place.geojson").write_bytes(content)
    layer = Layer(
        id="place",
        title="Places",
        group="Places",
        file="layers/place.geojson",
        sha256=sha256(content).hexdigest(),
        geometry=["Point"],
        features=2,
        default_on=True,
        accuracy_m=250.0,
        accuracy_note="Worse in the mountains.",
        method="Collected.",
        limits="Not complete.",
        status="digitised",
        as_of="2026-03-01",
        licence="ODbL 1.0",
        licence_url="https://opendatacommons.org/licenses/odbl/1-0/",
        attribution="© OpenStreetMap contributors",
        sources=["osm"],
        built_by="geodata/build/place.py",
        appearance=Appearance(pane=400, short_title="Places", legend_rank=1, legend=()),
    )
    return layer, {"osm": SOURCE}, tmp_path


def members(archive):
    with zipfile.ZipFile(BytesIO(archive)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def test_the_geojson_is_the_shipped_file_with_its_licence(shipped):
    layer, sources, root = shipped
    taken = members(layer_as_geojson(layer, sources, root))
    assert taken["place.geojson"] == (root / layer.file).read_bytes()
    told = taken["LICENCE.txt"].decode()
    for part in (
        layer.licence,
        layer.licence_url,
        layer.attribution,
        layer.limits,
        layer.method,
        layer.sha256,
        "250 m",
    ):
        assert part in told
    assert "OpenStreetMap contributors, Boundaries <2026c> (March 2026, excerpt read). timezonefinder-data" in told
    assert "Reference map, not a legal document." in told


def test_the_geopackage_holds_every_feature_and_the_licence(shipped, tmp_path):
    layer, sources, root = shipped
    taken = members(layer_as_geopackage(layer, sources, root))
    assert taken["LICENCE.txt"].decode() == licence_text(layer, sources)
    path = tmp_path / "taken.gpkg"
    path.write_bytes(taken["place.gpkg"])
    frame = gpd.read_file(path)
    assert list(frame["id"]) == ["place/0", "place/1"]
    assert json.loads(frame["names"][0]) == [MEGHRI]
    assert list(frame.geometry.isna()) == [False, True]
    assert frame.crs.equals("OGC:CRS84", ignore_axis_order=True)
    assert pyogrio.read_info(path)["layer_metadata"]["licence"] == "ODbL 1.0"
    with sqlite3.connect(path) as database:
        assert database.execute("select identifier, description from gpkg_contents").fetchall() == [
            ("Places", licence_text(layer, sources))
        ]


def test_both_are_the_same_bytes_every_time(shipped):
    layer, sources, root = shipped
    for export in (layer_as_geojson, layer_as_geopackage):
        assert export(layer, sources, root) == export(layer, sources, root)


def test_nothing_of_it_is_ever_on_a_disk(shipped, tmp_path, monkeypatch):
    """Whoever writes a route may be killed at any moment, and would leave what lies in a folder behind."""
    layer, sources, root = shipped
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "nowhere"))
    assert set(members(layer_as_geopackage(layer, sources, root))) == {"place.gpkg", "LICENCE.txt"}


def test_gdal_gets_its_clock_back(shipped):
    layer, sources, root = shipped
    layer_as_geopackage(layer, sources, root)
    assert pyogrio.get_gdal_config_option("OGR_CURRENT_DATE") is None


@pytest.mark.slow
def test_every_shipped_layer_can_be_taken_away_and_is_the_same_every_time():
    sources = read_sources()
    for layer in read_catalogue().values():
        archive = layer_as_geopackage(layer, sources)
        taken = members(archive)
        assert set(taken) == {f"{layer.id}.gpkg", "LICENCE.txt"}
        assert layer.licence in taken["LICENCE.txt"].decode()
        assert archive == layer_as_geopackage(layer, sources)
