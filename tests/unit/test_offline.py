"""GDAL and PROJ as they are left to the application: two drivers, no network; in pages, commands and workers."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from corridor import offline
from corridor.reading.reference_systems import harmless, system
from corridor.store.pool import Pool
from tests.support import jobs
from tests.support.hostile_texts import definitions

ROOT = Path(__file__).parents[2]
#: What remains, as a program sees it that imports any part of the application first.
ASKED = (
    "import json, {module}, pyogrio, pyproj.network; from pyogrio._ogr import get_gdal_config_option as said;"
    "print(json.dumps([sorted(pyogrio.list_drivers()), pyproj.network.is_network_enabled(),"
    "said('CPL_VSIL_CURL_ALLOWED_FILENAME'), said('GML_DOWNLOAD_SCHEMA')]))"
)


@pytest.mark.parametrize(
    "module",
    [
        "corridor.reading.formats.conversion",
        "corridor.land.catalogue",
        "corridor.commands.cli",
        pytest.param("app", marks=pytest.mark.slow),
    ],
)
def test_two_drivers_remain_and_no_network(module):
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PROJ_NETWORK": "ON", "OGR_SKIP": ""}
    program = [sys.executable, "-c", ASKED.format(module=module)]
    out = subprocess.run(program, cwd=ROOT, env=environment, capture_output=True, text=True, check=True).stdout
    drivers, network, allowed, download = json.loads(out.splitlines()[-1])
    assert drivers == sorted(offline.DRIVERS)
    assert network is False
    assert allowed == offline.NOBODY
    assert download in (None, False, "NO")


def test_two_drivers_remain_in_a_worker():
    pool = Pool()
    try:
        assert pool.start(jobs.drivers).outcome() == sorted(offline.DRIVERS)
    finally:
        pool.close()


@pytest.mark.parametrize(
    "name",
    ["EPSG:4326", "urn:ogc:def:crs:OGC:1.3:CRS84", "urn:ogc:def:crs:EPSG::32638", "WGS 84 / UTM zone 38N",
     "http://www.opengis.net/def/crs/EPSG/0/32638", "https://www.opengis.net/def/crs/OGC/1.3/CRS84", "EPSG:4326+5773",
     "+proj=utm +zone=38 +datum=WGS84 +units=m +no_defs",
     "+proj=tmerc +lat_0=0 +lon_0=45 +k=1 +x_0=8500000 +ellps=krass +towgs84=23.57,-140.95,-79.8,0,0.35,0.79,-0.22",
     "+proj=merc +a=6378137 +b=6378137 +nadgrids=@null +wktext +no_defs"],
)  # fmt: skip
def test_systems_that_people_name_are_known(name):
    assert system(name) is not None


@pytest.mark.parametrize("code", [3857, 4284, 28408, 32638, 20008, 4326, 2393])
@pytest.mark.parametrize("version", ["WKT1_ESRI", "WKT1_GDAL", "WKT2_2019"])
def test_well_known_text_as_programs_write_it_is_known(code, version):
    text = system(f"EPSG:{code}").to_wkt(version)
    assert system(text) is not None


@pytest.mark.parametrize(
    "name",
    [*dict(definitions("http://127.0.0.1:9", "/nowhere/canary")).values(), "http://127.0.0.1:9/a", "/nowhere/canary",
     "../canary", "EPSG:/nowhere/canary", "file:/nowhere/canary", "urn:ogc:def:crs:/nowhere/canary", "a//b",
     "~/canary", "@/nowhere/canary", "+init=/nowhere/canary:x", "init=/nowhere/canary:x",
     "+proj=longlat +datum=WGS84 +geoidgrids=/nowhere/canary", "+proj=pipeline +step +proj=hgridshift +grids=x",
     "http://www.opengis.net.example.org/def/crs/EPSG/0/4326", '{"type": "GeographicCRS"}', "A" * 30_000, ""],
)  # fmt: skip
def test_a_system_that_names_a_file_or_an_address_is_none(name):
    assert harmless(name) is None
    assert system(name) is None
